"""A line as it is compared with its like on other pages: folded, its numbers, dates and addresses masked.

The form is words parted by single spaces. `0` stands for a number or a date, `@` for an address of any kind, `:` and
`|` for themselves; other signs are left out. A learned form may hold SLOT for words that vary, and end in BELOW, which
says that the titles of other articles stand under the line.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache

from articles.language.calendars import GREGORIAN_MONTHS, HIJRI_MONTHS, WEEKDAYS
from articles.language.folding import fold

NUMBER = "0"
ADDRESS = "@"
SLOT = "*"
BELOW = "↓"
# How many words a slot stands for: a name, a section, a list of tags.
_MOST_IN_SLOT = 40
_LONGEST = 1000
_LONGEST_TITLE = 150
_SHORTEST_STATEMENT = 60
_STATEMENT_END = re.compile(r"[.][»”\"')\]]*$")
_TOKEN = re.compile(
    r"(?P<address>https?://\S+|www\.\S+|[^\s@]+@[^\s@]+|@\w+)|(?P<number>\d[\d.,:/\\٪%-]*)|(?P<word>[^\W\d]+)"
    r"|(?P<sign>[:|])"
)
_MASKS = {"address": ADDRESS, "number": NUMBER}
# What a date says beside its numbers, folded; elsewhere these are ordinary words.
_ABOUT_TIME = (
    "يوم", "الموافق", "الساعه", "ساعه", "بتوقيت", "غرينتش", "جرينتش", "صباحا", "مساء", "ظهرا", "ليلا", "فجرا", "ص", "م",
    "ه", "منذ", "قبل", "دقيقه", "دقايق", "ساعات", "ايام", "اسبوع", "شهر", "am", "pm", "gmt", "utc",
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
)  # fmt: skip


def masked(line: str) -> str:
    """The form of a line; "" where it has neither a word nor a number.

    In running text the numbers stay: of a daily report on prices they are the news.
    """
    matches = _TOKEN.finditer(fold(line[:_LONGEST]))
    if is_passage(line):
        return " ".join(match[0] for match in matches)
    return " ".join(_dates_masked([_MASKS.get(match.lastgroup or "", match[0]) for match in matches]))


def is_passage(line: str) -> bool:
    """Whether a line is running text and no title, which may ask or exclaim but rarely states."""
    return len(line) >= _LONGEST_TITLE or (len(line) >= _SHORTEST_STATEMENT and bool(_STATEMENT_END.search(line)))


def words_in(form: str) -> list[str]:
    """The words of a form that are always the same."""
    return [token for token in form.split(" ") if token and token not in (NUMBER, ADDRESS, SLOT, BELOW, ":", "|")]


def pattern_of(forms: Iterable[str]) -> re.Pattern[str]:
    """What matches the forms of lines that fit one of these forms with slots."""
    slot = rf"[^ ]+(?: [^ ]+){{0,{_MOST_IN_SLOT - 1}}}"
    patterns = (" ".join(slot if token == SLOT else re.escape(token) for token in form.split(" ")) for form in forms)
    return re.compile("|".join(patterns) or r"(?!)")


def _dates_masked(tokens: Sequence[str]) -> list[str]:
    """Tokens with every run of numbers and words of dates, where a number is among them, as one."""
    found: list[str] = []
    run: list[str] = []
    for token in [*tokens, ""]:
        if token == NUMBER or token in _date_words():
            run.append(token)
            continue
        found.extend([NUMBER] if NUMBER in run else run)
        run = []
        found.append(token)
    return found[:-1]


@cache
def _date_words() -> frozenset[str]:
    months = [*GREGORIAN_MONTHS.values(), *HIJRI_MONTHS.values()]
    parts = {word for names in months for name in names for word in name.split()}
    return frozenset(parts | set(WEEKDAYS) | set(_ABOUT_TIME))
