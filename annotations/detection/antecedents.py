"""Who is meant where the cue has no subject beside it: before الذي, or acting in a participle's sentence."""

from collections.abc import Iterator

from annotations.detection.cues import CueMatch, lexicon
from annotations.detection.entity_tokens import EntityTokens, Named
from annotations.detection.noun_phrases import NounPhrase, phrase_at
from annotations.detection.passage import Passage
from annotations.detection.subjects import speaks, subject_after
from annotations.detection.vocabulary import classes_of, in_class, particles, without_article
from annotations.detection.word_roles import is_speaking_head, is_titled
from articles.language.lexicon import heads, nationalities

_LONGEST_ANTECEDENT = 6
_LONGEST_DESCRIBED = 4
_LONGEST_TITLE = 8
_LONGEST_CIRCUMSTANCE = 12
_LONGEST_CLAUSE = 60
_LONGEST_OPENING = 7
# Of women, without the ending that tells it.
_WOMEN = ("ام", "اخت", "بنت")
_JOINED = ("ال", "لل", "و", "ب", "ل", "ف")


def antecedent_of(passage: Passage, entities: EntityTokens, relative: int) -> NounPhrase | None:
    """Of «عادل الجبير الذي ذكر أن»: the name before the relative pronoun, else a kind of speaker (التقارير التي)."""
    for named in entities.before(relative, 1):
        if named.stop >= relative - 2 and named.entity.kind != "other" and not _tells_where(passage, named):
            return NounPhrase(named.first, named.stop, (named,))
    forms = passage.reading.forms
    for first in range(relative - 1, max(-1, relative - _LONGEST_ANTECEDENT), -1):
        if not passage.reading.is_word[first]:
            return None
        if is_speaking_head(forms[first]):
            while first > 0 and is_speaking_head(forms[first - 1]) and not forms[first - 1].startswith("ال"):
                first -= 1
            phrase = phrase_at(passage, entities, first, relative)
            return phrase if phrase is not None and phrase.stop == relative else None
        if _is_text(forms[first]):
            return NounPhrase(first, relative, tuple(entities.within(first, relative)))
    return None


def _tells_where(passage: Passage, named: Named) -> bool:
    """«تقارير الغرفة بصنعاء التي قالت»: a place after a preposition."""
    attached = named.entity.start > passage.reading.starts[named.first]
    before = passage.reading.forms[named.first - 1] if named.first else ""
    return named.entity.kind == "place" and (attached or before in particles("preposition"))


def disagrees(passage: Passage, cue: CueMatch, antecedent: NounPhrase) -> bool:
    """«المنظمات التي قال إن»: a masculine verb after a feminine noun has another subject."""
    head = passage.reading.surface(antecedent.first)
    named = any(named.first == antecedent.first for named in antecedent.entities)
    return cue.cue.kind == "verb" and cue.cue.gender == "m" and not named and head.endswith(("ة", "ات"))


def _is_text(form: str) -> bool:
    """A resolution, a law, an agreement: what demands or forbids (قراره رقم 12 الذي يطالب بـ«…»)."""
    bare = without_article(form)
    return bare in particles("text") or any(bare.removesuffix(ending) in particles("text") for ending in ("ه", "ها"))


def beside(passage: Passage, entities: EntityTokens, cue: CueMatch) -> NounPhrase | None:
    """Who stands right before the cue: «تقارير تفيد بأن» (an indefinite noun, described), «رد فلان بقوله»."""
    forms = passage.reading.forms
    if cue.cue.kind == "noun" and forms[cue.first].startswith("ب"):
        for named in entities.before(cue.first, 1):
            speaks_here = named.stop == cue.first and named.entity.kind in ("person", "organisation")
            if speaks_here and _follows_verb(passage, named.first):
                return NounPhrase(named.first, named.stop, (named,))
        before = forms[cue.first - 1] if cue.first else ""
        titled = is_titled(before) and _follows_verb(passage, cue.first - 1)
        return phrase_at(passage, entities, cue.first - 1, cue.first) if titled else None
    if cue.cue.kind != "verb" or cue.attached:
        return None
    for first in range(cue.first - 1, max(-1, cue.first - _LONGEST_DESCRIBED), -1):
        if not passage.reading.is_word[first] or forms[first].startswith("ال"):
            return None
        if in_class(forms[first], "document") or in_class(forms[first], "source"):
            phrase = phrase_at(passage, entities, first, cue.first)
            return phrase if phrase is not None and phrase.stop == cue.first else None
    return None


def _follows_verb(passage: Passage, name: int) -> bool:
    """Whether only titles stand between the name and a verb of saying, perhaps with its object (نفته الشامخ بقولها)."""
    forms, token = passage.reading.forms, name - 1
    while token > name - _LONGEST_TITLE and (in_class(forms[token], "person") or forms[token].startswith("ال")):
        token -= 1
    bare = forms[token].removesuffix("ه").removesuffix("ها").removesuffix("هم")
    return token >= 0 and (token in passage.cues or bare in lexicon())


def acting(
    passage: Passage, entities: EntityTokens, sentence: int, cue: CueMatch, *, stop: int | None = None
) -> NounPhrase | None:
    """Of a sentence with a cue that has no subject: the first phrase that can act and agrees with the cue.

    A participle describes the nearest clause, so that one is asked first. `stop`: where another sentence is asked, its
    end.
    """
    begins = [sentence]
    if stop is None:
        nearest = _clause_begin(passage, sentence, cue)
        if cue.cue.kind == "participle" or begins_anew(passage, sentence, cue):
            begins = [nearest, sentence]
    actors = (phrase for begin in begins for phrase in _actors(passage, entities, begin, stop or cue.first))
    return next((phrase for phrase in actors if agrees(passage, cue, phrase) and not _is_site(passage, phrase)), None)


def _is_site(passage: Passage, phrase: NounPhrase) -> bool:
    """«ومطار الأمير محمد»: a place by its class word, named beside others."""
    if not passage.reading.forms[phrase.first].startswith("و"):
        return False
    first = next((named for named in phrase.entities if named.first == phrase.first), None)
    head = heads().get(passage.reading.forms[phrase.first].removeprefix("و"))
    return first is not None and first.entity.kind == "place" and head is not None and head.kind == "place"


def begins_anew(passage: Passage, sentence: int, cue: CueMatch) -> bool:
    """«…، وكانت الصحف قد خصصت …، وقالت»: the nearest clause has a subject of its own."""
    begin = _clause_begin(passage, sentence, cue)
    if passage.reading.forms[begin] not in ("وكان", "وكانت") or passage.marks.inside[begin]:
        return False
    return not any(token in passage.cues for token in range(begin + 1, cue.first))


def _clause_begin(passage: Passage, sentence: int, cue: CueMatch) -> int:
    """After the last «، و…» of the sentence; the comma right before the participle opens nothing."""
    forms = passage.reading.forms
    for token in range(cue.first - 2, max(sentence, cue.first - _LONGEST_CLAUSE), -1):
        if forms[token - 1] in ("،", ",", "؛") and forms[token].startswith("و"):
            return token
    return sentence


def _actors(passage: Passage, entities: EntityTokens, sentence: int, stop: int) -> Iterator[NounPhrase]:
    """The phrase or the subject of the verb that opens the sentence, then each person in it who is no verb's object."""
    reading, forms = passage.reading, passage.reading.forms
    if forms[sentence] in particles("topic"):
        sentence += 1
    elif (after := _after_opening(passage, sentence, stop)) is not None:
        sentence = after
    opening = forms[sentence].removeprefix("و")
    phrase = phrase_at(passage, entities, sentence, stop)
    if phrase is not None and speaks(reading, phrase):
        yield phrase
    elif opening not in particles("preposition") and not classes_of(opening) & {"aside", "around"}:
        phrase = subject_after(passage, entities, sentence + 1, stop)
        if phrase is not None and speaks(reading, phrase):
            yield phrase
    elif (begin := _after_circumstance(passage, sentence, stop)) is not None:
        phrase = phrase_at(passage, entities, begin, stop)
        if phrase is not None:
            yield phrase
    for named in entities.within(sentence, stop):
        attached = named.entity.start > reading.starts[named.first]
        before = forms[named.first - 1].removeprefix("و") if named.first > sentence else ""
        governed = attached or before in particles("preposition") or bool(classes_of(before) & {"aside", "around"})
        if named.entity.kind == "person" and not governed:
            yield NounPhrase(named.first, named.stop, (named,))


def _after_opening(passage: Passage, sentence: int, stop: int) -> int | None:
    """After the comma of «من جهته، دافع المجلس …», «وفي المقابل، …»."""
    forms = passage.reading.forms
    opening = {forms[sentence], forms[sentence].removeprefix("و")}
    if not opening & particles("preposition"):
        return None
    for token in range(sentence + 1, min(stop - 1, sentence + _LONGEST_OPENING)):
        if forms[token] in ("،", ","):
            return token + 1
        if token in passage.cues:
            return None
    return None


def _after_circumstance(passage: Passage, sentence: int, stop: int) -> int | None:
    """The title after the verb in «وفي نهاية اليوم قدم مدير النادي …».

    An indefinite word cannot go on with the definite ones before it, so it is the verb.
    """
    forms = passage.reading.forms
    for token in range(sentence + 3, min(stop, sentence + _LONGEST_CIRCUMSTANCE)):
        verb, before = forms[token - 1], forms[token - 2]
        if not (passage.reading.is_word[token] and passage.reading.is_word[token - 1]):
            return None
        known = classes_of(verb) or verb in particles("preposition") or verb in nationalities()
        if before.startswith("ال") and not verb.startswith(_JOINED) and not known and in_class(forms[token], "person"):
            return token
    return None


def agrees(passage: Passage, cue: CueMatch, phrase: NounPhrase) -> bool:
    """A participle in gender and number; of a name the gender is not known, but it is one."""
    if cue.cue.kind != "participle":
        return True
    if any(named.first == phrase.first for named in phrase.entities):
        return not cue.cue.plural or len(phrase.entities) > 1
    head, many = passage.reading.forms[phrase.first], is_of_many(passage, phrase)
    if many or cue.cue.plural:
        return many == cue.cue.plural or cue.cue.gender == "f"
    return (head.endswith("ه") or head in _WOMEN) == (cue.cue.gender == "f") or not in_class(head, "person")


def is_of_many(passage: Passage, phrase: NounPhrase) -> bool:
    head = passage.reading.forms[phrase.first]
    return without_article(head) in particles("plural_head") or (
        in_class(head, "person") and head.endswith(("ون", "ين"))
    )
