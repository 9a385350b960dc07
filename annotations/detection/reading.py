"""A text as the detector reads it: one list of tokens, words folded for matching, with sentence bounds."""

import re
from dataclasses import dataclass
from functools import lru_cache

from articles.language.folding import fold

LINE_END = "\n"
# Doubled signs are one token. An entity that was escaped twice (&quot;) reaches us as text and still is a mark.
_TOKEN = re.compile(
    r"(?P<number>\d+(?:[.,:/٫٬]\d+)*)"
    r"|(?P<word>[\w\u0610-\u061a\u064b-\u065f\u06d6-\u06ed\u200b-\u200f]+)"
    r"|(?P<sign>\n|&quot;|&\#34;|<<|>>|\(\(|\)\)|''|``|\.{2,}|[^\w\s])"
)
_SENTENCE_ENDS = frozenset({".", "؟", "?", "!", "…", LINE_END})
_DASHES = frozenset({"-", "–", "—", "ـ"})
_LONGEST_DATELINE = 12
_CLITIC = re.compile(r"[بكلفو]+ـ*$")


@dataclass(frozen=True, slots=True)
class Reading:
    """Parallel lists, one item a token; offsets in code points of `text`.

    `forms` holds folded words and signs as written. A sentence is the tokens [sentence_start[i], sentence_end[i]);
    sentences end at stops outside the stretches given to `with_sentences`, and at every line end.
    """

    text: str
    starts: list[int]
    ends: list[int]
    forms: list[str]
    is_word: list[bool]

    def __len__(self) -> int:
        return len(self.forms)

    def surface(self, token: int) -> str:
        return self.text[self.starts[token] : self.ends[token]]

    def spaced_before(self, token: int) -> bool:
        """Also true at the start of a line."""
        start = self.starts[token]
        return start == 0 or self.text[start - 1].isspace()

    def spaced_after(self, token: int) -> bool:
        end = self.ends[token]
        return end >= len(self.text) or self.text[end].isspace()

    def after_clitic(self, token: int) -> bool:
        """Whether only an attached letter stands before: بـ«…»."""
        before = token - 1
        return (
            before >= 0
            and self.ends[before] == self.starts[token]
            and self.is_word[before]
            and _CLITIC.match(self.surface(before)) is not None
        )

    def ends_sentence(self, token: int) -> bool:
        form = self.forms[token]
        if form not in _SENTENCE_ENDS and not form.startswith(".."):
            return False
        if form != "." or token == 0:
            return True
        if self._abbreviates(token):
            return False
        if self.spaced_after(token):
            return True
        # A stop with no space after it: «كيه.جي.بي», «newsdesk.example» against a missing space.
        following = token + 1 < len(self) and self.is_word[token + 1]
        before = self.forms[token - 1]
        if not self.is_word[token - 1]:
            # «…».ويعد
            return True
        return not (following and (len(before) <= 3 or before.isascii()))

    def _abbreviates(self, stop: int) -> bool:
        """«د. سامي»: one letter, unless it is the unit of a number (2016م.)."""
        before = stop - 1
        numbered = before > 0 and self.ends[before - 1] == self.starts[before] and self.forms[before - 1].isdigit()
        return len(self.forms[before]) == 1 and self.is_word[before] and self.forms[before].isalpha() and not numbered


@lru_cache(maxsize=1 << 15)
def _folded(word: str) -> str:
    return fold(word) or word


def read(text: str) -> Reading:
    starts: list[int] = []
    ends: list[int] = []
    forms: list[str] = []
    is_word: list[bool] = []
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        surface = match[0]
        word = match.lastgroup != "sign"
        if word:
            surface = _folded(surface)
        starts.append(start)
        ends.append(end)
        forms.append(surface)
        is_word.append(word)
    return Reading(text, starts, ends, forms, is_word)


def _ends_dateline(reading: Reading, line: int, colon: int) -> bool:
    """«فلان - الصحيفة - الرياض:» at the start of a line is no part of its first sentence."""
    if not 0 < colon - line <= _LONGEST_DATELINE:
        return False
    before = reading.forms[line:colon]
    return any(form in _DASHES for form in before) and not any(form in _SENTENCE_ENDS for form in before)


@dataclass(frozen=True, slots=True)
class Sentences:
    """For each token the first token of its sentence, and the token after its last (its stop left out)."""

    first: list[int]
    stop: list[int]


def sentences(reading: Reading, inside: list[bool]) -> Sentences:
    """`inside` marks the tokens within quotation marks: a stop there does not end the sentence around it."""
    length = len(reading)
    first, stop = [0] * length, [length] * length
    begin = 0
    line = 0
    for token in range(length):
        first[token] = begin
        form = reading.forms[token]
        if form == LINE_END:
            line = token + 1
        ends = form == LINE_END or (not inside[token] and reading.ends_sentence(token))
        if ends or (form == ":" and _ends_dateline(reading, line, token)):
            stop[begin : token + 1] = [token] * (token + 1 - begin)
            begin = token + 1
    return Sentences(first, stop)
