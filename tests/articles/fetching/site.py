"""A web server on loopback that answers what a test tells it to, byte by byte, and remembers what it was asked."""

import socketserver
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from socket import socket
from ssl import SSLContext
from threading import Thread
from typing import Any

from articles.importing.fetching import FetchRules, read_allowed

PAGE = "<!doctype html><html lang='ar'><p>افتُتحت المكتبة العامة في مبنى المحطة القديمة.</p></html>".encode()


@dataclass(frozen=True, slots=True)
class Asked:
    path: str
    headers: dict[str, str]
    at: float


# What an answer is: bytes to send, or what talks to the connection itself.
Answer = bytes | Callable[[socket], None]


class Site(socketserver.ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True

    def __init__(self, tls: SSLContext | None = None) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.tls = tls
        self.answers: dict[str, Answer | list[Answer]] = {}
        self.asked: list[Asked] = []

    @property
    def port(self) -> int:
        return self.server_address[1]

    def url(self, path: str = "/", *, host: str = "127.0.0.1") -> str:
        return f"{'https' if self.tls else 'http'}://{host}:{self.port}{path}"

    def paths(self) -> list[str]:
        return [asked.path for asked in self.asked]

    def answer_to(self, path: str) -> Answer:
        """The last of several answers is given again and again."""
        found = self.answers.get(path, answered(b"nothing here", status="404 Not Found"))
        if isinstance(found, list):
            return found.pop(0) if len(found) > 1 else found[0]
        return found


class _Conversation(socketserver.BaseRequestHandler):
    server: Site

    def handle(self) -> None:
        # The other side had enough: that is what most tests here are about.
        with suppress(OSError):
            self._answer()

    def _answer(self) -> None:
        connection = self.request
        if self.server.tls:
            connection = self.server.tls.wrap_socket(connection, server_side=True)
        with connection:
            head = b""
            while b"\r\n\r\n" not in head:
                received = connection.recv(65536)
                if not received:
                    return
                head += received
            first, *lines = head.decode("latin-1").split("\r\n\r\n")[0].split("\r\n")
            headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}
            path = first.split(" ")[1]
            self.server.asked.append(Asked(path, headers, time.monotonic()))
            answer = self.server.answer_to(path)
            if isinstance(answer, bytes):
                connection.sendall(answer)
            else:
                answer(connection)


def answered(
    body: bytes = PAGE, *, status: str = "200 OK", media_type: str = "text/html; charset=utf-8", **headers: str
) -> bytes:
    """A whole answer. Underscores in names of headers are hyphens; an empty value leaves a header out."""
    stated = {"content_type": media_type, "content_length": str(len(body))} | headers
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in stated.items() if value]
    return "\r\n".join([f"HTTP/1.1 {status}", *lines, "", ""]).encode("latin-1") + body


def moved(location: str, status: str = "302 Found") -> bytes:
    return answered(b"", status=status, location=location.encode().decode("latin-1"))


@contextmanager
def serving(tls: SSLContext | None = None) -> Iterator[Site]:
    with Site(tls) as site:
        thread = Thread(target=site.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield site
        finally:
            site.shutdown()
            thread.join()


def rules_for_tests(folder: Path, **changed: Any) -> FetchRules:
    """Loopback may be fetched from, every name leads there, nobody is patient."""
    rules = FetchRules(
        folder=folder,
        allowed=read_allowed(["127.0.0.1"]),
        seconds=3,
        max_bytes=1_000_000,
        delay=0,
        backoff=0.02,
        patience=1,
        addresses_of=lambda host, port: ["127.0.0.1"],
    )
    return replace(rules, **changed)
