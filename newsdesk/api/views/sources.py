"""/api/sources/: the outlets whose articles a person may read."""

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from newsdesk.api.asked import PageAsked, asked_in, cursor_of
from newsdesk.api.paging import key_in, leaf_of, listed
from newsdesk.api.reading import open_sources
from newsdesk.api.shapes import source_shape
from newsdesk.api.told import ProblemSerializer, SourceSerializer, list_of


@extend_schema(
    operation_id="sources",
    summary=_("وسائل الإعلام"),
    parameters=[PageAsked],
    responses={
        200: list_of("sources", SourceSerializer(many=True)),
        (400, "application/problem+json"): ProblemSerializer,
    },
)
@api_view(["GET", "HEAD"])
def source_list(request: Request) -> Response:
    asked = asked_in(request, PageAsked)
    behind, limit = cursor_of(asked, key_in) or 0, asked.validated_data["limit"]
    leaf = leaf_of(list(open_sources(request.user).filter(pk__gt=behind).order_by("pk")[: limit + 1]), limit)
    return Response(listed(request, "sources", map(source_shape, leaf.rows), leaf.following))
