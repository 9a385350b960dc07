"""The words around what looks like a date, which tell whether it is one. Everything is folded."""

import re
from collections.abc import Collection

from articles.language.calendars import ORDINAL_DAYS
from articles.language.clitics import clitic_splits
from articles.language.date_patterns import COMING_WORDS, PERHAPS_FUTURE_VERB, WORD_AFTER, WORD_BEFORE

# A month follows these, a verb or a person does not; and مارس, which nobody is named, follows في and منذ as well.
MONTH_ANNOUNCED = frozenset({"شهر", "شهري", "مطلع", "اوايل", "بدايه", "منتصف", "اواخر", "نهايه"})
MARCH_ANNOUNCED = MONTH_ANNOUNCED | {"في", "منذ", "خلال", "حتي"}
# الأسبوع الثاني من أغسطس is no second day.
PARTS_OF_MONTH = frozenset({"الاسبوع", "النصف", "الثلث", "الربع", "العقد", "الفصل", "الشطر"})
# صلاة الجمعة, سوق الخميس: weekdays that name something else.
_NOT_BEFORE_WEEKDAY = frozenset(
    {"صلاه", "صلاتي", "خطبه", "خطب", "سوق", "مسجد", "جامع", "ال", "بن", "بنت", "ابن", "ابو", "كلا", "هذين", "صحيفه"}
)
# ذلك اليوم, طوال اليوم, منتصف الليلة, صحيفة عين اليوم
_NOT_BEFORE_TODAY = frozenset(
    [
        *("هذا", "هذه", "ذلك", "ذاك", "تلك", "نفس", "ذات", "طوال", "طيله", "مدار", "منتصف", "نهايه", "بدايه"),
        *("اخبار", "المصري", "عين", "بوابه", "صحيفه", "جريده", "موقع", "دار", "حزب"),
    ]
)
# اليوم الوطني, اليوم التالي, الليلة الأولى, الأمس القريب
_NOT_AFTER_TODAY = frozenset(
    [
        *("الوطني", "العالمي", "الدولي", "العربي", "التالي", "التاليه", "السابق", "الاخير", "الواحد", "المفتوح"),
        *(
            "نفسه",
            "نفسها",
            "ذاته",
            "ذاتها",
            "عينه",
            "الذي",
            "التي",
            "القريب",
            "الدراسي",
            "التاريخي",
            "الموعود",
            "الاولي",
        ),
        *(name for name in ORDINAL_DAYS if " " not in name),
    ]
)
# Metres, not years of the Gregorian era.
BEFORE_A_LENGTH = frozenset(
    {"سباق", "ارتفاع", "بارتفاع", "مسافه", "طول", "بطول", "عمق", "بعمق", "مساحه", "بمساحه", "بعد"}
)
# عبد الرحمن بن سعد الخميس, عبدالله السبت: a family's name.
_NAME_BEFORE = re.compile(r"(?<!\w)(?:(?:بن|بنت|ابن|ابو)[ \t]+\w+|عبد\w{3,})[ \t]+$")
_ATTACHED = frozenset("وفبلك")
# How far back, in characters, a sentence is read for signs of the future.
_LOOK_BACK = 80


def word_before(match: re.Match[str]) -> str:
    start = match.start()
    before = WORD_BEFORE.search(match.string[max(0, start - 24) : start])
    return before[1] if before else ""


def word_after(match: re.Match[str]) -> str:
    after = WORD_AFTER.match(match.string, match.end())
    return after[1] if after else ""


def follows(match: re.Match[str], words: Collection[str]) -> bool:
    """Whether one of the words stands right before, with a letter attached or without (وذلك اليوم)."""
    before = word_before(match)
    return before in words or (before[:1] in _ATTACHED and before[1:] in words)


def is_weekday(match: re.Match[str], name: str) -> bool:
    before = match.string[max(0, match.start() - 24) : match.start()]
    if follows(match, _NOT_BEFORE_WEEKDAY) or _NAME_BEFORE.search(before):
        return False
    # بين الاثنين, الاثنين معا: the two of them.
    return name != "الاثنين" or not (follows(match, {"بين"}) or word_after(match) == "معا")


def is_deictic_day(match: re.Match[str], name: str) -> bool:
    """Not اليوم الوطني, ذلك اليوم, حزب الغد, غدا واضحا (became clear)."""
    after = word_after(match)
    if name in ("اليوم", "الليله"):
        return not follows(match, _NOT_BEFORE_TODAY) and after not in _NOT_AFTER_TODAY
    if name in ("الغد", "غد"):
        return follows(match, {"يوم"}) or match["core"] != match["deictic"]
    if name == "غدا":
        return follows(match, {"يوم"}) or not after.endswith("ا")
    return after != "القريب"


def looks_ahead(match: re.Match[str]) -> bool:
    """Whether the sentence, as far as it is written before the match, speaks of what is to come."""
    before = match.string[max(0, match.start() - _LOOK_BACK) : match.start()]
    sentence = re.split(r"[.\n؟!]", before)[-1]
    verbs = PERHAPS_FUTURE_VERB.findall(sentence)
    is_future = any(clitic_splits(verb)[0].prefix.endswith("س") for verb in verbs)
    return is_future or COMING_WORDS.search(sentence) is not None
