"""The marks' own endpoints (annotations.views) in OpenAPI: what they take and answer, each with an example.

They are as the article's page uses them. A change may name the `version` that was seen: 409 says that it is another by
now. Offsets are Unicode code points of the article's text.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_NUMBER: Schema = {"type": "integer"}
_TRUTH: Schema = {"type": "boolean"}
_UUID: Schema = {"type": "string", "format": "uuid"}


def _object(required: list[str], **properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, **({"required": required} if required else {})}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _many(schema: Schema) -> Schema:
    return {"type": "array", "items": schema}


def _or_null(schema: Schema) -> Schema:
    return schema | {"nullable": True}


COMPONENTS: dict[str, Schema] = {
    "MarkedPart": _object(
        ["start", "end", "exact"],
        start=_NUMBER,
        end=_NUMBER,
        exact=_TEXT,
        role={"type": "string", "enum": ["content", "cue"]},
    ),
    "WholeMark": _object(
        ["uuid", "kind", "status", "standing", "parts", "attributions", "may"],
        uuid=_UUID,
        kind={"type": "string", "enum": ["quote", "speaker", "claim"]},
        status={"type": "string", "enum": ["suggested", "accepted", "rejected"]},
        standing={"type": "string", "enum": ["exact", "moved", "doubtful", "lost"]},
        quote_type=_TEXT,
        parts=_many(_ref("MarkedPart")),
        stance=_TEXT,
        framing=_TEXT,
        circumstances=_or_null({"type": "object"}),
        attributions=_many({"type": "object"}),
        quote=_or_null(_UUID),
        may=_object(["change", "decide"], change=_TRUTH, decide=_TRUTH),
        version=_NUMBER,
        note=_TEXT,
        tags=_many(_TEXT),
        comments=_NUMBER,
        origin={"type": "object"},
        undo=_TEXT,
    ),
    "MarksOfArticle": _object(
        ["article", "revision", "marks"], article=_NUMBER, revision=_NUMBER, marks=_many(_ref("WholeMark"))
    ),
    "Undo": _object(["undo"], undo=_TEXT),
    "Comment": _object(
        ["id", "text", "created_at", "deleted"],
        id=_NUMBER,
        author=_or_null(_TEXT),
        text=_TEXT,
        reply_to=_or_null(_NUMBER),
        created_at={"type": "string", "format": "date-time"},
        edited_at=_or_null({"type": "string", "format": "date-time"}),
        deleted=_TRUTH,
        mentions=_many({"type": "object"}),
        may={"type": "object"},
    ),
    "Comments": _object(["comments"], comments=_many(_ref("Comment"))),
    "Tag": _object(["name", "description"], name=_TEXT, description=_TEXT),
    "Tags": _object(["tags"], tags=_many(_ref("Tag"))),
}

_VERSION = {"version": _NUMBER}
_CIRCUMSTANCES = {
    "stance": _TEXT,
    "channel": _TEXT,
    "occasion": _TEXT,
    "said_on": _or_null({"type": "string", "format": "date"}),
    "translated": _TRUTH,
}
_QUOTE_TYPE = {"type": "string", "enum": ["direct", "indirect", "mixed"]}


def _body(schema: Schema, example: Schema) -> Schema:
    return {"required": True, "content": {"application/json": {"schema": schema, "example": example}}}


def _operation(
    name: str, summary: str, answer: str, *, status: int = 200, body: Schema | None = None, keys: Schema | None = None
) -> Schema:
    problem = {"application/problem+json": {"schema": _ref("Problem")}}
    refusals = (401, 403, 404, 409) if body or status != 200 else (401, 403, 404)
    told = {
        "operationId": name,
        "summary": summary,
        "tags": ["marks"],
        "security": [{"token": []}, {"session": []}],
        "parameters": [
            {"in": "path", "name": key, "required": True, "schema": schema} for key, schema in (keys or {}).items()
        ],
        "responses": {
            str(status): {"description": "", "content": {"application/json": {"schema": _ref(answer)}}},
            "400": {"description": "", "content": problem},
            **{str(refusal): {"description": "", "content": problem} for refusal in refusals},
        },
    }
    return told | ({"requestBody": body} if body else {})


def _changes(name: str, summary: str, body: Schema, example: Schema, answer: str = "WholeMark") -> Schema:
    return _operation(name, summary, answer, body=_body(body, example), keys={"uuid": _UUID})


@cache
def _examples() -> dict[str, str]:
    return json.loads((Path(__file__).parent / "data" / "examples.json").read_text(encoding="utf-8"))


def paths() -> dict[str, dict[str, Schema]]:
    """By path and method, in the reader's language."""
    return _of_articles() | _of_marks() | _of_links() | _of_members()


def _of_articles() -> dict[str, dict[str, Schema]]:
    made = _object(
        ["kind", "revision", "parts"],
        kind={"type": "string", "enum": ["quote", "speaker", "claim"]},
        revision=_NUMBER,
        parts=_many(_ref("MarkedPart")),
        quote_type=_QUOTE_TYPE,
        **_CIRCUMSTANCES,
    )
    words = _examples()["words"]
    part = {"start": 120, "end": 120 + len(words), "exact": words, "role": "content"}
    example = {"kind": "quote", "revision": 31, "parts": [part], "quote_type": "direct"}
    keys = {"id": _NUMBER}
    return {
        "/api/articles/{id}/marks/": {
            "get": _operation("marks_of_article", _("علامات مادة"), "MarksOfArticle", keys=keys),
            "post": _operation(
                "make_mark", _("علامة جديدة"), "WholeMark", status=201, body=_body(made, example), keys=keys
            ),
        }
    }


def _of_marks() -> dict[str, dict[str, Schema]]:
    changed = _object(
        [],
        parts=_many(_ref("MarkedPart")),
        quote_type=_QUOTE_TYPE,
        note=_TEXT,
        **_CIRCUMSTANCES,
        **_VERSION,
    )
    seen, version = _object([], **_VERSION), {"version": 3}
    return {
        "/api/marks/{uuid}/": {
            "get": _operation("mark", _("علامة"), "WholeMark", keys={"uuid": _UUID}),
            "patch": _changes("change_mark", _("عدّل علامة"), changed, {"stance": "warning", "version": 3}),
            "delete": _changes("delete_mark", _("احذف علامة"), seen, version, "Undo"),
        },
        "/api/marks/{uuid}/accept/": {"post": _changes("accept_mark", _("اقبل مقترحاً"), seen, version)},
        "/api/marks/{uuid}/reject/": {"post": _changes("reject_mark", _("ارفض مقترحاً"), seen, version)},
    }


def _of_links() -> dict[str, dict[str, Schema]]:
    seen, version = _object([], **_VERSION), {"version": 3}
    speaker = _object([], speaker=_UUID, part=_ref("MarkedPart"), entity=_NUMBER, name=_TEXT, **_VERSION)
    quote = _object(["quote"], quote=_UUID, **_VERSION)
    tagged = _object(["tags"], tags=_many(_TEXT), **_VERSION)
    some_quote = {"quote": "3b241101-e2bb-4255-8caf-4136c566a962", "version": 1}
    return {
        "/api/marks/{uuid}/speaker/": {
            "put": _changes("connect_speaker", _("من قاله"), speaker, {"entity": 12, "version": 3}),
            "delete": _changes("disconnect_speaker", _("بلا قائل"), seen, version),
        },
        "/api/marks/{uuid}/quote/": {
            "put": _changes("link_claim", _("الاقتباس الذي يرد فيه الادعاء"), quote, some_quote),
            "delete": _changes("unlink_claim", _("افصل الادعاء عن الاقتباس"), seen, version),
        },
        "/api/marks/{uuid}/tags/": {
            "put": _changes("tag_mark", _("وسوم علامة"), tagged, {"tags": [_examples()["tag"]], "version": 3})
        },
    }


def _of_members() -> dict[str, dict[str, Schema]]:
    """What members say about marks, and the vocabulary of tags: for members alone."""
    keys, comment = {"uuid": _UUID}, _object(["text"], text=_TEXT, reply_to=_NUMBER)
    tag = _object(["name"], name=_TEXT, description=_TEXT)
    said, named = {"text": _examples()["comment"]}, {"name": _examples()["tag"], "description": ""}
    return {
        "/api/marks/{uuid}/comments/": {
            "get": _operation("comments", _("التعليقات على علامة"), "Comments", keys=keys),
            "post": _operation(
                "comment_on_mark", _("علّق على علامة"), "Comment", status=201, body=_body(comment, said), keys=keys
            ),
        },
        "/api/tags/": {
            "get": _operation("tags", _("الوسوم"), "Tags")
            | {"parameters": [{"in": "query", "name": "q", "schema": _TEXT}]},
            "post": _operation("make_tag", _("وسم جديد"), "Tag", status=201, body=_body(tag, named)),
        },
    }
