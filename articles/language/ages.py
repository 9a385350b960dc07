"""How long ago something was, as pages say it: «منذ ساعتين»، «قبل 3 أيام»."""

import re
from typing import Literal, NamedTuple

from articles.language.folding import fold_with_map

Unit = Literal["minute", "hour", "day", "week", "month", "year"]


class Age(NamedTuple):
    """[start, end) in code points of the text. An `amount` of 0 is «منذ قليل»: less than an hour."""

    start: int
    end: int
    amount: int
    unit: Unit


# Folded: one, two, and what stands with a number, three to ten and more alike.
_UNITS: dict[Unit, tuple[str, str, str]] = {
    "minute": ("دقيقه", "دقيقتين|دقيقتان", "دقايق|دقيقه"),
    "hour": ("ساعه", "ساعتين|ساعتان", "ساعات|ساعه"),
    "day": ("يوم", "يومين|يومان", "ايام|يوما?"),
    "week": ("اسبوع", "اسبوعين|اسبوعان", "اسابيع|اسبوعا?"),
    "month": ("شهر", "شهرين|شهران", "اشهر|شهور|شهرا?"),
    "year": ("سنه|عام", "سنتين|سنتان|عامين|عامان", "سنوات|سنين|سنه|اعوام|عاما?"),
}
_NUMBERS = {
    **{"ثلاث": 3, "اربع": 4, "خمس": 5, "ست": 6, "سبع": 7, "ثماني": 8, "ثمان": 8, "تسع": 9, "عشر": 10},
    **{"بضع": 3},
}
_COUNT = rf"(?P<number>\d{{1,3}})|(?P<word>{'|'.join(_NUMBERS)})ه?"
_MANY = "|".join(f"(?P<{unit}s>{many})" for unit, (_, _, many) in _UNITS.items())
_FEW = "|".join(f"(?P<{unit}_two>{two})|(?P<{unit}_one>{one})" for unit, (one, two, _) in _UNITS.items())
_AGE = re.compile(
    r"(?<!\w)(?:منذ|قبل|من)[ \t]{1,3}(?:(?:حوالي|نحو|قرابه|اكثر[ \t]من)[ \t]{1,3})?"
    r"(?:(?P<now>قليل|لحظات|لحظه|ثوان|ثواني|ثانيه|\d{1,3} ثانيه)"
    rf"|(?:{_COUNT})[ \t]{{1,3}}(?:{_MANY})|(?:{_FEW})(?:[ \t](?:واحده?))?)(?!\w)"
)


def find_age(text: str) -> Age | None:
    """The first age that the text names. Linear in its length."""
    folded = fold_with_map(text)
    match = _AGE.search(folded.text)
    if match is None:
        return None
    start, end = folded.to_original(*match.span())
    if match["now"]:
        return Age(start, end, 0, "minute")
    for unit in _UNITS:
        if match[f"{unit}s"]:
            amount = int(match["number"]) if match["number"] else _NUMBERS[match["word"]]
            return Age(start, end, amount, unit)
        if match[f"{unit}_two"] or match[f"{unit}_one"]:
            return Age(start, end, 2 if match[f"{unit}_two"] else 1, unit)
    return None
