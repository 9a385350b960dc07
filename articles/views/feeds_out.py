"""Atom feeds of searches: excerpts of what is published, for whoever has a feed's address."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html, format_html_join
from django.utils.http import http_date, quote_etag
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from articles.delivering.excerpts import Excerpts
from articles.delivering.plain_text import printable, web_address
from articles.delivering.results import articles_of, found, published_reader
from articles.delivering.wording import address_of, form_of, in_words, name_for
from articles.forms import SearchForm
from articles.models import Article, SavedSearch
from articles.search.index.reading import SearchUnavailable
from articles.search.query import Reader, SearchQuery, Sort

MOST_ENTRIES = 50


class ArticleFeed(Atom1Feed):
    """Entries that also say where the article stands itself."""

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        if item["original"]:
            handler.addQuickElement("link", "", {"rel": "via", "href": item["original"]})


@require_safe
def search_feed(request: HttpRequest, token) -> HttpResponse:
    """What the owner of a saved search may read of it today."""
    search = get_object_or_404(SavedSearch.objects.select_related("owner"), token=token, owner__is_active=True)
    form = form_of(search.query, search.owner)
    own = request.build_absolute_uri(request.path)
    reader = published_reader(search.owner)
    response = _feed(request, form, own=own, title=search.name, begun=search.created_at, reader=reader)
    patch_cache_control(response, private=True)
    return response


@require_safe
def public_feed(request: HttpRequest) -> HttpResponse:
    """Any search, where reading is open; else for those who are signed in."""
    if not (request.user.is_authenticated or settings.PUBLIC_READING):
        return redirect_to_login(request.get_full_path())
    form = SearchForm(request.GET, user=request.user)
    if not form.is_valid():
        raise Http404
    own = request.build_absolute_uri(f"{request.path}?{address_of(form)}")
    return _feed(request, form, own=own, title=name_for(form), begun=None, reader=published_reader(request.user))


def _feed(
    request: HttpRequest, form: SearchForm, *, own: str, title: str, begun: datetime | None, reader: Reader
) -> HttpResponse:
    """`own` is the feed's address; `begun` dates it without entries. One that asks for what is no more says so."""
    query = form.query()
    try:
        articles = _newest(query, reader) if query else []
    except SearchUnavailable as unavailable:
        return _later(unavailable)
    subtitle = (
        in_words(form) if query else gettext("لم يعد هذا البحث صالحاً: أحد شروطه اسم أو وسيلة إعلام لم تعد موجودة.")
    )
    etag = _etag(own, title, subtitle, articles)
    updated = max((article.current_revision.created_at for article in articles), default=begun)
    unchanged = get_conditional_response(request, etag, int(updated.timestamp()) if updated else None)
    if unchanged:
        return unchanged
    feed = ArticleFeed(
        title=printable(title),
        link=request.build_absolute_uri(f"{reverse('article_list')}?{address_of(form) if query else ''}"),
        description="",
        subtitle=printable(subtitle),
        language=get_language(),
        author_name="Newsdesk",
        feed_url=own,
        feed_guid=own,
    )
    feed.latest_post_date = lambda: updated or timezone.now()
    if query:
        excerpts = Excerpts(query)
        for article in articles:
            feed.add_item(**_entry(request, article, excerpts))
    response = HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)
    response["ETag"] = etag
    if updated:
        response["Last-Modified"] = http_date(updated.timestamp())
    return response


def _later(unavailable: SearchUnavailable) -> HttpResponse:
    """An empty feed would say that there is nothing any more."""
    response = HttpResponse(f"{unavailable.why}\n", status=503, content_type="text/plain; charset=utf-8")
    response["Retry-After"] = "120"
    return response


def _newest(query: SearchQuery, reader: Reader) -> list[Article]:
    ids = found(replace(query, sort=Sort.NEWEST), reader=reader, most=MOST_ENTRIES).ids
    return list(articles_of(ids, reader=reader))


def _entry(request: HttpRequest, article: Article, excerpts: Excerpts) -> dict[str, object]:
    link = request.build_absolute_uri(article.get_absolute_url())
    return {
        "title": printable(article.title),
        "link": link,
        "unique_id": link,
        "description": printable(_summary(article, excerpts)),
        "author_name": printable(str(article.source)),
        "pubdate": article.published_at,
        "updateddate": article.current_revision.created_at,
        "original": web_address(article.url),
    }


def _summary(article: Article, excerpts: Excerpts) -> SafeString:
    passages = (
        format_html_join("", "{}", ((format_html("<b>{}</b>", text) if sought else text,) for text, sought in excerpt))
        for excerpt in excerpts.leaving(article)
    )
    return format_html_join("", "<p>{}</p>", ((passage,) for passage in passages))


def _etag(own: str, title: str, subtitle: str, articles: Sequence[Article]) -> str:
    told = [(one.pk, one.current_revision_id, one.title, str(one.source), str(one.published_at)) for one in articles]
    said = repr((own, get_language(), title, subtitle, told))
    return quote_etag(hashlib.sha256(said.encode()).hexdigest()[:32])
