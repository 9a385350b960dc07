"""A revision's marks as one person may see them, ready to be drawn and listed; a few queries, however many."""

from collections.abc import Collection, Sequence
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, OuterRef, Prefetch, QuerySet, Subquery, prefetch_related_objects
from django.db.models.functions import Coalesce

from annotations.models import Annotation, Attribution, CheckedClaim, Comment, Placement, Tagging
from annotations.permissions import Person
from annotations.standing import places_in, stand, standing_in
from articles.models import Revision


def marks_of(revision: Revision, user: Person) -> list[Annotation]:
    """In the order of the text; those of an earlier text where they stand now."""
    marks = shown(standing_in(revision, Annotation.objects.visible_to(user)), revision, user)
    return sorted(marks, key=lambda mark: (mark.content[0].start, -mark.content[0].end))


def shown(marks: QuerySet[Annotation], revision: Revision, user: Person) -> list[Annotation]:
    """These marks with parts and attributions, as they stand in a revision; those with no words there are left out.

    Readers who are not signed in see no attribution that nobody has confirmed, and no mark whose place is doubtful.
    """
    links = Attribution.objects.select_related("entity").order_by("order")
    if user.is_authenticated:
        marks = _with_what_members_say(marks)
    else:
        links = links.filter(certainty=Attribution.Certainty.CONFIRMED)
    marks = marks.annotate(in_check=Exists(CheckedClaim.objects.filter(mark=OuterRef("pk"))))
    found = list(marks.prefetch_related("parts", *places_in(revision), Prefetch("attributions", queryset=links)))
    stand(found, revision)
    standing = [mark for mark in found if mark.content and _may_see(mark, user)]
    _join(standing, revision)
    return standing


def _with_what_members_say(marks: QuerySet[Annotation]) -> QuerySet[Annotation]:
    tags = Tagging.objects.filter(annotation=OuterRef("pk")).order_by("pk")
    comments = Comment.objects.filter(annotation=OuterRef("pk"), deleted_at=None).order_by()
    number = comments.values("annotation").annotate(number=Count("pk")).values("number")
    return marks.annotate(
        tag_names=ArraySubquery(tags.values("tag__name")), comment_count=Coalesce(Subquery(number), 0)
    )


def _may_see(mark: Annotation, user: Person) -> bool:
    return user.is_authenticated or mark.standing != Placement.State.DOUBTFUL


def _join(marks: Sequence[Annotation], revision: Revision) -> None:
    """Speakers are marks of the same text: they are among these already, with their parts, or named without words."""
    known = {mark.pk: mark for mark in marks}
    links = [link for mark in marks for link in mark.links if link.speaker_id]
    elsewhere = [link for link in links if link.speaker_id not in known]
    prefetch_related_objects(elsewhere, "speaker__parts")
    for link in elsewhere:
        link.name, link.speaker = link.display_name, None
    for mark in marks:
        mark.within = known.get(mark.quote_id)
        if mark.revision_id == revision.pk:
            mark.revision = revision
        for link in mark.links:
            if link.speaker_id:
                link.speaker = known[link.speaker_id]


def as_it_stands(mark: Annotation, user: Person) -> Annotation:
    """One mark on its article's current text; a lost one with the words that it was made on."""
    with_links = _with_linked([mark.pk], user)
    found = {one.pk: one for one in shown(with_links, mark.revision.article.current_revision, user)}
    if mark.pk not in found:
        found = {one.pk: one for one in shown(with_links, mark.revision, user)}
        found[mark.pk].standing = Placement.State.LOST
    return found[mark.pk]


def some_of(revision: Revision, uuids: Collection[UUID], user: Person) -> list[Annotation]:
    """Those of the marks that this person may see and that stand in a text."""
    marks = Annotation.objects.visible_to(user).filter(uuid__in=uuids)
    keys = list(standing_in(revision, marks).values_list("pk", flat=True))
    wanted = set(keys)
    return [mark for mark in shown(_with_linked(keys, user), revision, user) if mark.pk in wanted]


def _with_linked(marks: Sequence[int], user: Person) -> QuerySet[Annotation]:
    """Marks with the speakers and quotes that they are linked to, as far as this person may see these.

    Keys first: asked in one with the marks, the planner looks through all marks for those that these are linked to.
    """
    keys = set(Attribution.objects.filter(annotation__in=marks).values_list("speaker", flat=True))
    keys |= set(Annotation.objects.filter(pk__in=marks, quote__isnull=False).values_list("quote", flat=True))
    keys -= {None, *marks}
    linked = Annotation.objects.visible_to(user).filter(pk__in=keys).values_list("pk", flat=True) if keys else ()
    return Annotation.objects.filter(pk__in=[*marks, *linked])
