"""The JSON API for whom a quote may be connected with, when the article itself does not name them."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import ngettext

from annotations.views.problems import json_api
from articles.models import Entity
from articles.naming.finding import entities_called

MOST_LISTED = 10
LONGEST_QUESTION = 300


@json_api("GET")
def entities(request: HttpRequest) -> HttpResponse:
    """GET ?q= the entities that are called so, the most named first; `uses` counts the articles that name them."""
    asked = request.GET.get("q", "").replace("\0", "")[:LONGEST_QUESTION]
    found = entities_called(asked, request.user, most=MOST_LISTED)
    return JsonResponse({"entities": [_payload(entity) for entity in found]})


def _payload(entity: Entity) -> dict[str, Any]:
    """`told` is what a person is told of it beside its name."""
    named_in = ngettext("في مادة واحدة", "في %(shown)s مادة", entity.articles) % {"shown": f"{entity.articles:,}"}
    return {
        "id": entity.pk,
        "kind": entity.kind,
        "name": str(entity),
        "uses": entity.articles,
        "told": f"{entity.get_kind_display()} · {named_in}",
    }
