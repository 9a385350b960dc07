"""WARC: the HTML pages among what a crawler kept, each under the address that it was fetched from."""

import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import BinaryIO

from django.utils.translation import gettext
from warcio.statusandheaders import StatusAndHeaders, StatusAndHeadersParser

from articles.importing.composing import storable
from articles.importing.pages import Refused
from articles.importing.records import ReadingOptions, Record, too_large
from articles.importing.warc_records import GZIP, WarcRecord, warc_records

_PARSER = StatusAndHeadersParser((), verify=False)
_HTML = re.compile(r"\s*(text/html|application/xhtml\+xml)\s*(;|$)", re.IGNORECASE)
_BEGINS_LIKE_HTML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|head)\b", re.IGNORECASE)
_END_OF_HEADERS = re.compile(rb"\r?\n\r?\n")
_LONGEST_HEADERS = 65_536
_NEVER_KEPT = frozenset(("set-cookie", "set-cookie2"))
# The WARC's own headers that are kept with the page's.
_KEPT = ("WARC-Date", "WARC-Truncated")
_GZIP_NAMES = ("gzip", "x-gzip")
_CHUNK_SIZE = re.compile(rb"([0-9A-Fa-f]{1,12})[ \t]*(?:;[^\r\n]{0,1000})?\r?\n")
_CHUNK_END = re.compile(rb"\r?\n")


def response_records(stream: BinaryIO, name: str, options: ReadingOptions) -> Iterator[Record]:
    """Responses with status 200 that are HTML, named by their offset and address; everything else is passed over.

    A record that is broken is refused by its offset. A revisit has no page: where it is another page's copy it is
    refused with the address of that one, where it is the same page unchanged there is nothing to say.
    """
    is_empty = True
    for found in warc_records(stream, options.max_bytes):
        record = _record(found, f"{name}:{found.offset}", options.max_bytes)
        if record:
            is_empty = False
            yield record
    if is_empty:
        yield Record(name, refusal=gettext("لا صفحات HTML في ملف WARC"))


def _record(found: WarcRecord, name: str, max_bytes: int) -> Record | None:
    if found.refusal:
        return Record(name, refusal=found.refusal)
    warc = _PARSER.parse(BytesIO(found.header))
    url = _address(warc, "WARC-Target-URI")
    if not url.lower().startswith(("http://", "https://")):
        return None
    try:
        return _of_type(warc, found.block, f"{name} {url}", url, max_bytes)
    except Refused as refusal:
        return Record(f"{name} {url}", refusal=str(refusal))


def _of_type(warc: StatusAndHeaders, block: bytes, name: str, url: str, max_bytes: int) -> Record | None:
    match (warc.get_header("WARC-Type") or "").lower():
        case "response":
            http, body = _parted(block)
            if not _is_page(http, body):
                return None
            headers = _headers(http, warc)
        case "resource" if _HTML.match(warc.get_header("Content-Type") or ""):
            http, body, headers = None, block, _headers(StatusAndHeaders("", []), warc)
        case "revisit":
            return _revisit(warc, block, name, url)
        case _:
            return None
    if len(block) > max_bytes:
        raise Refused(too_large(max_bytes))
    body = _decoded(http, body, max_bytes) if http else body
    return Record(name, "html", data=body, final_url=url, headers=headers)


def _revisit(warc: StatusAndHeaders, block: bytes, name: str, url: str) -> Record | None:
    first = _address(warc, "WARC-Refers-To-Target-URI")
    if not first or first == url or not block.strip() or not _is_page(*_parted(block)):
        return None
    reason = gettext("نسخة مطابقة للصفحة %(url)s، ولا نص لها في الأرشيف") % {"url": first}
    return Record(name, refusal=reason)


def _address(warc: StatusAndHeaders, header: str) -> str:
    """wget 1.19 put addresses in angle brackets."""
    return storable((warc.get_header(header) or "").strip().removeprefix("<").removesuffix(">"))


def _parted(block: bytes) -> tuple[StatusAndHeaders, bytes]:
    end = _END_OF_HEADERS.search(block, 0, _LONGEST_HEADERS)
    head, body = (block[: end.end()], block[end.end() :]) if end else (block, b"")
    if not block.startswith(b"HTTP/") or len(head) > _LONGEST_HEADERS:
        raise Refused(gettext("ترويسة HTTP غير صالحة"))
    return _PARSER.parse(BytesIO(head)), body


def _is_page(http: StatusAndHeaders, body: bytes) -> bool:
    kind = http.get_header("Content-Type")
    is_html = _HTML.match(kind) if kind else _BEGINS_LIKE_HTML.match(body)
    return http.get_statuscode() == "200" and bool(is_html)


def _headers(http: StatusAndHeaders, warc: StatusAndHeaders) -> dict[str, str]:
    """The server's headers and the time of fetching. One that stands more than once has its values in a row."""
    own = [(name, warc.get_header(name)) for name in _KEPT]
    headers: dict[str, str] = {}
    for name, value in [*http.headers, *own]:
        if value and name.lower() not in _NEVER_KEPT:
            headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return headers


def _decoded(http: StatusAndHeaders, body: bytes, max_bytes: int) -> bytes:
    """The body without transfer and content encoding; many crawlers kept the headers and took the encoding away."""
    if "chunked" in (http.get_header("Transfer-Encoding") or "").lower():
        body = _without_chunks(body)
    encodings = [name.strip().lower() for name in (http.get_header("Content-Encoding") or "").split(",")]
    for encoding in reversed(encodings):
        body = _without(encoding, body, max_bytes)
    return body


def _without_chunks(body: bytes) -> bytes:
    """A body of chunks, put together; one that is none as it is. Only the empty chunk at the end may be missing."""
    parts: list[bytes] = []
    at = 0
    while size := _CHUNK_SIZE.match(body, at):
        at = size.end() + int(size[1], 16)
        parts.append(body[size.end() : at])
        if not parts[-1]:
            return b"".join(parts)
        end = _CHUNK_END.match(body, at)
        at = end.end() if end else at
    if parts and at != len(body):
        raise Refused(gettext("محتوى الصفحة مبتور"))
    return b"".join(parts) or body


def _without(encoding: str, body: bytes, max_bytes: int) -> bytes:
    if encoding in ("", "identity", "none") or _BEGINS_LIKE_HTML.match(body):
        return body
    if encoding in _GZIP_NAMES:
        return _inflated(body, 16 + zlib.MAX_WBITS, max_bytes) if body.startswith(GZIP) else body
    if encoding == "deflate":
        return _deflated(body, max_bytes)
    raise Refused(gettext("ضغط المحتوى %(encoding)s غير مدعوم") % {"encoding": encoding[:20]})


def _deflated(body: bytes, max_bytes: int) -> bytes:
    """Servers disagree on what deflate is: with zlib's frame, as the standard has it, or without."""
    window = zlib.MAX_WBITS
    try:
        zlib.decompressobj(window).decompress(body[:64], 1)
    except zlib.error:
        window = -window
    return _inflated(body, window, max_bytes)


def _inflated(body: bytes, window: int, max_bytes: int) -> bytes:
    parts: list[bytes] = []
    left = max_bytes + 1
    try:
        while body and left:
            inflater = zlib.decompressobj(window)
            parts.append(inflater.decompress(body, left))
            left -= len(parts[-1])
            if left and not inflater.eof:
                raise Refused(gettext("محتوى الصفحة مبتور"))
            # What follows a complete page without being another part of it is nothing that anybody sees.
            body = inflater.unused_data if inflater.unused_data.startswith(GZIP) else b""
    except zlib.error as error:
        raise Refused(gettext("محتوى الصفحة المضغوط تالف")) from error
    if not left:
        raise Refused(too_large(max_bytes))
    return b"".join(parts)
