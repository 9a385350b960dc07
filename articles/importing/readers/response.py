"""A page as a server sent it: the body, the address it came from and the headers."""

from collections.abc import Mapping
from dataclasses import replace
from email.message import Message

from articles.importing.canonical import canonical_url
from articles.importing.dates.capture import captured_at
from articles.importing.pages import Page
from articles.importing.readers.html import read_html


def read_response(body: bytes, *, url: str, headers: Mapping[str, str]) -> Page:
    """The page of an HTML response, identified by its address. `body` has no transfer or content encoding left.

    Raises Refused for an address that cannot be an article's, and as `read_html`.
    """
    page = read_html(
        body,
        address=canonical_url(url),
        declared_encoding=_charset(_header(headers, "content-type")),
        seen_at=captured_at(headers),
    )
    return replace(page, final_url=url, headers=headers)


def _header(headers: Mapping[str, str], sought: str) -> str:
    return next((value for name, value in headers.items() if name.lower() == sought), "")


def _charset(content_type: str) -> str:
    message = Message()
    message["Content-Type"] = content_type
    return str(message.get_param("charset", ""))
