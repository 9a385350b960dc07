"""What a site asks of programs that come by themselves: robots.txt, and reservations in its headers."""

import time

import pytest

from articles.importing.fetching import FetchRefused
from articles.importing.fetching.robots import read_robots
from tests.articles.fetching.site import PAGE, Site, answered, moved


def allows(robots: str, path: str) -> bool:
    return read_robots(robots, "Newsdesk").allows(path)


@pytest.mark.parametrize(
    ("rules", "path", "allowed"),
    [
        ("", "/a", True),
        ("Disallow:", "/a", True),
        ("Disallow: /", "/a", False),
        ("Disallow: /", "/robots.txt", True),
        ("Disallow: /a", "/ab?c", False),
        ("Disallow: /a/", "/a", True),
        # The longest rule decides, of equals the one that allows; the order does not.
        ("Disallow: /\nAllow: /news", "/news/1", True),
        ("Allow: /news\nDisallow: /news/private", "/news/private/1", False),
        ("Disallow: /page\nAllow: /page", "/page", True),
        # * is anything, $ the end.
        ("Disallow: /*.pdf$", "/a/b.pdf", False),
        ("Disallow: /*.pdf$", "/a/b.pdf?c", True),
        ("Disallow: /*/print", "/a/b/print/1", False),
        ("Disallow: /*?s=", "/a?s=1", False),
        ("Disallow: *", "/a", False),
        ("Disallow: /$", "/", False),
        ("Disallow: /$", "/a", True),
        ("Disallow: /a*b*b$", "/ab", True),
        ("Disallow: /a*b*b$", "/abb", False),
        # Arabic is Arabic, escaped or not; what is escaped to stay apart stays apart.
        ("Disallow: /خاص", "/%d8%ae%D8%A7%D8%B5/1", False),
        ("Disallow: /%d8%ae%d8%a7%d8%b5", "/خاص", False),
        ("Disallow: /%61", "/a", False),
        ("Disallow: /a%2Fb", "/a/b", True),
        # What people write.
        ("disallow : /a # private", "/a", False),
        ("DISALLOW:/a", "/a", False),
        ("no colon here\nDisallow: /a", "/a", False),
    ],
)
def test_a_rule_reaches_as_far_as_it_says(rules, path, allowed):
    assert allows(f"User-agent: *\n{rules}\n", path) == allowed


@pytest.mark.parametrize(
    ("robots", "allowed"),
    [
        ("User-agent: newsdesk\nDisallow: /\n\nUser-agent: *\nAllow: /", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: NewsDesk/2.0\nAllow: /", True),
        ("User-agent: otherbot\nDisallow: /", True),
        ("User-agent: newsdeskbot\nDisallow: /", True),
        ("User-agent: otherbot\nUser-agent: newsdesk\nSitemap: /s.xml\nDisallow: /", False),
        ("User-agent: newsdesk\nSitemap: /s.xml\nUser-agent: otherbot\nDisallow: /", False),
        ("User-agent: newsdesk\nAllow: /b\nUser-agent: otherbot\nDisallow: /", True),
        ("User-agent: newsdesk\nAllow: /b\n\nUser-agent: newsdesk\nDisallow: /a", False),
        ("User-agent: newsdesk\n\nUser-agent: *\nDisallow: /", False),
        ("User-agent: newsdesk\nDisallow:\n\nUser-agent: *\nDisallow: /", True),
        ("\ufeffUser-agent: *\r\nDisallow: /a\r\n", False),
        ("Disallow: /", True),
        ("<!doctype html><p>User-agent: *</p>", True),
    ],
)
def test_our_own_name_goes_before_everyones(robots, allowed):
    assert allows(robots, "/a") == allowed


def test_the_pause_that_is_asked_for_is_read():
    assert read_robots("User-agent: *\nCrawl-delay: 2.5\n", "Newsdesk").pause == 2.5
    for nonsense in ("soon", "-1", "nan", "inf", ""):
        assert read_robots(f"User-agent: *\nCrawl-delay: {nonsense}\n", "Newsdesk").pause == 0


def test_a_hostile_file_costs_no_more_than_its_size():
    names = "".join(f"User-agent: bot{number}\n" for number in range(15_000))
    rules = "".join(f"Disallow: /{number}*a*a*a*a$\n" for number in range(10_000))
    stars = "Disallow: /" + "*a" * 100_000 + "$\n"
    began = time.monotonic()
    assert allows(f"{names}User-agent: *\n{rules}{stars}", "/" + "a" * 8000)
    assert time.monotonic() - began < 2


@pytest.fixture
def news(site) -> Site:
    site.answers |= {"/a": answered(), "/robots.txt": answered(b"User-agent: *\nDisallow: /private", media_type="")}
    return site


def test_a_scheduled_fetch_asks_first_and_only_once(news, fetcher):
    fetching = fetcher()
    for _ in range(2):
        assert fetching.fetch(news.url("/a"), scheduled=True).body == PAGE
    assert news.paths() == ["/robots.txt", "/a", "/a"]


def test_what_is_disallowed_is_not_fetched_on_schedule_but_when_a_person_asks(news, fetcher):
    news.answers["/private"] = answered()
    fetching = fetcher()
    with pytest.raises(FetchRefused, match=r"robots\.txt") as refused:
        fetching.fetch(news.url("/private"), scheduled=True)
    assert (refused.value.rule, refused.value.temporary) == ("robots", False)
    assert news.paths() == ["/robots.txt"]
    assert fetching.fetch(news.url("/private")).body == PAGE


def test_a_redirect_to_what_is_disallowed_is_refused(news, fetcher):
    news.answers["/a"] = moved("/private")
    with pytest.raises(FetchRefused, match=r"robots\.txt"):
        fetcher().fetch(news.url("/a"), scheduled=True)
    assert "/private" not in news.paths()


@pytest.mark.parametrize("status", ["404 Not Found", "403 Forbidden", "410 Gone"])
def test_a_site_without_the_file_forbids_nothing(news, fetcher, status):
    news.answers["/robots.txt"] = answered(b"", status=status)
    assert fetcher().fetch(news.url("/a"), scheduled=True).body == PAGE


@pytest.mark.parametrize(
    "answer",
    [
        answered(b"", status="503 Later"),
        answered(b"", status="429 Too Many"),
        b"garbage",
        answered(b"User-agent: *\n" * 50_000),
        answered(b"\x89PNG\r\n" + bytes(100)),
    ],
)
def test_a_file_that_cannot_be_had_forbids_all_for_now(news, fetcher, answer):
    news.answers["/robots.txt"] = answer
    fetching = fetcher()
    for path in ("/a", "/b"):
        with pytest.raises(FetchRefused, match=path) as refused:
            fetching.fetch(news.url(path), scheduled=True)
        assert (refused.value.rule, refused.value.temporary) == ("robots", True)
        assert refused.value.retry_after
    assert news.paths() == ["/robots.txt"]


def test_a_private_address_is_called_private_on_schedule_too(fetcher):
    with pytest.raises(FetchRefused, match=r"169\.254\.169\.254") as refused:
        fetcher().fetch("http://169.254.169.254/latest/", scheduled=True)
    assert (refused.value.rule, refused.value.address) == ("private_address", "http://169.254.169.254/latest/")


def test_the_pause_of_the_file_is_kept(news, fetcher):
    news.answers["/robots.txt"] = answered(b"User-agent: *\nCrawl-delay: 0.3")
    fetching = fetcher()
    for _ in range(2):
        fetching.fetch(news.url("/a"), scheduled=True)
    first, second = (asked.at for asked in news.asked if asked.path == "/a")
    assert second - first >= 0.3


@pytest.mark.parametrize(
    "headers",
    [
        {"x_robots_tag": "noarchive"},
        {"x_robots_tag": "noindex, NoArchive"},
        {"x_robots_tag": "noai, noimageai"},
        {"x_robots_tag": "newsdesk: nocache"},
        {"x_robots_tag": "*: noml"},
        {"x_robots_tag": "max-snippet: 50, noarchive"},
        {"x_robots_tag": "unavailable_after: 25 Jun 2030 15:00:00 PST, noarchive"},
        {"tdm_reservation": " 1 "},
    ],
)
def test_a_reservation_is_respected_on_schedule_and_told_by_name(news, fetcher, headers):
    news.answers["/a"] = answered(**headers)
    with pytest.raises(FetchRefused, match="يتحفّظ") as refused:
        fetcher().fetch(news.url("/a"), scheduled=True)
    assert refused.value.rule == "reserved"
    assert fetcher().fetch(news.url("/a")).body == PAGE


@pytest.mark.parametrize(
    "headers",
    [
        {"x_robots_tag": "noindex, follow"},
        {"x_robots_tag": "otherbot: noarchive"},
        {"x_robots_tag": "max-image-preview:large"},
        {"x_robots_tag": ""},
        {"tdm_reservation": "0"},
    ],
)
def test_what_reserves_nothing_is_fetched(news, fetcher, headers):
    news.answers["/a"] = answered(**headers)
    assert fetcher().fetch(news.url("/a"), scheduled=True).body == PAGE


def test_each_line_of_a_header_speaks_for_itself(news, fetcher):
    news.answers["/a"] = answered(x_robots_tag="otherbot: noindex").replace(
        b"\r\n\r\n", b"\r\nX-Robots-Tag: noarchive\r\n\r\n", 1
    )
    with pytest.raises(FetchRefused, match="noarchive"):
        fetcher().fetch(news.url("/a"), scheduled=True)
