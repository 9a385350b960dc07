"""The subject of a cue: where its noun phrase starts, after the verb or before it."""

from annotations.detection.entity_tokens import EntityTokens, Named
from annotations.detection.noun_phrases import LONGEST_PHRASE, PAUSES, NounPhrase, phrase_at
from annotations.detection.passage import Passage
from annotations.detection.reading import Reading
from annotations.detection.unlisted_names import begins_name
from annotations.detection.vocabulary import classes_of, in_class, particles
from annotations.detection.word_roles import (
    is_accusative,
    is_listener,
    is_possessed_title,
    is_preposition,
    is_relative,
    is_speaker_noun,
    is_speaking_head,
    is_titled,
    past_bracket,
)
from articles.language.clitics import clitic_splits
from articles.language.lexicon import nationalities, ordinary_words
from articles.language.name_words import is_given

# Shorter words that begin so are as often names (بيكر، لويد).
_SHORTEST_JOINED = 5
_LONGEST_IN_MARKS = 4


def subject_after(passage: Passage, entities: EntityTokens, first: int, stop: int) -> NounPhrase | None:
    """The subject that follows its verb, within the tokens [first, stop)."""
    begin = _subject_start(passage, entities, first, stop)
    if begin is None:
        return None
    return phrase_at(passage, entities, begin, min(stop, begin + LONGEST_PHRASE))


def _subject_start(passage: Passage, entities: EntityTokens, first: int, stop: int) -> int | None:
    """Skips when, where and to whom (أمس، في بيان، لوكالة …) to the first noun that can be the subject."""
    reading, token = passage.reading, first
    skipping = to_listener = heard = False
    while token < stop:
        form = reading.forms[token]
        stretch, named = passage.marks.by_open.get(token), entities.by_first.get(token)
        cited = passage.cues.get(token)
        if cited is not None and cited.cue.kind == "source":
            # «وقال بحسب الصحيفة: …»
            source = phrase_at(passage, entities, cited.stop, stop) if cited.stop < stop else None
            token, skipping = source.stop if source is not None else cited.stop, True
        elif form in PAUSES:
            skipping = False
            token = past_bracket(reading, token, stop) if form == "(" else token + 1
        elif stretch is not None:
            if not skipping and not reading.after_clitic(token):
                return token
            skipping = skipping and not (reading.after_clitic(token) or _governs_marks(reading, token))
            token = stretch.close + 1
        elif named is not None and not (skipping and not to_listener):
            if not skipping and not _is_attached(reading, named):
                return token
            token, skipping, heard = named.stop, False, to_listener
        elif heard and _goes_on_with_listener(reading, token):
            token += 1
        elif _is_prayed_for(reading, token):
            return token
        elif form in particles("blessing"):
            token += 2
        elif _says_when_or_how(reading, token, alone=not skipping):
            # مخاطباً الحضور: what follows such a participle is its object.
            # «كشف أموراً خفية …»: so are the adjectives of an object.
            skipping = skipping or ((form[0] == "م" or not in_class(form, "aside")) and is_accusative(reading, token))
            token += 1
        elif _leads_away(reading, token) or is_listener(reading, token) or _carries_preposition(reading, token):
            skipping, to_listener = True, not _leads_away(reading, token)
            token += 1
        elif not skipping or (is_speaker_noun(form) and not _governed(reading, token)):
            subject = reading.is_word[token] and not form[0].isdigit() and form not in particles("no_subject")
            return token if subject and not _joins_clause(reading, token) else None
        else:
            token += 1
    return None


def _goes_on_with_listener(reading: Reading, token: int) -> bool:
    """The rest of a channel's name that is known only in part (لمراسل «البحر» أف أم)."""
    form = reading.forms[token]
    if len(form) <= 2 and not (token + 1 < len(reading) and reading.is_word[token + 1]):
        return True
    named = is_speaking_head(form) or is_given(form) or form in nationalities()
    return reading.is_word[token] and not named and not form.startswith("ال")


def _joins_clause(reading: Reading, token: int) -> bool:
    """«أكدت على البعثة كذا، وعدم توريد كذا»: after a comma و joins another noun of what was told."""
    form = reading.forms[token]
    after_comma = token > 0 and reading.forms[token - 1] in ("،", ",")
    return after_comma and form[0] == "و" and form[1:] in ordinary_words() and not is_speaking_head(form[1:])


def _is_prayed_for(reading: Reading, token: int) -> bool:
    """قال صلى الله عليه وسلم، قال عليه الصلاة والسلام: the prayer stands for the Prophet."""
    return " ".join(reading.forms[token : token + 2]) in particles("prayer")


def _governs_marks(reading: Reading, mark: int) -> bool:
    """لـ «الصحيفة», with a blank between."""
    return reading.forms[mark - 1] in ("ل", "ول")


def _is_attached(reading: Reading, named: Named) -> bool:
    """ل or ب before the name: whom, or with what, and not who."""
    return named.entity.start > reading.starts[named.first] and reading.forms[named.first][0] in "لب"


def _says_when_or_how(reading: Reading, token: int, *, alone: bool) -> bool:
    form = reading.forms[token]
    if _tells_year(reading, token) or (form[0].isdigit() and _tells_year(reading, token - 1)):
        return True
    return in_class(form, "time") or (alone and (in_class(form, "aside") or is_accusative(reading, token)))


def _tells_year(reading: Reading, token: int) -> bool:
    following = reading.forms[token + 1 : token + 2]
    return reading.forms[token] in particles("year") and following != [] and following[0][0].isdigit()


def _carries_preposition(reading: Reading, token: int) -> bool:
    """بطريقة، لأهداف: a noun that no speaker's name starts with."""
    form = reading.forms[token]
    if form[0] not in "بلك" or len(form) < _SHORTEST_JOINED or classes_of(form):
        return False
    return clitic_splits(reading.surface(token))[0].prefix[:1] in ("ب", "ل", "ك")


def _leads_away(reading: Reading, token: int) -> bool:
    """Whether a circumstance or a description starts here, whose nouns are no subjects."""
    form = reading.forms[token]
    return is_preposition(reading, token) or in_class(form, "around") or is_relative(form)


def _governed(reading: Reading, token: int) -> bool:
    """Whether the noun depends on the word before (مقابلة مع رئيس…, مكتب المدير)."""
    before = reading.forms[token - 1]
    if is_preposition(reading, token - 1) or in_class(before, "occasion"):
        return True
    return reading.forms[token].startswith("ال") and not before.startswith("ال")


def subject_before(passage: Passage, entities: EntityTokens, cue_first: int) -> NounPhrase | None:
    """The subject of «وكان X أعلن», «X يؤكد أن»: only where it is a name or a known kind of speaker."""
    reading = passage.reading
    limit = max(passage.bounds.first[cue_first], cue_first - LONGEST_PHRASE)
    begin = cue_first
    while begin > limit:
        form = reading.forms[begin - 1]
        if (source := passage.cues.get(begin - 1)) is not None and source.cue.kind == "source":
            return _source_itself(passage, entities, begin, cue_first)
        named = passage.marks.by_close.get(begin - 1)
        if named is not None and named.open > limit and not _closes_words(passage, begin - 1):
            # «رغم أن شركة «…» أشارت»
            begin = named.open
            continue
        if form in PAUSES or form in particles("clause_start") or form in ("»", "”", ":") or is_relative(form):
            break
        if _closes_words(passage, begin - 1):
            break
        begin -= 1
    while begin < cue_first and _precedes_subject(reading.forms[begin]):
        begin += 1
    phrase = phrase_at(passage, entities, begin, cue_first) if begin < cue_first else None
    return phrase if phrase is not None and speaks(reading, phrase) else None


def _closes_words(passage: Passage, mark: int) -> bool:
    """Whether more than a name ends there in marks: what was said before, no part of the next subject."""
    stretch = passage.marks.by_close.get(mark)
    return stretch is not None and sum(passage.reading.is_word[stretch.open : stretch.close]) > _LONGEST_IN_MARKS


def topic_of(passage: Passage, entities: EntityTokens, cue_first: int) -> NounPhrase | None:
    """«أما فلان، …، فقال»: who the sentence is about speaks after ف."""
    first = passage.bounds.first[cue_first]
    if passage.reading.forms[first] not in particles("topic"):
        return None
    phrase = phrase_at(passage, entities, first + 1, cue_first)
    return phrase if phrase is not None and speaks(passage.reading, phrase) else None


def without_object(reading: Reading, phrase: NounPhrase) -> NounPhrase:
    """«وصف الوزير القرار»: after a title alone another definite noun, which is no adjective, is the verb's object."""
    named = (
        phrase.entities[0].stop if phrase.entities and phrase.entities[0].first == phrase.first else phrase.first + 1
    )
    if phrase.entities or phrase.unlisted is not None or begins_name(reading, phrase.first):
        # «يتهم فلان الرئيس»: after a name alone the title is another's.
        object_follows = phrase.first < named < phrase.stop and is_titled(reading.forms[named])
        return _until(phrase, named) if object_follows else phrase
    for token in range(phrase.first + 1, phrase.stop):
        form, before = reading.forms[token], reading.forms[token - 1]
        titled = in_class(before, "person") and before.startswith("ال")
        adjective = form.endswith(("ي", "يه")) or form in nationalities() or form[2:] in particles("quality")
        if titled and form.startswith("ال") and not adjective and not in_class(form, "person"):
            return _until(phrase, token) if form[2:] in ordinary_words() or form in ordinary_words() else phrase
    return phrase


def _until(phrase: NounPhrase, stop: int) -> NounPhrase:
    return phrase._replace(stop=stop, entities=tuple(named for named in phrase.entities if named.stop <= stop))


def _source_itself(passage: Passage, entities: EntityTokens, begin: int, stop: int) -> NounPhrase | None:
    """«ووفقا لمصادر أمنية أكدت أن»: the source that is named speaks, without the ل joined to it."""
    phrase = phrase_at(passage, entities, begin, stop) if begin < stop else None
    if phrase is None or phrase.stop < stop:
        return None
    head = passage.reading.forms[phrase.first]
    joined = head[:1] == "ل" and not is_speaking_head(head) and is_speaking_head(head[1:])
    return phrase._replace(attached=int(joined)) if joined or speaks(passage.reading, phrase) else None


def _precedes_subject(form: str) -> bool:
    return bool(classes_of(form) & {"time", "aside", "around"}) or form in particles("auxiliary")


def speaks(reading: Reading, phrase: NounPhrase) -> bool:
    """Whether it starts with a name or with a noun that names speakers; with somebody's office a name must follow."""
    first = next((named for named in phrase.entities if named.first == phrase.first), None)
    head = reading.forms[phrase.first]
    in_office = is_possessed_title(head) and phrase.person is not None
    return (first is not None and first.entity.kind != "other") or is_speaking_head(head) or in_office
