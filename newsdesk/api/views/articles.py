"""/api/articles/: the search of the front page, and one article."""

from datetime import UTC, datetime, timedelta
from functools import partial

from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.utils.http import http_date
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from articles.delivering.excerpts import Excerpts
from articles.delivering.results import articles_of, found
from articles.forms import SearchForm
from articles.models import Article, Mention
from articles.search.faceting import asks_nothing
from articles.search.finding import MOST_RESULTS
from articles.search.query import Reader, SearchQuery, Sort
from newsdesk.api.asked import PageAsked, asked_in, cursor_of
from newsdesk.api.paging import Leaf, keys_in, leaf_of, listed
from newsdesk.api.reading import open_articles
from newsdesk.api.shapes import found_shape, whole_shape
from newsdesk.api.told import FoundSerializer, ProblemSerializer, WholeArticleSerializer, list_of

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# What may have come in above the last entry of a page before the next one is asked for.
_SHIFT = 200
_PARAMETERS = [
    OpenApiParameter("q", str, description=_("كلمات البحث، كما في صفحة المواد.")),
    OpenApiParameter("sort", str, enum=[sort.value for sort in Sort]),
    OpenApiParameter("source", int, many=True),
    OpenApiParameter("entity", int, many=True),
    OpenApiParameter("since", {"type": "string", "format": "date"}),
    OpenApiParameter("until", {"type": "string", "format": "date"}),
    OpenApiParameter("language", str, many=True),
    OpenApiParameter("status", str, many=True, enum=Article.Status.values, description=_("لمن يطّلع على غير المنشور.")),
    OpenApiParameter("marked", str, enum=["1", "0"]),
    PageAsked,
]


@extend_schema(
    operation_id="articles",
    summary=_("المواد: بحث وتصفح"),
    parameters=_PARAMETERS,
    responses={
        200: list_of("articles", FoundSerializer(many=True), total=serializers.IntegerField(allow_null=True)),
        (400, "application/problem+json"): ProblemSerializer,
    },
)
@api_view(["GET", "HEAD"])
def article_list(request: Request) -> Response:
    """The same parameters as the front page. `total` is null where nobody counted: without any of them."""
    form = SearchForm(request.query_params, user=request.user)
    query = form.query()
    if query is None:
        raise ValidationError({name: [str(one) for one in errors] for name, errors in form.errors.items()})
    asked = asked_in(request, PageAsked)
    reader = Reader.of(request.user).outside()
    if asks_nothing(query):
        leaf, total = _newest(query, asked, request), None
    else:
        leaf, total = _found(query, asked, reader)
    excerpts = Excerpts(query)
    rows = [
        found_shape(article, excerpts.leaving(article), request) for article in articles_of(leaf.rows, reader=reader)
    ]
    return Response(listed(request, "articles", rows, leaf.following, total=total))


def _newest(query: SearchQuery, asked: PageAsked, request: Request) -> Leaf:
    """Everything there is, by the moment and the key of the last entry."""
    backwards = query.sort is Sort.OLDEST
    articles = open_articles(request.user).newest_first()
    articles = articles.reverse() if backwards else articles
    place = cursor_of(asked, _place)
    if place:
        moment, pk = place
        side = "gt" if backwards else "lt"
        articles = articles.filter(Q(**{f"appeared_at__{side}": moment}) | Q(appeared_at=moment, **{f"id__{side}": pk}))
    limit = asked.validated_data["limit"]
    rows = list(articles.values_list("pk", "appeared_at")[: limit + 1])
    leaf = leaf_of(rows, limit, lambda row: f"{(row[1] - _EPOCH) // timedelta(microseconds=1)}_{row[0]}")
    return leaf._replace(rows=[pk for pk, _moment in leaf.rows])


def _place(cursor: str) -> tuple[datetime, int] | None:
    sign, written = (-1, cursor[1:]) if cursor.startswith("-") else (1, cursor)
    keys = keys_in(written, 2)
    try:
        return (_EPOCH + sign * timedelta(microseconds=keys[0]), keys[1]) if keys else None
    except OverflowError:
        return None


def _found(query: SearchQuery, asked: PageAsked, reader: Reader) -> tuple[Leaf, int]:
    """The page begins behind the last article of the one before, wherever that stands by now.

    One that is not found any more had a number in the list: the page begins there.
    """
    limit = asked.validated_data["limit"]
    begun, last = cursor_of(asked, partial(keys_in, number=2)) or (0, None)
    begun = min(begun, MOST_RESULTS)
    result = found(query, reader=reader, most=min(begun + limit + _SHIFT, MOST_RESULTS), loosely=True)
    start = result.ids.index(last) + 1 if last in result.ids else begun
    leaf = leaf_of(result.ids[start : start + limit + 1], limit, lambda pk: f"{start + limit}_{pk}")
    return leaf, result.total


@extend_schema(
    operation_id="article",
    summary=_("مادة: نصها وأجزاؤه والأسماء الواردة فيه"),
    responses={200: WholeArticleSerializer, (404, "application/problem+json"): ProblemSerializer},
)
@api_view(["GET", "HEAD"])
def article(request: Request, pk: int) -> Response:
    """Offsets are Unicode code points of `text`, which is null where the source's rights keep it here."""
    related = open_articles(request.user).select_related("source", "credited_source", "current_revision")
    found_one = get_object_or_404(related.defer("metadata", "as_read", "current_revision__evidence"), pk=pk)
    mentions = Mention.objects.filter(revision=found_one.current_revision_id).order_by("start")
    shape = whole_shape(found_one, mentions.select_related("entity__merged_into"), request)
    response = Response(shape | {"story": _story_of(found_one, request)})
    response["Last-Modified"] = http_date(found_one.current_revision.created_at.timestamp())
    return response


def _story_of(article: Article, request: Request) -> int | None:
    """A story whose other articles this person may not read is none to them."""
    others = open_articles(request.user).filter(story=article.story_id).exclude(pk=article.pk)
    return article.story_id if article.story_id and others.exists() else None
