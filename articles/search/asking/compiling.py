"""A question → what tantivy is asked."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from tantivy import Occur, Query

from articles.models import Article
from articles.search import facts
from articles.search.analysing.fields import TITLE
from articles.search.analysing.ranking import phrase_query, ranked_query, title_query
from articles.search.analysing.words import SoughtWord
from articles.search.asking.criteria import all_but, beginning_with, either, naming, of, on_days, unscored
from articles.search.asking.parts import (
    Asked,
    Days,
    Either,
    Every,
    Exact,
    Field,
    Name,
    Not,
    Part,
    Phrase,
    Prefix,
    Title,
    Value,
    Words,
    wanted,
)
from articles.search.index import schema as index
from articles.search.query import Reader, SearchQuery

# The criteria of a SearchQuery that `without` may leave out.
CRITERIA = frozenset(("sources", "languages", "statuses", "days", "entities", "marked"))
_CRITERION = (Days, Value, Name)


@dataclass(frozen=True)
class Question:
    """A query whose names were looked up, once, to be asked as often as a page needs it.

    `part` is what is asked, in which a name that nothing bears has become words. `named`: the outlets or the entities
    with their kinds that the others stand for. `families`: for each of the query's entities those that are one with it.
    """

    query: SearchQuery
    reader: Reader
    asked: Asked
    part: Every
    named: dict[Name, dict[int, str]]
    families: list[dict[int, str]]
    notes: tuple[str, ...]

    def compiled(self, *, every: bool, without: frozenset[str] = frozenset()) -> Query:
        """Articles that fit; with `every` false those that hold some of the words. `without`: see CRITERIA."""
        if not self.reader.statuses or self.asked.says_nothing:
            return Query.empty_query()
        filters = [*self._criteria(without), *self._for_reader()]
        clauses = [self._group(self.part, every=every), *map(unscored, filters)]
        return Query.boolean_query([(Occur.Must, clause) for clause in clauses])

    @cached_property
    def ranks(self) -> bool:
        """Whether anything in it tells better articles from worse ones: words do, criteria do not."""
        return _ranks(self.part)

    @cached_property
    def loosens(self) -> bool:
        """Whether asking for some of the words can find more than asking for all of them."""
        return len(_units(_soft(self.part.parts))) > 1

    def _criteria(self, without: frozenset[str]) -> list[Query]:
        query = self.query
        held = {
            "sources": [of(index.SOURCE, *query.sources)] if query.sources else [],
            "languages": [of(index.LANGUAGE, *query.languages)] if query.languages else [],
            "statuses": [of(index.STATUS, *query.statuses)] if query.statuses else [],
            "days": [on_days(query.since, query.until)] if query.since or query.until else [],
            "entities": [naming(family) for family in self.families],
            "marked": [] if query.marked is None else [self._marked(query.marked)],
        }
        return [one for criterion, queries in held.items() if criterion not in without for one in queries]

    def _for_reader(self) -> list[Query]:
        restricted = set(self.reader.statuses) < set(Article.Status.values)
        open_to_reader = [of(index.STATUS, *self.reader.statuses)] if restricted else []
        closed = [all_but(of(index.SOURCE, *self.reader.closed))] if self.reader.closed else []
        return open_to_reader + closed

    def _group(self, group: Every, *, every: bool) -> Query:
        excluded = [part.part for part in group.parts if isinstance(part, Not)]
        soft = _soft(group.parts)
        hard = [part for part in group.parts if part not in soft and not isinstance(part, Not)]
        clauses = [self._part(part, every=every) for part in hard] + (self._all_of(soft) if every else self._some(soft))
        return Query.boolean_query(
            [(Occur.Must, clause) for clause in clauses or [unscored(Query.all_query())]]
            + [(Occur.MustNot, self._part(part, every=True)) for part in excluded]
        )

    def _all_of(self, soft: list[Part]) -> list[Query]:
        words = [word for part in soft if isinstance(part, Words) for word in part.words]
        others = [self._part(part, every=True) for part in soft if not isinstance(part, Words)]
        return [*_ranked(words, every=True), *others]

    def _some(self, soft: list[Part]) -> list[Query]:
        """One query or none: any of the words, those of phrases too. A phrase that stands as it is counts besides."""
        words = [word for part in soft for word in _words(part)]
        others = [self._part(part, every=False) for part in soft if not isinstance(part, Words)]
        some = [*_ranked(words, every=False), *others]
        return [either(*some)] if some else []

    def _part(self, part: Part, *, every: bool) -> Query:
        match part:
            case Every():
                return self._group(part, every=every)
            case Either(parts):
                return either(*(self._part(one, every=every) for one in parts))
            case Not() | Words():
                return self._group(Every((part,)), every=every)
            case Phrase(words) | Exact(words):
                return phrase_query(index.schema(), words)
            case Title(words, phrase=True):
                return phrase_query(index.schema(), words, field=TITLE)
            case Title(words):
                return title_query(index.schema(), words)
            case Prefix(letters):
                return beginning_with(letters)
            case Days(first, last):
                return unscored(on_days(first, last))
            case Name():
                return unscored(self._name(part))
            case Value():
                return unscored(self._value(part))

    def _name(self, part: Name) -> Query:
        borne = self.named[part]
        if part.field is Field.SOURCE:
            return of(index.SOURCE, *borne)
        if part.field is not Field.SPEAKER:
            return naming(borne)
        said = of(index.SPEAKER, *borne)
        return either(said, of(index.SPEAKER_SUGGESTED, *borne)) if self.reader.member else said

    def _value(self, part: Value) -> Query:
        if part.field is not Field.HAS:
            return of(index.LANGUAGE if part.field is Field.LANGUAGE else index.STATUS, part.value)
        return self._has(part.value)

    def _marked(self, marked: bool) -> Query:
        return self._has(facts.MARK) if marked else all_but(self._has(facts.MARK))

    def _has(self, fact: str) -> Query:
        has = of(index.HAS, fact)
        return either(has, of(index.HAS_SUGGESTED, fact)) if self.reader.member else has


def _ranks(part: Part) -> bool:
    return any(not isinstance(leaf, _CRITERION) for leaf in wanted(part))


def _soft(parts: Iterable[Part]) -> list[Part]:
    """The parts of which an article may lack one where none holds all; what is said of the headline must be so."""
    return [part for part in parts if not isinstance(part, (Not, Title)) and _ranks(part)]


def _units(soft: list[Part]) -> set[SoughtWord | Part]:
    """What of it is there or lacking by itself: words that mean something, else any, and what is neither word."""
    words = {word for part in soft for word in _words(part)}
    others = {part for part in soft if not _words(part)}
    return ({word for word in words if not word.function} or words) | others


def _words(part: Part) -> tuple[SoughtWord, ...]:
    return part.words if isinstance(part, (Words, Phrase, Exact)) else ()


def _ranked(words: list[SoughtWord], *, every: bool) -> list[Query]:
    return [ranked_query(index.schema(), words, every=every)] if words else []
