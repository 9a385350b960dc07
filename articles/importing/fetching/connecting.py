"""A connection to the very address that was checked, with an end to its time and to its bytes.

The name is resolved once, here, and nothing later resolves it again. Sockets look at the clock and count before each
read, so that an answer of one byte a second ends when its time does.
"""

import socket
import ssl
import time
from dataclasses import dataclass
from functools import cache
from http.client import HTTPConnection
from ipaddress import IPv4Address, IPv6Address

import certifi
from django.utils.translation import gettext

from articles.importing.fetching.refusals import refusal
from articles.importing.fetching.resolving import forbidden_range, look_up
from articles.importing.fetching.rules import FetchRules
from articles.importing.fetching.targets import Target

# Of a name's addresses so many are tried, each with its share of the time.
_TRIED = 4


class Flooded(Exception):
    """The other side sent more than it was allowed to."""


@dataclass(slots=True)
class Bounds:
    """What is left to one connection: until when (time.monotonic) and how many bytes it may receive."""

    deadline: float
    bytes_left: int

    def seconds_left(self) -> float:
        """Raises TimeoutError when there are none."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left

    def count(self, received: int) -> None:
        self.bytes_left -= received
        if self.bytes_left < 0:
            raise Flooded


class _BoundedReading:
    """A socket whose reads, however many there are, keep within its bounds."""

    bounds: Bounds | None = None

    def recv_into(self, buffer: bytearray | memoryview, nbytes: int | None = None, flags: int = 0) -> int:
        if self.bounds is None:
            return super().recv_into(buffer, nbytes or 0, flags)
        self.settimeout(self.bounds.seconds_left())
        received = super().recv_into(buffer, nbytes or 0, flags)
        self.bounds.count(received)
        return received


class _BoundedSocket(_BoundedReading, socket.socket):
    pass


class _BoundedTLSSocket(_BoundedReading, ssl.SSLSocket):
    pass


class PinnedConnection(HTTPConnection):
    """For one request. Raises FetchRefused from `connect` where the rules forbid every address of the name."""

    def __init__(self, target: Target, rules: FetchRules, bounds: Bounds) -> None:
        super().__init__(target.host, target.port)
        self._target, self._rules, self._bounds = target, rules, bounds

    def connect(self) -> None:
        plain = _open(permitted_addresses(self._target, self._rules, self._bounds), self._target.port, self._bounds)
        try:
            self.sock = plain if self._target.scheme == "http" else _secured(plain, self._target.host, self._bounds)
        except BaseException:
            plain.close()
            raise
        self.sock.bounds = self._bounds


def permitted_addresses(target: Target, rules: FetchRules, bounds: Bounds) -> list[IPv4Address | IPv6Address]:
    """Those that may be connected to, of all that the name has now."""
    literal = target.literal
    found = [literal] if literal else look_up(rules.addresses_of, target.host, target.port, bounds.seconds_left())
    ranges = {address: forbidden_range(address) for address in found}
    permitted = [
        address
        for address in found
        if not ranges[address]
        or target.host in rules.allowed.hosts
        or any(address in network for network in rules.allowed.networks)
    ]
    if not found:
        raise socket.gaierror(socket.EAI_NONAME, "no address")
    if not permitted:
        reason = gettext("عنوان لا يُجلب منه: %(address)s (%(range)s)")
        raise refusal("private_address", reason % {"address": found[0], "range": ranges[found[0]]}, target.url)
    return permitted


def _open(addresses: list[IPv4Address | IPv6Address], port: int, bounds: Bounds) -> _BoundedSocket:
    """Raises OSError of the last address tried."""
    failed = OSError()
    tried = addresses[:_TRIED]
    for number, address in enumerate(tried):
        family = socket.AF_INET if address.version == 4 else socket.AF_INET6
        connected = _BoundedSocket(family, socket.SOCK_STREAM)
        try:
            connected.settimeout(bounds.seconds_left() / (len(tried) - number))
            connected.connect((str(address), port))
        except OSError as error:
            connected.close()
            failed = error
        else:
            return connected
    raise failed


def _secured(plain: socket.socket, host: str, bounds: Bounds) -> ssl.SSLSocket:
    """The handshake as a whole ends in time: OpenSSL's wrapper counts the socket's timeout from its beginning."""
    plain.settimeout(bounds.seconds_left())
    return tls_context().wrap_socket(plain, server_hostname=host)


@cache
def tls_context() -> ssl.SSLContext:
    """Trusts what the system trusts (SSL_CERT_FILE adds to it), and certifi's authorities where it has none."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_alpn_protocols(["http/1.1"])
    context.sslsocket_class = _BoundedTLSSocket
    return context
