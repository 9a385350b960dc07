"""Seeded edits of an article as outlets make them, which remember where every letter went."""

from collections.abc import Callable, Sequence
from random import Random
from typing import NamedTuple

from articles.language.sentences import sentences
from articles.language.tokens import words

TASHKEEL = "\u064b\u064e\u064f\u0650\u0651\u0652"
SPELLINGS = {"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه"}
QUOTATION_MARKS = {"«": '"', "»": '"', '"': "”", "“": "«", "”": "»"}
FOREIGN = (
    "وأكد مصدر مطلع أن الاجتماع المقبل سيعقد في موعده دون تغيير.",
    "يذكر أن المدينة شهدت خلال الأسابيع الماضية أمطاراً غزيرة لم تعرفها منذ أعوام.",
    "وقال المتحدث باسم الوزارة في بيان إن التفاصيل ستعلن لاحقاً.",
    "وتابع الحضور العرض حتى نهايته، ثم غادروا القاعة.",
)


class Letter(NamedTuple):
    """A character of the edited text; `origin` is its offset in the text before, or None for what is new.

    A paragraph that is repeated is the same passage at two places.
    """

    character: str
    origin: int | None


Edited = list[Letter]


def letters_of(text: str) -> Edited:
    return [Letter(character, offset) for offset, character in enumerate(text)]


def text_of(edited: Edited) -> str:
    return "".join(letter.character for letter in edited)


def new(text: str) -> Edited:
    return [Letter(character, None) for character in text]


def insert_sentence(edited: Edited, random: Random) -> Edited:
    place = random.choice(sentences(text_of(edited))).end
    return [*edited[:place], *new(" " + random.choice(FOREIGN)), *edited[place:]]


def delete_sentence(edited: Edited, random: Random) -> Edited:
    start, end = random.choice(sentences(text_of(edited)))
    return [*edited[:start], *edited[end:]]


def insert_words(edited: Edited, random: Random) -> Edited:
    place = random.choice(words(text_of(edited))).start
    some = random.choice(FOREIGN).split()[: random.randint(1, 3)]
    return [*edited[:place], *new(" ".join(some) + " "), *edited[place:]]


def delete_words(edited: Edited, random: Random) -> Edited:
    found = words(text_of(edited))
    first = random.randrange(len(found))
    last = min(len(found) - 1, first + random.randint(0, 2))
    return [*edited[: found[first].start], *edited[found[last].end :]]


def replace_words(edited: Edited, random: Random) -> Edited:
    found = words(text_of(edited))
    first = random.randrange(len(found))
    last = min(len(found) - 1, first + random.randint(0, 4))
    some = random.choice(FOREIGN).split()[: random.randint(1, 4)]
    return [*edited[: found[first].start], *new(" ".join(some)), *edited[found[last].end :]]


def change_digit(edited: Edited, random: Random) -> Edited:
    digits = [place for place, letter in enumerate(edited) if letter.character.isdigit()]
    if not digits:
        return edited
    place = random.choice(digits)
    other = str((int(edited[place].character) + random.randint(1, 9)) % 10)
    return [*edited[:place], *new(other), *edited[place + 1 :]]


def respell(edited: Edited, random: Random) -> Edited:
    """The same letters in another spelling, which is no change of the words."""
    rate = random.random() * 0.5
    changed: Edited = []
    for letter in edited:
        other = SPELLINGS.get(letter.character) or QUOTATION_MARKS.get(letter.character)
        changed.append(Letter(other, letter.origin) if other and random.random() < rate else letter)
    return changed


def add_tashkeel(edited: Edited, random: Random) -> Edited:
    changed: Edited = []
    for letter in edited:
        changed.append(letter)
        if "ب" <= letter.character <= "ي" and random.random() < 0.2:
            changed += new(random.choice(TASHKEEL))
    return changed


def _paragraphs(edited: Edited) -> list[Edited]:
    found: list[Edited] = [[]]
    for letter in edited:
        if letter.character == "\n":
            found.append([])
        else:
            found[-1].append(letter)
    return found


def _article(paragraphs: Sequence[Edited]) -> Edited:
    edited: Edited = []
    for number, paragraph in enumerate(paragraphs):
        edited += [*(new("\n") if number else []), *paragraph]
    return edited


def delete_paragraph(edited: Edited, random: Random) -> Edited:
    found = _paragraphs(edited)
    del found[random.randrange(len(found))]
    return _article(found) if found else edited


def move_paragraph(edited: Edited, random: Random) -> Edited:
    headline, *found = _paragraphs(edited)
    if found:
        found.insert(random.randrange(len(found)), found.pop(random.randrange(len(found))))
    return _article([headline, *found])


def repeat_paragraph(edited: Edited, random: Random) -> Edited:
    found = _paragraphs(edited)
    found.insert(random.randrange(len(found) + 1), random.choice(found))
    return _article(found)


def cut_to_opening(edited: Edited, random: Random) -> Edited:
    found = _paragraphs(edited)
    return _article(found[: random.randint(1, len(found))])


def wrap_as_republisher(edited: Edited, random: Random) -> Edited:
    return [*new("موقع الأخبار العاجلة | "), *edited, *new("\nالمصدر: وكالات\nلمتابعة آخر الأخبار اشترك في نشرتنا.")]


def change_headline(edited: Edited, random: Random) -> Edited:
    return _article([new(random.choice(FOREIGN)), *_paragraphs(edited)[1:]])


EDITS: tuple[Callable[[Edited, Random], Edited], ...] = (
    insert_sentence,
    delete_sentence,
    insert_words,
    delete_words,
    replace_words,
    change_digit,
    respell,
    add_tashkeel,
    delete_paragraph,
    move_paragraph,
    repeat_paragraph,
    cut_to_opening,
    wrap_as_republisher,
    change_headline,
)


def edit(text: str, random: Random, *, most: int = 6) -> Edited:
    """One to `most` edits; a text that nothing would be left of is given back as it is."""
    edited = letters_of(text)
    for change in random.choices(EDITS, k=random.randint(1, most)):
        changed = change(edited, random)
        if words(text_of(changed)):
            edited = changed
    return edited
