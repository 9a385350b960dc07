"""Everything that an import leaves behind, without the keys and times that differ from one run to the next."""

from typing import Any

from annotations.models import Annotation, Attribution, Part
from articles.models import (
    Alias,
    Analysis,
    Article,
    CountDue,
    Entity,
    EntityCount,
    ImportItem,
    Mention,
    Original,
    Revision,
    Source,
    Story,
)

_ENTITY = ("kind", "folded", "distinction", "only_in__url")
_MARK = ("kind", "detector", "rule", "confidence", "status", "quote_type")


def _of(prefix: str, names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{prefix}__{name}" for name in names)


_ROWS: dict[type, tuple[str, ...]] = {
    Source: ("key", "name", "kind", "domains__domain"),
    Article: (
        "url", "key", "source__key", "title", "byline", "place", "agencies", "published_at", "published_precision",
        "published_from", "language", "status", "metadata", "as_read", "current_revision__number", "credit",
        "credited_source__key", "story__origin__url",
    ),
    Story: ("origin__url", "origin_by"),
    Revision: ("article__url", "number", "text", "blocks", "evidence", "content_hash", "original__sha256"),
    Original: ("article__url", "sha256", "final_url", "media_type", "headers"),
    Analysis: ("revision__article__url", "revision__number", "versions"),
    Entity: (*_ENTITY, "name", "merged_into__folded"),
    Alias: (*_of("entity", _ENTITY), "form", "folded", "curated"),
    EntityCount: (*_of("entity", _ENTITY), "in_all", "in_published"),
    Mention: (
        "revision__article__url", "revision__number", "start", "end", "surface", "role", "recogniser", "score",
        *_of("entity", _ENTITY),
    ),
    Annotation: ("revision__article__url", "revision__number", *_MARK),
    Part: ("annotation__revision__article__url", *_of("annotation", _MARK), "order", "role", "start", "end", "exact"),
    Attribution: (
        "annotation__revision__article__url", *_of("annotation", _MARK), "order", "name", "role", "certainty",
        *_of("entity", _ENTITY),
    ),
    CountDue: ("entity_id",),
    ImportItem: ("outcome", "article__url", "reason"),
}  # fmt: skip


def archive_rows() -> dict[str, list[tuple[Any, ...]]]:
    """{model: its rows, sorted}"""
    return {
        model.__name__: sorted(model.objects.order_by().values_list(*names), key=repr) for model, names in _ROWS.items()
    }
