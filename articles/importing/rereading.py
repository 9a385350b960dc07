"""A kept page read once more, by today's reader."""

from articles.importing.pages import Page, Refused
from articles.importing.readers import jsonl
from articles.importing.records import Record
from articles.models import Original

# Which reader a kept page came from, by the media type that it gave it.
_FORMATS = {"text/html": "html", "text/plain": "text", jsonl.MEDIA_TYPE: "jsonl", jsonl.MAPPED_MEDIA_TYPE: "mapped"}


def reread(original: Original) -> Page | None:
    """The page in these bytes; None where no reader knows them, or finds no article in them any more."""
    format = _FORMATS.get(original.media_type)
    if format is None:
        return None
    record = Record(
        original.sha256, format=format, data=original.body, final_url=original.final_url, headers=original.headers
    )
    try:
        return record.page()
    except Refused:
        return None
