"""Checks as one person may see them: where each claim appears, who claims it, how it is rated, what is like it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, Func, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import JSONObject
from django.urls import reverse

from annotations.checking.likeness import ALIKE, SHARED, likeness
from annotations.models import Annotation, Attribution, Check, CheckedClaim, CorrectionNotice, Part, Rating
from annotations.permissions import Person
from articles.models import Article, Source

# A claim that a hundred articles hold is shown in so many of them.
MOST_APPEARANCES = 200
MOST_ALIKE = 6
_CANDIDATES = 40


class Claimant(NamedTuple):
    """Who says so, in one article. `entity` is the number of the name's page, None where there is none."""

    name: str
    entity: int | None
    kind: str
    certainty: str

    @property
    def is_confirmed(self) -> bool:
        return self.certainty == Attribution.Certainty.CONFIRMED

    @property
    def address(self) -> str:
        return reverse("entity", args=[self.entity]) if self.entity else ""


@dataclass(frozen=True)
class Appearance:
    """One place where the claim was made; `mark` has its article and source, without the text."""

    mark: Annotation
    words: str
    claimants: Sequence[Claimant]

    @property
    def article(self) -> Article:
        return self.mark.revision.article

    @property
    def is_public(self) -> bool:
        """Whether a visitor may read of it, where reading is open."""
        article = self.article
        return article.status == Article.Status.PUBLISHED and article.source.rights != Source.Rights.INTERNAL


@dataclass
class Case:
    """A check with where its claim appears, as far as the person may see both, and the `moves` open to them."""

    check: Check
    is_member: bool
    appearances: list[Appearance] = field(default_factory=list)
    moves: Sequence[tuple[str, str]] = ()

    @property
    def rating(self) -> Rating | None:
        """Readers are shown what is published; members what is in force."""
        return self.check.rating if self.is_member or self.check.is_published else None

    @property
    def is_reviewed(self) -> bool:
        """Published once, and open again: visitors are told no more than that."""
        return self.check.was_published and not self.check.closed_at

    @property
    def claimants(self) -> list[Claimant]:
        """Each once, whom a person confirmed before those who are only likely."""
        found = [one for appearance in self.appearances for one in appearance.claimants]
        found.sort(key=lambda one: not one.is_confirmed)
        return list({one.entity or one.name: one for one in reversed(found)}.values())[::-1]

    @property
    def sources(self) -> list[Source]:
        return list(dict.fromkeys(appearance.article.source for appearance in self.appearances))


def cases_of(checks: Iterable[Check], user: Person) -> list[Case]:
    """In the same order; one query for the claims of all of them."""
    cases = {check.pk: Case(check, user.is_authenticated) for check in checks}
    for mark in _claims(cases, user) if cases else ():
        cases[mark.case].appearances.append(appearance_of(mark))
    return list(cases.values())


def with_claimants(marks: QuerySet[Annotation], user: Person) -> QuerySet[Annotation]:
    """Marks with article and source, their words and who says so, in one query; see `appearance_of`.

    Visitors learn of claimants whom a person confirmed.
    """
    links = Attribution.objects.filter(Q(order=0) | Q(role="joint"), annotation=OuterRef("pk")).order_by("order")
    if not user.is_authenticated:
        links = links.filter(certainty=Attribution.Certainty.CONFIRMED)
    said = _words_of("speaker")[:1]
    link = JSONObject(
        name="name",
        entity="entity",
        known="entity__name",
        kind="entity__kind",
        certainty="certainty",
        said=Subquery(said),
    )
    return (
        marks.with_article()
        .select_related("revision__article__source")
        .annotate(words=ArraySubquery(_words_of("pk")), said=ArraySubquery(links.values(link=link)))
    )


def appearance_of(mark: Annotation) -> Appearance:
    """Of a mark that `with_claimants` read."""
    return Appearance(mark, " … ".join(mark.words), [_claimant(link) for link in mark.said])


def tell_cases(marks: Collection[Annotation], user: Person) -> None:
    """Give each claim among the marks the `case` that it is in, as far as this person may see it.

    No query where none is in one (annotations.reading tells).
    """
    claims = {mark.pk: mark for mark in marks if mark.in_check}
    if not claims:
        return
    checks = Check.objects.visible_to(user).filter(claims__mark__in=list(claims)).select_related("verdict__rating")
    notices = CorrectionNotice.objects.filter(case=OuterRef("pk"))
    for check in checks.annotate(claim=F("claims__mark"), is_corrected=Exists(notices)):
        claims[check.claim].case = Case(check, user.is_authenticated)


def notices_about(mark: Annotation) -> QuerySet[CorrectionNotice]:
    """What was published and corrected about a claim, or about the claims in a quote; the latest first.

    For cards and addresses that were shared: notices are public, whoever looks.
    """
    claims = CheckedClaim.objects.filter(Q(mark=mark) | Q(mark__quote=mark), case=OuterRef("case"))
    return CorrectionNotice.objects.filter(Exists(claims)).select_related("case").order_by("-pk")


def alike(stems: Collection[str], user: Person, *, but: Check | None = None) -> list[Check]:
    """The checks whose wording has the most in common with these stems (annotations.checking.likeness)."""
    if len(stems) < SHARED:
        return []
    shared = Func(
        F("stems"),
        Value(sorted(stems)),
        template="cardinality(ARRAY(SELECT unnest(%(expressions)s::varchar[])))",
        arg_joiner=") INTERSECT SELECT unnest(",
        output_field=IntegerField(),
    )
    others = Check.objects.visible_to(user).exclude(pk=but.pk if but else None).filter(stems__overlap=sorted(stems))
    near = others.select_related("verdict__rating").annotate(shared=shared).order_by("-shared", "-pk")[:_CANDIDATES]
    found = [(likeness(stems, check.stems), check) for check in near]
    found.sort(key=lambda one: -one[0])
    return [check for share, check in found if share >= ALIKE][:MOST_ALIKE]


def _claims(cases: Collection[int], user: Person) -> QuerySet[Annotation]:
    marks = Annotation.objects.visible_to(user).filter(checked__case__in=list(cases)).annotate(case=F("checked__case"))
    ordered = with_claimants(marks, user).order_by("revision__article__appeared_at", "pk")
    return ordered[: MOST_APPEARANCES * max(len(cases) // 4, 1)]


def _words_of(mark: str) -> QuerySet:
    parts = Part.objects.filter(annotation=OuterRef(mark), role=Part.Role.CONTENT)
    return parts.order_by("order").values("exact")


def _claimant(link: dict[str, Any]) -> Claimant:
    name = link["known"] or link["name"] or link["said"] or ""
    return Claimant(name, link["entity"], link["kind"] or "", link["certainty"])
