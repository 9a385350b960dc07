"""What a JSON request says, checked for shape only; whether it may be is for the actions."""

import json
from datetime import date
from typing import Any, Self
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _

from annotations.models import Annotation, Part
from annotations.spans import MarkedSpan

# A mark over a whole long article, its letters escaped, stays well below this.
LONGEST_BODY = 2_000_000


class BadBody(Exception):
    """The request is not what the API takes; the message names the field."""

    @classmethod
    def of(cls, name: str) -> Self:
        return cls(_("الحقل %(name)s ناقص أو غير صالح.") % {"name": name})


def body_of(request: HttpRequest) -> dict[str, Any]:
    if int(request.headers.get("Content-Length") or 0) > LONGEST_BODY:
        raise BadBody(_("الطلب أكبر من الحد المسموح به."))
    try:
        body = json.loads(request.body or "{}")
        json.dumps(body, ensure_ascii=False).encode()
        body = {} if body is None else body
    except (ValueError, RecursionError) as error:
        raise BadBody(_("الطلب ليس JSON صالحاً.")) from error
    if not isinstance(body, dict):
        raise BadBody(_("الطلب ليس JSON صالحاً."))
    return body


def text_in(body: dict[str, Any], name: str, *, longest: int) -> str | None:
    """A line or note, or None where the body has none."""
    value = body.get(name)
    if value is None:
        return None
    if not isinstance(value, str) or len(value) > longest or "\0" in value:
        raise BadBody.of(name)
    return value.strip()


def number_in(body: dict[str, Any], name: str) -> int | None:
    value = body.get(name)
    if value is not None and (not isinstance(value, int) or isinstance(value, bool)):
        raise BadBody.of(name)
    return value


def share_in(body: dict[str, Any], name: str) -> float | None:
    """A number from 0 to 1."""
    value = body.get(name)
    if value is not None and (not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= 1):
        raise BadBody.of(name)
    return value


def truth_in(body: dict[str, Any], name: str) -> bool | None:
    value = body.get(name)
    if value is not None and not isinstance(value, bool):
        raise BadBody.of(name)
    return value


def day_in(body: dict[str, Any], name: str) -> date | None:
    """A day as YYYY-MM-DD; nothing and an empty line are none."""
    value = body.get(name)
    if value in (None, ""):
        return None
    try:
        return date.fromisoformat(value)
    except (ValueError, TypeError) as error:
        raise BadBody.of(name) from error


def texts_in(body: dict[str, Any], name: str, *, longest: int, most: int) -> list[str]:
    """Lines, none of them longer than `longest`."""
    value = body.get(name)
    if not isinstance(value, list) or len(value) > most:
        raise BadBody.of(name)
    lines = [text_in({name: line}, name, longest=longest) for line in value]
    if None in lines:
        raise BadBody.of(name)
    return lines


def uuids_in(body: dict[str, Any], name: str, *, most: int) -> list[UUID] | None:
    value = body.get(name)
    if value is None:
        return None
    if not isinstance(value, list) or len(value) > most or None in value:
        raise BadBody.of(name)
    return [uuid_in({name: one}, name) for one in value]


def uuid_in(body: dict[str, Any], name: str) -> UUID | None:
    value = body.get(name)
    if value is None:
        return None
    try:
        return UUID(value)
    except (ValueError, AttributeError, TypeError) as error:
        raise BadBody.of(name) from error


def spans_in(body: dict[str, Any], name: str = "parts") -> list[MarkedSpan] | None:
    """The parts of a mark: [{"start", "end", "exact", "role"?}], offsets in code points."""
    value = body.get(name)
    if value is None:
        return None
    if not isinstance(value, list):
        raise BadBody.of(name)
    return [span_from(item, name) for item in value]


def span_from(item: Any, name: str) -> MarkedSpan:
    if not isinstance(item, dict):
        raise BadBody.of(name)
    start, end, role = number_in(item, "start"), number_in(item, "end"), item.get("role", Part.Role.CONTENT)
    if start is None or end is None or not isinstance(item.get("exact"), str) or role not in Part.Role.values:
        raise BadBody.of(name)
    return MarkedSpan(start, end, item["exact"], role)


def circumstances_in(body: dict[str, Any]) -> dict[str, Any]:
    """Those that the body speaks of; of the day also that it is none."""
    texts = {name: text_in(body, name, longest=_longest(name)) for name in ("stance", "channel", "occasion")}
    told = texts | {"translated": truth_in(body, "translated")}
    given = {name: value for name, value in told.items() if value is not None}
    return given | ({"said_on": day_in(body, "said_on")} if "said_on" in body else {})


def _longest(name: str) -> int:
    return Annotation._meta.get_field(name).max_length
