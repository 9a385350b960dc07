"""Rules for people's names: a known given name and what follows it, and what follows a title or a verb of saying."""

from collections.abc import Iterator

from articles.language.lexicon import (
    known_forms,
    name_counts,
    nationalities,
    ordinary_words,
    place_words,
    titles,
    word_set,
)
from articles.language.name_candidates import Candidate, candidate
from articles.language.name_tokens import Reading, Token, ends_in_tanwin
from articles.language.name_words import can_continue, is_given, is_unknown, stands_alone
from articles.language.sport import is_about_sport

TITLED, SEQUENCE, AFTER_OFFICE, AFTER_VERB = 0.85, 0.8, 0.7, 0.65

_LONGEST = 7
_LONGEST_OFFICE = 8
_SHORTEST_PLAYER = 4
_ALI = "علي"


def person_candidates(tokens: list[Token]) -> Iterator[Candidate]:
    """Names after titles, offices and verbs of saying, and runs that begin with a well-known given name."""
    known_titles, speaking = titles(), word_set("speaking")
    # A text that writes ى where it belongs means the name when it writes علي.
    writes_ali = any(token.text[-1] == "ى" for token in tokens)
    sport = is_about_sport(tokens)
    for index, token in enumerate(tokens):
        stems = [reading.stem for reading in token.readings]
        uses = next((known_titles[stem] for stem in stems if stem in known_titles), None)
        if uses is not None and not (sport and token.key in word_set("ranks_like_teams")):
            yield from _after_title(tokens, index, uses)
        elif token.key in nationalities() and token.key.startswith("ال") and not _follows_noun(tokens, index):
            yield from _unknown_name(tokens, index + 1, AFTER_OFFICE)
            if sport:
                yield from _single_player(tokens, index + 1)
        elif any(stem in speaking for stem in stems):
            yield from _unknown_name(tokens, index + 1, AFTER_VERB)
        reading = _given_reading(token, writes_ali)
        if reading is not None:
            yield from _sequence(tokens, index, reading)


def _sequence(tokens: list[Token], index: int, reading: Reading) -> Iterator[Candidate]:
    last = name_end(tokens, index, reading.stem)
    if last - index < 2 or _parts(tokens, index, last) < 2:
        return
    # In quotation marks of its own it is a title of something rather than a person.
    if tokens[index].opened and tokens[last - 1].closed:
        return
    if reading.stem in word_set("verbs_like_names") and is_given(tokens[index + 1].key):
        return
    # A preposition and a noun with its adjective (لأسد مشهور) look like a name too.
    if last - index == 2 and tokens[index].key != reading.stem and tokens[last - 1].key in ordinary_words():
        return
    yield candidate(tokens, index, last, reading.cut, reading.stem, "person", SEQUENCE)


def _follows_noun(tokens: list[Token], index: int) -> bool:
    """Whether the adjective belongs to the word before it, and is not «الروماني» that introduces a name."""
    return index > 0 and tokens[index].near and tokens[index - 1].key.startswith(("ال", "وال", "لل", "بال"))


def _after_title(tokens: list[Token], index: int, uses: frozenset[str]) -> Iterator[Candidate]:
    start = index + 1
    if "personal" in uses:
        while start < len(tokens) and tokens[start].near and _is_title_tail(tokens, start):
            start += 1
        found = _titled_name(tokens, start, definite=tokens[start - 1].key.startswith("ال"))
        if found is not None:
            yield found
            return
    if "office" in uses:
        yield from _after_office(tokens, index + 1)


def _is_title_tail(tokens: list[Token], index: int) -> bool:
    """Whether the word still belongs to the title: الوزير [السابق], المرشح [الخاسر] وليد, اللواء [الركن]."""
    key = tokens[index].key
    if key in word_set("after_title") or key in nationalities() or "personal" in titles().get(key, ()):
        return True
    after = index + 1
    describes = key.startswith("ال") and key not in name_counts() and tokens[index - 1].key.startswith("ال")
    return describes and after < len(tokens) and tokens[after].near and is_given(tokens[after].key)


def _titled_name(tokens: list[Token], start: int, *, definite: bool) -> Candidate | None:
    """The name at `start`; one word is enough after a definite title (الرئيس بوتين), not after رئيس."""
    if start >= len(tokens) or not tokens[start].near:
        return None
    if not (_can_begin(tokens[start]) or (not definite and _is_before_surname(tokens, start))):
        return None
    key = tokens[start].key
    if not definite and key.startswith("ال") and not is_given(key):
        return None  # رئيس [الجمهورية] says of what, and names nobody
    last = name_end(tokens, start, key, titled=True)
    if last > start + 1 and tokens[last - 1].key in nationalities() and not is_given(key):
        last -= 1  # نظيره [بورغ] النرويجي
    if last == start or (last == start + 1 and not (definite and (stands_alone(key) or key == _ALI))):
        return None
    return candidate(tokens, start, last, 0, key, "person", TITLED)


def _is_before_surname(tokens: list[Token], index: int) -> bool:
    """A foreign given name that is an Arabic word too, between a rank and a known rare surname: جنرال [بات] رايدر."""
    key, after = tokens[index].key, index + 1
    if "office" in titles().get(tokens[index - 1].key, ()):
        return False
    if after >= len(tokens) or not tokens[after].near or key in word_set("boundaries") or key.startswith("ال"):
        return False
    surname = tokens[after].key
    return key.isalpha() and len(key) > 2 and surname in name_counts() and is_unknown(surname)


def _can_begin(token: Token) -> bool:
    key = token.key
    if key in word_set("boundaries") or key in word_set("offices_not_names"):
        return False
    if key in place_words() and not is_given(key):
        return False
    if key[0] in "ولب" and key[1:2] == "ا" and token.text[1] in "أإ" and key not in name_counts():
        return False  # وإفشال، لإسطبلات
    return key in word_set("name_particles") or key in name_counts() or is_unknown(key)


def _after_office(tokens: list[Token], start: int) -> Iterator[Candidate]:
    """The name after «وزير الخارجية النرويجي»."""
    for index in range(start + 1, min(start + _LONGEST_OFFICE, len(tokens))):
        if not tokens[index].near or not tokens[index - 1].near:
            return
        key = tokens[index].key
        if not key.startswith("ال") and is_unknown(key) and _ends_office(tokens[index - 1].key):
            yield from _unknown_name(tokens, index, AFTER_OFFICE)
            return


def _ends_office(key: str) -> bool:
    return key in nationalities() or key in word_set("after_title") or key.startswith("ال")


def _unknown_name(tokens: list[Token], start: int, score: float) -> Iterator[Candidate]:
    """Two words or more that no list of ordinary words holds."""
    if start >= len(tokens) or not tokens[start].near:
        return
    key = tokens[start].key
    begins = key in word_set("foreign_particles") or (is_unknown(key) and not key.startswith("ال"))
    if not begins or key in place_words():
        return
    last = name_end(tokens, start, key)
    if last - start >= 2 and is_unknown(tokens[last - 1].key):
        yield candidate(tokens, start, last, 0, key, "person", score)


def _single_player(tokens: list[Token], start: int) -> Iterator[Candidate]:
    """One foreign name after the player's nationality: البرازيلي ماركينوس."""
    if start >= len(tokens) or not tokens[start].near:
        return
    key = tokens[start].key
    if len(key) < _SHORTEST_PLAYER or key.startswith("ال") or key in place_words() or not is_unknown(key):
        return
    is_verb = key[0] in "يت" and key not in name_counts()
    if not is_verb and not ends_in_tanwin(tokens[start]):
        yield candidate(tokens, start, start + 1, 0, key, "person", AFTER_VERB)


def _given_reading(token: Token, writes_ali: bool) -> Reading | None:
    """The first reading of the word that is a well-known given name; none when the whole word is ordinary."""
    whole = token.readings[0]
    if whole.stem in ordinary_words() or _ends_like_no_name(token):
        return None
    if whole.stem in {"عبد", "ابو"}:
        return whole
    readings = (whole,) if whole.stem in known_forms() else token.readings
    for reading in readings:
        if reading.stem == _ALI:
            return reading if writes_ali else None
        if reading.stem == "عبد" or is_given(reading.stem):
            return reading
        if reading.cut == 0 and len(token.readings) > 1 and whole.stem in name_counts() and is_unknown(whole.stem):
            # A name of its own, though not a well-known given one: وينسلاند is not و+ينسلاند.
            return None
    return None


def _ends_like_no_name(token: Token) -> bool:
    if ends_in_tanwin(token):
        return True
    return token.text.endswith("ى") and not any(
        reading.stem in word_set("names_in_alef_maksura") for reading in token.readings
    )


def name_end(tokens: list[Token], start: int, first: str, *, titled: bool = False) -> int:
    """The index after the last word of the name that begins at `start` with the folded word `first`, or `start`.

    After a title a given name is followed by a surname sooner than by an adjective: القاضية سعاد الميداني.
    """
    particles = word_set("name_particles")
    index, parts = start, 0
    while index < len(tokens) and index - start < _LONGEST and (index == start or tokens[index].near):
        token = tokens[index]
        key = first if index == start else token.key
        if key in particles:
            step = _particle_step(tokens, index)
        else:
            step = int(parts == 0 or _goes_on(token, parts) or (titled and parts == 1 and _is_surname_like(key)))
        if not step:
            break
        index += step
        parts += 1
        if tokens[index - 1].closed:
            break
    return index


def _goes_on(token: Token, parts: int) -> bool:
    return can_continue(token.key, parts) and (token.key.startswith("ال") or not _ends_like_no_name(token))


def _is_surname_like(key: str) -> bool:
    return len(key) > 5 and key.startswith("ال") and key.endswith("ي") and key not in word_set("never_surnames")


def _particle_step(tokens: list[Token], index: int) -> int:
    """How many tokens a particle (بن، عبد، آل) takes with the name after it; 0 when no name follows."""
    after = index + 1
    if after >= len(tokens) or not tokens[after].near:
        return 0
    following = tokens[after].key
    if following in word_set("name_particles") or _is_inner(tokens[index].key, following):
        inner = _particle_step(tokens, after)
        return 1 + inner if inner else 0
    if following in nationalities() and following not in name_counts():
        return 0
    return 2 if following in name_counts() or following.startswith("ال") or is_unknown(following) else 0


def _is_inner(particle: str, following: str) -> bool:
    return particle in word_set("foreign_particles") and following in word_set("inner_particles")


def _parts(tokens: list[Token], start: int, last: int) -> int:
    """Words of the name that stand for themselves: «عبد الله» alone is one."""
    count, index = 0, start
    while index < last:
        key = tokens[index].key
        index += 2 if key in word_set("name_particles") or key.endswith("عبد") else 1
        count += 1
    return count
