"""The vocabulary of tags that all share, and the tags of a mark. Each action is atomic and leaves history.

Refusals: MarkRefused (with a line for the person) or PermissionDenied.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

import pghistory
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, F, QuerySet
from django.utils.translation import gettext as _

from annotations.marking import accept_words, held
from annotations.models import Annotation, Tag, Tagging
from annotations.models.tags import folded_tag
from annotations.permissions import may_change, may_mark
from annotations.recording import Act, written
from annotations.refusals import MarkRefused

RENAME, MERGE = "annotations.change_tag", "annotations.merge_tags"
LONGEST_NAME, LONGEST_DESCRIPTION = 80, 300
MOST_TAGS = 30


class TagExists(MarkRefused):
    """Another tag has this name, or one that is written otherwise and means the same."""

    status = 409

    def __init__(self, tag: Tag):
        super().__init__("tag_exists", _("يوجد وسم مماثل: «%(name)s».") % {"name": tag.name})


def tags_beginning(prefix: str) -> QuerySet[Tag]:
    """By any spelling of what their names begin with, in the order of the alphabet."""
    return Tag.objects.filter(folded__startswith=folded_tag(prefix)).order_by("folded")


def same_tag(name: str, *, but: Tag | None = None) -> Tag | None:
    """Another tag whose name differs from this one in spelling alone, if at all."""
    return Tag.objects.filter(folded=folded_tag(name)).exclude(pk=but.pk if but else None).first()


def create_tag(*, name: str, by: AbstractBaseUser, description: str = "") -> Tag:
    if not may_mark(by):
        raise PermissionDenied
    with _vocabulary(by=by):
        _refuse_the_same(_checked_name(name))
        return _new_tag(name, by, description)


def rename_tag(*, tag: Tag, name: str, by: AbstractBaseUser, description: str | None = None) -> Tag:
    """Marks that have the tag show the new name; another tag of this name refuses it. None: described as before."""
    if not by.has_perm(RENAME):
        raise PermissionDenied
    with _vocabulary(by=by):
        tag = Tag.objects.select_for_update().get(pk=tag.pk)
        _refuse_the_same(_checked_name(name), but=tag)
        tag.name = name
        if description is not None:
            tag.description = description
        tag.save()
    return tag


def merge_tags(*, tags: Sequence[Tag], into: Tag, by: AbstractBaseUser) -> int:
    """Give the marks of some tags the one that stays, and drop the others; how many marks it has then."""
    if not by.has_perm(MERGE):
        raise PermissionDenied
    with _vocabulary(by=by):
        ids = {tag.pk for tag in tags} - {into.pk}
        held_tags = Tag.objects.select_for_update().filter(pk__in=ids | {into.pk}).order_by("pk")
        if not ids or {tag.pk for tag in held_tags} != ids | {into.pk}:
            raise MarkRefused("nothing_to_merge", _("اختر وسمين على الأقل مما بقي في القائمة."))
        old = Tagging.objects.filter(tag__in=ids)
        marks = set(old.values_list("annotation", flat=True))
        has = set(Tagging.objects.filter(tag=into, annotation__in=marks).values_list("annotation", flat=True))
        Tagging.objects.bulk_create(Tagging(annotation_id=mark, tag=into) for mark in sorted(marks - has))
        old.delete()
        Annotation.objects.filter(pk__in=marks).update(version=F("version") + 1)
        Tag.objects.filter(pk__in=ids).delete()
        return into.taggings.count()


def with_mark_counts(tags: Iterable[Tag]) -> dict[Tag, int]:
    """Tags beside how many marks have each, for whoever is about to merge them."""
    counts = Tagging.objects.filter(tag__in=tags).values("tag").annotate(number=Count("pk")).order_by()
    known = {row["tag"]: row["number"] for row in counts}
    return {tag: known.get(tag.pk, 0) for tag in tags}


def set_tags(*, mark: Annotation, names: Sequence[str], by: AbstractBaseUser, version: int | None = None) -> Annotation:
    """Give a mark these tags and no others; names that the vocabulary does not have yet are added to it."""
    if len(names) > MOST_TAGS:
        raise MarkRefused("too_many_tags", _("لا تحمل العلامة أكثر من %(most)d وسماً.") % {"most": MOST_TAGS})
    folded = {folded_tag(_checked_name(name)): name for name in names}
    with written(by=by, act=Act.TAGGED):
        mark = held(mark, version)
        if not may_change(mark, by):
            raise PermissionDenied
        known = {tag.folded: tag for tag in Tag.objects.filter(folded__in=folded)}
        wanted = {(known.get(key) or _new_tag(name, by)).pk for key, name in folded.items()}
        there = set(mark.taggings.values_list("tag", flat=True))
        mark.taggings.exclude(tag__in=wanted).delete()
        Tagging.objects.bulk_create(Tagging(annotation=mark, tag_id=tag) for tag in sorted(wanted - there))
        accept_words(mark, by)
    return mark


@contextmanager
def _vocabulary(*, by: AbstractBaseUser) -> Iterator[None]:
    """One transaction over the vocabulary, which no mark is part of, with who did it."""
    with transaction.atomic(), pghistory.context(user=by.pk, username=by.get_username()):
        yield


def _checked_name(name: str) -> str:
    if not folded_tag(name) or len(" ".join(name.split())) > LONGEST_NAME:
        raise MarkRefused("tag_unnamed", _("اكتب للوسم اسماً لا يزيد على %(most)d حرفاً.") % {"most": LONGEST_NAME})
    return name


def _refuse_the_same(name: str, *, but: Tag | None = None) -> None:
    same = same_tag(name, but=but)
    if same:
        raise TagExists(same)


def _new_tag(name: str, by: AbstractBaseUser, description: str = "") -> Tag:
    """The tag of this name; somebody else may have added it a moment ago."""
    added = {"name": name, "description": description, "created_by": by, "created_by_name": by.get_username()}
    return Tag.objects.get_or_create(folded=folded_tag(name), defaults=added)[0]
