"""/queue/: what waits for the person who is signed in, and the way from one article to the next."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from annotations.commenting import note_seen
from annotations.history import differences, words_of
from annotations.models import Annotation, Part
from annotations.permissions import DECIDE
from annotations.queue import (
    articles_of,
    backlog,
    changes_for,
    comments_to,
    marks_in_doubt,
    next_article,
    numbers_for,
)
from annotations.queue_form import QueueForm
from annotations.reviewing import waiting_places
from annotations.views.problems import json_api
from articles.models import Article

PER_PAGE, PER_PAGE_OF_PASSAGES = 20, 10
# Whoever decides from the top never comes to page 100; what is not counted costs nothing.
MOST_PAGES = 100


class BoundedPaginator(Paginator):
    """Pages of a queryset that is counted no further than they go."""

    def __init__(self, rows: QuerySet, per_page: int):
        super().__init__(rows, per_page)
        self.count = rows.order_by()[: MOST_PAGES * per_page].count()


@require_safe
@never_cache
@login_required
def queue(request: HttpRequest) -> HttpResponse:
    """?show= suggestions, places, comments or changes; ?after= an article: on to the next one that waits."""
    if request.GET.get("after"):
        found = _next(request)
        return redirect(found.get_absolute_url() if found else request.path)
    may_decide = request.user.has_perm(DECIDE)
    parts: dict[str, Callable[[HttpRequest], dict[str, Any]]] = {
        **({"suggestions": _suggestions, "places": _places} if may_decide else {}),
        "comments": _comments,
        "changes": _changes,
    }
    show = request.GET.get("show", "")
    show = show if show in parts else next(iter(parts))
    context = {"show": show, "numbers": numbers_for(request.user), "may_decide": may_decide}
    return render(request, "annotations/queue.html", context | parts[show](request))


@json_api("GET", members=True)
def next_in_queue(request: HttpRequest) -> HttpResponse:
    """?after= an article, and what the queue is narrowed by: the next article, or nothing."""
    found = _next(request)
    if found is None:
        return JsonResponse({"article": None})
    return JsonResponse({"article": {"id": found.pk, "title": found.title, "url": found.get_absolute_url()}})


@require_POST
@login_required
def queue_seen(request: HttpRequest) -> HttpResponse:
    """What this person has looked at waits no more: one comment's mark, one change, or all of them shown."""
    mark, change = request.POST.get("mark", ""), request.POST.get("change", "")
    if _is_number(mark):
        found = get_object_or_404(Annotation.objects.visible_to(request.user), pk=mark)
        note_seen(mark=found, by=request.user)
    elif change == "all" or _is_number(change):
        rows = changes_for(request.user)
        rows = rows if change == "all" else rows.filter(pk=change)
        rows.order_by().update(seen_at=timezone.now())
    show = "changes" if change else "comments"
    return HttpResponse(status=303, headers={"Location": f"{reverse('queue')}?show={show}"})


def _suggestions(request: HttpRequest) -> dict[str, Any]:
    form = QueueForm(request.GET, user=request.user)
    page = _page(request, backlog(request.user, form.filters), PER_PAGE)
    return {"form": form, "page": page, "waiting": articles_of(page.object_list, form.filters)}


def _places(request: HttpRequest) -> dict[str, Any]:
    page = _page(request, marks_in_doubt(request.user), PER_PAGE_OF_PASSAGES)
    keys = list(page.object_list.values_list("pk", flat=True))
    marks = Annotation.objects.filter(pk__in=keys).order_by("-revision__article__appeared_at", "pk")
    return {"page": page, "places": waiting_places(marks, request.user)}


def _comments(request: HttpRequest) -> dict[str, Any]:
    words = Prefetch("comment__annotation__parts", Part.objects.filter(role=Part.Role.CONTENT).order_by("order"))
    rows = comments_to(request.user).select_related("comment__annotation__revision__article__source")
    rows = rows.defer("comment__annotation__revision__text", "comment__annotation__revision__blocks")
    return {"page": _page(request, rows.prefetch_related(words), PER_PAGE)}


def _changes(request: HttpRequest) -> dict[str, Any]:
    rows = changes_for(request.user).select_related("change__revision__article__source")
    page = _page(request, rows.defer("change__revision__text", "change__revision__blocks"), PER_PAGE)
    told = [(row, words_of(row.after or row.before), differences(row.before, row.after)) for row in page.object_list]
    return {"page": page, "changes": told}


def _page(request: HttpRequest, rows: QuerySet, per_page: int) -> Page:
    return BoundedPaginator(rows, per_page).get_page(request.GET.get("page"))


def _next(request: HttpRequest) -> Article | None:
    after, number, best = (request.GET.get(name, "") for name in ("after", "n", "best"))
    if not request.user.has_perm(DECIDE) or not _is_number(after):
        return None
    return next_article(
        request.user,
        QueueForm(request.GET, user=request.user).filters,
        after=int(after),
        number=int(number) if _is_number(number) else None,
        best=float(best) if best.replace(".", "", 1).isdecimal() and len(best) < 19 else None,
    )


def _is_number(value: str) -> bool:
    return value.isascii() and value.isdecimal() and len(value) < 19
