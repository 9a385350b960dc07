"""Who is meant where the cue has no subject beside it: before الذي, or acting in a participle's sentence."""

from collections.abc import Iterator

from annotations.detection.cues import CueMatch
from annotations.detection.entity_tokens import EntityTokens
from annotations.detection.noun_phrases import NounPhrase, phrase_at
from annotations.detection.passage import Passage
from annotations.detection.subjects import speaks, subject_after
from annotations.detection.vocabulary import classes_of, in_class, particles, without_article
from annotations.detection.word_roles import is_speaking_head

_LONGEST_ANTECEDENT = 6


def antecedent_of(passage: Passage, entities: EntityTokens, relative: int) -> NounPhrase | None:
    """Of «عادل الجبير الذي ذكر أن»: the name before the relative pronoun, else a kind of speaker (التقارير التي)."""
    for named in entities.before(relative, 1):
        if named.stop >= relative - 2 and named.entity.kind != "other":
            return NounPhrase(named.first, named.stop, (named,))
    forms = passage.reading.forms
    for first in range(relative - 1, max(-1, relative - _LONGEST_ANTECEDENT), -1):
        if not passage.reading.is_word[first]:
            return None
        if is_speaking_head(forms[first]):
            phrase = phrase_at(passage, entities, first, relative)
            return phrase if phrase is not None and phrase.stop == relative else None
    return None


def acting(passage: Passage, entities: EntityTokens, sentence: int, cue: CueMatch) -> NounPhrase | None:
    """Of a sentence with a cue that has no subject: the first phrase that can act and agrees with the cue."""
    return next(
        (phrase for phrase in _actors(passage, entities, sentence, cue.first) if _agrees(passage, cue, phrase)), None
    )


def _actors(passage: Passage, entities: EntityTokens, sentence: int, stop: int) -> Iterator[NounPhrase]:
    """The phrase or the subject of the verb that opens the sentence, then each person in it who is no verb's object."""
    reading, forms = passage.reading, passage.reading.forms
    opening = forms[sentence].removeprefix("و")
    phrase = phrase_at(passage, entities, sentence, stop)
    if phrase is not None and speaks(reading, phrase):
        yield phrase
    elif opening not in particles("preposition") and not classes_of(opening) & {"aside", "around"}:
        phrase = subject_after(passage, entities, sentence + 1, stop)
        if phrase is not None and speaks(reading, phrase):
            yield phrase
    for named in entities.within(sentence, stop):
        attached = named.entity.start > reading.starts[named.first]
        before = forms[named.first - 1].removeprefix("و") if named.first > sentence else ""
        governed = attached or before in particles("preposition") or bool(classes_of(before) & {"aside", "around"})
        if named.entity.kind == "person" and not governed:
            yield NounPhrase(named.first, named.stop, (named,))


def _agrees(passage: Passage, cue: CueMatch, phrase: NounPhrase) -> bool:
    """A participle in gender and number; of a name the gender is not known."""
    if cue.cue.kind != "participle" or any(named.first == phrase.first for named in phrase.entities):
        return True
    head = passage.reading.forms[phrase.first]
    many = without_article(head) in particles("plural_head") or (
        in_class(head, "person") and head.endswith(("ون", "ين"))
    )
    if many or cue.cue.plural:
        return many == cue.cue.plural or cue.cue.gender == "f"
    return head.endswith("ه") == (cue.cue.gender == "f") or not in_class(head, "person")
