"""What kind of quote a person has marked, judged by its quotation marks: pure."""

from collections.abc import Iterable

PAIRS = {"«": "»", "“": "”", "”": "“", "„": "“", '"': '"', "‹": "›"}
CLOSING = set(PAIRS.values())
# Sentence marks that stand between the last word and the closing quotation mark, or after it.
STOPS = " .،,؛؟!…"


def quote_type_of(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Of the content [start, end) of each part: direct when quotation marks enclose all, mixed when they hold some."""
    enclosed = [_enclosure(text, start, end) for start, end in spans]
    if all(kind == "direct" for kind in enclosed):
        return "direct"
    return "indirect" if all(kind == "indirect" for kind in enclosed) else "mixed"


def _enclosure(text: str, start: int, end: int) -> str:
    words = text[start:end].strip().rstrip(STOPS)
    if words and words[0] in PAIRS:
        closing = words.find(PAIRS[words[0]], 1)
        return "direct" if closing in (-1, len(words) - 1) else "mixed"
    before, after = text[:start].rstrip()[-1:], text[end:].lstrip(STOPS)[:1]
    if before in PAIRS and after in CLOSING:
        return "direct"
    return "mixed" if any(mark in words for mark in PAIRS) else "indirect"
