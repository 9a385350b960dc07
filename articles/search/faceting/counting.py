"""The facets of a search: who, where and when, among the articles that it finds.

Sources, languages and statuses are alternatives: what is chosen of a facet does not narrow the facet itself, so that
the others stay in sight with their numbers. Names are wanted all together, each narrows further.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, NamedTuple

import tantivy
from django.db.models import F
from tantivy import Occur, Query

from articles.language.folding import fold
from articles.models import Alias, Entity
from articles.search.asking import question_of
from articles.search.asking.criteria import naming
from articles.search.asking.naming import families
from articles.search.faceting.hits import Hits
from articles.search.faceting.values import Facets, FacetValue
from articles.search.faceting.volume import in_whole_bars, shown_around, volume
from articles.search.index.schema import LANGUAGE, ORGANISATION, PERSON, PLACE, SOURCE, STATUS
from articles.search.query import Reader, SearchQuery

TOP_NAMES, TOP_SOURCES = 10, 15
# Names that were merged count for the one that they became, which leaves fewer than were asked for.
_SPARE = 10
# Of what is chosen the number is wanted too, however rare it is; nobody has more sources.
_ALL = 2_000
# So many names that hold the letters typed are looked for in the articles found.
_TRIED = 40
_SIZES = {PERSON: TOP_NAMES + _SPARE, ORGANISATION: TOP_NAMES + _SPARE, PLACE: TOP_NAMES + _SPARE}
# What a query restricts to one of several → the field that says which.
_ALTERNATIVES = {"sources": SOURCE, "languages": LANGUAGE, "statuses": STATUS}


class _Named(NamedTuple):
    """An entity of a facet: what stands for it now, and its kind."""

    standing: int
    kind: str


class Counting:
    """One query over one state of the index: of what holds every word, or where nothing does some of them."""

    def __init__(self, searcher: tantivy.Searcher, query: SearchQuery, reader: Reader) -> None:
        self._searcher, self._query, self._reader = searcher, query, reader
        self._question = question_of(query, reader)
        self._every = True
        self._hits = self._found()
        if not self._hits.total and self._question.loosens:
            self._every = False
            self._hits = self._found()

    def facets(self) -> Facets:
        query = self._query
        apart = {name: self._found(without=name) for name in _ALTERNATIVES if getattr(query, name)}
        shared = {field: _ALL for name, field in _ALTERNATIVES.items() if name not in apart}
        terms = self._hits.terms(_SIZES | shared)
        for name, hits in apart.items():
            terms |= hits.terms({_ALTERNATIVES[name]: _ALL})
        names = self._names(terms)
        around = self._around()
        return Facets(
            total=self._hits.total,
            sampled=any(hits.sampled for hits in (self._hits, around, *apart.values())),
            sources=_values(terms[SOURCE], query.sources, TOP_SOURCES),
            people=names[PERSON],
            organisations=names[ORGANISATION],
            places=names[PLACE],
            languages=_values(terms[LANGUAGE], query.languages),
            statuses=_values(terms[STATUS], query.statuses) if len(self._reader.statuses) > 1 else [],
            marked=self._marked(),
            days=volume(around, query),
        )

    def named(self, kind: str, text: str) -> list[FacetValue]:
        """The names of a kind that hold these letters, of those that the articles found name."""
        candidates = _standing(kind, text)
        counts = {}
        for pk, family in zip(candidates, families(candidates), strict=True):
            both = Query.boolean_query([(Occur.Must, self._hits.query), (Occur.Must, naming(family))])
            number = self._searcher.search(both, 1).count
            if number:
                counts[pk] = number
        return _values(counts, [pk for pk in self._query.entities if pk in counts], TOP_NAMES)

    def _found(self, without: str = "") -> Hits:
        left_out = frozenset((without,)) if without else frozenset()
        return Hits.of(self._searcher, self._question.compiled(every=self._every, without=left_out))

    def _around(self) -> Hits:
        """What the plot shows."""
        around, hits = self._query, self._hits
        wanted = shown_around(self._query)
        while wanted != around:
            around, hits = wanted, self._asking(wanted)
            wanted = in_whole_bars(around, hits, self._query)
        return hits

    def _asking(self, query: SearchQuery) -> Hits:
        """Of the same words with other criteria."""
        return Hits.of(self._searcher, replace(self._question, query=query).compiled(every=self._every))

    def _marked(self) -> list[FacetValue]:
        """What a reader takes for marked depends on whom they are: it is asked for as the search does."""
        counts = {}
        for value in (True, False):
            counts[value] = self._asking(replace(self._query, marked=value)).total
        return [FacetValue(value, count, value == self._query.marked) for value, count in counts.items()]

    def _names(self, terms: dict[str, dict[Any, int]]) -> dict[str, list[FacetValue]]:
        """The names of each kind; a chosen one is named by every article that was found."""
        found = {pk for field in _SIZES for pk in terms[field]}
        named = _named({*found, *self._query.entities})
        chosen = {named[pk].standing: self._hits.total for pk in self._query.entities if pk in named}
        values = {}
        for field in _SIZES:
            counts = {pk: number for pk, number in chosen.items() if named[pk].kind == field}
            for pk, number in terms[field].items():
                if pk in named and named[pk].standing not in chosen:
                    counts[named[pk].standing] = counts.get(named[pk].standing, 0) + number
            values[field] = _values(counts, [pk for pk in chosen if pk in counts], TOP_NAMES)
        return values


def _values(counts: dict[Any, int], chosen: Iterable[Any], most: int | None = None) -> list[FacetValue]:
    """The most frequent and all that are chosen."""
    ordered = sorted(counts, key=lambda value: (-counts[value], value))
    shown = {*ordered[:most], *chosen}
    missing = [value for value in chosen if value not in counts]
    return [
        FacetValue(value, counts.get(value, 0), value in chosen) for value in [*ordered, *missing] if value in shown
    ]


def _standing(kind: str, text: str) -> list[int]:
    """The most named of the entities whose name or other form holds these letters, in any spelling."""
    folded = " ".join(fold(text).split())
    if not folded:
        return []
    bearers = Entity.objects.filter(folded__contains=folded).values("pk")
    bearers = bearers.union(Alias.objects.filter(folded__contains=folded).values("entity"))
    found = Entity.objects.standing().filter(kind=kind, pk__in=bearers)
    ordered = found.order_by(F("count__in_all").desc(nulls_last=True), "pk")
    return list(ordered.values_list("pk", flat=True)[:_TRIED])


def _named(entities: set[int]) -> dict[int, _Named]:
    """Entity → what it stands for; and each that something was merged into → itself."""
    rows = Entity.objects.filter(pk__in=entities).values_list("pk", "kind", "merged_into", "merged_into__kind")
    named = {}
    for pk, kind, into, into_kind in rows:
        named[pk] = _Named(into or pk, into_kind or kind)
        named[named[pk].standing] = named[pk]
    return named
