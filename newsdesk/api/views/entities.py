"""/api/entities/: who and what is named, and where."""

import json
from collections import defaultdict
from collections.abc import Sequence

from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.permissions import Person
from annotations.speaking.paging import After
from annotations.speaking.selecting import articles_naming, newest
from annotations.views import entities as entities_for_the_page
from articles.models import Entity, EntityCount, Mention
from newsdesk.api.asked import EntitiesAsked, PageAsked, asked_in, cursor_of
from newsdesk.api.paging import Leaf, key_in, leaf_of, listed
from newsdesk.api.reading import open_articles, open_entities
from newsdesk.api.shapes import Shape, address, entity_shape, naming_shape, whole_entity_shape
from newsdesk.api.told import EntitySerializer, NamingSerializer, ProblemSerializer, WholeEntitySerializer, list_of

_NOT_FOUND = {(404, "application/problem+json"): ProblemSerializer}
MOST_FORMS = 200


@extend_schema(
    operation_id="entities",
    summary=_("الأسماء: الأكثر وروداً أولاً"),
    parameters=[EntitiesAsked],
    responses={
        200: list_of("entities", EntitySerializer(many=True)),
        (400, "application/problem+json"): ProblemSerializer,
    },
)
@api_view(["GET", "HEAD"])
def entity_list(request: Request) -> Response:
    """With `q` the best matches, as the article's page offers them, on one page."""
    if "q" in request.query_params:
        return Response(listed(request, "entities", _called(request), None))
    asked = asked_in(request, EntitiesAsked)
    limit = asked.validated_data["limit"]
    key = cursor_of(asked, key_in)
    behind = EntityCount.objects.filter(entity=key).first() if key is not None else None
    kinds = [asked.validated_data["kind"]] if "kind" in asked.validated_data else Entity.Kind.values
    leaf = _most_named(kinds, behind, limit, request.user)
    visible = open_entities(request.user).in_bulk(leaf.rows)
    rows = [entity_shape(visible[pk], request) for pk in leaf.rows if pk in visible]
    return Response(listed(request, "entities", rows, leaf.following))


def _called(request: Request) -> list[Shape]:
    """What the page's own client gets, with addresses; to programs no name that internal articles alone hold."""
    found = json.loads(entities_for_the_page(request._request).content)["entities"]
    if request.auth:
        known = set(
            open_entities(request.user).filter(pk__in=[one["id"] for one in found]).values_list("pk", flat=True)
        )
        found = [{name: one[name] for name in ("id", "kind", "name")} for one in found if one["id"] in known]
    return [
        one | {"address": address(request, "api_entity", one["id"]), "page": address(request, "entity", one["id"])}
        for one in found
    ]


def _most_named(kinds: Sequence[str], behind: EntityCount | None, limit: int, user: Person) -> Leaf:
    """Keys by how many articles name them, the cursor being a key: how many stays with us. A query for each kind."""
    rows: list[tuple[int, int]] = []
    for kind in kinds:
        counted = EntityCount.objects.counted_for(user).filter(kind=kind)
        if behind:
            number = behind.in_all if user.has_perm("articles.view_unpublished") else behind.in_published
            counted = counted.filter(Q(articles__lt=number) | Q(articles=number, entity__gt=behind.entity_id))
        rows += counted.values_list("articles", "entity")[: limit + 1]
    rows.sort(key=lambda row: (-row[0], row[1]))
    leaf = leaf_of(rows, limit, lambda row: row[1])
    return leaf._replace(rows=[pk for _number, pk in leaf.rows])


@extend_schema(
    operation_id="entity", summary=_("اسم: صيغه وأين يرد"), responses={200: WholeEntitySerializer, **_NOT_FOUND}
)
@api_view(["GET", "HEAD"])
def entity(request: Request, pk: int) -> Response:
    """One that was merged answers as what it was merged into."""
    found = _standing(request, pk)
    forms = found.aliases.order_by("pk").values_list("form", flat=True)[:MOST_FORMS]
    return Response(whole_entity_shape(found, forms, request))


@extend_schema(
    operation_id="entity_mentions",
    summary=_("المواد التي يرد فيها اسم، الأحدث أولاً، ومواضعه فيها"),
    parameters=[PageAsked],
    responses={
        200: list_of("mentions", NamingSerializer(many=True)),
        (400, "application/problem+json"): ProblemSerializer,
        **_NOT_FOUND,
    },
)
@api_view(["GET", "HEAD"])
def entity_mentions(request: Request, pk: int) -> Response:
    found = _standing(request, pk)
    asked = asked_in(request, PageAsked)
    after = cursor_of(asked, After.read)
    limit = asked.validated_data["limit"]
    named = articles_naming(found, open_articles(request.user))
    behind = [branch.filter(after.articles).exclude(pk=after.article) for branch in named] if after else named
    leaf = leaf_of(list(newest(behind, limit + 1)), limit, lambda row: After(row[1], row[0]))
    return Response(listed(request, "mentions", _namings([pk for pk, _ in leaf.rows], found, request), leaf.following))


def _standing(request: Request, pk: int) -> Entity:
    found = Entity.objects.filter(pk=pk).values_list("pk", "merged_into").first()
    if found is None:
        raise Http404
    return get_object_or_404(open_entities(request.user), pk=found[1] or found[0])


def _namings(articles: Sequence[int], entity: Entity, request: Request) -> list[Shape]:
    """The articles in their order, each with the places of its text that name the entity."""
    shown = open_articles(request.user).select_related("source").defer("metadata", "as_read").in_bulk(articles)
    places: dict[int, list[Mention]] = defaultdict(list)
    revisions = [article.current_revision_id for article in shown.values()]
    for mention in Mention.objects.filter(entity=entity, revision__in=revisions).order_by("start"):
        places[mention.revision_id].append(mention)
    return [naming_shape(shown[pk], places[shown[pk].current_revision_id], request) for pk in articles if pk in shown]
