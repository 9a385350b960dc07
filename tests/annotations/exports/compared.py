"""What of a record a file did not give back."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from typing import Any

from annotations.exports.format import About

ABOUT = About(
    "Newsdesk", "0.1.0", datetime(2026, 4, 2, 9, 30, tzinfo=UTC), "ليلى", "كلمات البحث: السدّ", "https://desk.example"
)


def differences(one: Any, other: Any, place: str = "") -> Iterator[str]:
    """The fields in which two records differ, as «marks.parts.start», whichever of several marks or parts it is."""
    if is_dataclass(one) and type(one) is type(other):
        for field in fields(one):
            inner = f"{place}.{field.name}" if place else field.name
            yield from differences(getattr(one, field.name), getattr(other, field.name), inner)
    elif isinstance(one, tuple) and isinstance(other, tuple) and len(one) == len(other):
        for first, second in zip(one, other, strict=True):
            yield from differences(first, second, place)
    elif one != other:
        yield place
