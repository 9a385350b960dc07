"""Clauses under a preposition of source: وفق X، بحسب ما أفاد X، على حد قول X."""

from typing import NamedTuple

from annotations.detection.content import Content, marked
from annotations.detection.cues import CueMatch
from annotations.detection.entity_tokens import EntityTokens
from annotations.detection.frames import Opening
from annotations.detection.indirect import clause_stop, trimmed
from annotations.detection.noun_phrases import NounPhrase, phrase_at
from annotations.detection.passage import Passage
from annotations.detection.subjects import subject_after
from annotations.detection.vocabulary import classes_of, in_class, particles
from annotations.detection.word_roles import is_complementiser, is_preposition, is_relative, is_speaking_head
from articles.language.clitics import clitic_splits

_SEPARATORS = frozenset(("،", ",", "-", "–", "—", "؛", ".", ")", "\n", "؟", "!"))
_PAUSES = frozenset(("،", ",", "؛"))
_FEWEST_WORDS = 4
_LONGEST_BEFORE = 90
_LONGEST_DESCRIPTION = 12


class SourceClause(NamedTuple):
    """`phrase` is None where a pronoun stands for the source (على حد قوله)."""

    content: Content
    phrase: NounPhrase | None


def clause_of_source(
    passage: Passage, openings: dict[int, Opening], entities: EntityTokens, cue: CueMatch, consumed: int
) -> SourceClause | None:
    """`consumed` is the first token after the content found so far: no clause reaches back into it."""
    begin = passage.bounds.first[cue.first]
    if "possessed" in cue.cue.frames:
        first = max(begin, consumed)
        if first in passage.cues and passage.cues[first].cue.kind == "verb":
            # «انتقد فلان …، على حد تعبيره»: the writer tells what he did, in a word of his.
            return None
        content = clause_before(passage, cue, cue.stop, first)
        return SourceClause(content, None) if content is not None else None
    phrase = _source(passage, entities, cue)
    if phrase is None:
        return None
    after = _past_description(passage, phrase.stop)
    if cue.first == begin or _goes_on(passage, after):
        content = _clause_after(passage, openings, after)
    else:
        content = clause_before(passage, cue, after, max(begin, consumed))
    return SourceClause(content, phrase) if content is not None else None


def _goes_on(passage: Passage, after: int) -> bool:
    """«…، ووفقاً لفلان، فإن …»: what the source tells follows."""
    forms = passage.reading.forms
    after += forms[after : after + 1] in (["،"], [","])
    return after < len(forms) and forms[after] in particles("then")


def _source(passage: Passage, entities: EntityTokens, cue: CueMatch) -> NounPhrase | None:
    stop = min(passage.bounds.stop[cue.first], cue.stop + 20)
    if cue.verb is not None and cue.verb.subject_preposition not in ("", "في"):
        forms = passage.reading.forms
        source = next((t for t in range(cue.stop, stop) if forms[t] == cue.verb.subject_preposition), None)
        return phrase_at(passage, entities, source + 1, stop) if source is not None else None
    if cue.verb is not None:
        return subject_after(passage, entities, cue.stop, stop)
    if cue.stop >= stop:
        return None
    phrase = phrase_at(passage, entities, cue.stop, stop)
    if phrase is None:
        return None
    head = passage.reading.forms[phrase.first]
    if head in particles("measure"):
        return None
    joined = head.startswith("ل") and not is_speaking_head(head) and is_speaking_head(head[1:])
    leads = any(named.first == phrase.first and named.entity.kind != "other" for named in phrase.entities)
    if not (joined or leads or is_speaking_head(head) or phrase.person is not None):
        return None
    return phrase._replace(attached=int(joined))


def _past_description(passage: Passage, stop: int) -> int:
    """The token after what else is told of the source (على موقعها الإلكتروني، المنشورة أمس), up to the next pause."""
    reading = passage.reading
    if stop >= len(reading) or not (is_preposition(reading, stop) or reading.forms[stop].startswith("ال")):
        return stop
    for token in range(stop, min(len(reading), stop + _LONGEST_DESCRIPTION)):
        if not reading.is_word[token] or reading.forms[token] in particles("then"):
            return token
        if token in passage.cues:
            break
    return stop


def _clause_after(passage: Passage, openings: dict[int, Opening], token: int) -> Content | None:
    """وبحسب X، …: the clause follows, at once or after more about the source (في مقال له، فإن)."""
    reading = passage.reading
    for then in range(token, min(len(reading), token + _LONGEST_DESCRIPTION)):
        if reading.forms[then] in particles("then") or then in passage.cues or reading.ends_sentence(then):
            token = then if reading.forms[then] in particles("then") else token
            break
    if token >= len(reading) or reading.forms[token] in (".", "\n"):
        return None
    first = token
    if reading.forms[first] in ("،", ","):
        first += 1
    if first < len(reading) and (reading.forms[first] in particles("then") or is_complementiser(reading, first)):
        first += len(reading.forms[first]) <= 3
    elif first < len(reading) and reading.forms[first].startswith("فال"):
        return _content(passage, first, stop := clause_stop(passage, openings, first), stop, attached=1)
    elif first == token:
        return None
    if first >= len(reading):
        return None
    stretch = passage.marks.by_open.get(first)
    if stretch is not None and stretch.closed and sum(reading.is_word[first : stretch.close]) >= _FEWEST_WORDS:
        return marked(passage, stretch)
    if not reading.is_word[first]:
        return None
    stop = clause_stop(passage, openings, first)
    return _content(passage, first, stop, stop)


def clause_before(
    passage: Passage, cue: CueMatch, after: int, first: int, *, before: int | None = None
) -> Content | None:
    """The clause that ends at the cue, or at the token `before`, and starts at `first` or later.

    `after` is the token after the source.
    """
    reading = passage.reading
    end = cue.first if before is None else before
    while after < len(reading) and in_class(reading.forms[after], "time"):
        after += 1
    follows = reading.forms[after] if after < len(reading) else "\n"
    goes_on = reading.is_word[after - 1] and after < len(reading) and reading.is_word[after]
    if goes_on and not is_relative(follows) and not (cue.verb is not None and _adds_circumstance(follows)):
        return None
    if after < len(reading) and follows in ("،", ",") and not _leaves_clause(passage, after + 1):
        return None
    stop = trimmed(reading, first, end)
    if reading.forms[stop - 1] == "وذلك":
        stop = trimmed(reading, first, stop - 1)
    first = _after_adversative(passage, _after_transition(passage, first), stop)
    while first < stop and (not reading.is_word[first] or reading.forms[first] in particles("before_sourced")):
        if first in passage.marks.by_open:
            break
        first += 1
    if first + 2 < stop and reading.forms[first] in particles("impersonal") and is_complementiser(reading, first + 1):
        first += 2
    stretch = passage.marks.by_open.get(first)
    if stretch is not None and stretch.closed and stretch.close == stop - 1:
        content = marked(passage, stretch)
        return content._replace(stop=after) if content is not None else None
    if stop - first > _LONGEST_BEFORE:
        return None
    return _content(passage, first, stop, after)


def _after_transition(passage: Passage, first: int) -> int:
    """«على صعيد آخر، …» joins the sentence to the one before it."""
    forms = passage.reading.forms
    for length in (4, 3, 2):
        words = " ".join(forms[first : first + length])
        if words in particles("transition"):
            first += length
            return first + (forms[first : first + 1] in (["،"], [","]))
    return first


def _after_adversative(passage: Passage, first: int, stop: int) -> int:
    """Where the last «، لكن …» or «، غير أن …» begins, what stands before it is told by the writer."""
    reading = passage.reading
    for token in range(stop - _FEWEST_WORDS, max(first, stop - _LONGEST_BEFORE), -1):
        if reading.forms[token - 1] not in _PAUSES or passage.marks.inside[token]:
            continue
        if reading.forms[token] in particles("adversative"):
            return token + 1
        if reading.forms[token] in particles("adversative_that") and is_complementiser(reading, token + 1):
            return token + 1 + (reading.forms[token + 1] in particles("complementiser"))
    return first


def _adds_circumstance(form: str) -> bool:
    """«…، حسبما قال X وذلك بعد …»: the sentence goes on with when or why."""
    return form == "وذلك" or in_class(form, "around")


def _leaves_clause(passage: Passage, token: int) -> bool:
    """Whether a new clause follows the comma after «بحسب X»; otherwise the source only interrupts its clause."""
    reading = passage.reading
    if token >= len(reading) or not reading.is_word[token]:
        return True
    form = reading.forms[token]
    joined = form[0] in "وف" or is_relative(form) or token in passage.cues
    return joined or bool(classes_of(form) & {"aside", "around", "time"}) or form in particles("clause_link")


def _content(passage: Passage, first: int, stop: int, consumed: int, *, attached: int = 0) -> Content | None:
    reading = passage.reading
    if sum(reading.is_word[first:stop]) < _FEWEST_WORDS:
        return None
    start = reading.starts[first] + attached
    if clitic_splits(reading.surface(first))[0].prefix.startswith("و"):
        start += 1
    kind = "mixed" if passage.marks.between(first, stop) else "indirect"
    return Content(start, reading.ends[stop - 1], kind, consumed)
