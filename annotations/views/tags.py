"""The JSON API for the vocabulary of tags."""

from django.http import HttpRequest, HttpResponse, JsonResponse

from annotations.models import Tag
from annotations.tagging import LONGEST_DESCRIPTION, LONGEST_NAME, create_tag, tags_beginning
from annotations.views.bodies import body_of, text_in
from annotations.views.problems import json_api

MOST_LISTED = 20


@json_api("GET", "POST", members=True)
def tags(request: HttpRequest) -> HttpResponse:
    """GET ?q= those that begin so, in any spelling; POST {name, description?} adds one."""
    if request.method == "GET":
        found = tags_beginning(request.GET.get("q", "").replace("\0", "")[:LONGEST_NAME])[:MOST_LISTED]
        return JsonResponse({"tags": [_payload(tag) for tag in found]})
    body = body_of(request)
    tag = create_tag(
        name=text_in(body, "name", longest=LONGEST_NAME) or "",
        description=text_in(body, "description", longest=LONGEST_DESCRIPTION) or "",
        by=request.user,
    )
    return JsonResponse(_payload(tag), status=201)


def _payload(tag: Tag) -> dict[str, str]:
    return {"name": tag.name, "description": tag.description}
