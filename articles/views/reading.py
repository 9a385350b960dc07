from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from articles.corrections.correcting import PERMISSION
from articles.layers import layers_of
from articles.models import Article
from articles.rendering import render_text
from articles.views.names import names_in


@require_safe
def article(request: HttpRequest, pk: int) -> HttpResponse:
    """Read one article: its text with everything drawn over it, and the panels beside it."""
    if not (request.user.is_authenticated or settings.PUBLIC_READING):
        return redirect_to_login(request.get_full_path())
    readable = Article.objects.visible_to(request.user).exclude(current_revision=None)
    found = get_object_or_404(readable.select_related("source", "current_revision__correction"), pk=pk)
    revision = found.current_revision
    revision.article = found  # Known already: nothing that is given the revision need ask for it.
    layers = layers_of(revision, request.user)
    headline, *body = render_text(revision.text, revision.blocks, [span for layer in layers for span in layer.spans])
    return render(
        request,
        "articles/article.html",
        {
            "article": found,
            "revision": revision,
            "has_newer_text": _has_newer_text(found, request.user),
            "headline": headline,
            "body": body,
            "names": names_in(revision),
            "panels": [panel for layer in layers for panel in layer.panels],
        },
    )


def _has_newer_text(article: Article, user: AbstractBaseUser | AnonymousUser) -> bool:
    """Whether moderators have to look at what an import brought since the text was corrected."""
    if not (hasattr(article.current_revision, "correction") and user.has_perm(PERMISSION)):
        return False
    return Article.objects.with_text_beyond_correction().filter(pk=article.pk).exists()
