"""WARC files for tests, written by warcio."""

import io
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from articles.importing.pages import Page
from tests.articles.pages import FIRST, SECOND, TITLE

HTML = ("Content-Type", "text/html; charset=utf-8")
DATE = "2024-03-16T09:30:00Z"


def html_page(number: int = 1, **details: str) -> bytes:
    text = (
        "<!DOCTYPE html><html><head><link rel='canonical' href='https://elsewhere.example/x'></head><body><article>"
        f"<h1>{TITLE} {number}</h1><p>{FIRST}</p><p>{SECOND}</p><p>{FIRST} {number}</p></article></body></html>"
    )
    return text.encode(details.get("encoding", "utf-8"))


class Writer(WARCWriter):
    """warcio leaves its temporary files open; these are in memory."""

    _create_temp_file = staticmethod(io.BytesIO)


class Crawl:
    """A WARC file in the making."""

    def __init__(self, *, compressed: bool = True, version: str = "1.0") -> None:
        self.file = io.BytesIO()
        self.writer = Writer(self.file, gzip=compressed, warc_version=version)

    def add(
        self,
        url: str = "https://village.example/1",
        body: bytes | None = None,
        *headers: tuple[str, str],
        status: str = "200 OK",
        kind: str = "response",
        **warc: str,
    ) -> int:
        """The record's offset."""
        offset = self.file.tell()
        http = StatusAndHeaders(status, list(headers or [HTML]), protocol="HTTP/1.1")
        warc = {"WARC-Date": DATE, **{name.replace("_", "-"): value for name, value in warc.items()}}
        payload = io.BytesIO(html_page() if body is None else body)
        self.writer.write_record(
            self.writer.create_warc_record(
                url, kind, payload=payload, http_headers=http if kind != "resource" else None, warc_headers_dict=warc
            )
        )
        return offset

    def written(self, path: Path) -> Path:
        path.write_bytes(self.file.getvalue())
        return path


def three(compressed: bool) -> tuple[bytes, list[int]]:
    crawl = Crawl(compressed=compressed)
    offsets = [crawl.add(f"https://village.example/{number}", html_page(number)) for number in range(3)]
    return crawl.file.getvalue(), offsets


def numbers(pages: dict[str, Page]) -> list[str]:
    return [found.final_url[-1] for found in pages.values()]
