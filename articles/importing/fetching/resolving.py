"""Which addresses a name has, and which addresses are nobody's business.

The table holds what the IANA registries of special-purpose addresses list as not globally reachable, and everything
that carries an IPv4 address inside an IPv6 one, whatever that is: a host must not reach by a detour what it may not
reach directly.
"""

import socket
from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from threading import Thread

from django.utils.translation import gettext_lazy

_PRIVATE = gettext_lazy("شبكة داخلية")
_LOOPBACK = gettext_lazy("الجهاز نفسه")
_LINK_LOCAL = gettext_lazy("شبكة محلية أو خدمة بيانات وصفية")
_MULTICAST = gettext_lazy("بث متعدد")
_RESERVED = gettext_lazy("نطاق محجوز")
_EMBEDDED = gettext_lazy("عنوان IPv4 داخل IPv6")

_RANGES = tuple(
    (ip_network(network), label)
    for network, label in (
        ("0.0.0.0/8", _LOOPBACK),  # "this network": Linux connects 0.0.0.0 to itself
        ("10.0.0.0/8", _PRIVATE),
        ("100.64.0.0/10", _PRIVATE),  # carrier-grade NAT
        ("127.0.0.0/8", _LOOPBACK),
        ("169.254.0.0/16", _LINK_LOCAL),
        ("172.16.0.0/12", _PRIVATE),
        ("192.0.0.0/24", _RESERVED),  # protocol assignments
        ("192.0.2.0/24", _RESERVED),  # documentation
        ("192.31.196.0/24", _RESERVED),  # AS112
        ("192.52.193.0/24", _RESERVED),  # multicast tunnelling
        ("192.88.99.0/24", _RESERVED),  # 6to4 relays
        ("192.168.0.0/16", _PRIVATE),
        ("192.175.48.0/24", _RESERVED),  # AS112
        ("198.18.0.0/15", _RESERVED),  # benchmarking
        ("198.51.100.0/24", _RESERVED),  # documentation
        ("203.0.113.0/24", _RESERVED),  # documentation
        ("224.0.0.0/4", _MULTICAST),
        ("240.0.0.0/4", _RESERVED),  # broadcast with it
        ("::/128", _LOOPBACK),  # unspecified
        ("::1/128", _LOOPBACK),
        ("::ffff:0:0/96", _EMBEDDED),  # mapped
        ("::ffff:0:0:0/96", _EMBEDDED),  # translated (SIIT)
        ("::/96", _EMBEDDED),  # compatible
        ("64:ff9b::/96", _EMBEDDED),  # NAT64
        ("64:ff9b:1::/48", _EMBEDDED),  # NAT64 of a local network
        ("2001::/32", _EMBEDDED),  # Teredo
        ("2002::/16", _EMBEDDED),  # 6to4
        ("2001::/23", _RESERVED),  # protocol assignments
        ("2001:db8::/32", _RESERVED),  # documentation
        ("2620:4f:8000::/48", _RESERVED),  # AS112
        ("3fff::/20", _RESERVED),  # documentation
        ("fc00::/7", _PRIVATE),
        ("fe80::/10", _LINK_LOCAL),
        ("fec0::/10", _PRIVATE),  # site-local, of old
        ("ff00::/8", _MULTICAST),
    )
)
# All that has ever been given out for use on the Internet.
_GLOBAL_UNICAST = ip_network("2000::/3")


def system_addresses(host: str, port: int) -> Sequence[str]:
    """As the system resolves names. Raises OSError (socket.gaierror) where there is none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def look_up(
    addresses_of: Callable[[str, int], Sequence[str]], host: str, port: int, seconds: float
) -> Sequence[IPv4Address | IPv6Address]:
    """In time: the system's resolver knows no limit, so it is left behind. Raises OSError, TimeoutError."""
    found: list[Sequence[str]] = []
    failed: list[OSError | ValueError] = []

    def ask() -> None:
        try:
            found.append(addresses_of(host, port))
        except (OSError, ValueError) as error:  # UnicodeError for labels that no name has
            failed.append(error)

    thread = Thread(target=ask, name="name lookup", daemon=True)
    thread.start()
    thread.join(max(seconds, 0))
    if failed:
        raise OSError(str(failed[0])) if isinstance(failed[0], ValueError) else failed[0]
    if not found:
        raise TimeoutError
    return [ip_address(address) for address in found[0]]


def forbidden_range(address: IPv4Address | IPv6Address) -> str:
    """What kind of address that nobody outside can reach this is; empty for those of the public Internet."""
    if isinstance(address, IPv6Address) and address.scope_id:
        return str(_LINK_LOCAL)
    for network, label in _RANGES:
        if address.version == network.version and address in network:
            return str(label)
    if address.version == 6 and address not in _GLOBAL_UNICAST:
        return str(_RESERVED)
    return "" if address.is_global else str(_RESERVED)
