"""Criteria as tantivy is asked for them. None counts for a score: `unscored` is round each where it meets others."""

from datetime import MAXYEAR, date, datetime, time, timedelta

from django.utils import timezone
from tantivy import FieldType, Occur, Query

from articles.search.analysing.fields import BASE, SURFACE
from articles.search.index import schema as index

_LARGEST = 2**63 - 1
_MEANS_SOMETHING = frozenset(r"\.+*?()|[]{}^$#&-~")


def unscored(query: Query) -> Query:
    return Query.const_score_query(query, 0.0)


def either(*queries: Query) -> Query:
    return Query.boolean_query([(Occur.Should, query) for query in queries])


def all_but(query: Query) -> Query:
    return Query.boolean_query([(Occur.Must, Query.all_query()), (Occur.MustNot, query)])


def of(field: str, *values: int | str) -> Query:
    """Articles that hold at least one of the values. Nothing has a number that no column of the database holds."""
    held = [value for value in values if isinstance(value, str) or 0 <= value <= _LARGEST]
    if len(held) == 1:
        return Query.term_query(index.schema(), field, held[0], index_option="basic")
    return Query.term_set_query(index.schema(), field, held) if held else Query.empty_query()


def naming(entities: dict[int, str]) -> Query:
    """Articles that name one of these; each has its kind beside it."""
    fields: dict[str, list[int]] = {}
    for entity, kind in entities.items():
        fields.setdefault(index.ENTITY_FIELDS[kind], []).append(entity)
    return either(*(of(name, *ids) for name, ids in fields.items())) if fields else Query.empty_query()


def on_days(first: date | None, last: date | None) -> Query:
    """Both included, in the newsroom's time zone; None is open."""
    begin = _midnight(first) if first else None
    end = _midnight(last + timedelta(days=1)) - 1 if last and last.year < MAXYEAR else None
    return Query.range_query(index.schema(), index.APPEARED, FieldType.Integer, lower_bound=begin, upper_bound=end)


def beginning_with(letters: str) -> Query:
    """Articles with a word that begins so as it is written, or without what is attached to it."""
    pattern = "".join(f"\\{letter}" if letter in _MEANS_SOMETHING else letter for letter in letters) + ".*"
    return either(*(Query.regex_query(index.schema(), layer, pattern) for layer in (SURFACE, BASE)))


def _midnight(day: date) -> int:
    """In seconds since 1970."""
    return int(datetime.combine(day, time.min, timezone.get_default_timezone()).timestamp())
