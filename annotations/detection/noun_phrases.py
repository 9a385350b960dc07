"""The noun phrase that names a speaker: where it starts and ends beside its cue."""

from typing import NamedTuple

from annotations.detection.cues import lexicon
from annotations.detection.entity_tokens import EntityTokens, Named
from annotations.detection.marks import Marked
from annotations.detection.passage import Passage
from annotations.detection.phrase_ends import PhraseEnd
from annotations.detection.reading import Reading
from annotations.detection.unlisted_names import begins_name, is_surname
from annotations.detection.vocabulary import classes_of, in_class, particles
from annotations.detection.word_roles import (
    is_complementiser,
    is_possessed_title,
    is_preposition,
    is_speaker_noun,
    past_bracket,
)
from articles.language.lexicon import nationalities
from articles.language.name_words import is_given, is_unknown

LONGEST_PHRASE = 20
_LONGEST_APPOSITION = 4
_LONGEST_TITLE = 10
# The last but one is a lengthening mark that stands alone, as a dash.
PAUSES = frozenset(("،", ",", "-", "–", "—", "؛", "ـ", "("))


class NounPhrase(NamedTuple):
    """Tokens [first, stop), its entities, and how many letters of the first token are attached to it (ل of لمصادر).

    `unlisted` are the tokens of a person's name that no entity covers.
    """

    first: int
    stop: int
    entities: tuple[Named, ...]
    attached: int = 0
    unlisted: tuple[int, int] | None = None

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
    if reading.forms[phrase.first] in particles("household"):
        return True
    if _is_related(reading, phrase, named) or _belongs_to_body(reading, phrase, named):
        return True
    covered = any(other.stop == named.first for other in phrase.entities)
    attached = named.entity.start > reading.starts[named.first] and not reading.forms[named.first].startswith("و")
    if is_preposition(reading, named.first - 1) or attached:
        return True
    return (
        reading.is_word[named.first - 1]
        and not covered
        and not before.startswith(("ال", "لل", "وال"))
        and not in_class(before, "person")
        and not _is_possessed(before)
        and not is_possessed_title(before)
    )


def _belongs_to_body(reading: Reading, phrase: NounPhrase, named: Named) -> bool:
    """«عضو بحزب الرئيس فلان»: one of whom only what he belongs to is told, with somebody else's name in it."""
    head, following = reading.forms[phrase.first], reading.forms[phrase.first + 1]
    of_body = following in ("في", "من") or (following[:1] == "ب" and in_class(following[1:], "body"))
    titled = reading.forms[named.first - 1].startswith("ال")
    one = is_speaker_noun(head) and not head.startswith("ال")
    return named.first > phrase.first + 2 and one and of_body and titled


def _is_possessed(form: str) -> bool:
    """Whether a pronoun already says whose relative it is: شقيقته هبة القصير is she, not hers."""
    if form in particles("on_behalf") or form in particles("branch"):
        return True
    for ending in ("ته", "تها", "تهم", "ها", "هم", "ه"):
        stem = form.removesuffix(ending)
        if stem != form and (stem in particles("relation") or f"{stem}ه" in particles("relation")):
            return True
    return False


def _is_related(reading: Reading, phrase: NounPhrase, named: Named) -> bool:
    """Whether only titles stand between the name and somebody else (والدة الجندي فلان، الناطق باسم الرئيس فلان)."""
    token = named.first - 1
    while token > phrase.first and in_class(reading.forms[token], "person") and reading.forms[token].startswith("ال"):
        token -= 1
    if any(other.first <= token < other.stop for other in phrase.entities):
        return False
    return reading.forms[token] in particles("relation") or reading.forms[token] == "باسم"


def phrase_at(passage: Passage, entities: EntityTokens, begin: int, stop: int) -> NounPhrase | None:
    """The noun phrase that starts exactly there."""
    reading, ends = passage.reading, PhraseEnd(passage, entities, begin)
    end = _phrase_stop(passage, entities, ends, stop)
    while end > begin and (
        not reading.is_word[end - 1] or is_preposition(reading, end - 1) or reading.forms[end - 1] in ("و", "ال")
    ):
        if end - 1 in passage.marks.by_close and passage.marks.by_close[end - 1].open >= begin:
            break
        end -= 1
    if not any(reading.is_word[begin:end]):
        return None
    if end == begin + 1 and reading.forms[begin] in particles("quantifier"):
        return None
    phrase = NounPhrase(begin, end, tuple(entities.within(begin, end)), unlisted=ends.unlisted)
    if phrase.person is not None or phrase.unlisted is not None or not is_speaker_noun(reading.forms[begin]):
        return phrase
    name = _apposed_name(reading, end) or _following_name(passage, begin, end)
    return phrase._replace(unlisted=name, stop=name[1]) if name is not None else phrase


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


def _following_name(passage: Passage, begin: int, end: int) -> tuple[int, int] | None:
    """(first, stop) of the name after an office with what it is of, though its first word has another meaning.

    «أمين عام حزب الأمة بشير صلاح الوادي:»: up to the words that were said nothing else stands there.
    """
    reading, stop = passage.reading, end
    if end == begin + 1 or not reading.forms[end - 1].startswith("ال") or not in_class(reading.forms[begin], "person"):
        return None
    while stop < min(len(reading), end + _LONGEST_APPOSITION + 1) and reading.is_word[stop]:
        if is_complementiser(reading, stop) or is_preposition(reading, stop):
            break
        stop += 1
    words = reading.forms[end:stop]
    opens = stop < len(reading) and (not reading.is_word[stop] or stop < end + _LONGEST_APPOSITION + 1)
    if not opens or not 2 <= len(words) <= _LONGEST_APPOSITION or words[0].startswith("ال"):
        return None
    plain = not any(
        classes_of(word)
        or word in nationalities()
        or is_preposition(reading, end + index)
        or end + index in passage.cues
        for index, word in enumerate(words)
    )
    family = words[-1].startswith("ال") and is_unknown(words[-1])
    likely = family or any(is_given(word) for word in words[:2]) or all(map(is_unknown, words))
    return (end, stop) if plain and likely and is_surname(words[-1]) else None


def _looks_like_name(reading: Reading, first: int, stop: int) -> bool:
    words = reading.forms[first:stop]
    if not 2 <= len(words) <= _LONGEST_APPOSITION or words[0].startswith(("ال", "لل")) or words[0].endswith("ه"):
        return False
    unknown = (
        not any(classes_of(word) for word in words) and words[0] not in lexicon() and words[0][1:] not in lexicon()
    )
    likely = begins_name(reading, first) and words[0] not in particles("no_subject")
    return unknown and likely and not any(is_preposition(reading, token) for token in range(first, stop))


def _phrase_stop(passage: Passage, entities: EntityTokens, ends: PhraseEnd, stop: int) -> int:
    reading, marks = passage.reading, passage.marks
    token = begin = ends.begin
    while token < stop:
        named = entities.by_first.get(token)
        if named is not None and not (token > begin and _joins_listener(reading, named)):
            ends.pass_name(named.first, named.stop, person=named.entity.kind == "person")
            token = max(named.stop, token + 1)
            continue
        form = reading.forms[token]
        stretch = marks.by_open.get(token)
        if stretch is not None:
            if not stretch.closed or _listens(passage, entities, stretch):
                return token
            token = stretch.close + 1
            continue
        if form == "(" and token > begin and in_class(reading.forms[token - 1], "document"):
            token = past_bracket(reading, token, stop)
            continue
        if form == "." and token > begin and not reading.ends_sentence(token):
            token += 1
            continue
        if form in PAUSES and ends.person_stop is None and _names_after(passage, entities, begin, token):
            token += 1
            continue
        name_stop = ends.pass_unlisted(token, stop)
        if name_stop is None and ends.at(token):
            return token
        token = name_stop or token + 1
    return min(token, stop)


def _joins_listener(reading: Reading, named: Named) -> bool:
    """ل joined to the name of a paper or an agency: لوكالة فرانس برس، لرويترز."""
    form = reading.forms[named.first]
    return form[:1] == "ل" and (in_class(form[1:], "document") or form[1:] in particles("outlet"))


def _listens(passage: Passage, entities: EntityTokens, stretch: Marked) -> bool:
    """لـ«عكاظ» ends the phrase, unless its name still follows (الرئيس التنفيذي لـ«…» الدكتور فلان)."""
    reading = passage.reading
    addressed = reading.after_clitic(stretch.open) and reading.forms[stretch.open - 1] in ("ل", "ول")
    return addressed and not _person_within(passage, entities, stretch.close + 1, stretch.close + 4)


def _names_after(passage: Passage, entities: EntityTokens, begin: int, comma: int) -> bool:
    """«المدير العام، الدكتور فلان،»: a name follows the comma, perhaps after its title."""
    reading, stop = passage.reading, comma + 2
    head = reading.forms[begin]
    if head.endswith(("ون", "ين")) and is_speaker_noun(head):
        # «انتقد سياسيون في المنطقة، مدير النادي فلان»: many are not one.
        return False
    if stop <= len(reading) and reading.forms[comma + 1] in nationalities():
        stop += 1
    elif stop <= len(reading) and is_speaker_noun(reading.forms[comma + 1]):
        stop += 2
        while (
            is_speaker_noun(reading.forms[begin])
            and stop < min(len(reading), comma + _LONGEST_TITLE)
            and reading.is_word[stop]
            and stop not in passage.cues
        ):
            stop += 1
    return _person_within(passage, entities, comma + 1, stop)


def _person_within(passage: Passage, entities: EntityTokens, first: int, stop: int) -> bool:
    return any(
        named.entity.kind == "person" for named in entities.within(first, stop + LONGEST_PHRASE) if named.first < stop
    )
