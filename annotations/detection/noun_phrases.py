"""The noun phrase that names a speaker: where it starts and ends beside its cue."""

from typing import NamedTuple

from annotations.detection.cues import lexicon
from annotations.detection.entity_tokens import EntityTokens, Named
from annotations.detection.frames import is_complementiser, is_relative
from annotations.detection.passage import Passage
from annotations.detection.reading import Reading
from annotations.detection.vocabulary import classes_of, in_class, particles

_LONGEST = 20
_REACH = 7
_LONGEST_APPOSITION = 4
_PAUSES = frozenset(("،", ",", "-", "–", "—", "؛", "("))


class NounPhrase(NamedTuple):
    """Tokens [first, stop), its entities, and how many letters of the first token are attached to it (ل of لمصادر).

    `apposed` is the first token of a name that no entity covers, after a comma (حاكم المقاطعة، فلان الفلاني).
    """

    first: int
    stop: int
    entities: tuple[Named, ...]
    attached: int = 0
    apposed: int | None = None

    @property
    def person(self) -> Named | None:
        return next((named for named in self.entities if named.entity.kind == "person"), None)


def is_genitive(reading: Reading, phrase: NounPhrase, named: Named) -> bool:
    """Whether the name only belongs to the noun before it (قرار بايدن), which is not a title."""
    if named.first == phrase.first:
        return False
    before = reading.forms[named.first - 1]
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


def _is_speaker_noun(form: str) -> bool:
    return in_class(form, "person") or in_class(form, "source")


def is_preposition(reading: Reading, token: int) -> bool:
    """The name علي folds to the letters of على; written with ي it is taken for the name."""
    form = reading.forms[token]
    return form in particles("preposition") and not (form == "علي" and reading.text[reading.ends[token] - 1] == "ي")


def is_speaking_head(form: str) -> bool:
    return _is_speaker_noun(form) or in_class(form, "document") or in_class(form, "body")


def subject_after(passage: Passage, entities: EntityTokens, first: int, stop: int) -> NounPhrase | None:
    """The subject that follows its verb, within the tokens [first, stop)."""
    begin = _subject_start(passage, entities, first, stop)
    if begin is None:
        return None
    end = _phrase_stop(passage, entities, begin, min(stop, begin + _LONGEST))
    return _phrase(passage, entities, begin, end)


def phrase_at(passage: Passage, entities: EntityTokens, begin: int, stop: int) -> NounPhrase | None:
    """The noun phrase that starts exactly there."""
    return _phrase(passage, entities, begin, _phrase_stop(passage, entities, begin, stop))


def _phrase(passage: Passage, entities: EntityTokens, begin: int, end: int) -> NounPhrase | None:
    reading = passage.reading
    while end > begin and (not reading.is_word[end - 1] or is_preposition(reading, end - 1)):
        if end - 1 in passage.marks.by_close and passage.marks.by_close[end - 1].open >= begin:
            break
        end -= 1
    if not any(reading.is_word[begin:end]):
        return None
    phrase = NounPhrase(begin, end, tuple(entities.within(begin, end)))
    stop = _apposition_stop(reading, end) if phrase.person is None and _is_speaker_noun(reading.forms[begin]) else None
    return phrase._replace(stop=stop, apposed=end + 1) if stop is not None else phrase


def _apposition_stop(reading: Reading, comma: int) -> int | None:
    """Past two to four words between signs, none of them known for anything but a name."""
    if comma >= len(reading) or reading.forms[comma] not in ("،", ","):
        return None
    stop = comma + 1
    while stop < len(reading) and reading.is_word[stop] and not is_complementiser(reading, stop):
        if stop - comma > _LONGEST_APPOSITION or classes_of(reading.forms[stop]) or is_preposition(reading, stop):
            return None
        stop += 1
    words = reading.forms[comma + 1 : stop]
    plain = len(words) >= 2 and not words[0].startswith(("ال", "لل")) and words[0][0].isalpha()
    return stop if plain and words[0] not in lexicon() and not words[0].endswith("ه") and stop < len(reading) else None


def _subject_start(passage: Passage, entities: EntityTokens, first: int, stop: int) -> int | None:
    """Skips when and where (أمس، في بيان، لوكالة …) to the first noun that can be the subject."""
    reading, token, skipping = passage.reading, first, False
    while token < stop:
        form = reading.forms[token]
        if form in _PAUSES:
            skipping = False
            token = _past_bracket(reading, token, stop) if form == "(" else token + 1
            continue
        stretch = passage.marks.by_open.get(token)
        if stretch is not None:
            if not skipping and not reading.after_clitic(token):
                return token
            token = stretch.close + 1
            continue
        if token in entities.by_first and not skipping:
            return token
        if in_class(form, "time") or (not skipping and (in_class(form, "aside") or _is_accusative(reading, token))):
            token += 1
            continue
        if _leads_away(reading, token) or _to_somebody(reading, entities, token):
            skipping = True
        elif not skipping or (_is_speaker_noun(form) and not _governed(reading, token)):
            return token if reading.is_word[token] and not form[0].isdigit() else None
        token += 1
    return None


def _leads_away(reading: Reading, token: int) -> bool:
    """Whether a circumstance or a description starts here, whose nouns are no subjects."""
    form = reading.forms[token]
    return is_preposition(reading, token) or in_class(form, "around") or is_relative(form)


def _is_accusative(reading: Reading, token: int) -> bool:
    """Written with tanween (رأياً، مجدداً): an object or an adverb, never a subject."""
    return reading.surface(token).endswith(("اً", "ًا"))


def _governed(reading: Reading, token: int) -> bool:
    """Whether the noun depends on the word before (مقابلة مع رئيس…, مكتب المدير)."""
    before = reading.forms[token - 1]
    if is_preposition(reading, token - 1) or in_class(before, "occasion"):
        return True
    return reading.forms[token].startswith("ال") and not before.startswith("ال")


def _to_somebody(reading: Reading, entities: EntityTokens, token: int) -> bool:
    """لوكالة، لصحيفة، للصحفيين، لـ«عكاظ»: whom the words were said to."""
    form = reading.forms[token]
    if token in entities.by_first and entities.by_first[token].entity.start == reading.starts[token]:
        return False
    return form.startswith("لل") or (form[:1] == "ل" and is_speaking_head(form[1:]))


def _is_listener(reading: Reading, named: Named) -> bool:
    """ل joined to the name of a paper or an agency: لوكالة فرانس برس."""
    form = reading.forms[named.first]
    return form[:1] == "ل" and in_class(form[1:], "document")


def _past_bracket(reading: Reading, token: int, stop: int) -> int:
    for inner in range(token + 1, min(stop, token + 12)):
        if reading.forms[inner] == ")":
            return inner + 1
    return token + 1


def _phrase_stop(passage: Passage, entities: EntityTokens, begin: int, stop: int) -> int:
    reading, marks = passage.reading, passage.marks
    token, person = begin, False
    while token < stop:
        named = entities.by_first.get(token)
        if named is not None and not (token > begin and _is_listener(reading, named)):
            person = person or named.entity.kind == "person"
            token = max(named.stop, token + 1)
            continue
        form = reading.forms[token]
        stretch = marks.by_open.get(token)
        if stretch is not None:
            if not stretch.closed or (reading.after_clitic(token) and reading.forms[token - 1] in ("ل", "ول")):
                return token
            token = stretch.close + 1
            continue
        if form in _PAUSES and not person and _person_within(passage, entities, token + 1, token + 2):
            token += 1
            continue
        if _ends_phrase(passage, entities, token, begin, person):
            return token
        token += 1
    return min(token, stop)


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
        or _is_accusative(reading, token)
        or (token in passage.cues and passage.cues[token].cue.kind != "noun")
    ):
        return True
    if person:
        return _to_somebody(reading, entities, token)
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


def subject_before(passage: Passage, entities: EntityTokens, cue_first: int) -> NounPhrase | None:
    """The subject of «وكان X أعلن», «X يؤكد أن»: only where it is a name or a known kind of speaker."""
    reading = passage.reading
    limit = max(passage.bounds.first[cue_first], cue_first - _LONGEST)
    begin = cue_first
    while begin > limit:
        form = reading.forms[begin - 1]
        if form in _PAUSES or form in particles("clause_start") or form in ("»", "”", ":") or is_relative(form):
            break
        begin -= 1
    while begin < cue_first and _precedes_subject(reading.forms[begin]):
        begin += 1
    phrase = phrase_at(passage, entities, begin, cue_first) if begin < cue_first else None
    return phrase if phrase is not None and speaks(reading, phrase) else None


def _precedes_subject(form: str) -> bool:
    return bool(classes_of(form) & {"time", "aside", "around"}) or form in particles("auxiliary")


def speaks(reading: Reading, phrase: NounPhrase) -> bool:
    """Whether it starts with a name or with a noun that names speakers."""
    first = next((named for named in phrase.entities if named.first == phrase.first), None)
    return (first is not None and first.entity.kind != "other") or is_speaking_head(reading.forms[phrase.first])
