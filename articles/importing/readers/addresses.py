"""A file of addresses, one a line; what follows # is a comment."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from articles.importing.decoding.encoding import decode
from articles.importing.fetching.targets import read_target
from articles.importing.pages import Refused

# Not the # of a fragment, which follows without space.
_COMMENT = re.compile(r"(?:^|\s)#.*")


@dataclass(frozen=True, slots=True)
class AddressLine:
    """`number` counts from 1. `refusal` says why the line cannot be fetched, in one line, or is empty."""

    number: int
    address: str
    refusal: str = ""


def read_addresses(data: bytes) -> Iterator[AddressLine]:
    """Each address once, in its order. Raises Refused for a file that is no text."""
    seen: set[str] = set()
    for number, line in enumerate(decode(data).splitlines(), 1):
        address = _COMMENT.sub("", line).strip()
        if not address or address in seen:
            continue
        seen.add(address)
        try:
            read_target(address)
        except Refused as refused:
            yield AddressLine(number, address, str(refused))
        else:
            yield AddressLine(number, address)
