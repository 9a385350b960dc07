"""What comes back: pages, redirects, what has not changed, and what is of no use."""

import pytest

from articles.importing.fetching import FetchRefused, configured_rules, read_allowed
from articles.importing.fetching.rules import VERSION, require_readable
from tests.articles.fetching.site import PAGE, answered, moved


def test_a_page_comes_with_its_address_type_and_headers(site, fetcher):
    site.answers["/a"] = answered(etag='"7"', last_modified="Sat, 16 Mar 2024 09:30:00 GMT", x_served_by="one")
    page = fetcher().fetch(site.url("/a#part"))
    assert (page.final_url, page.status, page.body) == (site.url("/a"), 200, PAGE)
    assert (page.media_type, page.charset) == ("text/html", "utf-8")
    assert (page.etag, page.last_modified) == ('"7"', "Sat, 16 Mar 2024 09:30:00 GMT")
    assert page.headers["x-served-by"] == "one"
    assert not page.not_modified


def test_a_request_says_who_asks_and_where_to_complain(site, fetcher):
    site.answers["/a"] = answered()
    fetcher(contact="https://desk.example/about").fetch(site.url("/a"))
    fetcher().fetch(site.url("/a"))
    first, second = (asked.headers for asked in site.asked)
    assert first["user-agent"] == f"Newsdesk/{VERSION} (+https://desk.example/about)"
    assert second["user-agent"] == f"Newsdesk/{VERSION}"
    assert first["host"] == f"127.0.0.1:{site.port}"
    assert first["accept-encoding"] == "gzip, deflate"


def test_the_version_that_is_told_is_the_programs(settings):
    assert f'version = "{VERSION}"' in (settings.BASE_DIR / "pyproject.toml").read_text("utf-8")


@pytest.mark.parametrize("contact", ["a\r\nX-Evil: 1", "a) (b", "two words", "محرر", "a\x00b"])
def test_a_contact_that_would_break_its_header_is_an_error(fetcher, contact):
    with pytest.raises(ValueError, match="contact"):
        fetcher(contact=contact)
    with pytest.raises(ValueError, match="contact"):
        require_readable(allow=[], contact=contact)


def test_the_settings_make_the_rules(settings, tmp_path):
    settings.NEWSDESK_DATA, settings.IMPORT_MAX_BYTES = tmp_path, 7_000
    settings.FETCH_ALLOW, settings.FETCH_CONTACT = ["cms.intranet", "10.1.0.0/16"], "mailto:desk@news.example"
    require_readable(allow=settings.FETCH_ALLOW, contact=settings.FETCH_CONTACT)
    rules = configured_rules()
    assert rules.allowed == read_allowed(["cms.intranet", "10.1.0.0/16"])
    assert (rules.contact, rules.max_bytes, rules.folder) == ("mailto:desk@news.example", 7_000, tmp_path / "fetching")


def test_cookies_are_neither_kept_nor_sent_back(site, fetcher):
    site.answers |= {"/a": answered(b"", status="302 Found", location="/b", set_cookie="id=1"), "/b": answered()}
    site.answers["/b"] = answered(set_cookie="id=2", set_cookie2="id=3")
    page = fetcher().fetch(site.url("/a"))
    assert not any("cookie" in name for name in page.headers)
    assert not any("cookie" in asked.headers for asked in site.asked)


def test_headers_that_come_twice_are_joined_and_hold_nothing_unprintable(site, fetcher):
    raw = answered(x_note="one").replace(b"\r\n\r\n", b"\r\nX-Note: two\x00\x1b[31m\r\n three\r\n\r\n", 1)
    site.answers["/a"] = raw
    assert fetcher().fetch(site.url("/a")).headers["x-note"] == "one, two [31m three"


def test_what_is_known_already_is_not_sent_again(site, fetcher):
    site.answers["/a"] = answered(b"", status="304 Not Modified", etag='"7"')
    page = fetcher().fetch(site.url("/a"), etag='"7"', last_modified="Sat, 16 Mar 2024 09:30:00 GMT")
    assert (page.not_modified, page.status, page.body) == (True, 304, b"")
    assert site.asked[0].headers["if-none-match"] == '"7"'
    assert site.asked[0].headers["if-modified-since"] == "Sat, 16 Mar 2024 09:30:00 GMT"


def test_not_modified_without_a_condition_is_no_answer(site, fetcher):
    site.answers["/a"] = answered(b"", status="304 Not Modified")
    with pytest.raises(FetchRefused, match="304"):
        fetcher().fetch(site.url("/a"))


@pytest.mark.parametrize("etag", ['"1"\r\nX-Evil: 1', '"1"\n X-Evil: 1', "علامة", "\x00", "a" * 1000])
def test_a_hostile_etag_is_not_sent_back(site, fetcher, etag):
    site.answers["/a"] = answered()
    fetcher().fetch(site.url("/a"), etag=etag, last_modified=etag)
    assert not {"if-none-match", "if-modified-since", "x-evil"} & site.asked[0].headers.keys()


@pytest.mark.parametrize("status", ["301 Moved Permanently", "302 Found", "303 See Other", "307 T", "308 P"])
def test_redirects_are_followed(site, fetcher, status):
    site.answers |= {"/a": moved("/b/../c?d=1#e", status), "/c?d=1": answered()}
    assert fetcher().fetch(site.url("/a")).final_url == site.url("/c?d=1")


@pytest.mark.parametrize("location", ["/أخبار", "/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1"])
def test_a_redirect_to_an_arabic_path_is_followed_however_it_is_written(site, fetcher, location):
    site.answers |= {"/a": moved(location), "/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1": answered()}
    assert fetcher().fetch(site.url("/a")).body == PAGE


def test_five_redirects_are_followed_and_six_are_not(site, fetcher):
    site.answers |= {f"/{number}": moved(f"/{number + 1}") for number in range(6)}
    site.answers["/6"] = answered()
    assert fetcher().fetch(site.url("/1")).body == PAGE
    with pytest.raises(FetchRefused) as refused:
        fetcher().fetch(site.url("/0"))
    assert refused.value.rule == "redirects"


@pytest.mark.parametrize("second", ["/a", "/b"])
def test_redirects_in_a_circle_end_at_once(site, fetcher, second):
    site.answers |= {"/a": moved(second), "/b": moved("/a")}
    with pytest.raises(FetchRefused) as refused:
        fetcher().fetch(site.url("/a"))
    assert refused.value.rule == "redirects"
    assert len(site.asked) <= 2


@pytest.mark.parametrize(
    ("location", "rule"),
    [
        ("ftp://news.example/", "scheme"),
        ("file:///etc/passwd", "scheme"),
        ("data:text/html,x", "scheme"),
        ("http://user:secret@news.example/", "credentials"),
        ("http://[", "invalid_address"),
        ("", "broken_answer"),
    ],
)
def test_a_redirect_that_leads_nowhere_is_refused(site, fetcher, location, rule):
    site.answers["/a"] = moved(location)
    with pytest.raises(FetchRefused) as refused:
        fetcher().fetch(site.url("/a"))
    assert refused.value.rule == rule


@pytest.mark.parametrize(
    "status", ["201 Created", "204 No Content", "206 Partial", "300 Multiple", "401 U", "403 F", "404 N", "410 G"]
)
def test_another_status_is_named_and_not_tried_again(site, fetcher, status):
    site.answers["/a"] = answered(b"", status=status, content_length="0")
    with pytest.raises(FetchRefused, match=status[:3]) as refused:
        fetcher().fetch(site.url("/a"))
    assert (refused.value.rule, refused.value.status, refused.value.temporary) == ("status", int(status[:3]), False)
    assert len(site.asked) == 1


@pytest.mark.parametrize(
    "media_type",
    ["text/html", "TEXT/HTML;charset=x", "application/rss+xml", "text/xml", "text/plain", "application/x-gzip"],
)
def test_pages_feeds_and_lists_are_taken(site, fetcher, media_type):
    site.answers["/a"] = answered(media_type=media_type)
    assert fetcher().fetch(site.url("/a")).media_type == media_type.split(";")[0].lower()


@pytest.mark.parametrize("media_type", ["image/jpeg", "video/mp4", "application/pdf", "text/calendar", "nonsense"])
def test_other_types_are_refused_before_their_body_is_read(site, fetcher, media_type):
    site.answers["/a"] = answered(b"", media_type=media_type, content_length=str(999_999))
    with pytest.raises(FetchRefused, match="نوع المحتوى") as refused:
        fetcher().fetch(site.url("/a"))
    assert refused.value.rule == "media_type"


@pytest.mark.parametrize(
    ("body", "media_type"),
    [
        (PAGE, "text/html"),
        (b"\xef\xbb\xbf <?xml version='1.0'?><rss/>", "application/xml"),
        (b"\x1f\x8b\x08\x00", "application/gzip"),
        (b"%PDF-1.7", ""),
        (b"\x89PNG", ""),
        (b"", ""),
    ],
)
@pytest.mark.parametrize("stated", ["", "application/octet-stream"])
def test_a_type_that_is_not_told_is_seen_from_the_bytes(site, fetcher, body, media_type, stated):
    site.answers["/a"] = answered(body, media_type=stated)
    if media_type:
        assert fetcher().fetch(site.url("/a")).media_type == media_type
    else:
        with pytest.raises(FetchRefused) as refused:
            fetcher().fetch(site.url("/a"))
        assert refused.value.rule == "media_type"


def test_a_refusal_is_one_line_however_the_address_looks(site, fetcher):
    with pytest.raises(FetchRefused) as refused:
        fetcher().fetch(site.url("/" + "ق" * 500))
    assert len(str(refused.value).splitlines()) == 1
    assert len(str(refused.value)) < 300
    assert f"127.0.0.1:{site.port}" in str(refused.value)
