"""Which stored article a page is: by its URL in all its forms, else by its source and key, then by its content."""

import hashlib
from typing import NamedTuple
from zlib import crc32

from django.db import connection
from django.db.models import QuerySet

from articles.importing.canonical import canonical_url
from articles.importing.cleaning import same_words
from articles.importing.composing import Composed
from articles.importing.pages import Page, Refused
from articles.importing.sources import find_source
from articles.importing.variants import page_of, variants_of
from articles.models import Article, Source

_LONGEST_KEY = 400
# So many unrelated files of one name are told apart by number, further ones by their content.
_NUMBERED = 20
# Under two forms of a URL stands one page where so much of the shorter text is in both, under one headline or under
# two.
_IN_COMMON, _IN_COMMON_UNDER_OTHER_HEADLINES = 0.3, 0.8
# One process at a time may look up and store a page, whatever form of its URL it comes under. They share a bounded
# number of locks, as in articles.provenance.duplicates.
_PAGE_LOCKS, _LOCKS = 7_301_448, 4096
_STORED = """
    SELECT id, url, FALSE FROM articles_article WHERE url = ANY(%(urls)s)
    UNION ALL
    SELECT article.id, article.url, TRUE
    FROM articles_revision AS revision JOIN articles_article AS article ON article.id = revision.article_id
    WHERE revision.content_hash = %(content)s AND article.metadata ->> 'canonical' = ANY(%(urls)s)
    ORDER BY id
"""


def find_article(page: Page, composed: Composed) -> Article | None:
    """The article that this page is a copy or a new state of. Its current revision comes with it, its text may not."""
    articles = Article.objects.select_related("current_revision")
    if page.url:
        return _at_url(articles, page, composed)
    source = find_source(page)
    if source is None:
        return None
    own = articles.filter(source=source, url=None)
    if page.key_is_certain:
        return own.filter(key=_short(page.key)).first()
    return _with_content(own, composed) or _of_this_name(own, page)


class _Stored(NamedTuple):
    """An article that may be the page. `says_so`: it has the page's text, and names the page's URL as its own."""

    article: int
    url: str
    says_so: bool


def _at_url(articles: QuerySet[Article], page: Page, composed: Composed) -> Article | None:
    """The article under the page's URL, else under another form of it where that shows the same page."""
    stored = _stored_under(page, composed)
    if any(one.url == page.url for one in stored):
        return articles.defer("current_revision__text", "current_revision__blocks").filter(url=page.url).first()
    for one in stored:
        article = articles.get(pk=one.article)
        if one.says_so or _is_one_page(article, page, composed):
            return article
    return None


def _stored_under(page: Page, composed: Composed) -> list[_Stored]:
    """Told by a fraction of what it costs to fetch an article: most pages of an import are new."""
    urls = [variant for url in (page.url, _own_url(page)) if url for variant in variants_of(url)]
    lock = crc32(page_of(page.url).encode()) % _LOCKS
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_PAGE_LOCKS, lock])
        cursor.execute(_STORED, {"urls": urls, "content": composed.content_hash})
        return [_Stored(*row) for row in cursor.fetchall()]


def _own_url(page: Page) -> str:
    """The URL that the page names as its own, where it is another than that under which it stands."""
    named = page.metadata.get("canonical")
    try:
        return canonical_url(named) if isinstance(named, str) else ""
    except Refused:
        return ""


def _is_one_page(article: Article, page: Page, composed: Composed) -> bool:
    """Whether the page under another form of an article's URL is the article, or a later state of it."""
    if article.revisions.filter(content_hash=composed.content_hash).exists():
        return True
    title, *lines = article.current_revision.text.split("\n")
    ours = {block.text for block in page.blocks}
    both = sum(len(line) for line in ours.intersection(lines))
    shorter = min(sum(map(len, set(lines))), sum(map(len, ours)))
    needed = _IN_COMMON if same_words(title, page.title) else _IN_COMMON_UNDER_OTHER_HEADLINES
    return both > 0 and both >= needed * shorter


def free_key(page: Page, source: Source, composed: Composed) -> str:
    """The page's key in its source, numbered where an unrelated article has it already."""
    keys = _keys(page)
    if page.key_is_certain:
        return keys[0]
    taken = set(Article.objects.filter(source=source, url=None, key__in=keys).values_list("key", flat=True))
    return next((key for key in keys if key not in taken), f"{keys[0]}#{composed.content_hash[:16]}")


def _with_content(articles: QuerySet[Article], composed: Composed) -> Article | None:
    return articles.filter(revisions__content_hash=composed.content_hash).order_by("id").first()


def _of_this_name(articles: QuerySet[Article], page: Page) -> Article | None:
    """The article under this key. A path says little: of two files named 1.txt only a related one is the same."""
    found = articles.filter(key__in=_keys(page)).order_by("id")
    return next((article for article in found if _is_related(article, page)), None)


def _is_related(article: Article, page: Page) -> bool:
    """Whether a page may be a later state of an article: the same headline, or a paragraph in common."""
    title, *lines = article.current_revision.text.split("\n")
    return same_words(title, page.title) or not set(lines).isdisjoint(block.text for block in page.blocks)


def _keys(page: Page) -> list[str]:
    key = _short(page.key or "-")
    return [key, *(f"{key}#{number}" for number in range(2, _NUMBERED + 1))]


def _short(key: str) -> str:
    if len(key) <= _LONGEST_KEY:
        return key
    return f"{key[: _LONGEST_KEY - 20]}…{hashlib.sha256(key.encode()).hexdigest()[:16]}"
