"""Where a page of a list begins: behind the last entry of the one before it, so that what comes in shifts nothing.

A cursor is text that only we read. It holds keys and no rights: whoever sends one sees what they may see.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from rest_framework.request import Request
from rest_framework.utils.urls import replace_query_param

_LARGEST = 2**63 - 1


class Leaf(NamedTuple):
    """A page of a list, and the cursor of the next one; none on the last."""

    rows: Sequence[Any]
    following: str | None


def leaf_of(found: Sequence[Any], limit: int, cursor: Any = lambda row: row.pk) -> Leaf:
    """From one row more than the page holds, where there are so many."""
    rows = found[:limit]
    return Leaf(rows, str(cursor(rows[-1])) if len(found) > limit else None)


def key_in(cursor: str) -> int | None:
    """A cursor that is a key; None for one that is no such thing."""
    key = int(cursor) if cursor.isascii() and cursor.isdecimal() and len(cursor) < 20 else None
    return key if key is not None and key <= _LARGEST else None


def keys_in(cursor: str, number: int) -> tuple[int, ...] | None:
    keys = tuple(key_in(part) for part in cursor.split("_"))
    return None if len(keys) != number or None in keys else keys


def listed(request: Request, name: str, rows: Sequence[Any], following: str | None, **more: Any) -> dict[str, Any]:
    """A list's answer: its entries under their own name, and the address of the next page."""
    address = request.build_absolute_uri()
    return {name: list(rows), "next": replace_query_param(address, "cursor", following) if following else None} | more
