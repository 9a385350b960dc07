"""The card of a name in a text, and what members decide there: no name, another one, a new one.

Every page here works without JavaScript; static/js/naming/card.js shows the same card beside the words.
"""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from articles.language.folding import fold
from articles.models import Alias, Article, Entity, EntityCount, Mention
from articles.naming.correcting import PERMISSION, NameRefused, add_mention, change_mention, remove_mention

MOST_CHOICES = 12
LONGEST_QUESTION = 300


@require_safe
@never_cache
def mention(request: HttpRequest, pk: int) -> HttpResponse:
    """Whom the words name, with a link to the page; for those who may, the means to correct it."""
    if not (request.user.is_authenticated or settings.PUBLIC_READING):
        return redirect_to_login(request.get_full_path())
    found = _visible(request, pk)
    counted = EntityCount.objects.counted_for(request.user).filter(entity=found.entity).first()
    context = {
        "mention": found,
        "entity": found.entity,
        "articles": counted.articles if counted else 1,
        "article": found.revision.article,
        "words": found.surface,
    }
    return _card(request, context, but=found.entity)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def new_mention(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that some words (start, end: code points of this revision) are a name, and whose."""
    readable = Article.objects.visible_to(request.user).exclude(current_revision=None)
    article = get_object_or_404(readable.select_related("current_revision"), pk=pk)
    asked = request.POST if request.method == "POST" else request.GET
    revision = get_object_or_404(article.revisions.select_related("article"), pk=_number(asked, "revision"))
    start, end = _number(asked, "start"), _number(asked, "end")
    if request.method == "POST":
        act = {"revision": revision, "start": start, "end": end}
        return _decided(request, article, lambda **chosen: add_mention(**act, **chosen), _("حُفظ الاسم."))
    words = revision.text[start:end] if 0 <= start < end else ""
    return _card(request, {"article": article, "revision": revision, "start": start, "end": end, "words": words})


@require_POST
@login_required
def remove_name(request: HttpRequest, pk: int) -> HttpResponse:
    found = _visible(request, pk)
    article, before = found.revision.article, _before(found)
    try:
        remove_mention(mention=found, everywhere="everywhere" in request.POST, by=request.user)
    except NameRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("أُزيل: لن يُعدّ هذا اسماً هنا."))
    return _back(request, article, before)


@require_POST
@login_required
def change_name(request: HttpRequest, pk: int) -> HttpResponse:
    found = _visible(request, pk)
    act = {"mention": found, "everywhere": "everywhere" in request.POST}
    return _decided(request, found.revision.article, lambda **chosen: change_mention(**act, **chosen), _("حُفظ الاسم."))


def _decided(request: HttpRequest, article: Article, decide: Callable[..., Mention], done: str) -> HttpResponse:
    """Let an entity that was chosen, or a name of a kind, be what the words mean; back to them in the article."""
    entity = None
    if number := _number(request.POST, "entity"):
        entity = get_object_or_404(Entity.objects.visible_to(request.user), pk=number)
    chosen = {"entity": entity, "kind": request.POST.get("kind", ""), "name": _asked(request.POST.get("name", ""))}
    try:
        decided = decide(by=request.user, **chosen)
    except NameRefused as refused:
        messages.error(request, str(refused))
        return _back(request, article, None)
    messages.success(request, done)
    return _back(request, article, decided)


def _visible(request: HttpRequest, pk: int) -> Mention:
    mentions = Mention.objects.visible_to(request.user)
    return get_object_or_404(mentions.select_related("entity", "revision__article"), pk=pk)


def _card(request: HttpRequest, context: dict, but: Entity | None = None) -> HttpResponse:
    """The card alone where a script asks for it, else a page with the card."""
    asked = _asked(request.GET.get("q", ""))
    may_correct = request.user.has_perm(PERMISSION)
    context |= {
        "asked": asked,
        "may_correct": may_correct,
        "choices": _choices(request, context["words"], asked, but) if may_correct else [],
        "kinds": Entity.Kind.choices,
        "next": request.GET.get("next", ""),
    }
    fragment = request.headers.get("X-Requested-With") == "fetch"
    return render(request, "articles/name_card.html" if fragment else "articles/name_page.html", context)


def _choices(request: HttpRequest, words: str, asked: str, but: Entity | None) -> list[Entity]:
    """Whom the words may mean: by what was typed, else by the words themselves; the most named first."""
    folded = " ".join(fold(asked or words).split())
    by_form = Alias.objects.filter(folded__contains=folded).values("entity")
    named = Entity.objects.standing().visible_to(request.user).filter(Q(folded__contains=folded) | Q(pk__in=by_form))
    if but:
        named = named.exclude(pk=but.pk)
    chosen = list(named.order_by("count__in_published").reverse()[:MOST_CHOICES])
    readable = Article.objects.visible_to(request.user).in_bulk({entity.only_in_id for entity in chosen} - {None})
    for entity in chosen:
        entity.told_in = readable.get(entity.only_in_id)
    return chosen


def _before(found: Mention) -> Mention | None:
    """The name before these words, to come back to when they are none any more."""
    return found.revision.mentions.filter(start__lt=found.start).order_by("-start").first()


def _back(request: HttpRequest, article: Article, place: Mention | None) -> HttpResponse:
    """To where the person came from, or to the words in the article."""
    address = request.POST.get("next", "")
    if not (address and url_has_allowed_host_and_scheme(address, {request.get_host()}, request.is_secure())):
        address = article.get_absolute_url() + (f"#mention-{place.pk}" if place else "")
    return HttpResponse(status=303, headers={"Location": address})


def _number(asked, name: str) -> int:
    """A number of the request; 0 for what is none."""
    value = asked.get(name, "")
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 19 else 0


def _asked(text: str) -> str:
    return text.replace("\0", "")[:LONGEST_QUESTION].strip()
