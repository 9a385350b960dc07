"""How the layers are weighed: one sum, the same for every query.

The weights were chosen on half of the queries of three public sets and confirmed on the other half
(`python -m tests.benchmarks.search_ranking`). A document's score is, over the words sought, the BM25 of the stem, the
base, the surface and the lead, and over neighbouring words that of the pair as written.
"""

from collections.abc import Iterable
from itertools import pairwise

from tantivy import Occur, Query, Schema

from articles.search.analysing.fields import BASE, LEAD, STEM, SURFACE, TITLE_STEM
from articles.search.analysing.words import SoughtWord

STEM_WEIGHT, BASE_WEIGHT, SURFACE_WEIGHT = 0.7, 0.5, 0.2
LEAD_WEIGHT = 0.4
PAIR_WEIGHT = 0.15
# Words between the two of a pair, at most.
PAIR_SLOP = 1
# What a function word weighs beside others; alone it weighs as any word.
FUNCTION_WEIGHT = 0.4


def ranked_query(schema: Schema, words: Iterable[SoughtWord], *, every: bool) -> Query:
    """Documents that hold every word, or with `every` false at least one, best first.

    Function words are wanted only where there is no other word; they count for little, but they count.
    """
    sought = list(words)
    distinct = list(dict.fromkeys(sought))
    content = [word for word in distinct if not word.function] or distinct
    if not content:
        return Query.empty_query()
    clauses = _every(schema, content) if every else _any(schema, content)
    for word in distinct:
        if word not in content:
            clauses.append((Occur.Should, Query.boost_query(_either(_layers(schema, word)), FUNCTION_WEIGHT)))
    clauses += [(Occur.Should, pair) for pair in _pairs(schema, sought)]
    return Query.boolean_query(clauses)


def _every(schema: Schema, content: list[SoughtWord]) -> list[tuple[Occur, Query]]:
    layers = [_layers(schema, word) for word in content]
    stems = Query.boolean_query([(Occur.Must, stem) for stem, *_others in layers])
    return [(Occur.Must, stems)] + [(Occur.Should, other) for _stem, *others in layers for other in others]


def _any(schema: Schema, content: list[SoughtWord]) -> list[tuple[Occur, Query]]:
    """One union of all layers of all words: faster than the stems with the others looked up beside them."""
    return [(Occur.Must, _either([layer for word in content for layer in _layers(schema, word)]))]


def phrase_query(schema: Schema, words: Iterable[SoughtWord], *, field: str = SURFACE) -> Query:
    """Documents that hold these words side by side as they are written, folded."""
    surfaces = [word.surface for word in words]
    if len(surfaces) > 1:
        return Query.phrase_query(schema, field, surfaces)
    return Query.term_query(schema, field, surfaces[0]) if surfaces else Query.empty_query()


def title_query(schema: Schema, words: Iterable[SoughtWord]) -> Query:
    """Documents of which the headline holds every word, in whatever form."""
    clauses = [(Occur.Must, _stem(schema, word, TITLE_STEM, 1.0)) for word in dict.fromkeys(words)]
    return Query.boolean_query(clauses) if clauses else Query.empty_query()


def _stem(schema: Schema, word: SoughtWord, field: str, weight: float) -> Query:
    terms = [_term(schema, field, stem, weight) for stem in word.stems]
    return terms[0] if len(terms) == 1 else Query.disjunction_max_query(terms)


def _layers(schema: Schema, word: SoughtWord) -> list[Query]:
    """The stem first: it is there wherever any of the others is."""
    return [
        _stem(schema, word, STEM, STEM_WEIGHT),
        _term(schema, BASE, word.base, BASE_WEIGHT),
        _term(schema, SURFACE, word.surface, SURFACE_WEIGHT),
        _stem(schema, word, LEAD, LEAD_WEIGHT),
    ]


def _either(queries: list[Query]) -> Query:
    return Query.boolean_query([(Occur.Should, query) for query in queries])


def _pairs(schema: Schema, sought: list[SoughtWord]) -> list[Query]:
    pairs = dict.fromkeys((one.surface, other.surface) for one, other in pairwise(sought) if one != other)
    return [
        Query.boost_query(Query.phrase_query(schema, SURFACE, list(pair), slop=PAIR_SLOP), PAIR_WEIGHT)
        for pair in pairs
    ]


def _term(schema: Schema, field: str, term: str, weight: float) -> Query:
    return Query.boost_query(Query.term_query(schema, field, term, index_option="freq"), weight)
