"""Records whose pages stand at an address: fetched, unless nothing has changed there since the last time."""

from dataclasses import replace

from django.conf import settings
from django.utils.translation import gettext

from articles.importing.canonical import canonical_url
from articles.importing.dates.capture import with_moment
from articles.importing.fetching import Fetched, fetch
from articles.importing.fetching.targets import read_target
from articles.importing.pages import Refused
from articles.importing.readers.listings import kind_of
from articles.importing.records import Record
from articles.importing.taking_over import READ_BY_THIS_CLEANER
from articles.models import Original

# Under which headers a page's validators were kept.
_VALIDATORS = {"etag": "etag", "last_modified": "last-modified"}


def kept_page(address: str) -> Original | None:
    """The page that was fetched from this very address last, where it need not be read again by a newer cleaner.

    Raises Refused for what is no address of a page.
    """
    kept = Original.objects.filter(READ_BY_THIS_CLEANER, article__url=canonical_url(address))
    latest = kept.select_related("article").defer("compressed").order_by("-id").first()
    return latest if latest and latest.final_url == read_target(address).url else None


def visited(record: Record, *, scheduled: bool) -> Record | Original:
    """The record with what stands at its address, or the kept page that is still what stands there. Raises Refused."""
    kept = kept_page(record.address)
    known = {name: kept.headers.get(header, "") for name, header in _VALIDATORS.items()} if kept else {}
    fetched = fetch(record.address, scheduled=scheduled, **known)
    if fetched.not_modified:
        return kept
    if kind_of(fetched.body, fetched.media_type, max_bytes=settings.IMPORT_MAX_BYTES) != "page":
        raise Refused(gettext("في هذا الرابط قائمة روابط لا مادة"))
    return of_answer(record, fetched)


def of_answer(record: Record, fetched: Fetched) -> Record:
    headers = with_moment(fetched.headers)
    return replace(record, format="html", data=fetched.body, final_url=fetched.final_url, headers=headers)
