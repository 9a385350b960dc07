"""Numbers in words and digits, percentages and shares."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from annotations.variants.lexicon import numerals
from annotations.variants.reading import Token
from annotations.variants.values import Quantity
from articles.language.script import CONTROLS

_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_DIGITS = re.compile(r"\d[\d.,]*")
_ATTACHED = re.compile("(?P<and>[وف])?(?:[بلك]?ال|لل|[بلك])?")
_PERCENT_SIGN = re.compile(r"\s?[%٪]")
_PERCENT_WORDS = {"بالميه": 1, "بالمايه": 1, "الميه": 2, "المايه": 2}
# Monday is written as two; آلاف and ملايين alone are many.
_NO_NUMBER_ALONE = frozenset(("الاثنين", "الاثنان", "الاف", "ملايين", "مليارات", "بلايين", "تريليونات"))
# After a preposition these are others: كمية is no hundred, لست no six.
_NO_NUMBER_ATTACHED = frozenset(("ميه", "ست"))
_AND, _POINT = "و", "ر"
_SWAPPED = re.compile(rf"\d+(?:ر|[.٫][{CONTROLS}]+)\d+")


class _Numeral(NamedTuple):
    kind: str
    value: float
    joined: bool
    digits: str = ""


def numbers(text: str, tokens: Sequence[Token], without: Sequence[tuple[int, int]] = ()) -> list[Quantity]:
    """Numbers and percentages outside these stretches of code points, in order; the parts of a date are numbers too."""
    found: list[Quantity] = []
    place, next_stretch = 0, 0
    while place < len(tokens):
        while next_stretch < len(without) and without[next_stretch][1] <= tokens[place].start:
            next_stretch += 1
        if next_stretch < len(without) and tokens[place].start >= without[next_stretch][0]:
            place += 1
            continue
        limit = without[next_stretch][0] if next_stretch < len(without) else len(text)
        number, place = _number(text, tokens, place, limit)
        found += [number] if number else []
    return found


@dataclass
class _Sum:
    """A number while its words are read: what is settled by scales, and what waits for one."""

    settled: float = 0.0
    waiting: float = 0.0
    scale: float = 1.0
    read: list[_Numeral] = field(default_factory=list)

    def takes(self, numeral: _Numeral) -> bool:
        """Add one more numeral, if it can belong to the same number."""
        added = self._added(numeral)
        if added:
            self.read.append(numeral)
        return added

    def _added(self, numeral: _Numeral) -> bool:
        kind, value, joined, _ = numeral
        if not self.read or (joined and kind in ("unit", "ten", "hundred", "digits") and self._below(value)):
            self.waiting += value if kind not in ("scale", "share") else 0.0
            if kind == "scale":
                self._multiply(value)
            if kind == "share":
                self.waiting += 1 / value
            return True
        if kind == "scale" and not joined:
            if self.read[-1].kind != "share" or value != self.scale:  # مليون ونصف المليون
                self._multiply(value)
            return True
        if kind == "scale" and value < self.scale:
            self.settled, self.scale = self.settled + value, value
            return True
        if kind == "share" and joined and self.scale > 1:
            self.settled += self.scale / value
            return True
        if joined or self.read[-1].kind not in ("unit", "ordinal"):
            return False
        return self._compounded(kind, value)

    def _compounded(self, kind: str, value: float) -> bool:
        """خمسة عشر, الحادي عشر; خمس مئة, ثلاثة أرباع."""
        if kind == "unit" and value == 10 and self.waiting < 10:
            self.waiting += 10
        elif kind == "hundred" and value == 100 and self.waiting < 10:
            self.waiting *= 100
        elif kind == "share":
            self.waiting /= value
        else:
            return False
        return True

    def _below(self, value: float) -> bool:
        """Whether a numeral after «and» continues: 5 and 20, 100 and 5, but not 20 and 30."""
        last = self.read[-1]
        if last.kind == "scale":
            return value < self.scale
        return (last.kind in ("unit", "ordinal") and 20 <= value < 100) or (last.kind == "hundred" and value < 100)

    def is_followed_by_greater(self, numeral: _Numeral, following: _Numeral | None) -> bool:
        """Whether a numeral begins the next number: 1200 مليون و1.2 مليار."""
        if self.scale == 1 or numeral.kind in ("scale", "share") or following is None:
            return False
        return following.kind == "scale" and not following.joined and self.scale <= following.value

    def _multiply(self, value: float) -> None:
        if self.waiting:
            self.settled += self.waiting * value
        else:
            self.settled = (self.settled or 1) * value
        self.waiting, self.scale = 0.0, value

    @property
    def value(self) -> float:
        return self.settled + self.waiting


def _number(text: str, tokens: Sequence[Token], place: int, limit: int) -> tuple[Quantity | None, int]:
    """The number that begins with a token, and the token after it."""
    total, at = _Sum(), place
    joined = False
    while at < len(tokens) and tokens[at].start < limit:
        folded = tokens[at].term.folded
        if folded == _AND and total.read:
            joined, at = True, at + 1
            continue
        numeral = _numeral(folded)
        if numeral and not total.read and (swapped := _swapped_decimal(text, tokens, at)):
            total.takes(swapped)
            at += 1 + (tokens[at + 1].term.folded == _POINT)
            at += 1
            continue
        following = _numeral(tokens[at + 1].term.folded) if at + 1 < len(tokens) else None
        if numeral is None or total.is_followed_by_greater(numeral, following):
            break
        if not total.takes(numeral._replace(joined=numeral.joined or joined)):
            break
        joined, at = False, at + 1
    if not total.read:
        return None, place + 1
    end = at - 1 if joined else at
    if end == place + 1 and _is_no_number_alone(tokens[place].term.folded, total.read[0]):
        return None, end
    return _quantity(text, tokens, place, end, total)


def _swapped_decimal(text: str, tokens: Sequence[Token], at: int) -> _Numeral | None:
    """4ر95 and, with a mark of direction after its point, 5.3 for 3.5: the fraction is written first, as it is read."""
    last = at + 1 + (tokens[at + 1].term.folded == _POINT if at + 1 < len(tokens) else 0)
    if last >= len(tokens) or not _SWAPPED.fullmatch(text, tokens[at].start, tokens[last].end):
        return None
    written = f"{tokens[last].term.folded}.{tokens[at].term.folded}"
    return _Numeral("digits", float(written), False, written)


def _quantity(text: str, tokens: Sequence[Token], place: int, end: int, total: _Sum) -> tuple[Quantity, int]:
    start, stop = tokens[place].start, tokens[end - 1].end
    kinds = {numeral.kind for numeral in total.read}
    digits = re.sub(r"\D", "", total.read[0].digits) if kinds == {"digits"} else ""
    if sign := _PERCENT_SIGN.match(text, stop):
        return Quantity(start, sign.end(), total.value, "percent", digits), end
    after = [token.term.folded for token in tokens[end : end + 2]]
    for number, word in enumerate(after, 1):
        if _PERCENT_WORDS.get(word) == number and (number == 1 or after[0] == "في"):
            return Quantity(start, tokens[end + number - 1].end, total.value, "percent", digits), end + number
    if kinds <= {"share", "unit"} and total.read[-1].kind == "share":
        return Quantity(start, stop, 100 * total.value, "percent"), end
    return Quantity(start, stop, total.value, "ordinal" if "ordinal" in kinds else "number", digits), end


def _is_no_number_alone(folded: str, numeral: _Numeral) -> bool:
    """One is mostly "somebody" or "a" (أحد، واحد), and the first "the former"."""
    bare = folded.removeprefix(_AND)
    is_one = numeral.value == 1 and numeral.kind in ("unit", "ordinal")
    return is_one or bare in _NO_NUMBER_ALONE or bare.removeprefix("ال") in _NO_NUMBER_ALONE


@lru_cache(maxsize=1 << 12)
def _numeral(folded: str) -> _Numeral | None:
    if _DIGITS.fullmatch(folded):
        return _Numeral("digits", _read_digits(folded), False, folded)
    attached = _ATTACHED.match(folded)
    for cut in (0, attached.end("and") if attached["and"] else 0, attached.end()):
        rest = folded[cut:]
        is_another = folded[:cut].endswith(("ب", "ك", "ل")) and rest in _NO_NUMBER_ATTACHED
        if rest in numerals() and not is_another:
            return _Numeral(*numerals()[rest], joined=bool(attached["and"]) and cut > 0)
    return None


def _read_digits(folded: str) -> float:
    written = folded.strip(".,")
    if _GROUPED.fullmatch(written):
        written = written.replace(",", "")
    first, *rest = re.split("[.,]", written)
    return float(f"{first}.{''.join(rest)}") if rest else float(first)
