"""The office or role that a text gives somebody beside the name, and which roles speak for two different people. Pure.

«وزير الصحة سامر الحداري», «سامر الحداري، وزير الصحة»: the words are kept as written, the class says in which field.
"""

import re
from collections.abc import Iterable
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from articles.language.folding import fold, fold_with_map
from articles.language.lexicon import word_set
from articles.language.tokens import Word, words

_DATA = Path(__file__).parent / "data" / "roles.tsv"
_WINDOW = 90  # code points looked at on either side of the name
_LONGEST_COMPLEMENT = 5  # words between what begins a role and the name: «مدير عام وزارة الصحة السعودية»
_LONGEST_ROLE = 120  # what Mention.role holds
_BLANK = re.compile(r"[^\S\r\n]+")
# Between a name and the role after it: a comma, a dash or a bracket, or nothing.
_APPOSITION = re.compile(r"[^\S\r\n]*[،,(–—-]?[^\S\r\n]*")
# What no role holds: the words around it are those of a sentence.
_SENTENCE_WORDS = frozenset(
    fold("في من إلى على عن مع أن إن كان كانت قد لقد الذي التي ثم أو بعد قبل خلال حول ضد بين بأن هو هي وهو وهي").split()
)

# «أمام» (before) and «إمام» fold to one word.
_NOT_A_ROLE = frozenset({"أمام", "امام"})
# Courtesies between a role and the name: «أمين المنطقة الدكتور».
_COURTESIES = frozenset(
    fold("الدكتور الدكتورة المهندس المهندسة الأستاذ الأستاذة الأمير الأميرة الشيخ الشيخة السيد السيدة الكابتن").split()
)
# Kinds of bodies: «لاعب نادي الهلال» and «لاعب نادي النصر» have nothing in common but that they play.
_BODIES = frozenset(
    fold(
        "وزارة نادي فريق منتخب شركة مجلس إدارة هيئة مؤسسة جامعة كلية حزب بنك مصرف صحيفة قناة وكالة مستشفى محكمة لجنة"
        " اتحاد جمعية مركز منظمة مديرية قسم دائرة مكتب فرع"
    ).split()
)

# Fields that one and the same person may well be in. Every other pair says that two people bear one name.
_MEET = (
    {"government", "royal", "military", "business", "academic", "law", "judiciary"},
    {"government", "media", "academic"},
    {"government", "religion", "militancy"},
    {"government", "medicine", "academic"},
    {"royal", "sport"},
    {"sport", "business"},
    {"sport", "media"},
    {"arts", "media", "academic"},
    {"religion", "academic", "judiciary"},
    {"religion", "media"},
    {"militancy", "military"},
    {"militancy", "crime", "victim"},
    {"crime", "victim", "citizen"},
    {"law", "media"},
    {"business", "citizen", "media"},
    {"academic", "citizen", "sport"},
)
_COMPATIBLE = frozenset(frozenset(pair) for field in _MEET for pair in combinations(sorted(field), 2))
# Anyone may come to be accused or killed: against a name known to everyone it says nothing.
FATES = frozenset({"crime", "victim", "citizen"})


class Role(NamedTuple):
    """`words` as written, without attached letters; `subject` the folded words that follow what begins the role."""

    words: str
    kind: str
    subject: frozenset[str]


def role_beside(text: str, start: int, end: int, *, floor: int = 0, ceiling: int | None = None) -> Role | None:
    """The role of the person named at [start, end): before the name, else after it.

    `floor` and `ceiling` are where the names next to this one end and begin: their roles are theirs.
    """
    return _role_before(text, start, floor) or _role_after(text, end, len(text) if ceiling is None else ceiling)


def role_in(written: str) -> Role | None:
    """The role that these words begin with («وزير الخارجية السعودي السابق»); None where they begin with none."""
    found = words(written)
    length = _phrase_length(found, written)
    return _role(found[:length], written) if length else None


def conflict(one: Iterable[Role], other: Iterable[Role]) -> bool:
    """Whether no role on one side is of a field that meets one on the other; False where a side says nothing."""
    pairs = [(a.kind, b.kind) for a in one for b in other]
    return bool(pairs) and not any(a == b or frozenset((a, b)) in _COMPATIBLE for a, b in pairs)


def _role_before(text: str, start: int, floor: int) -> Role | None:
    line = text.rfind("\n", 0, start) + 1
    begin = max(line, floor, start - _WINDOW)
    window = text[begin:start]
    found = words(window)
    if not found or not _BLANK.fullmatch(window[found[-1].end :]):
        return None
    for index in range(len(found) - 1, max(-1, len(found) - 2 - _LONGEST_COMPLEMENT), -1):
        if index + 1 < len(found) and not _is_joined(window, found[index], found[index + 1]):
            return None
        if fold(found[index].text) in _SENTENCE_WORDS:
            return None
        head = _head_length(found, index)
        if head:
            if index and _is_joined(window, found[index - 1], found[index]) and _head_length(found, index - 1):
                index -= 1
            if not _is_phrase(found[index:]):
                return None
            if role := _role(found[index:], window):
                return role
    return None


def _role_after(text: str, end: int, ceiling: int) -> Role | None:
    line = text.find("\n", end)
    stop = min(ceiling, end + _WINDOW, len(text) if line < 0 else line)
    window = text[_APPOSITION.match(text, end).end() : stop] if stop > end else ""
    found = words(window)
    length = _phrase_length(found, window)
    # «التقى الحداري رئيسة البلدية سلمى الهادي»: words that run up to the next name are that one's.
    if not length or (stop == ceiling and not window[found[length - 1].end :].strip()):
        return None
    return _role(found[:length], window)


def _phrase_length(found: list[Word], window: str) -> int:
    """How many words the role takes that a window begins with, 0 for none: what begins it, the next word, and then
    definite ones («رئيس نادي الهلال السعودي»)."""
    head = _head_length(found, 0, attached=False) if found else 0
    if not head or found[0].start:
        return 0
    last = head
    while last < len(found) and last - head < _LONGEST_COMPLEMENT:
        definite = fold(found[last].text).startswith("ال")
        if not _is_joined(window, found[last - 1], found[last]) or fold(found[last].text) in _SENTENCE_WORDS:
            break
        if not definite and (last > head or fold(found[0].text).startswith("ال")):
            break
        last += 1
    return last


def _role(found: list[Word], window: str) -> Role | None:
    head = _head_length(found, 0)
    while len(found) > max(head, 1) and fold(found[-1].text) in _COURTESIES:
        found = found[:-1]
    key = tuple(_bare(word, first=not index) for index, word in enumerate(found[:head]))
    if len(found) == head and key in _courtesies_alone():
        return None
    plain = (fold(word.text).removeprefix("ال") for word in found[head:])
    subject = frozenset(word for word in plain if word not in _BODIES and word not in _first_words())
    written = _first_word(found[0]) + window[found[0].end : found[-1].end]
    return Role(" ".join(written.split())[:_LONGEST_ROLE], _heads()[key], subject)


def _first_word(word: Word) -> str:
    """As written, without attached letters; للوزير is الوزير."""
    cut, folded = _attached(word), fold(word.text)
    if not cut:
        return word.text
    rest = word.text[fold_with_map(word.text).to_original(cut, len(folded))[0] :]
    return f"ال{rest}" if folded[cut - 2 : cut] == "لل" else rest


def _is_phrase(found: list[Word]) -> bool:
    """Whether the words up to the name belong to the role: after «الوزير» only definite words do («الوزير السابق»)."""
    rest = [fold(word.text) for word in found[1:]]
    if any(word in _SENTENCE_WORDS or word in word_set("speaking") for word in rest):
        return False
    definite = fold(found[0].text)[_attached(found[0]) :].startswith("ال")
    return not definite or _head_length(found, 0) > 1 or all(word.startswith("ال") for word in rest)


def _head_length(found: list[Word], index: int, *, attached: bool = True) -> int:
    """How many words from here begin a role; 0 for none."""
    if found[index].text in _NOT_A_ROLE:
        return 0
    first = _bare(found[index], first=attached)
    for length in range(min(_longest_head(), len(found) - index), 0, -1):
        key = (first, *(_bare(word) for word in found[index + 1 : index + length]))
        if key in _heads():
            return length
    return 0


def _bare(word: Word, *, first: bool = False) -> str:
    folded = fold(word.text)
    return (folded[_attached(word) :] if first else folded).removeprefix("ال")


def _attached(word: Word) -> int:
    """Letters joined on before what begins a role: ووزير، لوزير، بالوزير, but not the و of وزير."""
    folded = fold(word.text)
    first_words = _first_words()
    if folded.removeprefix("ال") in first_words:
        return 0
    for cut in (1, 2):
        if len(folded) > cut + 2 and folded[0] in "وفلبك" and folded[cut:].removeprefix("ال") in first_words:
            return cut
    return 0


def _is_joined(window: str, one: Word, other: Word) -> bool:
    return bool(_BLANK.fullmatch(window[one.end : other.start]))


@cache
def _heads() -> dict[tuple[str, ...], str]:
    """The folded words that begin a role → the field."""
    return {key: field for key, (field, _) in _rows().items()}


@cache
def _courtesies_alone() -> frozenset[tuple[str, ...]]:
    return frozenset(key for key, (_, needs_more) in _rows().items() if needs_more)


@cache
def _rows() -> dict[tuple[str, ...], tuple[str, bool]]:
    found: dict[tuple[str, ...], tuple[str, bool]] = {}
    for line in _DATA.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            field, forms = line.split("\t")
            for form in forms.split("|"):
                found.setdefault(tuple(fold(form.rstrip("+")).split()), (field, form.endswith("+")))
    return found


@cache
def _first_words() -> frozenset[str]:
    return frozenset(head[0] for head in _heads())


@cache
def _longest_head() -> int:
    return max(map(len, _heads()))
