"""Feeds that are fetched on a schedule."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from articles.import_forms import SubscriptionForm
from articles.importing.feeds.subscriptions import fetch_now, set_active, subscribe, unsubscribe
from articles.importing.pages import Refused
from articles.models import FeedSubscription, ImportRun
from articles.views.importing.importers import SeeOther, for_importers
from articles.views.results import page_number

PER_PAGE = 30


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@for_importers
def feed_list(request: HttpRequest) -> HttpResponse:
    """The subscriptions, and the form for another."""
    form = SubscriptionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        asked = form.cleaned_data
        try:
            added = subscribe(asked["address"], by=request.user, every=asked["every"], source=asked["source"])
        except Refused as refusal:
            form.add_error("address", str(refusal))
        else:
            messages.success(request, _("أُضيفت الخلاصة «%(name)s».") % {"name": added})
            return SeeOther(reverse("feed_list"))
    page = Paginator(_counted(FeedSubscription.objects.order_by("-pk")), PER_PAGE).get_page(page_number(request))
    context = {"form": form, "page": page, "feeds": _with_runs(page)}
    return render(request, "imports/feeds.html", context, status=422 if form.is_bound else 200)


@require_POST
@for_importers
def pause_feed(request: HttpRequest, pk: int) -> HttpResponse:
    return _switched(request, pk, active=False)


@require_POST
@for_importers
def resume_feed(request: HttpRequest, pk: int) -> HttpResponse:
    return _switched(request, pk, active=True)


@require_POST
@for_importers
def fetch_feed(request: HttpRequest, pk: int) -> HttpResponse:
    subscription = get_object_or_404(FeedSubscription, pk=pk)
    fetch_now(subscription, by=request.user)
    messages.success(request, _("ستُجلب الخلاصة «%(name)s» بعد لحظات.") % {"name": subscription})
    return SeeOther(reverse("feed_list"))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@for_importers
def remove_feed(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks whether it is meant, and removes a subscription; what it brought stays."""
    subscription = get_object_or_404(_counted(FeedSubscription.objects.all()), pk=pk)
    if request.method != "POST":
        return render(request, "imports/remove_feed.html", {"feed": subscription})
    unsubscribe(subscription, by=request.user)
    messages.success(request, _("أُلغي الاشتراك في «%(name)s».") % {"name": subscription})
    return SeeOther(reverse("feed_list"))


def _switched(request: HttpRequest, pk: int, *, active: bool) -> HttpResponse:
    subscription = get_object_or_404(FeedSubscription, pk=pk)
    set_active(subscription, active, by=request.user)
    done = _("استؤنف جلب «%(name)s».") if active else _("أُوقف جلب «%(name)s» مؤقتاً.")
    messages.success(request, done % {"name": subscription})
    return SeeOther(reverse("feed_list"))


def _counted(subscriptions: QuerySet[FeedSubscription]) -> QuerySet[FeedSubscription]:
    """Subscriptions with `taken`, how many articles they have brought, and `last_run`, the newest run's primary key."""
    runs = ImportRun.objects.filter(subscription=OuterRef("pk")).order_by()
    taken = Subquery(runs.values("subscription").annotate(number=Sum("created")).values("number"))
    newest = Subquery(runs.order_by("-pk").values("pk")[:1])
    return subscriptions.select_related("source").annotate(taken=Coalesce(taken, 0), last_run=newest)


def _with_runs(subscriptions) -> list[FeedSubscription]:
    """These subscriptions, each with `brought`: its newest run, or None."""
    found = list(subscriptions)
    runs = ImportRun.objects.defer("inputs").in_bulk({one.last_run for one in found} - {None})
    for one in found:
        one.brought = runs.get(one.last_run)
    return found
