"""What is answered, as dictionaries; told.py says the same of their fields. Offsets are code points, [start, end)."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from rest_framework.request import Request

from annotations.models import Annotation, Attribution
from articles.delivering.excerpts import Excerpt, plain
from articles.delivering.plain_text import web_address
from articles.models import Article, Entity, Mention, Source

Shape = dict[str, Any]


def address(request: Request, name: str, *args: Any) -> str:
    return request.build_absolute_uri(reverse(name, args=args))


def source_shape(source: Source) -> Shape:
    return {
        "id": source.pk,
        "name": source.name,
        "name_en": source.name_en,
        "kind": source.kind,
        "rights": source.rights,
    }


def article_shape(article: Article, request: Request) -> Shape:
    """With its source; what every list says of an article."""
    return {
        "id": article.pk,
        "title": article.title,
        "source": {"id": article.source_id, "name": article.source.name},
        "published_at": article.published_at.isoformat() if article.published_at else None,
        "published_precision": article.published_precision,
        "language": article.language,
        "original": web_address(article.url) or None,
        "address": address(request, "api_article", article.pk),
        "page": address(request, "article", article.pk),
    }


def found_shape(article: Article, excerpts: list[Excerpt], request: Request) -> Shape:
    return article_shape(article, request) | {"byline": article.byline, "excerpts": plain(excerpts).splitlines()}


def whole_shape(article: Article, mentions: Iterable[Mention], request: Request) -> Shape:
    """The text goes out where its source's rights say so, and the places in it always."""
    revision = article.current_revision
    credited = article.credited_source
    return article_shape(article, request) | {
        "byline": article.byline,
        "status": article.status,
        "rights": article.source.rights,
        "credited": credited.name if credited and credited.rights != Source.Rights.INTERNAL else None,
        "revision": revision.number,
        "text": revision.text if article.source.rights == Source.Rights.FULL else None,
        "blocks": [{name: block[name] for name in ("kind", "start", "end")} for block in revision.blocks],
        "sha256": revision.content_hash,
        "stored_at": revision.created_at.isoformat(),
        "mentions": [_place(mention) | {"entity": entity_name(mention.entity.standing)} for mention in mentions],
        "marks": address(request, "api_article_marks", article.pk),
    }


def _place(mention: Mention) -> Shape:
    return {"start": mention.start, "end": mention.end, "exact": mention.surface, "role": mention.role}


def entity_name(entity: Entity) -> Shape:
    return {"id": entity.pk, "kind": entity.kind, "name": str(entity)}


def entity_shape(entity: Entity, request: Request) -> Shape:
    return entity_name(entity) | {
        "address": address(request, "api_entity", entity.pk),
        "page": address(request, "entity", entity.pk),
    }


def whole_entity_shape(entity: Entity, forms: Iterable[str], request: Request) -> Shape:
    return entity_shape(entity, request) | {
        "forms": list(forms),
        "mentions": address(request, "api_entity_mentions", entity.pk),
        "quotes": f"{address(request, 'api_quotes')}?speaker={entity.pk}",
    }


def naming_shape(article: Article, mentions: Iterable[Mention], request: Request) -> Shape:
    """An article that names an entity, and where."""
    return {"article": article_shape(article, request), "places": [_place(mention) for mention in mentions]}


def listed_mark_shape(mark: Annotation, request: Request) -> Shape:
    """From marks as annotations.speaking.loading has them; all of one is at its `address`."""
    article = mark.revision.article
    return {
        "uuid": str(mark.uuid),
        "kind": mark.kind,
        "status": mark.status,
        "standing": mark.standing,
        "quote_type": mark.quote_type,
        "exact": mark.exact,
        "parts": [
            {"role": part.role, "start": part.start, "end": part.end, "exact": part.exact} for part in mark.all_parts
        ],
        "stance": mark.stance,
        "channel": mark.channel,
        "occasion": mark.occasion,
        "said_on": mark.said_on.isoformat() if mark.said_on else None,
        "translated": mark.translated,
        "attributions": [_attribution(link) for link in mark.links],
        "article": article_shape(article, request),
        "address": address(request, "api_mark", mark.uuid),
        "page": request.build_absolute_uri(mark.get_absolute_url()),
    }


def _attribution(link: Attribution) -> Shape:
    return {
        "name": link.display_name,
        "entity": entity_name(link.entity) if link.entity else None,
        "role": link.role,
        "speaks": link.speaks,
        "certainty": link.certainty,
    }
