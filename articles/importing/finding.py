"""Which stored article a page is: by its URL, else by its source and key, then by its content."""

import hashlib

from django.db import connection
from django.db.models import QuerySet

from articles.importing.cleaning import same_words
from articles.importing.composing import Composed
from articles.importing.pages import Page
from articles.importing.sources import find_source
from articles.models import Article, Source

_LONGEST_KEY = 400
# So many unrelated files of one name are told apart by number, further ones by their content.
_NUMBERED = 20


def find_article(page: Page, composed: Composed) -> Article | None:
    """The article that this page is a copy or a new state of. Its current revision comes with it, its text may not."""
    articles = Article.objects.select_related("current_revision")
    if page.url:
        known = articles.defer("current_revision__text", "current_revision__blocks").filter(url=page.url)
        return known.first() if _is_stored(page.url) else None
    source = find_source(page)
    if source is None:
        return None
    own = articles.filter(source=source, url=None)
    if page.key_is_certain:
        return own.filter(key=_short(page.key)).first()
    return _with_content(own, composed) or _of_this_name(own, page)


def _is_stored(url: str) -> bool:
    """Told by a tenth of what it costs to fetch an article: most pages of an import are new."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM articles_article WHERE url = %s)", [url])
        return cursor.fetchone()[0]


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
