"""Nothing that only this machine or its network can reach is fetched, however the way there is written."""

import socket
from ipaddress import ip_address

import pytest

from articles.importing.fetching import FetchRefused, read_allowed
from articles.importing.fetching.resolving import forbidden_range, system_addresses
from tests.articles.fetching.site import PAGE, answered, moved

FORBIDDEN = [
    "0.0.0.0", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.255.0.1",
    "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.8", "192.0.2.1", "192.88.99.1", "192.168.1.1",
    "198.18.0.1", "198.19.255.255", "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.255.255.255", "240.0.0.1",
    "255.255.255.255", "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1",
    "::ffff:0:127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::808:808", "64:ff9b:1::a00:1", "2001::1", "2001:db8::1",
    "2002:7f00:1::", "2002:a00:1::1", "3fff::1", "100::1", "5f00::1", "4000::1", "fc00::1", "fd12:3456::1", "fe80::1",
    "fe80::1%lo", "fec0::1", "ff02::1", "2001:10::1", "2001:20::1",
]  # fmt: skip
PUBLIC = [
    "8.8.8.8", "1.1.1.1", "100.63.255.255", "100.128.0.1", "172.15.255.255", "172.32.0.1", "169.253.0.1",
    "192.167.1.1", "198.17.0.1", "223.255.255.1", "2606:4700::1111", "2a00:1450::1", "2001:4860:4860::8888",
    "2c0f:fb50::1",
]  # fmt: skip


@pytest.mark.parametrize("address", FORBIDDEN)
def test_an_address_of_no_public_network_is_forbidden(address):
    assert forbidden_range(ip_address(address))


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("127.0.0.1", "الجهاز نفسه"),
        ("10.1.2.3", "شبكة داخلية"),
        ("100.64.0.1", "شبكة داخلية"),
        ("169.254.169.254", "وصفية"),
        ("::ffff:8.8.8.8", "داخل IPv6"),
        ("64:ff9b::808:808", "داخل IPv6"),
        ("2002:808:808::1", "داخل IPv6"),
        ("::7f00:1", "داخل IPv6"),
        ("239.1.2.3", "بث متعدد"),
        ("203.0.113.1", "محجوز"),
    ],
)
def test_a_refusal_says_what_kind_of_address_it_is(address, kind):
    assert kind in forbidden_range(ip_address(address))


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_not(address):
    assert forbidden_range(ip_address(address)) == ""


@pytest.mark.parametrize("address", [address for address in FORBIDDEN if "%" not in address])
def test_a_name_that_leads_to_such_an_address_is_refused_before_anything_connects(fetcher, monkeypatch, address):
    monkeypatch.setattr(socket.socket, "connect", lambda *_: pytest.fail("connected"))
    fetching = fetcher(allowed=read_allowed([]), addresses_of=lambda host, port: [address])
    with pytest.raises(FetchRefused) as refused:
        fetching.fetch("http://innocent.example/page")
    assert refused.value.rule == "private_address"
    assert str(ip_address(address)) in str(refused.value)
    assert "http://innocent.example/page" in str(refused.value)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "0", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "[::1]", "[::ffff:127.0.0.1]"],
)
def test_loopback_is_refused_under_all_its_names_unless_it_is_allowed(site, fetcher, host):
    site.answers["/"] = answered()
    with pytest.raises(FetchRefused) as refused:
        fetcher(allowed=read_allowed([]), addresses_of=system_addresses).fetch(site.url(host=host))
    assert refused.value.rule in ("private_address", "no_such_host")
    assert not site.asked


def test_the_intranet_of_the_setting_is_fetched_from(site, fetcher):
    site.answers["/"] = answered()
    by_network = fetcher(allowed=read_allowed(["127.0.0.0/8"]))
    by_name = fetcher(allowed=read_allowed([" Archive.Intranet "]))
    assert by_network.fetch(site.url()).body == PAGE
    assert by_name.fetch(site.url(host="archive.intranet")).body == PAGE
    for other in ("127.0.0.1", "other.intranet", "archive.intranet.example"):
        with pytest.raises(FetchRefused, match="127"):
            by_name.fetch(site.url(host=other))


@pytest.mark.parametrize("entry", ["", "10.0.0.0/33", "10.0.0.1/8", "http://intranet", "in tranet", "10.0.0", "*"])
def test_a_setting_that_names_neither_host_nor_network_is_an_error(entry):
    with pytest.raises(ValueError, match="neither"):
        read_allowed([entry])


@pytest.mark.parametrize(
    "inside",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://[::ffff:169.254.169.254]/",
        "http://[64:ff9b::a9fe:a9fe]/",
        "http://10.0.0.5:8080/",
        "http://[fe80::1]/",
        "//192.168.0.1/admin",
    ],
)
def test_a_redirect_inside_is_refused(site, fetcher, inside):
    site.answers["/"] = moved(inside)
    with pytest.raises(FetchRefused) as refused:
        fetcher().fetch(site.url())
    assert refused.value.rule == "private_address"
    assert site.paths() == ["/"]


def test_a_name_whose_answer_changes_is_asked_once_for_each_connection(site, fetcher):
    """The first answer is checked and connected to; a later one cannot slip in between."""
    answers = iter([["127.0.0.1"], ["127.0.0.2"], ["127.0.0.2"]])
    asked = []

    def changing(host: str, port: int) -> list[str]:
        asked.append(host)
        return next(answers)

    site.answers |= {"/": answered(), "/away": moved("/")}
    fetching = fetcher(addresses_of=changing)
    assert fetching.fetch(site.url(host="rebinding.example")).body == PAGE
    assert asked == ["rebinding.example"]
    with pytest.raises(FetchRefused) as refused:
        fetching.fetch(site.url(host="rebinding.example"))
    assert refused.value.rule == "private_address"
    assert len(asked) == 2
    assert len(site.asked) == 1


def test_a_name_whose_answer_changes_is_refused_after_a_redirect_to_itself(site, fetcher):
    answers = iter([["127.0.0.1"], ["127.0.0.2"]])
    site.answers |= {"/away": moved("/"), "/": answered()}
    with pytest.raises(FetchRefused) as refused:
        fetcher(addresses_of=lambda host, port: next(answers)).fetch(site.url("/away", host="rebinding.example"))
    assert refused.value.rule == "private_address"
    assert site.paths() == ["/away"]


def test_of_several_addresses_only_the_public_ones_are_tried(site, fetcher):
    site.answers["/"] = answered()
    mixed = ["10.0.0.1", "::1", "127.0.0.1"]
    assert fetcher(addresses_of=lambda host, port: mixed).fetch(site.url(host="mixed.example")).body == PAGE


def test_a_name_without_an_address_says_so(fetcher):
    def unknown(host: str, port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    for addresses_of in (unknown, lambda host, port: []):
        with pytest.raises(FetchRefused) as refused:
            fetcher(addresses_of=addresses_of).fetch("http://nowhere.example/")
        assert (refused.value.rule, refused.value.temporary) == ("no_such_host", False)
