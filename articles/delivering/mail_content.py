"""The mail of a saved search: what is new in it, as text and as plain HTML, with the way to stop it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import ngettext

from articles.delivering.excerpts import Excerpt, Excerpts, plain
from articles.delivering.unsubscribing import unsubscribe_path
from articles.delivering.wording import dated_plainly
from articles.models import Article, SavedSearch
from articles.search.query import SearchQuery


@dataclass(frozen=True)
class Item:
    article: Article
    link: str
    dated: str
    excerpts: list[Excerpt]

    @property
    def plain(self) -> str:
        return plain(self.excerpts)


def compose(
    search: SavedSearch, query: SearchQuery, *, articles: Iterable[Article], total: int, at: datetime
) -> EmailMultiAlternatives:
    """The mail about what is new: `articles` are shown of `total`. The same mail of the same moment has the same id."""
    with translation.override(settings.LANGUAGE_CODE):
        excerpts = Excerpts(query)
        items = [_item(article, excerpts) for article in articles]
        line = ngettext("%(name)s: مادة جديدة واحدة", "%(name)s: %(number)s مادة جديدة", total)
        stop = settings.BASE_URL + unsubscribe_path(search)
        context = {
            "search": search,
            "items": items,
            "total": total,
            "more": total - len(items),
            "address": settings.BASE_URL + search.get_absolute_url(),
            "searches": settings.BASE_URL + reverse("search_list"),
            "stop": stop,
        }
        mail = EmailMultiAlternatives(
            subject=line % {"name": search.name, "number": f"{total:,}"},
            body=render_to_string("searches/mail.txt", context),
            to=[search.owner.email],
            headers=_headers(search, stop=stop, at=at),
        )
        mail.attach_alternative(render_to_string("searches/mail.html", context), "text/html")
    return mail


def _item(article: Article, excerpts: Excerpts) -> Item:
    link = settings.BASE_URL + article.get_absolute_url()
    return Item(article=article, link=link, dated=dated_plainly(article), excerpts=excerpts.leaving(article))


def _headers(search: SavedSearch, *, stop: str, at: datetime) -> dict[str, str]:
    host = urlsplit(settings.BASE_URL).hostname
    return {
        "Message-ID": f"<search-{search.pk}-{int(at.timestamp())}@{host}>",
        "List-ID": f"<search-{search.pk}.{host}>",
        "List-Unsubscribe": f"<{stop}>",
        # RFC 8058: the mail program may stop it by itself, with one POST.
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
    }
