"""The noun phrase that names a speaker: where it starts and ends beside its cue."""

from typing import NamedTuple

from annotations.detection.cues import lexicon
from annotations.detection.entity_tokens import EntityTokens, Named
from annotations.detection.frames import is_complementiser, is_relative
from annotations.detection.marks import Marked
from annotations.detection.passage import Passage
from annotations.detection.reading import Reading
from annotations.detection.vocabulary import classes_of, in_class, particles
from annotations.detection.word_roles import is_accusative, is_listener, is_preposition, is_speaker_noun, joins_listener

LONGEST_PHRASE = 20
_REACH = 7
_LONGEST_APPOSITION = 4
_LONGEST_TITLE = 10
PAUSES = frozenset(("،", ",", "-", "–", "—", "؛", "("))


class NounPhrase(NamedTuple):
    """Tokens [first, stop), its entities, and how many letters of the first token are attached to it (ل of لمصادر).

    `apposed` is the first token of a name that no entity covers, after a comma (حاكم المقاطعة، فلان الفلاني).
    """

    first: int
    stop: int
    entities: tuple[Named, ...]
    attached: int = 0
    apposed: int | None = None

    def unmarked(self, passage: Passage) -> tuple[int, int]:
        """Its tokens without marks around the whole."""
        stretch = passage.marks.by_open.get(self.first)
        if stretch is not None and stretch.closed and stretch.close == self.stop - 1:
            return self.first + 1, self.stop - 1
        return self.first, self.stop

    @property
    def person(self) -> Named | None:
        return next((named for named in self.entities if named.entity.kind == "person"), None)


def is_genitive(reading: Reading, phrase: NounPhrase, named: Named) -> bool:
    """Whether the name only belongs to the noun before it (قرار بايدن), which is not a title."""
    if named.first == phrase.first:
        return False
    before = reading.forms[named.first - 1]
    if _is_related(reading, phrase, named):
        return True
    covered = any(other.stop == named.first for other in phrase.entities)
    attached = named.entity.start > reading.starts[named.first] and not reading.forms[named.first].startswith("و")
    if is_preposition(reading, named.first - 1) or attached:
        return True
    return (
        reading.is_word[named.first - 1]
        and not covered
        and not before.startswith(("ال", "لل"))
        and not in_class(before, "person")
    )


def _is_related(reading: Reading, phrase: NounPhrase, named: Named) -> bool:
    """Whether only titles stand between the name and somebody else (والدة الجندي فلان، الناطق باسم الرئيس فلان)."""
    token = named.first - 1
    while token > phrase.first and in_class(reading.forms[token], "person") and reading.forms[token].startswith("ال"):
        token -= 1
    return reading.forms[token] in particles("relation") or reading.forms[token] == "باسم"


def phrase_at(passage: Passage, entities: EntityTokens, begin: int, stop: int) -> NounPhrase | None:
    """The noun phrase that starts exactly there."""
    return _phrase(passage, entities, begin, _phrase_stop(passage, entities, begin, stop))


def _phrase(passage: Passage, entities: EntityTokens, begin: int, end: int) -> NounPhrase | None:
    reading = passage.reading
    while end > begin and (
        not reading.is_word[end - 1] or is_preposition(reading, end - 1) or reading.forms[end - 1] == "و"
    ):
        if end - 1 in passage.marks.by_close and passage.marks.by_close[end - 1].open >= begin:
            break
        end -= 1
    if not any(reading.is_word[begin:end]):
        return None
    phrase = NounPhrase(begin, end, tuple(entities.within(begin, end)))
    if phrase.person is not None or not is_speaker_noun(reading.forms[begin]):
        return phrase
    name = _apposed_name(reading, end)
    return phrase._replace(apposed=name[0], stop=name[1]) if name is not None else phrase


def _apposed_name(reading: Reading, comma: int) -> tuple[int, int] | None:
    """(first, stop) of two to four words between signs, none of them known for anything but a name.

    A title may stand between: «وزير الثقافة، رئيس اللجنة، فلان الفلاني،».
    """
    for _ in range(2):
        if comma >= len(reading) or reading.forms[comma] not in ("،", ","):
            return None
        first = stop = comma + 1
        while stop < len(reading) and stop - first <= _LONGEST_TITLE and reading.is_word[stop]:
            if is_complementiser(reading, stop):
                break
            stop += 1
        if stop < len(reading) and _looks_like_name(reading, first, stop):
            return first, stop
        if first >= len(reading) or not is_speaker_noun(reading.forms[first]):
            return None
        comma = stop
    return None


def _looks_like_name(reading: Reading, first: int, stop: int) -> bool:
    words = reading.forms[first:stop]
    if not 2 <= len(words) <= _LONGEST_APPOSITION or words[0].startswith(("ال", "لل")) or words[0].endswith("ه"):
        return False
    unknown = (
        not any(classes_of(word) for word in words) and words[0] not in lexicon() and words[0][1:] not in lexicon()
    )
    return unknown and words[0][0].isalpha() and not any(is_preposition(reading, token) for token in range(first, stop))


def _phrase_stop(passage: Passage, entities: EntityTokens, begin: int, stop: int) -> int:
    reading, marks = passage.reading, passage.marks
    token, person = begin, False
    while token < stop:
        named = entities.by_first.get(token)
        if named is not None and not (token > begin and joins_listener(reading, named)):
            person = person or named.entity.kind == "person"
            token = max(named.stop, token + 1)
            continue
        form = reading.forms[token]
        stretch = marks.by_open.get(token)
        if stretch is not None:
            if not stretch.closed or _listens(passage, entities, stretch):
                return token
            token = stretch.close + 1
            continue
        if form == "." and token > begin and not reading.ends_sentence(token):
            token += 1
            continue
        if form in PAUSES and not person and _names_after(passage, entities, token):
            token += 1
            continue
        if _ends_phrase(passage, entities, token, begin, person):
            return token
        token += 1
    return min(token, stop)


def _listens(passage: Passage, entities: EntityTokens, stretch: Marked) -> bool:
    """لـ«عكاظ» ends the phrase, unless its name still follows (الرئيس التنفيذي لـ«…» الدكتور فلان)."""
    reading = passage.reading
    addressed = reading.after_clitic(stretch.open) and reading.forms[stretch.open - 1] in ("ل", "ول")
    return addressed and not _person_within(passage, entities, stretch.close + 1, stretch.close + 4)


def _names_after(passage: Passage, entities: EntityTokens, comma: int) -> bool:
    """«المدير العام، الدكتور فلان،»: a name follows the comma, perhaps after its title."""
    titled = comma + 1 < len(passage.reading) and is_speaker_noun(passage.reading.forms[comma + 1])
    return _person_within(passage, entities, comma + 1, comma + (4 if titled else 2))


def _ends_phrase(passage: Passage, entities: EntityTokens, token: int, begin: int, person: bool) -> bool:
    reading = passage.reading
    form = reading.forms[token]
    if not reading.is_word[token] or is_relative(form) or is_complementiser(reading, token) or form[0].isdigit():
        return True
    if token == begin:
        return False
    if is_preposition(reading, token):
        following = reading.forms[token + 1] if token + 1 < len(reading) else ""
        if form == "ل":
            return True
        if in_class(following, "occasion") or in_class(following, "time"):
            return True
        return not _person_within(passage, entities, token, token + _REACH) if person or token - begin > 6 else False
    if form[:1] == "ل" and in_class(form[1:], "document"):
        return True
    if (
        in_class(form, "time")
        or in_class(form, "aside")
        or in_class(form, "around")
        or is_accusative(reading, token)
        or token in passage.cues
    ):
        return True
    if person:
        return is_listener(reading, token)
    return _leaves_unnamed(reading, begin, token)


def _leaves_unnamed(reading: Reading, begin: int, token: int) -> bool:
    """«مسؤولين في الإدارة تفسير …»: sources that have no name end before an indefinite noun after a definite one."""
    head, form = reading.forms[begin], reading.forms[token]
    unnamed = in_class(head, "source") or (in_class(head, "person") and head.endswith(("ين", "ون")))
    after_definite = reading.forms[token - 1].startswith("ال")
    return unnamed and after_definite and not form.startswith(("ال", "ل", "ب", "و")) and not classes_of(form)


def _person_within(passage: Passage, entities: EntityTokens, first: int, stop: int) -> bool:
    return any(
        named.entity.kind == "person" for named in entities.within(first, min(stop, first + 12)) if named.first < stop
    )
