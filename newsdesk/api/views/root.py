"""/api/: what there is, for programs; /api/docs/: the same for people."""

from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from newsdesk.api.reading import MayRead
from newsdesk.api.shapes import address

_LISTS = ("articles", "entities", "quotes", "claims", "marks", "sources", "stories", "tags")
_ADDRESSES = {name: f"api_{name}" for name in _LISTS} | {"schema": "api_schema", "documentation": "api_docs"}


@extend_schema(
    operation_id="root",
    summary=_("العناوين كلها"),
    responses={200: inline_serializer("Addresses", {name: serializers.URLField() for name in _ADDRESSES})},
)
@api_view(["GET", "HEAD"])
def root(request: Request) -> Response:
    return Response({name: address(request, view) for name, view in _ADDRESSES.items()})


@require_safe
def documentation(request: HttpRequest) -> HttpResponse:
    """A page of our own: the viewers that there are need inline styles, which the site's policy forbids."""
    if not MayRead().has_permission(request, None):
        return redirect_to_login(request.get_full_path())
    schema = SchemaGenerator().get_schema(request=None, public=True)
    return render(request, "api/documentation.html", {"operations": list(_operations(schema))})


def _operations(schema: dict[str, Any]):
    for path, methods in schema["paths"].items():
        for method, told in methods.items():
            yield {
                "method": method.upper(),
                "path": path,
                "summary": told.get("summary", ""),
                "parameters": [one["name"] for one in told.get("parameters", ()) if one["in"] == "query"],
            }
