"""The facets of a search: a fragment that follows the results, and a page of its own where no script fetches it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.delivering.wording import language_name
from articles.forms import SearchForm
from articles.models import Article, Entity
from articles.search.faceting import Facets, FacetValue, facets, names_found
from articles.search.index.reading import SearchUnavailable
from articles.search.query import Reader, SearchQuery
from articles.views.chips import Chip, address, chips_of
from articles.views.lists import article_list
from articles.views.plot import plot_of

User = AbstractBaseUser | AnonymousUser
LONGEST_QUESTION = 100
# Of an estimate so many digits are told.
_TOLD_DIGITS = 2


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Facet:
    """Choices under the form's parameter `name`; `key` is unlike that of other facets. `alone`: one choice at most."""

    key: str
    name: str
    label: str
    choices: list[Choice]
    alone: bool = False

    @property
    def is_chosen(self) -> bool:
        return any(choice.chosen for choice in self.choices)


@require_safe
def article_facets(request: HttpRequest) -> HttpResponse:
    """To htmx what stands beside the results and above them; else a page on which the same is chosen."""
    if not (request.user.is_authenticated or settings.PUBLIC_READING):
        return HttpResponse(status=403) if request.htmx else redirect_to_login(request.get_full_path())
    form = SearchForm(request.GET, user=request.user)
    query = form.query()
    if query is None:  # The results say what is wrong.
        return HttpResponse(status=204) if request.htmx else article_list(request)
    if request.htmx and "find" in request.GET:
        return _names_found(request, query)
    context = {"form": form, "chips": chips_of(form), "results_address": address(request.GET)}
    try:
        found = facets(query, Reader.of(request.user))
    except SearchUnavailable as unavailable:
        context["unavailable"] = unavailable.why
    else:
        listed = _facets(found, form, request.user)
        context |= {
            "facets": listed,
            "find_address": f"{request.path}{address(request.GET).removeprefix(reverse('article_list'))}",
            "unlisted": _unlisted(listed, context["chips"]),
            "sampled": found.sampled,
            "plot": plot_of(
                found.days,
                query,
                backwards=get_language_bidi(),
                address=lambda bar: address(request.GET, since=bar.first, until=bar.last),
            ),
        }
    response = render(request, "articles/facets.html" if request.htmx else "articles/facets_page.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _names_found(request: HttpRequest, query: SearchQuery) -> HttpResponse:
    """Names of one kind with the letters that a reader types beside a facet."""
    text = request.GET["find"].replace("\0", "")[:LONGEST_QUESTION].strip()
    kind = request.GET.get("kind", "")
    if kind not in Entity.Kind.values:
        raise Http404
    try:
        found = names_found(query, Reader.of(request.user), kind=kind, text=text)
    except SearchUnavailable:
        found = []
    entities = Entity.objects.visible_to(request.user).in_bulk([value.value for value in found])
    facet = Facet(f"found_{kind}", "entity", "", _choices(found, entities, int))
    return render(request, "articles/facet_found.html", {"facet": facet, "text": text})


def _facets(found: Facets, form: SearchForm, user: User) -> list[Facet]:
    """Those that there is something to choose from, with names that this person may know."""
    told = _told_roughly if found.sampled else int
    sources = form.fields["source"].queryset.in_bulk([value.value for value in found.sources])
    named = [value.value for value in (*found.people, *found.organisations, *found.places)]
    entities = Entity.objects.visible_to(user).in_bulk(named)
    languages = {value.value: language_name(value.value) for value in found.languages}
    marked = {True: _("عليها علامات"), False: _("بلا علامات")}
    listed = [
        Facet("source", "source", _("وسائل الإعلام"), _choices(found.sources, sources, told)),
        Facet("person", "entity", _("أشخاص"), _choices(found.people, entities, told)),
        Facet("organisation", "entity", _("جهات"), _choices(found.organisations, entities, told)),
        Facet("place", "entity", _("أماكن"), _choices(found.places, entities, told)),
        Facet("language", "language", _("اللغة"), _choices(found.languages, languages, told)),
        Facet("status", "status", _("حالة النشر"), _choices(found.statuses, dict(Article.Status.choices), told)),
        Facet("marked", "marked", _("العلامات"), _choices(found.marked, marked, told), alone=True),
    ]
    return [facet for facet in listed if _is_worth_showing(facet)]


def _is_worth_showing(facet: Facet) -> bool:
    """A single value narrows nothing, but for a name, which others are named beside; what is chosen is shown."""
    needed = 1 if facet.name == "entity" else 2
    return len(facet.choices) >= needed or facet.is_chosen


def _choices(values: Iterable[FacetValue], labels: Mapping[Any, Any], told: Callable[[int], int]) -> list[Choice]:
    return [
        Choice(_key(value.value), str(labels[value.value]), told(value.count), value.chosen)
        for value in values
        if value.value in labels
    ]


def _key(value: int | str | bool) -> str:
    """As the form has it."""
    return str(int(value)) if isinstance(value, bool) else str(value)


def _told_roughly(number: int) -> int:
    digits = len(str(number))
    return round(number, min(0, _TOLD_DIGITS - digits))


def _unlisted(listed: Iterable[Facet], chips: Iterable[Chip]) -> list[Chip]:
    """What is chosen and stands in no facet: it must not be lost with the next choice."""
    shown = {(facet.name, choice.value) for facet in listed for choice in facet.choices}
    return [one for one in chips if one.name not in ("since", "until") and (one.name, one.key) not in shown]
