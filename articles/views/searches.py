"""The searches that somebody keeps: saving one, what is new in each, their feeds and mails."""

from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from articles.delivering import saving
from articles.delivering.arrivals import Period, Point, periods, present
from articles.delivering.forms import MailForm, NameForm
from articles.delivering.results import found_in
from articles.delivering.unsubscribing import read_unsubscribe
from articles.delivering.wording import LONGEST_ADDRESS, Criterion, address_of, criteria_of, form_of, name_for
from articles.forms import SearchForm
from articles.models import SavedSearch
from articles.search.index.reading import SearchUnavailable
from articles.search.query import Reader, SearchQuery
from articles.views.importing.importers import SeeOther
from articles.views.results import page_number

PER_PAGE = 20


@dataclass(frozen=True)
class Kept:
    """As its owner sees it. `criteria` is None where it asks for what is no more, `new` where that is not known now."""

    search: SavedSearch
    criteria: list[Criterion] | None
    new: int | None
    feed: str

    @cached_property
    def mail_form(self) -> MailForm:
        return MailForm.of(self.search)


@require_safe
@never_cache
@login_required
def search_list(request: HttpRequest) -> HttpResponse:
    page = Paginator(SavedSearch.objects.filter(owner=request.user), PER_PAGE).get_page(page_number(request))
    unseen = periods([Point(search.seen_article, search.last_seen) for search in page], present())
    context = {
        "page": page,
        "searches": [_kept(search, request, period) for search, period in zip(page, unseen, strict=True)],
        "mail_is_offered": settings.MAIL_SEARCHES,
        "time_zone": settings.TIME_ZONE,
    }
    return render(request, "searches/searches.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def save_search(request: HttpRequest) -> HttpResponse:
    """What is to be kept stands in the address, as on the page of results; its name is asked for."""
    form = SearchForm(request.GET, user=request.user)
    if not form.is_valid():
        return redirect(f"{reverse('article_list')}?{request.GET.urlencode()}")
    query = address_of(form)
    name_form = NameForm(request.POST if request.method == "POST" else None, initial={"name": name_for(form)})
    if name_form.is_valid():
        try:
            if len(query) > LONGEST_ADDRESS:
                raise saving.NotSaved(_("هذا البحث أطول من أن يُحفظ. اختصر كلماته أو شروطه."))
            search = saving.save_search(by=request.user, query=query, name=name_form.cleaned_data["name"])
        except saving.NotSaved as refusal:
            name_form.add_error(None, str(refusal))
        else:
            messages.success(request, _("حُفظ البحث «%(name)s».") % {"name": search})
            return SeeOther(reverse("search_list"))
    context = {"form": form, "name_form": name_form, "criteria": criteria_of(form), "query": query}
    return render(request, "searches/save.html", context, status=422 if name_form.is_bound else 200)


@require_safe
@never_cache
@login_required
def open_search(request: HttpRequest, pk: int) -> HttpResponse:
    """Leads to the results; what is there now has been seen."""
    search = _own(request, pk)
    if request.method == "GET":
        saving.mark_seen(search)
    return redirect(f"{reverse('article_list')}?{search.query}")


@require_POST
@login_required
def rename_search(request: HttpRequest, pk: int) -> HttpResponse:
    search, form = _own(request, pk), NameForm(request.POST)
    if form.is_valid():
        saving.rename(search, form.cleaned_data["name"])
        messages.success(request, _("تغيّر اسم البحث إلى «%(name)s».") % {"name": form.cleaned_data["name"]})
    else:
        messages.error(request, next(iter(form.errors["name"])))
    return _back_to(search)


@require_POST
@login_required
def mail_search(request: HttpRequest, pk: int) -> HttpResponse:
    search, form = _own(request, pk), MailForm(request.POST)
    if not settings.MAIL_SEARCHES or not form.is_valid():
        messages.error(
            request, _("لم تُحفظ إعدادات الإرسال: في الطلب قيمة غير صالحة. أعد تحميل الصفحة ثم حاول من جديد.")
        )
    elif form.cleaned_data["mail"] != SavedSearch.Mail.NONE and not request.user.email:
        messages.error(request, _("ليس في حسابك عنوان بريد إلكتروني. اطلب إضافته ممن يدير الموقع."))
    else:
        saving.set_mail(search, **form.cleaned_data)
        messages.success(request, _("حُفظت إعدادات الإرسال للبحث «%(name)s».") % {"name": search})
    return _back_to(search)


@require_POST
@login_required
def renew_feed(request: HttpRequest, pk: int) -> HttpResponse:
    search = _own(request, pk)
    saving.renew_token(search)
    messages.success(request, _("للخلاصة «%(name)s» عنوان جديد، ولم يعد القديم يعمل.") % {"name": search})
    return _back_to(search)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def delete_search(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks whether it is meant."""
    search = _own(request, pk)
    if request.method != "POST":
        return render(request, "searches/delete.html", {"search": search})
    search.delete()
    messages.success(request, _("حُذف البحث «%(name)s».") % {"name": search})
    return SeeOther(reverse("search_list"))


# Whoever has the link may stop the mail, mail programs too: they have no page of ours to take a token from.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def unsubscribe(request: HttpRequest, signed: str) -> HttpResponse:
    """Asks whether it is meant, and stops the mail; without signing in."""
    pk = read_unsubscribe(signed)
    if pk is None:
        return render(request, "searches/unsubscribe.html", {"state": "unknown"}, status=404)
    search = SavedSearch.objects.filter(pk=pk).first()
    if request.method == "POST":
        saving.stop_mail(pk)
    state = "stopped" if request.method == "POST" or search is None or search.mail == "none" else "asked"
    return render(request, "searches/unsubscribe.html", {"state": state, "search": search})


def _own(request: HttpRequest, pk: int) -> SavedSearch:
    return get_object_or_404(SavedSearch, pk=pk, owner=request.user)


def _back_to(search: SavedSearch) -> HttpResponse:
    return SeeOther(f"{reverse('search_list')}#search-{search.pk}")


def _kept(search: SavedSearch, request: HttpRequest, unseen: Period) -> Kept:
    form = form_of(search.query, request.user)
    query = form.query()
    new = _number_of_new(query, Reader.of(request.user), unseen) if query else 0
    feed = request.build_absolute_uri(reverse("search_feed", args=[search.token]))
    return Kept(search=search, criteria=criteria_of(form) if query else None, new=new, feed=feed)


def _number_of_new(query: SearchQuery, reader: Reader, unseen: Period) -> int | None:
    try:
        return found_in(query, reader=reader, period=unseen, most=1).total
    except SearchUnavailable:
        return None
