"""What the fetcher may do. Everything that it takes from the settings is read here."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from articles.importing.fetching.resolving import system_addresses

# Pages, feeds, sitemaps and lists of addresses, and all of them compressed.
MEDIA_TYPES = frozenset(
    (
        "text/html", "application/xhtml+xml", "text/plain", "text/xml", "application/xml", "application/rss+xml",
        "application/atom+xml", "application/rdf+xml", "application/gzip", "application/x-gzip",
    )
)  # fmt: skip
PRODUCT = "Newsdesk"
VERSION = "0.1.0"  # as in pyproject.toml, which is not installed
# Stands in a header in parentheses; whoever is visited writes or goes there.
_CONTACT = re.compile(r"[\x21-\x27\x2a-\x7e]{0,200}")
_HOST = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*")


class Allowed(NamedTuple):
    """Of an intranet: hosts by name, and networks, that may be fetched from although they are not public."""

    hosts: frozenset[str] = frozenset()
    networks: tuple[IPv4Network | IPv6Network, ...] = ()


NOTHING = Allowed()


@dataclass(frozen=True, slots=True)
class FetchRules:
    """Limits of one fetch. Times are in seconds.

    `folder` is where the processes of one machine agree on whose turn it is to ask a host. `seconds` are on the
    network, for an address with all its redirects and retries; waiting for a turn (`patience` at most) comes on top.
    `max_bytes` counts after decompression. `media_types` is None where any will do.
    """

    folder: Path
    allowed: Allowed = NOTHING
    contact: str = ""
    seconds: float = 20
    max_bytes: int = 15_000_000
    max_header_bytes: int = 65_536
    max_redirects: int = 5
    attempts: int = 3
    delay: float = 1
    backoff: float = 2
    patience: float = 30
    media_types: frozenset[str] | None = MEDIA_TYPES
    addresses_of: Callable[[str, int], Sequence[str]] = system_addresses

    def __post_init__(self) -> None:
        _require_contact(self.contact)

    @property
    def agent(self) -> str:
        return f"{PRODUCT}/{VERSION} (+{self.contact})" if self.contact else f"{PRODUCT}/{VERSION}"


def read_allowed(entries: Iterable[str]) -> Allowed:
    """From host names, addresses and networks (10.1.0.0/16). Raises ValueError for what is none of them."""
    hosts, networks = set(), []
    for entry in (entry.strip().lower() for entry in entries):
        try:
            networks.append(ip_network(entry))
        except ValueError:
            if not _HOST.fullmatch(entry) or entry.replace(".", "").isdigit():
                raise ValueError(f"neither a host name nor a network: {entry!r}") from None
            hosts.add(entry)
    return Allowed(frozenset(hosts), tuple(networks))


def require_readable(*, allow: Iterable[str], contact: str) -> None:
    """For settings that are refused at start. Raises ValueError."""
    read_allowed(allow)
    _require_contact(contact)


def configured_rules() -> FetchRules:
    """By the settings FETCH_ALLOW (hosts and networks), FETCH_CONTACT, FETCH_DELAY and IMPORT_MAX_BYTES."""
    return FetchRules(
        folder=Path(settings.NEWSDESK_DATA) / "fetching",
        allowed=read_allowed(settings.FETCH_ALLOW),
        contact=settings.FETCH_CONTACT,
        delay=settings.FETCH_DELAY,
        max_bytes=settings.IMPORT_MAX_BYTES,
    )


def _require_contact(contact: str) -> None:
    if not _CONTACT.fullmatch(contact):
        raise ValueError(f"a contact is an address of mail or web in ASCII: {contact!r}")
