"""/api/quotes/, /api/claims/, /api/marks/: marks across articles, of the newest articles first."""

from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.exports.format import About
from annotations.exports.records import Losses
from annotations.exports.w3c import write
from annotations.models import Annotation
from annotations.speaking.lists import quotes_by
from annotations.speaking.paging import After, Quotes, QuotesPage
from articles.models import Entity
from articles.models.articles import ArticleQuerySet
from newsdesk.api.asked import AllMarksAsked, ClaimsAsked, MarksAsked, QuotesAsked, asked_in, cursor_of
from newsdesk.api.paging import listed
from newsdesk.api.reading import Listeners, open_entities
from newsdesk.api.records import records
from newsdesk.api.shapes import listed_mark_shape
from newsdesk.api.told import ListedMarkSerializer, ProblemSerializer, list_of

W3C = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
_PROBLEMS = {
    (400, "application/problem+json"): ProblemSerializer,
    (404, "application/problem+json"): ProblemSerializer,
}


@extend_schema(
    operation_id="quotes",
    summary=_("الاقتباسات في كل المواد"),
    parameters=[QuotesAsked],
    responses={200: list_of("quotes", ListedMarkSerializer(many=True)), **_PROBLEMS},
)
@api_view(["GET", "HEAD"])
def quote_list(request: Request) -> Response:
    """To visitors what people accepted, with the speakers whom people confirmed."""
    return _listed(request, "quotes", QuotesAsked, Annotation.Kind.QUOTE)


@extend_schema(
    operation_id="claims",
    summary=_("الادعاءات في كل المواد"),
    parameters=[ClaimsAsked],
    responses={200: list_of("claims", ListedMarkSerializer(many=True)), **_PROBLEMS},
)
@api_view(["GET", "HEAD"])
def claim_list(request: Request) -> Response:
    return _listed(request, "claims", ClaimsAsked, Annotation.Kind.CLAIM)


@extend_schema(
    operation_id="marks",
    summary=_("العلامات في كل المواد، أيضاً بصيغة W3C Web Annotation"),
    parameters=[AllMarksAsked],
    responses={
        (200, "application/json"): list_of("marks", ListedMarkSerializer(many=True)),
        (200, "application/ld+json"): OpenApiTypes.OBJECT,
        **_PROBLEMS,
    },
)
@api_view(["GET", "HEAD"])
def mark_list(request: Request) -> HttpResponse:
    """The next page of Web Annotations is named by the Link header, rel="next"."""
    asked = asked_in(request, AllMarksAsked)
    wanted = asked.validated_data.get("format")
    if wanted == "w3c" or (wanted is None and "application/ld+json" in request.headers.get("Accept", "")):
        return _web_annotations(request, asked)
    return _listed(request, "marks", AllMarksAsked, "")


def _listed(request: Request, name: str, wanted: type[MarksAsked], kind: str) -> Response:
    page = _page(request, asked_in(request, wanted), kind)
    rows = [listed_mark_shape(mark, request) for mark in page.marks]
    return Response(listed(request, name, rows, str(page.following) if page.following else None))


def _page(request: Request, asked: MarksAsked, kind: str) -> QuotesPage:
    """A page may hold fewer than asked for, even none, and go on: `next` says so."""
    listeners = Listeners.to(request.user, kind)
    narrowed: dict[str, Any] = {"marks": asked.marks, "articles": asked.articles}
    speaker = asked.validated_data.get("speaker")
    if speaker is None:
        marks = Quotes(listeners, _everywhere, Q(), **narrowed)
    else:
        marks = quotes_by(_speaker(request, speaker), listeners, **narrowed)
    return marks.page(cursor_of(asked, After.read), per_page=asked.validated_data["limit"])


def _everywhere(articles: ArticleQuerySet) -> list[ArticleQuerySet]:
    return [articles]


def _speaker(request: Request, pk: int) -> Entity:
    into = Entity.objects.filter(pk=pk).values_list("merged_into", flat=True).first()
    return get_object_or_404(open_entities(request.user), pk=into or pk)


def _web_annotations(request: Request, asked: MarksAsked) -> HttpResponse:
    page, site, file = _page(request, asked, ""), request.build_absolute_uri("/").rstrip("/"), BytesIO()
    # Without the moment at which it was asked for: the same page has the same ETag.
    about = About("Newsdesk", settings.SPECTACULAR_SETTINGS["VERSION"], _newest_moment(page.marks), site=site)
    write(records(page.marks, member=request.user.is_authenticated, site=site), file, about, Losses())
    response = HttpResponse(file.getvalue(), content_type=W3C)
    if page.following:
        following = listed(request, "marks", (), str(page.following))["next"]
        response["Link"] = f'<{following}>; rel="next"'
    return response


def _newest_moment(marks: Sequence[Annotation]) -> datetime:
    return max((mark.decided_at or mark.created_at for mark in marks), default=_NEVER)
