"""Lists of checks, of claims that have none yet, and the board; every list goes on by key, and counts nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from annotations.checking.cases import Appearance, Case, appearance_of, cases_of, with_claimants
from annotations.models import Annotation, Attribution, Check, CheckedClaim
from annotations.permissions import Person
from articles.language.folding import fold
from articles.models import Source
from articles.search.sql import Folded

PER_PAGE, PER_COLUMN = 20, 12
Status = Check.Status
# Which claims without a check a list holds, by the name in its address.
WITHOUT = {"suggestions": Annotation.Status.SUGGESTED, "claims": Annotation.Status.ACCEPTED}


@dataclass(frozen=True)
class Filters:
    """What a list of checks is narrowed by; `claimant` is the number of a name, or words of one."""

    words: str = ""
    status: str = ""
    rating: int | None = None
    claimant: str = ""
    assignee: int | None = None
    nobody: bool = False
    source: Source | None = None


class Leaf(NamedTuple):
    """A page of a list; the next one begins before this key, None on the last."""

    rows: Sequence
    before: int | None


@dataclass(frozen=True)
class Column:
    """A state of the board; `more` where it holds older ones, too."""

    status: str
    cases: list[Case]
    more: bool

    @property
    def label(self) -> str:
        return str(Status(self.status).label)


def found(filters: Filters, user: Person) -> QuerySet[Check]:
    """The newest first. What is not shown narrows nothing: neither the rating nor the claimant is told by a filter."""
    checks = Check.objects.visible_to(user).select_related("verdict__rating", "assignee").order_by("-pk")
    for word in fold(filters.words).split():
        checks = checks.filter(folded__contains=word)
    if filters.status:
        checks = checks.filter(status=filters.status)
    if filters.rating:
        rated = checks.filter(verdict__rating=filters.rating)
        checks = rated if user.is_authenticated else rated.filter(status=Status.PUBLISHED)
    if filters.assignee or filters.nobody:
        checks = checks.filter(assignee=filters.assignee)
    marks = Annotation.objects.visible_to(user).filter(checked__case=OuterRef("pk"))
    if filters.source:
        checks = checks.filter(Exists(marks.filter(revision__article__source=filters.source)))
    if filters.claimant:
        checks = checks.filter(Exists(marks.filter(Exists(_links_to(filters.claimant, user)))))
    return checks


def page_of(filters: Filters, user: Person, *, before: int | None) -> Leaf:
    """Cases, in the order of `found`."""
    leaf = _leaf(found(filters, user), before)
    return Leaf(cases_of(leaf.rows, user), leaf.before)


def claims_without_check(user: Person, *, status: str, before: int | None) -> Leaf:
    """Appearances of claims that are in no check, the newest marks first; for members."""
    # Not as checked=None: of an outer join the planner expects nothing, and sorts every claim for twenty.
    without = ~Exists(CheckedClaim.objects.filter(mark=OuterRef("pk")))
    marks = Annotation.objects.visible_to(user).filter(without, kind=Annotation.Kind.CLAIM, status=status)
    leaf = _leaf(marks.only("pk").order_by("-pk"), before)
    shown = with_claimants(Annotation.objects.filter(pk__in=[mark.pk for mark in leaf.rows]), user).order_by("-pk")
    rows: list[Appearance] = [appearance_of(mark) for mark in shown]
    return Leaf(rows, leaf.before)


def board(user: Person) -> list[Column]:
    """The newest of each state, in three queries."""
    checks = Check.objects.visible_to(user).order_by("-pk")
    slices = [checks.filter(status=status).values("pk")[: PER_COLUMN + 1] for status in Status]
    keys = [row["pk"] for row in slices[0].union(*slices[1:], all=True)]
    rows = Check.objects.filter(pk__in=keys).select_related("verdict__rating", "assignee").order_by("-pk")
    cases = cases_of(rows, user)
    columns = [(status, [case for case in cases if case.check.status == status]) for status in Status]
    return [Column(status, some[:PER_COLUMN], len(some) > PER_COLUMN) for status, some in columns]


def _leaf(rows: QuerySet, before: int | None) -> Leaf:
    some = list((rows.filter(pk__lt=before) if before else rows)[: PER_PAGE + 1])
    return Leaf(some[:PER_PAGE], some[PER_PAGE - 1].pk if len(some) > PER_PAGE else None)


def _links_to(claimant: str, user: Person) -> QuerySet[Attribution]:
    """Attributions to this one: by the number of a name, else by words of it in any spelling."""
    links = Attribution.objects.filter(Q(order=0) | Q(role="joint"), annotation=OuterRef("pk"))
    if not user.is_authenticated:
        links = links.filter(certainty=Attribution.Certainty.CONFIRMED)
    if claimant.isdecimal():
        return links.filter(entity=int(claimant[:18]))
    folded = " ".join(fold(claimant).split())
    named = links.annotate(folded_name=Folded("name"))
    return named.filter(Q(entity__folded__contains=folded) | Q(entity=None, folded_name__contains=folded))
