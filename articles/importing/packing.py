"""Records as bytes, to be kept in the database until they are imported, by whichever host."""

import base64
import gzip
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.conf import settings

from articles.importing.composing import storable
from articles.importing.dates.published import Published
from articles.importing.pages import Refused
from articles.importing.records import Record

_TEXTS = ("name", "format", "key", "refusal", "final_url", "address")


def packed(records: Sequence[Record]) -> bytes:
    """JSON lines, compressed. What lies in a file is read now; one that cannot be read becomes its refusal."""
    lines = [json.dumps(_line(_without_path(record))) for record in records]
    return gzip.compress("\n".join(lines).encode(), compresslevel=1, mtime=0)


def unpacked(payload: bytes) -> list[Record]:
    lines = gzip.decompress(bytes(payload)).decode().split("\n")
    return [_record(json.loads(line)) for line in lines if line]


def described(record: Record) -> dict[str, Any]:
    """A record without its bytes, as a JSON value that PostgreSQL can keep; what is empty is left out."""
    described = {name: getattr(record, name) for name in _TEXTS}
    described |= {"headers": dict(record.headers), "weight": record.weight, "quarantined": record.quarantined}
    if record.published:
        described["published"] = [record.published.at.isoformat(), record.published.precision]
    return storable({name: value for name, value in described.items() if value})


def record_of(described: Mapping[str, Any], data: bytes = b"") -> Record:
    fields = dict(described)
    if "published" in fields:
        at, precision = fields["published"]
        fields["published"] = Published(datetime.fromisoformat(at), precision)
    return Record(**{"name": "", **fields}, data=data)


def _without_path(record: Record) -> Record:
    if record.path is None:
        return record
    try:
        return replace(record.loaded(settings.IMPORT_MAX_BYTES), path=None)
    except Refused as refused:
        return replace(record, path=None, refusal=str(refused))


def _line(record: Record) -> dict[str, Any]:
    return {**described(record), "data": base64.b64encode(record.data).decode()}


def _record(line: dict[str, Any]) -> Record:
    return record_of(line, base64.b64decode(line.pop("data")))
