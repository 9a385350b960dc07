"""Bytes to text: what the bytes are counts for more than what the page says of itself."""

import codecs
import re

from django.utils.translation import gettext

from articles.importing.decoding.repairs import Repaired
from articles.importing.pages import Refused

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What files of other kinds begin with.
_SIGNATURES = (
    b"%PDF-", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"PK\x03\x04", b"\x1f\x8b", b"RIFF", b"BM6", b"II*\0", b"MM\0*",
    b"\xd0\xcf\x11\xe0", b"7z\xbc\xaf", b"Rar!", b"\x7fELF", b"MZ\x90", b"ID3", b"\0\0\0\x18ftyp", b"\0\0\0 ftyp",
)  # fmt: skip
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_:-]+)"""
    rb"""|<\?xml[^>]{0,100}?encoding\s*=\s*["']([A-Za-z0-9_:-]+)""",
    re.IGNORECASE,
)
_HEAD = 8192
# Enough to weigh one encoding against another.
_SAMPLE = 200_000
_ARABIC_CODE_PAGES = ("cp1256", "iso8859-6", "mac_arabic")
# A file of text holds a stray NUL or control character at most; beyond this share it is something else.
_CONTROL_SHARE = 0.01
_CONTROLS = bytes(code for code in range(0x20) if chr(code) not in "\t\n\v\f\r\x1b") + b"\x7f"
# A UTF-8 file cut in its middle or patched by a careless tool is still one.
_BROKEN_SHARE = 0.02
# Arabic in UTF-8: runs of pairs that begin with D8 to DB.
_UTF8_ARABIC = re.compile(rb"(?:[\xd8-\xdb][\x80-\xbf])+")
_MOSTLY_UTF8 = re.compile(rb"(?:[\xd8-\xdb][\x80-\xbf]){3}")
_FEWEST_WORDS = 3
_RUN = re.compile(rb"[\x80-\xff]+|[\x00-\x7f]+")
_NO_CHARACTER = re.compile("[\x80-\x9f\ufffd]")
_WORD = re.compile(r"[ء-ي]+")
# In Arabic every third word is one of those that are counted; in other languages read as Arabic none is.
_ARABIC_SHARE = 0.06
_FREQUENT = frozenset(("في", "من", "على", "إلى", "أن", "التي", "الذي", "عن", "مع", "هذا", "كان", "بعد"))


def decode(data: bytes, declared: str = "") -> str:
    """The text of these bytes, without a byte order mark. `declared` is what the transport said (HTTP).

    Raises Refused for data that is no text. Bytes that fit no encoding become U+FFFD.
    """
    return decode_mixed(data, declared).text


def decode_mixed(data: bytes, declared: str = "") -> Repaired:
    """As `decode`, and whether the text is in two encodings: "mixed-encodings" is then its repair."""
    encoding = encoding_of(data, declared)
    if encoding != "utf-8" and _MOSTLY_UTF8.search(data) and _is_mixed(data):
        text = "".join(_word(match[0]) for match in _RUN.finditer(data))
        return Repaired(text.removeprefix("\ufeff"), ("mixed-encodings",))
    return Repaired(data.decode(encoding, "replace").removeprefix("\ufeff"))


def _is_mixed(data: bytes) -> bool:
    """Whether there are Arabic words in UTF-8 as well as in Windows text: a template and what was filled into it."""
    sample = data[:_SAMPLE]
    rest = _UTF8_ARABIC.sub(b" ", sample)
    words = _arabic_words(b" ".join(_UTF8_ARABIC.findall(sample)).decode("utf-8", "replace"))
    return min(words, _arabic_words(rest.decode("cp1256", "replace"))) >= _FEWEST_WORDS


def _word(data: bytes) -> str:
    """Each word by itself: a comma after a Windows letter may look like a pair of UTF-8."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1256")


def encoding_of(data: bytes, declared: str = "") -> str:
    """The codec for these bytes, or for what they are the beginning of. Raises Refused for data that is no text."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return encoding
    if data.startswith(_SIGNATURES):
        raise Refused(gettext("الملف ليس نصاً"))
    sixteen_bit = _sixteen_bit(data)
    if sixteen_bit:
        return sixteen_bit
    if len(data) - len(data.translate(None, _CONTROLS)) > max(8, len(data) * _CONTROL_SHARE):
        raise Refused(gettext("الملف ليس نصاً"))
    # Text in a code page is never valid UTF-8 by chance for more than a few letters, so this overrules any declaration.
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return _code_page(data[:_SAMPLE], declared or declared_encoding(data))
    return "utf-8"


def declared_encoding(data: bytes) -> str:
    """What an HTML or XML page says of itself in its head, or nothing."""
    match = _DECLARED.search(data[:_HEAD])
    return (match[1] or match[2]).decode("ascii").lower() if match else ""


def _sixteen_bit(data: bytes) -> str:
    """UTF-16 without a mark: every second byte is the high one, of ASCII (0) or Arabic (6)."""
    sample = data[:2000]
    if len(sample) < 8:
        return ""
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        high, low = sample[first::2], sample[1 - first :: 2]
        if high.count(0) + high.count(6) > 0.9 * len(high) and low.count(0) < 0.1 * len(low):
            return encoding
    return ""


def _code_page(sample: bytes, declared: str) -> str:
    utf8 = sample.decode("utf-8", "replace")
    if utf8.count("\ufffd") <= _BROKEN_SHARE * sum(not letter.isascii() for letter in utf8):
        return "utf-8"
    best = max(_ARABIC_CODE_PAGES, key=lambda encoding: _fitness(sample.decode(encoding, "replace")))
    text = sample.decode(best, "replace")
    if _known(declared) and _arabic_words(text) < max(2, _ARABIC_SHARE * len(_WORD.findall(text))):
        best = _known(declared)
    return best


def _known(encoding: str) -> str:
    """The codec of a declared encoding; nothing for none, for UTF-8 and for what is no encoding of text."""
    try:
        b"a".decode(encoding or "utf-8", "replace")
    except (LookupError, ValueError):
        return ""
    name = codecs.lookup(encoding or "utf-8").name
    return "" if name == "utf-8" else name


def _fitness(text: str) -> tuple[int, int]:
    """MacArabic has its letters where ISO 8859-6 has them, and its marks where that has nothing."""
    return _arabic_words(text), -len(_NO_CHARACTER.findall(text))


def _arabic_words(text: str) -> int:
    """How many words are certainly Arabic, read in one direction or the other: with the article, or the commonest.

    The code pages for Arabic agree on the letters before ط and give the others different places, so that the wrong
    one turns «ال» into «اف» or «انـ» and hardly ever makes a word.
    """
    words = _WORD.findall(text)
    drawn = sum(word.endswith("لا") or word[::-1] in _FREQUENT for word in words)
    return max(drawn, sum(word.startswith("ال") or word in _FREQUENT for word in words))
