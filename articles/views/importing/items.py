"""The inputs of a run: by outcome and reason, a page at a time, and what can be tried again."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, F, Func, Min, Q, TextField, Value, When
from django.http import HttpRequest

from articles.models import Article, ImportItem, ImportRun
from articles.views.results import page_number

PER_PAGE = 50
# A run whose refusals have more reasons than this is read item by item.
MOST_REASONS = 12


# What a reason says of one input alone: a thousand addresses that were not found were refused for one reason.
_ADDRESS = r"\s*:?\s*https?://\S+"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why inputs were refused, without their addresses; `item` is one of them, by which the others are found."""

    words: str
    number: int
    item: int


@dataclass(frozen=True, slots=True)
class Refusals:
    """Of a run's refused inputs: how many can be tried again, were taken in later, or are gone for good."""

    retriable: int
    taken_in: int
    lost: int


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a run's items. `reason`, without addresses, is what they are restricted to, or nothing."""

    outcome: str
    reason: str
    page: Page
    items: Sequence[ImportItem]


def reasons_of(run: ImportRun) -> list[Reason]:
    """The most frequent first."""
    refused = run.items.filter(outcome=ImportItem.Outcome.REFUSED).order_by().annotate(words=_words())
    counted = refused.values("words").annotate(number=Count("pk"), item=Min("pk"))
    return [Reason(**row) for row in counted.order_by("-number", "item")[:MOST_REASONS]]


def refusals_of(run: ImportRun) -> Refusals:
    refused = run.items.filter(outcome=ImportItem.Outcome.REFUSED).order_by()
    return Refusals(
        **refused.aggregate(
            retriable=Count("pk", filter=Q(quarantined__isnull=False)),
            taken_in=Count("pk", filter=Q(taken_in_by__isnull=False)),
            lost=Count("pk", filter=Q(quarantined=None, taken_in_by=None)),
        )
    )


def listing_of(run: ImportRun, request: HttpRequest) -> Listing:
    """The items that were asked for; where nothing was, the refused ones if there are any."""
    outcome = request.GET.get("outcome", "")
    if outcome not in ImportItem.Outcome:
        outcome = _first_outcome(run)
    found = run.items.filter(outcome=outcome).order_by("pk")
    reason = _asked_reason(run, request) if outcome == ImportItem.Outcome.REFUSED else ""
    if reason:
        found = found.annotate(words=_words()).filter(words=reason)
    page = Paginator(found.select_related("taken_in_by"), PER_PAGE).get_page(page_number(request))
    return Listing(outcome, reason, page, _with_articles(page, request.user))


def _first_outcome(run: ImportRun) -> str:
    for outcome in (ImportItem.Outcome.REFUSED, ImportItem.Outcome.CREATED, ImportItem.Outcome.UPDATED):
        if getattr(run, outcome):
            return outcome
    return ImportItem.Outcome.REFUSED


def _asked_reason(run: ImportRun, request: HttpRequest) -> str:
    item = request.GET.get("like", "")
    if not (item.isascii() and item.isdecimal() and len(item) < 19):
        return ""
    return run.items.filter(pk=int(item)).values_list(_words(), flat=True).first() or ""


def _words() -> Case:
    """A reason without addresses; most have none, which is seen faster than the expression is tried."""
    arguments = (F("reason"), Value(_ADDRESS), Value(""), Value("g"))
    without = Func(*arguments, function="regexp_replace", output_field=TextField())
    return Case(When(reason__contains="://", then=without), default=F("reason"))


def _with_articles(page: Page, user: AbstractBaseUser) -> list[ImportItem]:
    """The page's items, each with `readable`, its article if this person may read it, and `why` without its name."""
    items = list(page)
    known = Article.objects.visible_to(user).only("pk", "title", "language")
    readable = known.in_bulk({item.article_id for item in items} - {None})
    for item in items:
        item.readable = readable.get(item.article_id)
        item.why = item.reason.replace(item.input, "").rstrip(" :") or item.reason
    return items
