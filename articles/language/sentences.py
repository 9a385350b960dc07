"""Sentences of Arabic news, by punctuation: Arabic has no capitals to tell where the next one begins."""

import re

from articles.language.folding import fold
from articles.language.script import ACCENTS, ADDRESS, CONTROLS, LETTERS, MARKS, TATWEEL
from articles.language.spans import Span

# A quotation up to this long (in characters) stays whole inside the sentence that reports it, whatever full stops it
# holds; a longer one is a passage of sentences.
_KEPT_WHOLE = 400
# A quoted title or cry («إلى أين؟») of at most so many words does not end the sentence around it.
_TITLE_WORDS = 3
# How far back (in characters) a full stop looks for the abbreviation that it may belong to.
_LOOK_BACK = 14

_STRAIGHT_OPENING = rf"(?:(?<![\w.؟!…»”)\]])|(?<=(?<!\w)[وفبلك])|(?<={TATWEEL}))\""
_TOKEN = re.compile(
    "|".join(
        (
            rf"(?P<address>{ADDRESS})",
            rf"(?P<quotation>«[^«»\n\r]{{1,{_KEPT_WHOLE}}}+»|“[^“”\n\r]{{1,{_KEPT_WHOLE}}}+”"
            rf"|{_STRAIGHT_OPENING}(?!\s)[^\"\n\r]{{1,{_KEPT_WHOLE}}}+\"(?!\w))",
            rf"(?P<stop>[.!?؟…]++(?:[{CONTROLS}]++[.!?؟…]++)*+)",
            r"(?P<newline>[\n\r]++)",
        )
    )
)
_HAS_WORD = re.compile(r"[^\W_]")
_ASKED_OR_CRIED = re.compile("[!?؟]")
# What still belongs to a sentence after its stop: closing marks, also a directed one after a space, and more stops.
_TAIL = re.compile(rf"(?:[.!?؟…»”'’)\]}}›{CONTROLS}]|\"(?!\w)){{0,16}}+(?:[ \u00a0][»”])?")
_CONTINUED = re.compile(rf"[ \u00a0{CONTROLS}]*+[،؛,;:]")
_ARABIC_BEFORE = re.compile(rf"[{LETTERS}{MARKS}{TATWEEL}]$")
_WORD_CHARACTER_BEFORE = re.compile(rf"[\w{ACCENTS}]$")
_STOP_IN_QUOTATION = re.compile(r"[.!?؟…]+(?=[\s'’)\]”\"»]*$)")

_WORD_BEFORE = re.compile(rf"(?<![\w{MARKS}{TATWEEL}])[{LETTERS}][{LETTERS}{MARKS}{TATWEEL}]*[ \u00a0]?$")
_YEAR_LETTER_BEFORE = re.compile(rf"\d[ \u00a0]?(?:م|ه{TATWEEL}*)[ \u00a0]?$")
_LATIN_ABBREVIATION_BEFORE = re.compile(r"(?<![^\W_])(?:[A-Z]|Dr|Mr|Mrs|Ms|St|No|vs|Prof|Gen|Sen|Jr)$")
_LIST_NUMBER_BEFORE = re.compile(r"(?:^|[\n\r])[\s\-–•*(]{0,8}\d{1,3}$")
_TITLES_WITH_WAW = frozenset({"ود", "وا", "وم"})
# Names of Latin letters as they are written in Arabic (folded): جون إف. كينيدي، إن. بي. سي
_LETTER_NAMES = frozenset(
    [
        *("اي", "ايه", "بي", "سي", "دي", "اف", "جي", "جيه", "اتش", "ايتش", "كي", "كيه", "كاي", "ال", "ام", "ان"),
        *("او", "كيو", "ار", "اس", "تي", "يو", "في", "دبليو", "اكس", "واي", "زد", "زي"),
    ]
)


def sentences(text: str) -> list[Span]:
    """Sentences in order, trimmed of white space; none crosses a newline and none is without a letter or a digit.

    A full stop inside closing marks («….») ends the sentence after the marks. ؛ and ellipses end nothing.
    Linear in the length of the text.
    """
    found: list[Span] = []
    start = 0
    for token in _TOKEN.finditer(text):
        if token.start() < start:
            continue  # a stop in the tail of the sentence before it
        if token["address"]:
            continue
        end = token.start() if token["newline"] else _sentence_end(text, token)
        if end is not None:
            _add(found, text, start, end)
            start = end
    _add(found, text, start, len(text))
    return found


def _add(found: list[Span], text: str, start: int, end: int) -> None:
    sentence = text[start:end]
    if _HAS_WORD.search(sentence):
        found.append(Span(start + len(sentence) - len(sentence.lstrip()), end - len(sentence) + len(sentence.rstrip())))


def _sentence_end(text: str, token: re.Match[str]) -> int | None:
    """Where the sentence ends that this stop or this quotation closes; None when it goes on."""
    if token["quotation"]:
        inner = token[0][1:-1]
        stop = _STOP_IN_QUOTATION.search(inner[-8:])
        ends = stop is not None and _is_final(stop[0]) and (stop[0] == "." or len(inner.split()) > _TITLE_WORDS)
    else:
        ends = _is_final(token[0]) and not _is_inside_expression(text, token)
    if not ends:
        return None
    end = _TAIL.match(text, token.end()).end()
    return None if _CONTINUED.match(text, end) else end


def _is_final(stop: str) -> bool:
    return stop == "." or bool(_ASKED_OR_CRIED.search(stop))


def _is_inside_expression(text: str, stop: re.Match[str]) -> bool:
    """Whether the stop belongs to a number, an address, an abbreviation, initials or an aside such as (!)."""
    start, end = stop.span()
    before, after = text[max(0, start - _LOOK_BACK) : start], text[end : end + 1]
    if stop[0] != ".":
        return before.endswith("(") and after == ")"
    if after.isalnum():
        return _is_glued(before, after)
    return _is_abbreviation(before, text[end : end + 3].strip())


def _is_glued(before: str, after: str) -> bool:
    """Whether a full stop between two letters or digits joins them: 3.5, news.example, أ.ف.ب but not 2013.وقال."""
    if _ARABIC_BEFORE.search(before):
        return _ends_in_short_form(before)
    return bool(_WORD_CHARACTER_BEFORE.search(before)) and not _ARABIC_BEFORE.search(after)


def _ends_in_short_form(before: str) -> bool:
    word = _WORD_BEFORE.search(before)
    if word is None:
        return False
    folded = fold(word[0].strip())
    return len(folded) == 1 or folded in _TITLES_WITH_WAW or folded in _LETTER_NAMES


def _is_abbreviation(before: str, following: str) -> bool:
    """Whether a full stop with no letter or digit right after it belongs to what stands before it."""
    if _LIST_NUMBER_BEFORE.search(before) or _LATIN_ABBREVIATION_BEFORE.search(before):
        return True
    if _YEAR_LETTER_BEFORE.search(before) or not _ends_in_short_form(before):
        return False
    *earlier, last = fold(before).split()
    if last not in _LETTER_NAMES:
        return True
    # قناة إن بي سي. وقال: letters said without stops are a name that may end a sentence; so may بي (in me) and إن.
    spelled_out = bool(earlier) and earlier[-1] in _LETTER_NAMES
    return not spelled_out and not following.startswith("و")
