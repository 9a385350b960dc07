"""What an entity said, and what others said about it: two lists, and a feed of the first."""

import hashlib
from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html
from django.utils.http import http_date, quote_etag
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from annotations.speaking.asking import QuotesForm
from annotations.speaking.audience import Audience
from annotations.speaking.feeds import feed_path, reader_of
from annotations.speaking.lists import quotes_about, quotes_by
from annotations.speaking.paging import After, Quotes
from annotations.speaking.telling import Said, told
from articles.delivering.plain_text import printable
from articles.models import Entity

MOST_ENTRIES = 50
# Of a long quote so much stands in an entry's title.
TITLE = 100


@require_safe
def entity_quotes(request: HttpRequest, pk: int) -> HttpResponse:
    """What an entity said; ?source= ?stance= ?type= ?year= narrow it, ?after= is where a page begins."""
    return _listed(request, pk, quotes_by, "said")


@require_safe
def entity_quotes_about(request: HttpRequest, pk: int) -> HttpResponse:
    """What others said about it, asked for in the same way."""
    return _listed(request, pk, quotes_about, "about")


def _listed(request: HttpRequest, pk: int, quotes: Callable[..., Quotes], shows: str) -> HttpResponse:
    if not (request.user.is_authenticated or settings.PUBLIC_READING):
        return redirect_to_login(request.get_full_path())
    entity = Entity.objects.visible_to(request.user).filter(pk=pk).select_related("merged_into").first()
    if entity is None or entity.merged_into:
        return _to_what_stands(request, pk)
    audience = Audience.of(request.user)
    form = QuotesForm(request.GET, audience=audience)
    asked = quotes(entity, audience, marks=form.marks, articles=form.articles)
    page = asked.page(After.read(request.GET.get("after", "")))
    context = {
        "entity": entity,
        "shows": shows,
        "form": form,
        "quotes": told(page.marks, request.user),
        "page": page,
        "feed": request.build_absolute_uri(_feed_address(request, entity)),
    }
    return render(request, "annotations/said_page.html", context)


def _to_what_stands(request: HttpRequest, pk: int) -> HttpResponse:
    """A merged entity leads to the same list of what it became."""
    found = get_object_or_404(Entity.objects.select_related("merged_into"), pk=pk)
    if found.merged_into is None:
        raise Http404
    return redirect(reverse(request.resolver_match.url_name, args=[found.merged_into.pk]))


def _feed_address(request: HttpRequest, entity: Entity) -> str:
    """A member's own, which needs no signing in; for others the open one."""
    if request.user.is_authenticated:
        return feed_path(entity, request.user)
    return reverse("entity_quotes_feed", args=[entity.pk])


@require_safe
def entity_quotes_feed(request: HttpRequest, pk: int) -> HttpResponse:
    """Where reading is open; else for those who are signed in."""
    if not (request.user.is_authenticated or settings.PUBLIC_READING):
        return redirect_to_login(request.get_full_path())
    return _feed(request, pk, Audience.outside(request.user))


@require_safe
def entity_quotes_feed_of(request: HttpRequest, pk: int, signed: str) -> HttpResponse:
    """For whoever has the address that a member was given."""
    user = reader_of(pk, signed)
    if user is None:
        raise Http404
    response = _feed(request, pk, Audience.outside(user))
    patch_cache_control(response, private=True)
    return response


def _feed(request: HttpRequest, pk: int, audience: Audience) -> HttpResponse:
    """What people decided, with speakers whom people confirmed: nothing else leaves the house."""
    entity = get_object_or_404(Entity.objects.select_related("merged_into"), pk=pk).standing
    if not audience.articles.filter(current_revision__in=entity.mentions.values("revision")).exists():
        raise Http404
    quotes = told(quotes_by(entity, audience).page(per_page=MOST_ENTRIES).marks, audience.user)
    own = request.build_absolute_uri(request.path)
    etag = _etag(own, str(entity), quotes)
    updated = max((said.entry.mark.decided_at for said in quotes), default=None)
    unchanged = get_conditional_response(request, etag, int(updated.timestamp()) if updated else None)
    if unchanged:
        return unchanged
    feed = Atom1Feed(
        title=printable(gettext("ما قاله %(name)s") % {"name": entity}),
        link=request.build_absolute_uri(reverse("entity_quotes", args=[entity.pk])),
        description="",
        subtitle=gettext("أقوال أكّد القائلَ فيها محرر، مع مصدر كل منها."),
        language=get_language(),
        author_name="Newsdesk",
        feed_url=own,
        feed_guid=own,
    )
    feed.latest_post_date = lambda: updated or timezone.now()
    for said in quotes:
        feed.add_item(**_entry(request, said))
    response = HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)
    response["ETag"] = etag
    if updated:
        response["Last-Modified"] = http_date(updated.timestamp())
    return response


def _entry(request: HttpRequest, said: Said) -> dict[str, Any]:
    """Whose words, the words, and where they stand, as a citation says it."""
    mark, article = said.entry.mark, said.article
    names = gettext(" و").join(link.display_name for link in said.speakers)
    words = said.entry.words
    title = words if len(words) <= TITLE else f"{words[:TITLE].rsplit(' ', 1)[0]}…"
    return {
        "title": printable(f"{names}: {title}"),
        "link": request.build_absolute_uri(said.address),
        "unique_id": mark.uuid.urn,
        "description": printable(
            format_html("<blockquote>{}</blockquote><p>{}</p>", words, said.citation or said.entry.place)
        ),
        "author_name": printable(str(article.source)),
        "pubdate": article.published_at,
        "updateddate": mark.decided_at,
    }


def _etag(own: str, name: str, quotes: Sequence[Said]) -> str:
    shown = [(str(said.entry.mark.uuid), said.entry.mark.version, said.citation, said.entry.words) for said in quotes]
    return quote_etag(hashlib.sha256(repr((own, get_language(), name, shown)).encode()).hexdigest()[:32])
