"""The moderators' pages for merging and splitting entities, each with a preview of what would move."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.language.folding import fold
from articles.models import Article, Entity, EntityChange, Mention
from articles.naming.merging import PERMISSION, ChangeRefused, later_change, merge, preview, split, undo

MOST_FOUND = 15
# What a moderator can look through on one page; the oldest first would never reach what is in the news.
MOST_ARTICLES = 200
LONGEST_NAME, LONGEST_DISTINCTION = 300, 200


def merge_view(request: HttpRequest, desk: admin.ModelAdmin) -> HttpResponse:
    """Choose which of some entities is to stand, see what would move into it, and merge."""
    _require_permission(request)
    ids = [int(pk) for pk in request.GET.getlist("entity") if pk.isdecimal() and len(pk) < 19]
    entities = list(Entity.objects.standing().filter(pk__in=ids).order_by("pk"))
    rows = [(entity, preview(entity)) for entity in entities]
    chosen = request.POST.get("into") or request.GET.get("into", "")
    into = next((entity for entity in entities if str(entity.pk) == chosen), None)
    if request.method == "POST" and into and len(entities) > 1:
        return _merged(request, entities, into)
    most = max(rows, key=lambda row: sum(number for _, number in row[1]), default=(None,))[0]
    context = {
        "title": _("دمج الأسماء"),
        "rows": rows,
        "labels": [label for label, _ in rows[0][1]] if rows else [],
        "into": into or most,
        "found": _found(request.GET.get("q", ""), entities),
        "asked": request.GET.get("q", ""),
    }
    return _page(request, desk, "merge", context)


def split_view(request: HttpRequest, pk: int, desk: admin.ModelAdmin) -> HttpResponse:
    """Choose the articles that speak of somebody else, see what would move, and split."""
    _require_permission(request)
    source = get_object_or_404(Entity.objects.standing(), pk=pk)
    chosen = {int(pk) for pk in request.POST.getlist("article") if pk.isdecimal() and len(pk) < 19}
    name = request.POST.get("name", source.name).replace("\0", "")[:LONGEST_NAME]
    distinction = request.POST.get("distinction", "").replace("\0", "")[:LONGEST_DISTINCTION]
    if "confirm" in request.POST:
        try:
            change = split(source=source, articles=chosen, name=name, distinction=distinction, by=request.user)
        except ChangeRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("فُصل «%(name)s».") % {"name": change.target_name})
            return redirect("admin:articles_entity_change", change.target_id)
    context = {
        "title": _("فصل اسم عن «%(name)s»") % {"name": source},
        "source": source,
        "articles": _articles_naming(source),
        "chosen": chosen,
        "name": name,
        "distinction": distinction,
        "preview": preview(source, chosen) if chosen else [],
    }
    return _page(request, desk, "split", context)


def undo_view(request: HttpRequest, pk: int, desk: admin.ModelAdmin) -> HttpResponse:
    """Say what would be put back, and put it back."""
    _require_permission(request)
    change = get_object_or_404(EntityChange, pk=pk)
    if request.method == "POST":
        try:
            undo(change=change, by=request.user)
        except ChangeRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("أُعيد كل شيء إلى ما كان عليه."))
        return redirect("admin:articles_entitychange_changelist")
    moved = sum(len(ids) for ids in change.moved["references"].values())
    context = {"title": _("التراجع"), "change": change, "moved": moved, "later": later_change(change)}
    return _page(request, desk, "undo", context)


def _require_permission(request: HttpRequest) -> None:
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied


def _page(request: HttpRequest, desk: admin.ModelAdmin, name: str, context: dict) -> HttpResponse:
    context = {**desk.admin_site.each_context(request), "opts": desk.model._meta, **context}
    return render(request, f"admin/articles/{desk.model._meta.model_name}/{name}.html", context)


def _merged(request: HttpRequest, entities: list[Entity], into: Entity) -> HttpResponse:
    others = [entity for entity in entities if entity != into]
    try:
        for entity in others:
            merge(source=entity, target=into, by=request.user)
    except ChangeRefused as refused:
        messages.error(request, str(refused))
        return redirect(f"{reverse('admin:articles_entity_merge')}?{request.GET.urlencode()}")
    done = ngettext("دُمج اسم في «%(name)s».", "دُمجت %(number)d أسماء في «%(name)s».", len(others))
    messages.success(request, done % {"number": len(others), "name": into})
    return redirect("admin:articles_entity_change", into.pk)


def _found(asked: str, entities: list[Entity]) -> list[Entity]:
    """Others to merge with, by any words of their name."""
    folded = " ".join(fold(asked.replace("\0", "")).split())
    if not folded:
        return []
    others = Entity.objects.standing().filter(folded__contains=folded).exclude(pk__in=[e.pk for e in entities])
    return list(others.order_by("count__in_all").reverse()[:MOST_FOUND])


def _articles_naming(entity: Entity) -> list[Article]:
    """The newest articles that name it, each with the forms and roles that stand there."""
    mentions = Mention.objects.filter(entity=entity)
    naming = Article.objects.filter(current_revision__in=mentions.values("revision")).select_related("source")
    articles = list(naming.newest_first()[:MOST_ARTICLES])
    forms: dict[int, dict[str, None]] = {}
    here = mentions.filter(revision__in=[article.current_revision_id for article in articles]).order_by("start")
    for revision, surface, role in here.values_list("revision", "surface", "role"):
        forms.setdefault(revision, {}).update({surface: None} | ({role: None} if role else {}))
    for article in articles:
        article.named = "، ".join(forms[article.current_revision_id])
    return articles
