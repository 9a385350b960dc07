"""Text that was broken on its way here, made whole: each repair is named, so that it stands recorded with the article.

Repairs: "double-encoded" (UTF-8 read as Latin or Arabic Windows text and encoded again), "escaped-entities"
(`&amp;quot;`), "presentation-forms" (letters by their shape, as PDF files give them), "visual-order" (lines as they are
drawn, from left to right).
"""

import html
import re
import unicodedata
from collections.abc import Callable, Iterable
from itertools import islice
from typing import NamedTuple

from articles.importing.decoding.script_order import is_visual, logical_line


class Repaired(NamedTuple):
    text: str
    repairs: tuple[str, ...] = ()


_SHAPES = re.compile("[\ufb50-\ufd3d\ufd50-\ufdf9\ufe70-\ufefc]")
# An entity that was escaped once more: its ampersand became an entity.
_NAMES = (
    "quot|nbsp|amp|apos|[lr][ds]?aquo|[lr][ds]quo|hellip|[nm]dash|bull|zwnj|zwj|rlm|lrm|#\\d{2,6}|#[xX][0-9a-fA-F]{2,5}"
)
_ESCAPED_TWICE = re.compile(rf"&amp;(?=(?:{_NAMES});)")
_ENTITY = re.compile(rf"&(?:{_NAMES}|lt|gt);")
_LATIN_ENTITIES = re.compile(r"(?:&(?:[A-Z][a-z]{1,7}|[a-z]{2,7}\d?|#1\d\d|#2[0-4]\d|#25[0-5]);)+")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]{2,}")
# How the two bytes of alef and of lam look where UTF-8 is read as Windows text: by these the damage is told.
_LATIN_SIGNS = ("Ø§", "Ù„", "Ø±", "ÙŠ", "Ã˜Â§", "Ã\x98Â§")
_ARABIC_SIGNS = ("ط§", "ظ„", "ط±", "ظٹ", "ط·آ§", "ط¸â€")
# At least one of these stands in all such text, and hardly ever in other text: one letter is looked for faster.
_RARE_SIGNS = ("§", "Ø", "Ã", "&Oslash;")
_PAIR = {
    "cp1252": re.compile("[ØÙÚÛ][\u0080-\u00bfŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]"),
    "cp1256": re.compile("[طظعغ][€پ‚ƒ„…†‡ˆ‰ٹ‹Œچژڈگ‘’“”•–—ک™ڑ›œ\u200c\u200dں\xa0،¢£¤¥¦§¨©ھ«¬\xad®¯°±²³´µ¶·¸¹؛»¼½¾؟]"),
}
_MOST_TIMES = 3
# What of a page's source these repairs change; it is looked for with the word in which it stands.
_BROKEN = {"presentation-forms": _SHAPES, "escaped-entities": re.compile(rf"&amp;(?:{_NAMES});")}
_WORD_BEFORE, _WORD_AFTER = re.compile(r"[^\s<>&;]*$"), re.compile(r"[^\s<>&;]*")
_LONGEST_WORD = 40
_MOST_PLACES = 1000
_ARABIC = re.compile("[\u060c\u061b\u061f\u0621-\u0652\u0660-\u0669]")


def in_text(repair: str, document: str, text: str) -> bool:
    """Whether a repair of a page's source mended something that stands in the article's text."""
    pattern = _BROKEN.get(repair)
    if pattern is None:
        return True
    for match in islice(pattern.finditer(document), _MOST_PLACES):
        before = _WORD_BEFORE.search(document[max(0, match.start() - _LONGEST_WORD) : match.start()])
        after = _WORD_AFTER.match(document[match.end() : match.end() + _LONGEST_WORD])
        broken = (before[0] if before else "") + match[0] + (after[0] if after else "")
        mended = _SHAPES.sub(lambda shape: unshaped(shape[0]), html.unescape(html.unescape(broken)))
        word = " ".join(mended.split())
        if any(letter.isalpha() for letter in word) and word in text:
            return True
    return False


def repair_document(document: str) -> Repaired:
    """The source of a web page. Where "visual-order" is among the repairs, its tree is still to be turned."""
    found = _repaired(document, (_decoded_once, _unescaped_once))
    if is_visual(found.text):
        # A ligature's letters stand as the others do.
        drawn = _SHAPES.sub(lambda match: unshaped(match[0])[::-1], found.text)
        shapes = ("presentation-forms",) if drawn != found.text else ()
        return Repaired(drawn, (*found.repairs, "visual-order", *shapes))
    mended, name = _unshaped(found.text)
    return Repaired(mended, (*found.repairs, name) if name else found.repairs)


def repair_text(text: str) -> Repaired:
    """Plain text, each line by itself."""
    return _repaired(text, (_decoded_once, _without_entities, _reordered, _unshaped))


def recorded(repairs: Iterable[str]) -> dict[str, list[str]]:
    """What a page's metadata says of its repairs; nothing where there were none."""
    names = list(dict.fromkeys(repairs))
    return {"repairs": names} if names else {}


def _repaired(text: str, steps: tuple[Callable[[str], tuple[str, str]], ...]) -> Repaired:
    repairs = []
    for step in steps:
        mended, name = step(text)
        if mended != text:
            text = mended
            repairs.append(name)
    return Repaired(text, tuple(repairs))


def _decoded_once(text: str) -> tuple[str, str]:
    """UTF-8 that was taken for Windows text, perhaps twice, in the words where this is certain."""
    for _ in range(_MOST_TIMES):
        if not any(sign in text for sign in _RARE_SIGNS):
            break
        if "&Oslash;" in text or "&Ugrave;" in text:
            text = _LATIN_ENTITIES.sub(_entities_of_mojibake, text)
        mended = text
        for codec, signs in (("cp1252", _LATIN_SIGNS), ("cp1256", _ARABIC_SIGNS)):
            if any(sign in mended for sign in signs):
                mended = _NOT_ASCII.sub(lambda match, codec=codec: _word_decoded(match[0], codec), mended)
        if mended == text:
            break
        text = mended
    return text, "double-encoded"


def _entities_of_mojibake(match: re.Match[str]) -> str:
    plain = html.unescape(match[0])
    return plain if _PAIR["cp1252"].search(plain) else match[0]


def _word_decoded(word: str, codec: str) -> str:
    """A run without spaces as the UTF-8 that its bytes are; itself where they are none."""
    if not _PAIR[codec].search(word) and "Ã" not in word:
        return word
    data = b"".join(_byte(letter, codec) for letter in word)
    try:
        found = data.decode("utf-8")
    except UnicodeDecodeError:
        return word
    return found if codec == "cp1252" or _ARABIC.search(found) else word


def _byte(letter: str, codec: str) -> bytes:
    """Browsers read the bytes that a Windows code page lacks as controls; what never was a byte makes no UTF-8."""
    try:
        return letter.encode(codec)
    except UnicodeEncodeError:
        return bytes([ord(letter)]) if ord(letter) < 256 else b"\xff"


def _unescaped_once(document: str) -> tuple[str, str]:
    if "&amp;" not in document:
        return document, ""
    return _ESCAPED_TWICE.sub("&", document), "escaped-entities"


def _without_entities(text: str) -> tuple[str, str]:
    """Entities in a text that is no HTML."""
    for _ in range(_MOST_TIMES):
        if "&" not in text:
            break
        text = _ENTITY.sub(lambda match: html.unescape(match[0]), text)
    return text, "escaped-entities"


def _reordered(text: str) -> tuple[str, str]:
    if not is_visual(text):
        return text, ""
    return "\n".join(map(logical_line, text.split("\n"))), "visual-order"


def _unshaped(text: str) -> tuple[str, str]:
    # All shapes begin with this byte; it is found four times as fast as they are.
    if b"\xef" not in text.encode("utf-8", "replace") or _SHAPES.search(text) is None:
        return text, ""
    return _SHAPES.sub(lambda match: unshaped(match[0]), text), "presentation-forms"


def unshaped(letter: str) -> str:
    """The letters of a shape. Forms of marks come with a space or a tatweel to stand on, which is not theirs."""
    letters = unicodedata.normalize("NFKC", letter)
    return letters.lstrip(" ـ") or letters if len(letters) > 1 else letters
