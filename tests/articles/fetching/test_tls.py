"""HTTPS: the connection goes to the checked address, the certificate has to be the name's."""

import shutil
import socket
import ssl
import subprocess
import time
from pathlib import Path
from threading import Thread

import pytest

from articles.importing.fetching import FetchRefused
from articles.importing.fetching.connecting import tls_context
from tests.articles.fetching.site import PAGE, answered, moved, serving

NAME = "desk.newsdesk.example"
pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl makes the certificate of the test")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory) -> Path:
    """A file with a key and a certificate for NAME, signed by itself."""
    folder = tmp_path_factory.mktemp("tls")
    key, signed, both = folder / "key.pem", folder / "cert.pem", folder / "both.pem"
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=test"
    names = ["-addext", f"subjectAltName=DNS:{NAME}", "-keyout", str(key), "-out", str(signed)]
    subprocess.run([*command.split(), *names], check=True, capture_output=True)
    both.write_bytes(key.read_bytes() + signed.read_bytes())
    return both


@pytest.fixture
def secure_site(certificate):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    context.sni_callback = lambda connection, name, _: asked_names.append(name)
    asked_names: list[str | None] = []
    with serving(context) as site:
        site.asked_names = asked_names
        site.answers["/"] = answered()
        yield site


@pytest.fixture
def trusted(certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    tls_context.cache_clear()
    yield
    tls_context.cache_clear()


def test_a_pinned_connection_still_asks_for_the_name_and_checks_it(secure_site, fetcher, trusted):
    assert fetcher().fetch(secure_site.url(host=NAME)).body == PAGE
    assert secure_site.asked_names == [NAME]
    assert secure_site.asked[0].headers["host"] == f"{NAME}:{secure_site.port}"


@pytest.mark.parametrize("host", ["other.newsdesk.example", "127.0.0.1"])
def test_a_certificate_of_another_name_is_refused(secure_site, fetcher, trusted, host):
    with pytest.raises(FetchRefused, match="شهادة") as refused:
        fetcher().fetch(secure_site.url(host=host))
    assert (refused.value.rule, refused.value.temporary) == ("certificate", False)
    assert not secure_site.asked


def test_a_certificate_that_nobody_vouches_for_is_refused(secure_site, fetcher):
    with pytest.raises(FetchRefused, match="شهادة"):
        fetcher().fetch(secure_site.url(host=NAME))


def test_a_server_that_speaks_no_tls_is_refused(fetcher):
    def misunderstand(server: socket.socket) -> None:
        connection, _ = server.accept()
        with connection:
            connection.recv(65536)
            connection.sendall(answered(b"", status="400 Bad Request"))

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = Thread(target=misunderstand, args=(server,))
        thread.start()
        with pytest.raises(FetchRefused, match="الآمن") as refused:
            fetcher().fetch(f"https://127.0.0.1:{server.getsockname()[1]}/")
        thread.join()
    assert (refused.value.rule, refused.value.temporary) == ("certificate", False)


def test_a_redirect_from_https_inside_is_refused(secure_site, fetcher, trusted):
    secure_site.answers["/"] = moved("http://169.254.169.254/")
    with pytest.raises(FetchRefused) as refused:
        fetcher().fetch(secure_site.url(host=NAME))
    assert refused.value.rule == "private_address"


def test_a_drip_under_tls_ends_in_time(secure_site, fetcher, trusted):
    def drip(connection: ssl.SSLSocket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        while True:
            connection.sendall(b"a")
            time.sleep(0.05)

    secure_site.answers["/"] = drip
    began = time.monotonic()
    with pytest.raises(FetchRefused) as refused:
        fetcher(seconds=0.4).fetch(secure_site.url(host=NAME))
    assert refused.value.rule == "too_slow"
    assert time.monotonic() - began < 1.5


def test_a_handshake_that_never_ends_does(fetcher):
    with socket.create_server(("127.0.0.1", 0)) as mute:
        began = time.monotonic()
        with pytest.raises(FetchRefused) as refused:
            fetcher(seconds=0.3).fetch(f"https://127.0.0.1:{mute.getsockname()[1]}/")
        assert refused.value.rule == "too_slow"
        assert time.monotonic() - began < 1.5
