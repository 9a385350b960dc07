"""Correcting an article's headline, text and date, and going back to an earlier text. Works without JavaScript."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from articles.correction_form import CorrectionForm, RestoreForm
from articles.corrections.correcting import (
    PERMISSION,
    ChangedMeanwhile,
    CorrectionRefused,
    correct_article,
    restore_revision,
)
from articles.models import Article, Revision


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
@permission_required(PERMISSION, raise_exception=True)
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    article = _readable(request, pk)
    form = CorrectionForm.of(article, request.POST if request.method == "POST" else None)
    meanwhile = None
    if form.is_valid():
        asked = form.cleaned_data
        words = {name: asked[name] for name in ("seen", "title", "body", "note")}
        try:
            correct_article(article=article, by=request.user, published=form.published(), **words)
        except ChangedMeanwhile as refusal:
            # What the person wrote stays in the form; sent again, it goes over the text that they have now seen.
            form = CorrectionForm.of(article, _seen(request.POST, refusal.current))
            form.add_error(None, str(refusal))
            meanwhile = refusal.current
        except CorrectionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("حُفظ التصحيح."))
            return _to(article)
    return _page(request, article, form, _restoring(article), meanwhile)


@require_POST
@login_required
@permission_required(PERMISSION, raise_exception=True)
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the article have the text of an earlier revision again."""
    article = _readable(request, pk)
    form = _restoring(article, request.POST)
    if form.is_valid():
        asked = form.cleaned_data
        revision = get_object_or_404(article.revisions.select_related("article"), number=asked["number"])
        try:
            restore_revision(revision=revision, seen=asked["seen"], note=asked["reason"], by=request.user)
        except CorrectionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("استُعيد نص الإصدار %(number)s.") % {"number": revision.number})
            return _to(article)
    return _page(request, article, CorrectionForm.of(article), form, None)


def _readable(request: HttpRequest, pk: int) -> Article:
    readable = Article.objects.visible_to(request.user).exclude(current_revision=None)
    return get_object_or_404(readable.select_related("source", "current_revision"), pk=pk)


def _revisions(article: Article) -> QuerySet[Revision]:
    return article.revisions.select_related("correction").defer("text", "blocks", "evidence").order_by("-number")


def _restoring(article: Article, data=None) -> RestoreForm:
    """The texts to go back to: with the current one, where an import has brought another since it was corrected."""
    revisions = list(_revisions(article))
    newest = revisions[0].pk == article.current_revision_id
    choices = [(one.number, _label(one)) for one in revisions if not newest or one.pk != article.current_revision_id]
    return RestoreForm(data, revisions=choices, initial={"seen": article.current_revision_id})


def _label(revision: Revision) -> str:
    day = date_format(timezone.localtime(revision.created_at), _("j F Y"))
    who = getattr(getattr(revision, "correction", None), "by_name", "") or _("الاستيراد")
    # Isolated, or a Latin name and the numbers beside it would change places.
    return _("الإصدار %(number)s · %(who)s · %(day)s") % {
        "number": revision.number,
        "who": f"\u2068{who}\u2069",
        "day": f"\u2068{day}\u2069",
    }


def _page(
    request: HttpRequest, article: Article, form: CorrectionForm, restoring: RestoreForm, meanwhile: Revision | None
) -> HttpResponse:
    context = {
        "article": article,
        "revision": article.current_revision,
        "form": form,
        "restoring": restoring,
        "revisions": _revisions(article),
        "meanwhile": meanwhile,
        "has_newer_text": Article.objects.with_text_beyond_correction().filter(pk=article.pk).exists(),
    }
    refused = form.errors or restoring.errors
    return render(request, "articles/correct.html", context, status=409 if meanwhile else 422 if refused else 200)


def _seen(data: QueryDict, current: Revision) -> QueryDict:
    data = data.copy()
    data["seen"] = str(current.pk)
    return data


def _to(article: Article) -> HttpResponse:
    return HttpResponse(status=303, headers={"Location": article.get_absolute_url()})
