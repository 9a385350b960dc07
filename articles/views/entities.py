"""The pages of who and what is named: one entity, and the lists by kind."""

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from articles.language.folding import fold
from articles.models import Alias, Article, Entity, EntityCount
from articles.naming.correcting import PERMISSION
from articles.naming.counting import settle_counts
from articles.views.entity_facts import EntityFacts, namings
from articles.views.entity_panels import panels_of
from articles.views.results import MOST_PAGES, page_number

PER_PAGE = 10
NAMES_PER_PAGE = 60
# A reader waits for no more than this many names to be counted; the rest follow with the next list.
COUNTED_AT_ONCE = 2_000
LONGEST_QUESTION = 300

KINDS = {
    "people": (Entity.Kind.PERSON, _("أشخاص")),
    "organisations": (Entity.Kind.ORGANISATION, _("جهات")),
    "places": (Entity.Kind.PLACE, _("أماكن")),
    "other_names": (Entity.Kind.OTHER, _("أسماء أخرى")),
}


@require_safe
def entity(request: HttpRequest, pk: int) -> HttpResponse:
    """One entity: its names, who names it, when and beside whom, and where. A merged one leads to what it became."""
    if not (request.user.is_authenticated or settings.PUBLIC_READING):
        return redirect_to_login(request.get_full_path())
    found = get_object_or_404(Entity.objects.select_related("merged_into"), pk=pk)
    if found.merged_into:
        return redirect(found.merged_into)
    facts = EntityFacts(found, request.user)
    if not facts.total:
        raise Http404
    page = Paginator(range(min(facts.total, MOST_PAGES * PER_PAGE)), PER_PAGE).get_page(page_number(request))
    context = {
        "entity": found,
        "facts": facts,
        "page": page,
        "namings": namings(facts.newest(page.start_index() - 1, page.end_index()), found),
        "kinds": [(reverse(name), label, kind == found.kind) for name, (kind, label) in KINDS.items()],
        "panels": panels_of(found, request),
        "may_correct": request.user.has_perm(PERMISSION),
    }
    return render(request, "articles/entity.html", context)


@require_safe
def entity_list(request: HttpRequest, name: str) -> HttpResponse:
    """The entities of one kind that this person's articles name, the most frequent first."""
    if not (request.user.is_authenticated or settings.PUBLIC_READING):
        return redirect_to_login(request.get_full_path())
    settle_counts(COUNTED_AT_ONCE)
    kind, label = KINDS[name]
    asked = request.GET.get("q", "").replace("\0", "")[:LONGEST_QUESTION].strip()
    counted = _named(EntityCount.objects.counted_for(request.user).filter(kind=kind), asked)
    page = Paginator(counted, NAMES_PER_PAGE).get_page(page_number(request))
    context = {
        "label": label,
        "asked": asked,
        "page": page,
        "entities": _entities(page.object_list, request.user),
        "kinds": [(reverse(other), title, other == name) for other, (_, title) in KINDS.items()],
    }
    return render(request, "articles/entities.html", context)


def _named(counted, asked: str):
    """Those whose name or another form of it holds these words, in any spelling."""
    folded = " ".join(fold(asked).split())
    if not folded:
        return counted
    by_name = Entity.objects.filter(folded__contains=folded).order_by().values("pk")
    return counted.filter(entity__in=by_name.union(Alias.objects.filter(folded__contains=folded).values("entity")))


def _entities(counted, user: AbstractBaseUser | AnonymousUser) -> list[Entity]:
    """The counted entities with `articles`. A count may be a moment old: what nobody may see any more is left out."""
    numbers = {row.entity_id: row.articles for row in counted}
    visible = Entity.objects.visible_to(user).select_related("only_in").in_bulk(numbers)
    readable = Article.objects.visible_to(user).in_bulk({entity.only_in_id for entity in visible.values()} - {None})
    for pk, entity in visible.items():
        entity.articles, entity.told_in = numbers[pk], readable.get(entity.only_in_id)
    return [visible[pk] for pk in numbers if pk in visible]
