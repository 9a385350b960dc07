"""Text and addresses as files and feeds can hold them, whatever stood in a page. Pure."""

import re
from urllib.parse import urlsplit

from django.utils.encoding import iri_to_uri

# XML 1.0, and with it Word, Excel and Atom, knows no other characters.
_FOREIGN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# What a spreadsheet may take for the beginning of a formula, also after white space.
_FORMULA = re.compile(r"\s*[=+\-@]|[\t\r\n]")
_LONGEST_ADDRESS = 2_000


def printable(text: str) -> str:
    return _FOREIGN.sub("", text)


def web_address(address: str | None) -> str:
    """An http(s) address in ASCII; empty for what is none, which nothing should lead to."""
    try:
        parts = urlsplit(address or "")
        known = parts.scheme.lower() in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        return ""
    ascii_address = iri_to_uri(printable(address or "").strip()) if known else ""
    return ascii_address if len(ascii_address) <= _LONGEST_ADDRESS else ""


def defused(text: str) -> str:
    """Text that no spreadsheet takes for a formula when it reads a table."""
    return f"'{text}" if _FORMULA.match(text) else text
