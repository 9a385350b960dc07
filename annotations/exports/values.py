"""Records as values that JSON knows, and back: keys are the fields' names, what is as by default is left out.

Everything follows from the dataclasses of annotations.exports.records, so that a field added there is in every file.
"""

import types
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from functools import cache
from math import isfinite
from typing import Any, NamedTuple, TypeVar, get_args, get_origin, get_type_hints

# PostgreSQL's largest key; no offset and no score is beyond.
_LARGEST = 2**63 - 1

Record = TypeVar("Record")
Encode = Callable[[Any], Any]
Decode = Callable[[Any], Any]


class WrongValue(ValueError):
    """What a value should be and is not; `place` leads to it («marks[3].parts[0].start»)."""

    def __init__(self, reason: str, place: str = "") -> None:
        super().__init__(reason)
        self.reason, self.place = reason, place

    def __str__(self) -> str:
        return f"{self.place}: {self.reason}" if self.place else self.reason

    def inside(self, outer: str) -> "WrongValue":
        between = "." if self.place and not self.place.startswith("[") else ""
        return WrongValue(self.reason, f"{outer}{between}{self.place}")


class _Field(NamedTuple):
    name: str
    default: Any
    encode: Encode | None
    decode: Decode


def values_of(record: Any) -> dict[str, Any]:
    """A record of annotations.exports.records as a dict."""
    written = {}
    for name, default, encode, _ in _fields(type(record)):
        value = getattr(record, name)
        if default is MISSING or value != default:
            written[name] = encode(value) if encode and value is not None else value
    return written


def record_of(kind: type[Record], values: Any) -> Record:
    """The record that a dict stands for. Raises WrongValue, also for a key that records of this kind do not have."""
    if not isinstance(values, dict):
        raise WrongValue("should be an object")
    read = {}
    for name, default, _, decode in _fields(kind):
        if name in values:
            try:
                read[name] = decode(values[name])
            except WrongValue as error:
                raise error.inside(name) from None
        elif default is MISSING:
            raise WrongValue(f"has no “{name}”")
    if unknown := values.keys() - read.keys():
        raise WrongValue(f"has an unknown key “{' '.join(min(unknown).split())[:50]}”")
    return kind(**read)


@cache
def _fields(kind: type) -> tuple[_Field, ...]:
    hints = get_type_hints(kind)
    return tuple(_Field(field.name, field.default, *_codec(hints[field.name])) for field in fields(kind))


def _codec(hint: Any) -> tuple[Encode | None, Decode]:
    if get_origin(hint) is types.UnionType:
        (inner,) = (one for one in get_args(hint) if one is not types.NoneType)
        encode, decode = _codec(inner)
        return encode, lambda value: None if value is None else decode(value)
    if get_origin(hint) is tuple:
        encode, decode = _codec(get_args(hint)[0])
        return (lambda many: [encode(one) for one in many]) if encode else list, _many(decode)
    if is_dataclass(hint):
        return values_of, lambda value: record_of(hint, value)
    return _PLAIN[hint]


def _many(decode: Decode) -> Decode:
    def decode_many(values: Any) -> tuple[Any, ...]:
        if not isinstance(values, list):
            raise WrongValue("should be a list")
        read = []
        for number, value in enumerate(values):
            try:
                read.append(decode(value))
            except WrongValue as error:
                raise error.inside(f"[{number}]") from None
        return tuple(read)

    return decode_many


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise WrongValue("should be text")
    if "\0" in value:
        raise WrongValue("holds a NUL, which no text may")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise WrongValue("holds half of a surrogate pair, which no text may") from None
    return value


def _whole(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _LARGEST:
        raise WrongValue("should be a whole number, not below zero")
    return value


def _number(value: Any) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or not isfinite(value):
        raise WrongValue("should be a number")
    return value


def _truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise WrongValue("should be true or false")
    return value


def _moment(value: Any) -> datetime:
    try:
        moment = datetime.fromisoformat(_text(value))
    except ValueError:
        raise WrongValue("should be a time in ISO 8601") from None
    if moment.tzinfo is None:
        raise WrongValue("should say its time zone")
    return moment


def _day(value: Any) -> date:
    try:
        return date.fromisoformat(_text(value))
    except ValueError:
        raise WrongValue("should be a day in ISO 8601") from None


_PLAIN: dict[type, tuple[Encode | None, Decode]] = {
    str: (None, _text),
    int: (None, _whole),
    float: (None, _number),
    bool: (None, _truth),
    datetime: (datetime.isoformat, _moment),
    date: (date.isoformat, _day),
}
