"""Quotation marks: which stretches they enclose, however they are typed.

Marks that differ (« ») match by nesting; what is left over, straight marks and swapped ones close at the next of their
family. A mark that nothing closes is reported as unclosed: where its words end is for the reader of content to say.
"""

from bisect import bisect_right
from typing import NamedTuple

from annotations.detection.reading import LINE_END, Reading

_OPENERS = {
    "«": "guillemet",
    "“": "curly",
    "„": "curly",
    "‟": "curly",
    "<<": "angle",
    "((": "bracket",
    "﴿": "scripture",
    "‘": "single",
}
_CLOSERS = {"»": "guillemet", "”": "curly", ">>": "angle", "))": "bracket", "﴾": "scripture", "’": "single"}
_BOTH = {'"': "curly", "''": "curly", "``": "curly", "&quot;": "curly", "&#34;": "curly", "＂": "curly", "'": "single"}
# Swapped marks, met where text was stored in visual order: »…« and ”…“.
_FAMILIES = {**_OPENERS, **_CLOSERS, **_BOTH}
_MOST_LINES = 5
_AFTER_A_CLOSING = frozenset(".,،؛;:!?؟)]»”…")
_BEFORE_AN_OPENING = frozenset("([،,:؛-–—«“")
# How many marks further the closing one is looked for, so that a text of nothing but marks is read in linear time.
_FURTHEST = 64


class Marked(NamedTuple):
    """Tokens of the two marks; `close` is the first token after the content when the mark was never closed.

    `late` says that it was closed, but after words that cannot be of the one who is quoted.
    """

    open: int
    close: int
    closed: bool
    family: str
    late: bool = False


class Marks:
    """The outermost marked stretches, in order. `strays` are closing marks of none of them."""

    def __init__(self, stretches: list[Marked], length: int, strays: frozenset[int] = frozenset()) -> None:
        self.stretches = stretches
        self._opens = [stretch.open for stretch in stretches]
        self.by_open = {stretch.open: stretch for stretch in stretches}
        self.strays = strays
        self.by_close = {stretch.close: stretch for stretch in stretches if stretch.closed}
        self.inside = [False] * length
        for stretch in stretches:
            if stretch.closed:
                self.inside[stretch.open + 1 : stretch.close] = [True] * (stretch.close - stretch.open - 1)

    def between(self, first: int, stop: int) -> list[Marked]:
        """Closed stretches whose both marks are among the tokens [first, stop)."""
        found = []
        position = bisect_right(self._opens, first - 1)
        while position < len(self.stretches) and self.stretches[position].open < stop:
            stretch = self.stretches[position]
            if stretch.closed and stretch.close < stop:
                found.append(stretch)
            position += 1
        return found


def find_marks(reading: Reading) -> Marks:
    tokens = [token for token, form in enumerate(reading.forms) if form in _FAMILIES or form == LINE_END]
    stretches: list[Marked] = []
    begin = 0
    while begin < len(tokens):
        end = begin
        while end < len(tokens) and reading.forms[tokens[end]] != LINE_END:
            end += 1
        _read_line(reading, tokens, begin, end, stretches)
        begin = end + 1
    return Marks(_over_lines(reading, tokens, stretches), len(reading))


def _over_lines(reading: Reading, tokens: list[int], stretches: list[Marked]) -> list[Marked]:
    """Closes a quote that runs over paragraphs: the next mark, within a few lines, closes it and is nobody else's."""
    taken = {stretch.close for stretch in stretches if stretch.closed}
    joined: list[Marked] = []
    for stretch in stretches:
        if not stretch.closed and stretch.close < len(reading) and reading.forms[stretch.close] == LINE_END:
            after = bisect_right(tokens, stretch.close)
            following = (token for token in tokens[after : after + _MOST_LINES] if reading.forms[token] != LINE_END)
            mark = next(following, None)
            if mark is not None and mark not in taken and _CLOSERS.get(reading.forms[mark]) == stretch.family:
                stretch = stretch._replace(close=mark, closed=True)
        joined.append(stretch)
    return joined


def _read_line(reading: Reading, tokens: list[int], begin: int, end: int, stretches: list[Marked]) -> None:
    """Adds the stretches of one line, tokens[begin:end]; `tokens` are all marks and line ends of the text."""
    pairs = _nested_pairs(reading, tokens, begin, end)
    position = begin
    while position < end:
        opening = tokens[position]
        if not _opens(reading, tokens, position, end):
            position += 1
            continue
        family = _FAMILIES[reading.forms[opening]]
        closing = pairs.get(position)
        if closing is None:
            closing = _next_closing(reading, tokens, position, end)
        if closing is None and family == "single":
            # Rather an apostrophe.
            position += 1
        elif closing is None:
            stop = tokens[position + 1] if position + 1 < end else tokens[end] if end < len(tokens) else len(reading)
            stretches.append(Marked(opening, stop, False, family))
            position += 1
        else:
            stretches.append(Marked(opening, tokens[closing], True, family))
            position = closing + 1


def _nested_pairs(reading: Reading, tokens: list[int], begin: int, end: int) -> dict[int, int]:
    """Positions of opening and closing marks that differ (« », “ ”) and match by nesting."""
    pairs: dict[int, int] = {}
    unclosed: dict[str, list[int]] = {}
    for position in range(begin, end):
        form = reading.forms[tokens[position]]
        if form in _OPENERS:
            unclosed.setdefault(_OPENERS[form], []).append(position)
        elif form in _CLOSERS and unclosed.get(_CLOSERS[form]):
            pairs[unclosed[_CLOSERS[form]].pop()] = position
    return pairs


def _opens(reading: Reading, tokens: list[int], position: int, end: int) -> bool:
    token = tokens[position]
    form = reading.forms[token]
    if _FAMILIES[form] == "single":
        return _looks_opening(reading, token) and not _looks_closing(reading, token)
    if form in _OPENERS:
        return not (_looks_closing(reading, token) and not _looks_opening(reading, token))
    after_colon = token > 0 and reading.forms[token - 1] == ":"
    if form in _CLOSERS:
        return after_colon or (_looks_opening(reading, token) and not _looks_closing(reading, token))
    if after_colon or not _looks_closing(reading, token) or _looks_opening(reading, token):
        return True
    # It looks like a stray closing mark; an even number of them from here on says that they pair up after all.
    return (end - position) % 2 == 0


def _next_closing(reading: Reading, tokens: list[int], position: int, end: int) -> int | None:
    """Where straight or mismatched marks close (“…", »…«, “…“): at the next one that does not open again.

    Marks within (لطاقم ل"السوبر") are passed over where both of theirs are there and one is left for the whole.
    """
    opening = reading.forms[tokens[position]]
    family = _FAMILIES[opening]
    within = 0
    for candidate in range(position + 1, min(end, position + _FURTHEST)):
        token = tokens[candidate]
        form = reading.forms[token]
        if _FAMILIES[form] != family or (family == "single" and not _looks_closing(reading, token)):
            continue
        if opening in _CLOSERS:
            return candidate
        if opening == form and form in _OPENERS:
            return candidate if _looks_closing(reading, token) else None
        if token > 0 and reading.forms[token - 1] == ":":
            return None
        if _reopens(reading, token):
            within += 1
        elif within:
            within -= 1
        else:
            return candidate
    return None


def _reopens(reading: Reading, token: int) -> bool:
    """Whether a mark inside an open stretch starts another one."""
    return _looks_opening(reading, token) and not _looks_closing(reading, token) and reading.forms[token] in _BOTH


def _looks_opening(reading: Reading, token: int) -> bool:
    start, end = reading.starts[token], reading.ends[token]
    before = reading.spaced_before(token) or reading.text[start - 1] in _BEFORE_AN_OPENING
    after = not reading.spaced_after(token) and reading.text[end] not in _AFTER_A_CLOSING
    return (before or reading.after_clitic(token)) and after


def _looks_closing(reading: Reading, token: int) -> bool:
    end = reading.ends[token]
    before = not reading.spaced_before(token) and not reading.after_clitic(token)
    return before and (reading.spaced_after(token) or reading.text[end] in _AFTER_A_CLOSING)
