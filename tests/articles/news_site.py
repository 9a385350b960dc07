"""A small news site on loopback: pages, a feed, a sitemap and a list of addresses over the same articles."""

from collections.abc import Iterator
from contextlib import contextmanager

from tests.articles.fetching.site import Site, answered, serving
from tests.articles.pages import FIRST, SECOND, TITLE


def page_of(number: int, *, addition: str = "") -> bytes:
    return (
        f"<html lang='ar'><head><meta charset='utf-8'><title>{TITLE} {number}</title></head><body><article>"
        f"<h1>{TITLE} {number}</h1><p>{FIRST}</p><p>{SECOND}</p><p>{FIRST} {number} {addition}</p>"
        "</article></body></html>"
    ).encode()


def feed_of(site: Site, numbers: list[int], *, dated: str = "Wed, 27 Mar 2024 09:30:00 +0300") -> bytes:
    items = "".join(
        f"<item><title>{TITLE} {number}</title><link>{site.url(f'/{number}')}</link><pubDate>{dated}</pubDate></item>"
        for number in numbers
    )
    return (
        f"<?xml version='1.0'?><rss version='2.0'><channel><title>أخبار القرية</title>{items}</channel></rss>".encode()
    )


def sitemap_of(addresses: list[str], *, index: bool = False) -> bytes:
    outer, inner = ("sitemapindex", "sitemap") if index else ("urlset", "url")
    entries = "".join(f"<{inner}><loc>{address}</loc></{inner}>" for address in addresses)
    return f"<{outer} xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{entries}</{outer}>".encode()


@contextmanager
def news_site(pages: int = 3) -> Iterator[Site]:
    """Pages stand at /1, /2 …, the others at /feed, /sitemap, /index and /list."""
    with serving() as site:
        numbers = list(range(1, pages + 1))
        addresses = [site.url(f"/{number}") for number in numbers]
        site.answers |= {f"/{number}": answered(page_of(number), ETag=f'"{number}"') for number in numbers}
        site.answers |= {
            "/feed": answered(feed_of(site, numbers), media_type="application/rss+xml"),
            "/sitemap": answered(sitemap_of(addresses), media_type="application/xml"),
            "/index": answered(sitemap_of([site.url("/sitemap")], index=True), media_type="application/xml"),
            "/list": answered("\n".join(addresses).encode(), media_type="text/plain"),
        }
        yield site
