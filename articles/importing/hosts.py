"""The one form of a host in a URL: a name in ASCII, or an address in the form in which it is always written.

Programs connect to 2130706433, 0x7f.1 and 127.1 as they do to 127.0.0.1: a host that ends with a number is an IPv4
address, or nothing at all (WHATWG, URL Standard, "host parsing").
"""

import re
from ipaddress import IPv4Address, IPv6Address

_LONGEST = 253
_NAME = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*")
_NUMBER = re.compile(r"0x[0-9a-f]*|[0-9]+")
_MOST_PARTS = 4


def one_host(host: str) -> str:
    """The host's one form, an IPv6 address in brackets. `host` is in lower case. Raises ValueError for what is none."""
    if "%" in host:
        raise ValueError("the zone of an address means something on one machine only")
    if ":" in host:
        return f"[{IPv6Address(host).compressed}]"
    # Before anything else: encoding takes its time for every letter.
    if len(host) > _LONGEST:
        raise ValueError("too long")
    name = (host if host.isascii() else host.encode("idna").decode().lower()).rstrip(".")
    if len(name) > _LONGEST or not _NAME.fullmatch(name):
        raise ValueError("no host name")
    parts = name.split(".")
    return str(_ipv4(parts)) if _NUMBER.fullmatch(parts[-1]) else name


def _ipv4(parts: list[str]) -> IPv4Address:
    """Each part is a byte, the last one all the bytes that are left."""
    if len(parts) > _MOST_PARTS or not all(map(_NUMBER.fullmatch, parts)):
        raise ValueError("no address")
    *first, last = map(_number, parts)
    rest = 256 ** (_MOST_PARTS - len(first))
    if last >= rest or any(part > 255 for part in first):
        raise ValueError("no address")
    return IPv4Address(last + sum(part * 256 ** (_MOST_PARTS - 1 - place) for place, part in enumerate(first)))


def _number(written: str) -> int:
    """As C reads it: 0x for hexadecimal, 0 for octal. Raises ValueError."""
    if written.startswith("0x"):
        return int(written[2:] or "0", 16)
    return int(written, 8) if written.startswith("0") and len(written) > 1 else int(written)
