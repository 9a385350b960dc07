"""A speaker's name: from the words of a noun phrase, and from what the article has told of its people and bodies."""

from dataclasses import dataclass, field
from itertools import pairwise

from annotations.detection.earlier_names import earlier_body, earlier_document, is_body
from annotations.detection.entity_tokens import EntityTokens, Named
from annotations.detection.fullest_names import FullestNames, joined_name, without_honour
from annotations.detection.noun_phrases import NounPhrase, is_genitive
from annotations.detection.passage import Passage
from annotations.detection.resolved import Resolved, Speaker, kind_of
from annotations.detection.titles import title_key, titles_of
from annotations.detection.unlisted_names import (
    begins_name,
    goes_on_with_name,
    is_surname_of_people,
    name_beside_title,
)
from annotations.detection.vocabulary import classes_of, in_class, particles, without_article
from annotations.detection.word_roles import is_speaker_noun, is_titled
from articles.language.folding import fold
from articles.language.lexicon import nationalities, word_set
from articles.language.name_words import is_given

_AS_IF_NAMED = 0.6
# Low enough that whatever its content, the quote is shown with an uncertain speaker (confidence below 0.7).
DOUBTFUL = 0.25
_STATEMENT_REACH = 150
_GOD = "الله"
_PROPHET = "الرسول"
# Cited inside others' words: whoever speaks next without a name is not they.
CITED = (_GOD, _PROPHET)
_STATEMENTS = frozenset(map(fold, ("بيان", "تصريح")))


@dataclass(slots=True)
class Names:
    """`spoken`: who has spoken so far. `titles`: the words of the titles under which the article's people appear."""

    passage: Passage
    entities: EntityTokens
    spoken: list[Speaker] = field(default_factory=list)
    titles: dict[str, set[str]] = field(default_factory=dict)
    fullest: FullestNames = field(init=False)

    def __post_init__(self) -> None:
        self.fullest = FullestNames(self.passage.reading)
        self.titles |= titles_of(self.passage, self.entities)

    def resolve(self, phrase: NounPhrase) -> Resolved:
        people = [
            named
            for named in phrase.entities
            if named.entity.kind == "person" and not is_genitive(self.passage.reading, phrase, named)
        ]
        if people:
            return self._person(people, phrase)
        head = self.passage.reading.forms[phrase.first]
        if head in particles("honorific"):
            return self._spoken_of(phrase)
        if head in particles("divine") or (head == fold(_GOD) and phrase.stop - phrase.first <= 2):
            return Resolved(_GOD, "person", 0.9)
        if " ".join(self.passage.reading.forms[phrase.first : phrase.first + 2]) in particles("prayer"):
            return Resolved(_PROPHET, "person", 0.9)
        if self._is_lone_word(phrase) and (found := self._known_surname(phrase, head, last=True)) is not None:
            return found
        ways = (
            self._unlisted,
            self._body,
            self._source,
            self._document,
            self._office,
            self._known_surname,
            self._beside_title,
        )
        for resolve in ways:
            found = resolve(phrase, head)
            if found is not None:
                return found
        if not classes_of(head) and not phrase.entities and begins_name(self.passage.reading, phrase.first):
            return Resolved(self.fullest.of(self.words(self._before_title(phrase))), "person", _AS_IF_NAMED)
        return Resolved(self.words(phrase), kind_of(head), self._certainty_unnamed(phrase, head))

    def _is_lone_word(self, phrase: NounPhrase) -> bool:
        """One word that is a place elsewhere (الأحمدي) or a given name (عبدالرحمن)."""
        known = any(named.entity.kind not in ("person", "place") for named in phrase.entities)
        return phrase.stop == phrase.first + 1 and not known

    def _certainty_unnamed(self, phrase: NounPhrase, head: str) -> float:
        return 0.75 if classes_of(head) or phrase.entities else DOUBTFUL

    def _spoken_of(self, phrase: NounPhrase) -> Resolved:
        """معاليه: the person who spoke last, else the one named last."""
        for speaker in reversed(self.spoken):
            if speaker.kind == "person":
                return Resolved(speaker.name, "person", 0.8)
        for named in self.entities.before(phrase.first, 4):
            if named.entity.kind == "person":
                return Resolved(named.entity.name, "person", 0.6)
        return Resolved(self.words(phrase), "person", 0.3)

    def _before_title(self, phrase: NounPhrase) -> NounPhrase:
        """«بو خضور الخبير النفطي» without what follows the name."""
        forms = self.passage.reading.forms
        titles = (token for token in range(phrase.first + 1, phrase.stop) if is_titled(forms[token]))
        return phrase._replace(stop=next(titles, phrase.stop))

    def words(self, phrase: NounPhrase) -> str:
        reading = self.passage.reading
        first, stop = phrase.unmarked(self.passage)
        start = reading.starts[first] + phrase.attached
        if phrase.entities and phrase.entities[0].first == first:
            start = max(start, phrase.entities[0].entity.start)
        words = " ".join(reading.text[start : reading.ends[stop - 1]].split())
        words = without_honour(words)
        return "ال" + words[2:] if words.startswith("لل") else words

    def _person(self, people: list[Named], phrase: NounPhrase) -> Resolved:
        first = people[0]
        names = [self._whole_name(first, phrase)]
        for left, right in pairwise(people):
            joint = self.passage.reading.forms[left.stop] if left.stop < len(self.passage.reading) else ""
            if right.first == left.stop:
                joined = joint.startswith("و") and right.entity.start > self.passage.reading.starts[right.first]
            else:
                joined = joint.startswith("و") and is_speaker_noun(joint[1:])
            if joined:
                names.append(right.entity.name)
        if len(names) > 1:
            return Resolved(" و".join(names), "person", 0.8, tuple(names))
        if len(people) > 1 and people[1].first == first.stop:
            return Resolved(people[1].entity.name, "person", 0.7)
        certain = first.first - phrase.first <= 8
        return Resolved(names[0], "person", 0.95 if certain else 0.75)

    def _whole_name(self, named: Named, phrase: NounPhrase) -> str:
        """With the rest of a name that the recogniser knows only in part (أحمد داود | أغولو)."""
        reading, stop = self.passage.reading, named.stop
        while stop < phrase.stop and stop not in self.entities.by_first and self._goes_on(stop):
            stop += 1
        while stop > named.stop and reading.forms[stop - 1] in word_set("name_particles"):
            stop -= 1
        given = named.stop == named.first + 1 or all(map(is_given, reading.forms[named.first : named.stop]))
        if stop == named.stop == phrase.stop - 1 and reading.is_word[stop] and named.stop - named.first <= 2 and given:
            stop = phrase.stop
        if stop == named.stop == named.first + 1 and self._is_surname_before_office(phrase, stop):
            stop += 1
        written = reading.text[named.entity.start : reading.ends[named.stop - 1]]
        if stop == named.stop or fold(written) != fold(named.entity.name):
            return self.fullest.of(without_honour(named.entity.name))
        return reading.text[named.entity.start : reading.ends[stop - 1]]

    def _is_surname_before_office(self, phrase: NounPhrase, token: int) -> bool:
        """«مجيدة الناجم مديرة المركز»."""
        forms = self.passage.reading.forms[token : min(token + 2, phrase.stop)]
        office = len(forms) == 2 and is_speaker_noun(forms[1]) and not forms[1].startswith("ال")
        return office and forms[0].startswith("ال") and not is_titled(forms[0])

    def _goes_on(self, token: int) -> bool:
        reading = self.passage.reading
        after_particle = reading.forms[token - 1] in word_set("name_particles")
        return after_particle or goes_on_with_name(reading, token) or is_surname_of_people(reading, token)

    def _unlisted(self, phrase: NounPhrase, _head: str) -> Resolved | None:
        """A name that the recogniser did not find, beside its title or after a comma."""
        if phrase.unlisted is None:
            return None
        reading, (first, stop) = self.passage.reading, phrase.unlisted
        certain = stop - first > 1 and any(is_given(form) for form in reading.forms[first:stop])
        name = self.fullest.of(reading.text[reading.starts[first] : reading.ends[stop - 1]])
        return Resolved(name, "person", 0.75 if certain else _AS_IF_NAMED)

    def _body(self, phrase: NounPhrase, head: str) -> Resolved | None:
        reading = self.passage.reading
        for named in phrase.entities:
            leads = named.first == phrase.first or (
                named.first <= phrase.first + 2
                and all(
                    in_class(form, "document") or in_class(form, "body") or not form[0].isalpha()
                    for form in reading.forms[phrase.first : named.first]
                )
            )
            # «تقرير لديوان المحاسبة» is the report, not the court.
            joined = named.first > phrase.first and reading.text[reading.starts[named.first]] == "ل"
            leads = leads and not (joined and named.entity.start > reading.starts[named.first])
            covers = named.entity.kind == "organisation" or (named.first, named.stop) == (phrase.first, phrase.stop)
            if leads and covers and named.entity.kind != "other":
                names = self._joint_bodies(phrase, named)
                return Resolved(" و".join(names), "body", 0.9, tuple(names) if len(names) > 1 else ())
        if not is_body(head) or phrase.entities or not head.startswith("ال"):
            return None
        bare = {without_article(form) for form in reading.forms[phrase.first : phrase.stop]}
        spoken = self._earlier_body(bare)
        if spoken is not None:
            return spoken
        named = earlier_body(self.entities, self.passage, phrase)
        return Resolved(named.entity.name, "body", 0.75) if named is not None else None

    def _joint_bodies(self, phrase: NounPhrase, first: Named) -> list[str]:
        names = [first.entity.name]
        for named in phrase.entities:
            before = self.passage.reading.forms[named.first - 1] if named.first else ""
            attached = self.passage.reading.forms[named.first].startswith("و")
            joined = named.entity.start > self.passage.reading.starts[named.first] and attached
            if named.first > first.first and named.entity.kind == "organisation" and (joined or before in "«و"):
                names.append(named.entity.name)
        return names

    def _earlier_body(self, words: set[str]) -> Resolved | None:
        """الوزارة, الشرطة: the last body spoken of whose name holds these words."""
        for speaker in reversed(self.spoken):
            if speaker.kind == "body" and words <= {without_article(word) for word in fold(speaker.name).split()}:
                return Resolved(speaker.name, "body", 0.8)
        return None

    def _source(self, phrase: NounPhrase, head: str) -> Resolved | None:
        """المصدر ذاته, المصادر العسكرية: the unnamed source heard last."""
        forms = self.passage.reading.forms[phrase.first : phrase.stop]
        words = {without_article(form) for form in forms} - particles("same")
        source = next((form for form in forms[:2] if in_class(form, "source")), None)
        if source is None and particles("same") & set(forms):
            return self._same(without_article(head))
        if source is None or not (head.startswith("ال") or particles("same") & set(forms)):
            return None
        wanted = without_article(source)
        for speaker in reversed(self.spoken):
            earlier = {without_article(word) for word in fold(speaker.name).split()}
            if speaker.kind == "source" and wanted in earlier and (words <= earlier or len(words) == 1):
                return Resolved(speaker.name, "source", 0.85)
        if self.spoken and particles("same") & set(forms):
            # «المصدر نفسه» may be anybody who was heard, a correspondent or a paper.
            return Resolved(self.spoken[-1].name, self.spoken[-1].kind, 0.7)
        return None

    def _same(self, head: str) -> Resolved | None:
        """«الضابط نفسه»: who was heard last under that word."""
        for speaker in reversed(self.spoken):
            titles = {without_article(word) for word in fold(speaker.name).split()} | self.titles.get(
                speaker.name, set()
            )
            if head in titles:
                return Resolved(speaker.name, speaker.kind, 0.8)
        return None

    def _document(self, phrase: NounPhrase, head: str) -> Resolved | None:
        """البيان: the body that issued it, the last one named before."""
        if in_class(head, "document") and without_article(head) not in _STATEMENTS:
            earlier = earlier_document(self.entities, self.passage, phrase)
            return self.resolve(earlier) if earlier is not None else None
        if without_article(head) not in _STATEMENTS or phrase.stop - phrase.first > 2:
            return None
        last = self.spoken[-1] if self.spoken else None
        if last is not None and last.kind == "body":
            return Resolved(last.name, "body", 0.7)
        return self._issuer(phrase.first)

    def _issuer(self, token: int) -> Resolved | None:
        """The first body named in the sentence that told of the statement (أصدرت الوزارة بياناً)."""
        forms, bounds = self.passage.reading.forms, self.passage.bounds
        for before in range(token - 1, max(-1, token - _STATEMENT_REACH), -1):
            if not forms[before].startswith(fold("بيان")):
                continue
            for named in self.entities.within(bounds.first[before], bounds.stop[before]):
                if named.entity.kind == "organisation":
                    return Resolved(named.entity.name, "body", 0.6)
        return None

    def _office(self, phrase: NounPhrase, head: str) -> Resolved | None:
        """الوزير, وزير الخارجية الأمريكي: the person known under that office."""
        if not in_class(head, "person") or is_body(head):
            return None
        forms = self.passage.reading.forms[phrase.first : phrase.stop]
        definite = bool(phrase.entities) or any(form.startswith("ال") for form in forms)
        words = set(map(title_key, forms))
        if not definite:
            return None
        for speaker in reversed(self.spoken):
            if speaker.kind == "person" and words <= self.titles.get(speaker.name, set()):
                return Resolved(speaker.name, "person", 0.85)
        if len(forms) == 2 and forms[1] in nationalities() and (known := self._last_of(head)) is not None:
            return Resolved(known, "person", 0.7)
        for name, title in self.titles.items():
            if words <= title and len(words) > 1:
                return Resolved(name, "person", 0.8)
        last = self.spoken[-1] if self.spoken else None
        many = without_article(head) in particles("plural_head") or head.endswith(("ون", "ين"))
        if (
            last is not None
            and not many
            and last.kind == "person"
            and last.certainty >= _AS_IF_NAMED
            and len(forms) == 1
        ):
            return Resolved(last.name, "person", 0.6)
        return None

    def _last_of(self, head: str) -> str | None:
        """«المدرب السعودي»: who spoke last, if under that title, whatever else was told of him."""
        last = self.spoken[-1] if self.spoken else None
        titled = last is not None and title_key(head) in self.titles.get(last.name, set())
        return last.name if last is not None and titled else None

    def _beside_title(self, phrase: NounPhrase, _head: str) -> Resolved | None:
        """A name that only its place tells."""
        reading = self.passage.reading
        found = name_beside_title(reading.forms[phrase.first : phrase.stop])
        if found is None:
            return None
        first, stop = phrase.first + found[0], phrase.first + found[1]
        if any(named.first < stop and named.stop > first for named in phrase.entities):
            return None
        return Resolved(reading.text[reading.starts[first] : reading.ends[stop - 1]], "person", _AS_IF_NAMED)

    def _known_surname(self, phrase: NounPhrase, head: str, *, last: bool = False) -> Resolved | None:
        """Words that were heard before as part of a name, or as its last ones."""
        if classes_of(head):
            return None
        words = joined_name(self.passage.reading.forms[phrase.first : phrase.stop])
        for speaker in reversed(self.spoken):
            known = joined_name(fold(speaker.name).split())
            heard = known.endswith(f" {words}") if last else f" {words} " in f" {known} "
            if speaker.kind == "person" and heard:
                return Resolved(speaker.name, "person", min(0.85, speaker.certainty + 0.1))
        return None
