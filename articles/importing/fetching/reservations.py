"""What an answer's headers reserve: keeping a copy, and text and data mining.

X-Robots-Tag: noarchive and its relatives (noindex is about search engines, and common on feeds that ask to be read);
TDM-Reservation: 1, by the W3C community group's protocol for article 4 of directive (EU) 2019/790.
"""

import re
from http.client import HTTPMessage

from articles.importing.fetching.rules import PRODUCT

_RESERVING = ("noarchive", "nocache", "noai", "noml")
# "name: directives" speaks to one program only.
_WITH_VALUE = ("unavailable_after", "max-snippet", "max-image-preview", "max-video-preview")
_ADDRESSED = re.compile(r"\s*([a-z0-9_*-]+)\s*:(.*)", re.DOTALL)


def reserved_by(headers: HTTPMessage) -> str:
    """The header that asks a program like this to leave the page alone, as name and value; empty where none does."""
    for line in headers.get_all("X-Robots-Tag", []):
        directives = _directives(line)
        for directive in _RESERVING:
            if directive in directives:
                return f"X-Robots-Tag: {directive}"
    if any(value.strip() == "1" for value in headers.get_all("TDM-Reservation", [])):
        return "TDM-Reservation: 1"
    return ""


def _directives(line: str) -> set[str]:
    line = line.lower()
    addressed = _ADDRESSED.match(line)
    if addressed and addressed[1] not in _WITH_VALUE:
        if addressed[1] not in (PRODUCT.lower(), "*"):
            return set()
        line = addressed[2]
    return {directive.strip() for directive in line.split(",")}
