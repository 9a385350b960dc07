"""What lists pages instead of being one: feeds, sitemaps, files of addresses. Each page is a record by its address."""

from collections.abc import Iterable, Iterator
from functools import partial

from django.utils.translation import gettext

from articles.importing.fetching import FetchRefused, fetch
from articles.importing.fetching.sitemaps import pages_of_sitemaps
from articles.importing.fetching.targets import read_target
from articles.importing.pages import Refused
from articles.importing.readers.addresses import read_addresses
from articles.importing.readers.feed import FeedEntry, read_feed
from articles.importing.readers.listings import Kind
from articles.importing.readers.sitemap import SitemapEntry, read_sitemap
from articles.importing.records import ReadingOptions, Record


def listed_records(
    kind: Kind, data: bytes, options: ReadingOptions, *, name: str, address: str = "", encoding: str = ""
) -> Iterator[Record]:
    """The pages of a list that is in `data`, each once. `address` is where it stood, or empty for a file."""
    found = _LISTS[kind](data, options, name, address, encoding)
    seen: set[str] = set()
    try:
        for record in found:
            if not record.address or record.address not in seen:
                seen.add(record.address)
                yield record
    except Refused as refused:
        yield Record(name, refusal=str(refused))


def entry_record(entry: FeedEntry, *, feed: str) -> Record:
    """The page of a feed's entry; `feed` names the feed where the entry has no link."""
    if not entry.link:
        title = entry.title[:100] or entry.key[:100]
        return Record(f"{feed}: {title}", refusal=gettext("مدخل في الخلاصة بلا رابط"))
    return _page(entry.link, published=entry.published)


def unseen(address: str, reason: str) -> Record:
    """An address of which nobody knows what stands there, because it could not be fetched; it can be tried again."""
    return Record(address, refusal=reason, address=address)


def _page(link: str, **told: object) -> Record:
    """A link that nobody could follow is a refusal already."""
    try:
        read_target(link)
    except Refused as refused:
        return Record(link, refusal=str(refused))
    return Record(link, "html", address=link, **told)


def _of_feed(data: bytes, options: ReadingOptions, name: str, address: str, encoding: str) -> Iterator[Record]:
    entries = read_feed(data, address=address, declared_encoding=encoding).entries
    if not entries:
        raise Refused(gettext("الخلاصة فارغة"))
    for entry in entries:
        yield entry_record(entry, feed=name)


def _of_sitemap(data: bytes, options: ReadingOptions, name: str, address: str, encoding: str) -> Iterator[Record]:
    first = read_sitemap(data, max_bytes=options.max_bytes, declared_encoding=encoding)
    if not first.pages and not first.sitemaps:
        raise Refused(gettext("خريطة الموقع فارغة"))
    yield from _of_entries(first.pages)
    get = partial(fetch, scheduled=options.scheduled)
    further = [entry.link for entry in first.sitemaps]
    yield from _of_entries(pages_of_sitemaps(further, get, max_bytes=options.max_bytes))


def _of_entries(entries: Iterable[SitemapEntry | FetchRefused]) -> Iterator[Record]:
    for entry in entries:
        if isinstance(entry, FetchRefused):
            yield unseen(entry.address, str(entry))
        else:
            yield _page(entry.link, published=entry.published)


def _of_addresses(data: bytes, options: ReadingOptions, name: str, address: str, encoding: str) -> Iterator[Record]:
    for line in read_addresses(data):
        if line.refusal:
            yield Record(f"{name}:{line.number}", refusal=line.refusal)
        else:
            yield Record(line.address, "html", address=line.address)


_LISTS = {"feed": _of_feed, "sitemap": _of_sitemap, "addresses": _of_addresses}
