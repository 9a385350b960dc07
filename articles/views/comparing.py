"""Two texts side by side in one: two articles, or two states of one."""

from typing import NamedTuple

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from articles.comparing import Side, compare
from articles.models import Article, Revision


class Compared(NamedTuple):
    """One of the two, as the page names it."""

    article: Article
    revision: Revision


@require_safe
def compare_articles(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """What the second article has otherwise than the first."""
    if not (request.user.is_authenticated or settings.PUBLIC_READING):
        return redirect_to_login(request.get_full_path())
    readable = Article.objects.visible_to(request.user).exclude(current_revision=None)
    readable = readable.select_related("source", "current_revision")
    old, new = (get_object_or_404(readable, pk=number) for number in (pk, other))
    swapped = reverse("compare", args=[other, pk])
    return _page(request, Compared(old, old.current_revision), Compared(new, new.current_revision), swapped)


@require_safe
@login_required
def compare_revisions(request: HttpRequest, pk: int, old: int, new: int) -> HttpResponse:
    """What changed between two states of an article's text. For members only: what was corrected is not spread on."""
    readable = Article.objects.visible_to(request.user).exclude(current_revision=None).select_related("source")
    article = get_object_or_404(readable, pk=pk)
    first, second = (get_object_or_404(article.revisions, number=number) for number in (old, new))
    swapped = reverse("compare_revisions", args=[pk, new, old])
    return _page(request, Compared(article, first), Compared(article, second), swapped)


def _page(request: HttpRequest, old: Compared, new: Compared, swapped: str) -> HttpResponse:
    comparison = compare(*(Side(side.revision.text, side.revision.blocks) for side in (old, new)))
    context = {"old": old, "new": new, "swapped": swapped, "comparison": comparison, "counts": comparison.counts}
    return render(request, "articles/compare.html", context)
