"""Rules for people's names: a known given name and what follows it, and what stands after a title."""

from collections.abc import Iterator

from articles.language.lexicon import name_counts, nationalities, ordinary_words, titles
from articles.language.name_candidates import Candidate, candidate
from articles.language.name_tokens import Reading, Token

_PARTICLES = frozenset(["بن", "ابن", "بنت", "ولد", "ال", "ابو", "ابي", "بو", "ام", "عبد", "دي", "دا", "دو", "دل", "لو", "لا", "فان", "فون", "دير", "ماك", "سان", "ايت", "بني", "ذو"])
# عبد and these never end a name and never stand for one.
_OPENING_PARTICLES = _PARTICLES - {"بني", "ام"}
_AFTER_TITLE = frozenset(["السابق", "السابقه", "الراحل", "الراحله", "الحالي", "الحاليه", "الجديد", "الجديده", "المكلف", "المكلفه", "المنتخب", "المنتخبه", "المخلوع", "المعزول", "الركن", "طيار", "المتقاعد", "متقاعد", "الاسبق", "العام", "العامه", "المساعد", "الاول", "الخاص", "الخاصه", "الشاب", "الكبير", "الشهير", "المعروف", "المعارض", "الرسمي", "الرسميه", "صاحب", "السمو", "الملكي", "المدعو", "البحري", "الدكتور", "المهندس"])
_COMPOUND_ENDINGS = frozenset(["الدين", "الله", "الاسلام", "الزمان", "العابدين", "الحق"])
_LONGEST = 7
_LONGEST_OFFICE = 8
_STRONG_GIVEN = 3
_COMMON_FAMILY = 8
_RARE_WORD = 60

TITLED, SEQUENCE, AFTER_OFFICE = 0.85, 0.8, 0.7


def person_candidates(tokens: list[Token]) -> Iterator[Candidate]:
    """Names after titles, after offices, and runs that begin with a well-known given name."""
    known_titles = titles()
    for index, token in enumerate(tokens):
        uses = next((known_titles[r.stem] for r in token.readings if r.stem in known_titles), None)
        if uses is not None:
            yield from _after_title(tokens, index, uses)
        reading = _given_reading(token)
        if reading is not None:
            last = name_end(tokens, index, reading.stem)
            if last - index >= 2 and _parts(tokens, index, last) >= 2:
                yield candidate(tokens, index, last, reading.cut, reading.stem, "person", SEQUENCE)


def _after_title(tokens: list[Token], index: int, uses: frozenset[str]) -> Iterator[Candidate]:
    start = index + 1
    if "personal" in uses:
        while start < len(tokens) and tokens[start].near and _is_title_tail(tokens[start].key):
            start += 1
        found = _titled_name(tokens, start)
        if found is not None:
            yield found
            return
    if "office" in uses:
        yield from _after_office(tokens, index + 1)


def _is_title_tail(key: str) -> bool:
    return key in _AFTER_TITLE or key in nationalities() or "personal" in titles().get(key, ())


def _titled_name(tokens: list[Token], start: int) -> Candidate | None:
    if start >= len(tokens) or not tokens[start].near:
        return None
    key = tokens[start].key
    last = name_end(tokens, start, key, titled=True)
    if last == start or (last == start + 1 and not _stands_alone(key)):
        return None
    return candidate(tokens, start, last, 0, key, "person", TITLED)


def _after_office(tokens: list[Token], start: int) -> Iterator[Candidate]:
    """The name after «وزير الخارجية النرويجي»: two words that no list of ordinary words holds."""
    index = start
    while index < len(tokens) and index - start < _LONGEST_OFFICE and tokens[index].near:
        key = tokens[index].key
        if index > start and not key.startswith("ال") and is_unknown(key) and _ends_office(tokens[index - 1].key):
            last = name_end(tokens, index, key, titled=True)
            if last - index >= 2:
                yield candidate(tokens, index, last, 0, key, "person", AFTER_OFFICE)
            return
        index += 1


def _ends_office(key: str) -> bool:
    return key in nationalities() or key in _AFTER_TITLE or key.startswith("ال")


def _given_reading(token: Token) -> Reading | None:
    """The first reading of the word that is a well-known given name and no ordinary word."""
    for reading in token.readings:
        if reading.stem in _OPENING_PARTICLES:
            if reading.stem == "عبد" or reading.cut == 0:
                return reading if reading.stem in {"عبد", "ابو"} else None
        elif is_given(reading.stem) and not _is_preposition(token.text):
            return reading
    return None


def _is_preposition(surface: str) -> bool:
    """على folds to the name علي; written with its own last letter it is the preposition."""
    return surface.endswith("لى")


def is_given(key: str) -> bool:
    counts = name_counts().get(key)
    return (
        counts is not None
        and counts.given >= _STRONG_GIVEN
        and counts.given > counts.outside
        and key not in ordinary_words()
        and key not in nationalities()
    ) or (key.startswith("عبدال") and len(key) > 7)


def is_unknown(key: str) -> bool:
    """Whether the word is no ordinary one, neither by itself nor with letters joined on."""
    ordinary = ordinary_words()
    if len(key) < 3 or not key.isalpha() or key in ordinary or key in nationalities() or key in titles():
        return False
    if key in name_counts():
        return True
    if key[0] in "وفبلكس" and (key[1:] in ordinary or key[1:] in name_counts()):
        return False
    return not any(key.endswith(ending) and key[: -len(ending)] in ordinary for ending in ("ها", "هم", "ه", "ا", "ات", "ين"))


def _stands_alone(key: str) -> bool:
    """Whether one word after a title is enough: الرئيس بوتين, but not الرئيس أمس."""
    return is_unknown(key) and not key.startswith("ال") or is_given(key) or (
        key in name_counts() and key not in ordinary_words() and key.startswith("ال")
    )


def name_end(tokens: list[Token], start: int, first: str, *, titled: bool = False) -> int:
    """The index after the last word of the name that begins at `start` with the folded word `first`; `start` if none."""
    index, parts = start, 0
    while index < len(tokens) and index - start < _LONGEST and (index == start or tokens[index].near):
        key = first if index == start else tokens[index].key
        step = _step(tokens, index, key)
        if step and (key in _PARTICLES or (parts == 0 and titled) or _is_part(key, parts)):
            index += step
            parts += 1
        else:
            break
        if tokens[index - 1].closed:
            break
    return index


def _step(tokens: list[Token], index: int, key: str) -> int:
    """How many tokens this part of a name takes: particles take the next word with them."""
    if key not in _PARTICLES:
        return 0 if key in ordinary_words() and key not in name_counts() else 1
    after = index + 1
    if after >= len(tokens) or not tokens[after].near:
        return 0
    following = tokens[after].key
    if following in _PARTICLES:
        inner = _step(tokens, after, following)
        return 1 + inner if inner else 0
    acceptable = following in name_counts() or following.startswith("ال") or is_unknown(following)
    return 2 if acceptable and following not in nationalities() else 0


def _is_part(key: str, parts: int) -> bool:
    """Whether the word can be the next part of a name that has so many parts."""
    if key in _COMPOUND_ENDINGS:
        return parts > 0
    counts = name_counts().get(key)
    if key in nationalities():
        # After one given name it is a surname (منصور التركي).
        return parts == 1 and counts is not None and counts.family >= 3 and key.startswith("ال") and not key.endswith("ه")
    if key in ordinary_words():
        return counts is not None and counts.family >= _COMMON_FAMILY and counts.outside <= _RARE_WORD and parts in (1, 2)
    if counts is not None:
        return counts.given + counts.family > counts.outside
    return is_unknown(key) and (parts <= 1 or (key.startswith("ال") and key.endswith("ي")))


def _parts(tokens: list[Token], start: int, last: int) -> int:
    """Words of the name that stand for themselves: «عبد الله» alone is one."""
    count, index = 0, start
    while index < last:
        index += 2 if tokens[index].key in _PARTICLES or tokens[index].key.endswith("عبد") else 1
        count += 1
    return count
