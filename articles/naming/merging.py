"""Merging entities that are one, splitting one that is several, and taking either back exactly.

Each is atomic, leaves an EntityChange that lists what moved, and history that says who. Refusals: ChangeRefused (with a
line for the person) or PermissionDenied.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager

import pghistory
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.language.folding import fold
from articles.models import Alias, Article, Entity, EntityChange, Mention
from articles.naming.references import references_to
from articles.naming.sharing import share

PERMISSION = "articles.merge_entities"


class ChangeRefused(Exception):
    """What was asked for cannot be; the message is a line for the person."""


def merge(*, source: Entity, target: Entity, by: AbstractBaseUser) -> EntityChange:
    """Make `source` one with `target`: all that speaks of it moves, and its names lead to the target from now on."""
    with _written(by, source, target):
        source, target = _fresh(source), _fresh(target)
        if source == target:
            raise ChangeRefused(_("هذان اسم واحد أصلاً."))
        if source.merged_into or target.merged_into:
            raise ChangeRefused(_("سبق دمج أحد الاسمين في غيره."))
        moved = {"only_in": target.only_in_id}
        share(target, source.only_in_id or 0)
        moved |= {"references": _move(source, target), "aliases": _take_forms(source, target)}
        moved["merged"] = list(source.merged.values_list("pk", flat=True))
        Entity.objects.filter(pk__in=moved["merged"]).update(merged_into=target)
        source.merged_into = target
        source.save()
        return _change(EntityChange.Kind.MERGE, source, target, moved, by)


def split(
    *, source: Entity, articles: Collection[int], name: str, distinction: str, by: AbstractBaseUser
) -> EntityChange:
    """Make what some articles say of `source` an entity of its own.

    The mentions count as decided by this person from then on, so that no later recognition takes them back.
    """
    with _written(by, source):
        source, name, distinction = _fresh(source), " ".join(name.split()), " ".join(distinction.split())
        if source.merged_into or not fold(name).strip():
            raise ChangeRefused(_("اكتب الاسم الجديد."))
        if Entity.objects.filter(kind=source.kind, folded=fold(name), distinction=distinction, only_in=None).exists():
            raise ChangeRefused(_("يوجد اسم مماثل. اكتب ما يميّز الجديد عنه، مثل «لاعب الهلال»."))
        target = Entity(kind=source.kind, name=name, distinction=distinction)
        target.save()
        moved = {"references": _move(source, target, articles)}
        if not moved["references"]["mentions"]:
            raise ChangeRefused(_("اختر مادة واحدة على الأقل تذكر هذا الاسم."))
        moved["decided"] = _settle(moved["references"]["mentions"], by)
        return _change(EntityChange.Kind.SPLIT, source, target, moved, by)


def undo(*, change: EntityChange, by: AbstractBaseUser) -> None:
    """Put back what a merge or split moved, as far as nobody has given it to somebody else since."""
    with _written(by, change.source, change.target):
        change = EntityChange.objects.select_for_update(of=("self",)).get(pk=change.pk)
        source, target = change.source, change.target
        if change.undone_at:
            raise ChangeRefused(_("سبق التراجع عن هذا."))
        if later_change(change):
            raise ChangeRefused(_("بُني على هذا دمج أو فصل لاحق. تراجع عن اللاحق أولاً."))
        moved = change.moved
        for references in references_to(target):
            ids = moved["references"].get(references.label, [])
            references.of(ids).filter(entity=target).update(entity=source)
        if change.kind == EntityChange.Kind.MERGE:
            Alias.objects.filter(pk__in=moved["aliases"], entity=target).delete()
            Entity.objects.filter(pk__in=moved["merged"], merged_into=target).update(merged_into=source)
            source.merged_into = None
            source.save()
            _withdraw(target, moved["only_in"])
        else:
            nobody = {"decided_by": None, "decided_by_name": "", "decided_at": None}
            Mention.objects.filter(pk__in=moved["decided"], entity=source).update(**nobody)
        change.undone_by, change.undone_by_name, change.undone_at = by, by.get_username(), timezone.now()
        change.save()
        if change.kind == EntityChange.Kind.SPLIT:
            _forget_if_unused(target)


def preview(source: Entity, articles: Collection[int] | None = None) -> list[tuple[str, int]]:
    """What would move, by what it is called, with how many there are."""
    return [(str(references.name), references.rows.count()) for references in references_to(source, articles)]


def later_change(change: EntityChange) -> EntityChange | None:
    """A merge or split that was made after this one, touches the same entities, and still stands."""
    entities = [change.source_id, change.target_id]
    if None in entities:
        return change
    touching = EntityChange.objects.filter(Q(source__in=entities) | Q(target__in=entities), pk__gt=change.pk)
    return touching.filter(undone_at=None).order_by("pk").first()


@contextmanager
def _written(by: AbstractBaseUser, *entities: Entity | None) -> Iterator[None]:
    """One transaction that keeps others from changing these entities; two moderators wait for each other."""
    if not by.has_perm(PERMISSION):
        raise PermissionDenied
    with transaction.atomic(), pghistory.context(user=by.pk, username=by.get_username()):
        ids = [entity.pk for entity in entities if entity]
        list(Entity.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=ids).order_by("pk"))
        yield


def _fresh(entity: Entity) -> Entity:
    return Entity.objects.get(pk=entity.pk)


def _move(source: Entity, target: Entity, articles: Collection[int] | None = None) -> dict[str, list[int]]:
    """Give the target what speaks of the source; which rows, by label."""
    moved = {}
    for references in references_to(source, articles):
        moved[references.label] = sorted(references.rows.values_list("pk", flat=True))
        references.of(moved[references.label]).update(entity=target)
    return moved


def _withdraw(entity: Entity, article: int | None) -> None:
    """Let it stand for one article alone again, if it did so before and the article is still there."""
    if article and Article.objects.filter(pk=article).exists():
        entity.only_in_id = article
        entity.save()


def _take_forms(source: Entity, target: Entity) -> list[int]:
    """Write the source's names down as forms of the target; the rows that this made."""
    known = {target.folded, *target.aliases.values_list("folded", flat=True)}
    made = []
    for form in [source.name, *source.aliases.values_list("form", flat=True)]:
        if fold(form) not in known:
            known.add(fold(form))
            alias = Alias(entity=target, form=form)
            alias.save()
            made.append(alias.pk)
    return made


def _settle(mentions: Collection[int], by: AbstractBaseUser) -> list[int]:
    """Let mentions that nobody had decided count as decided; which these were."""
    undecided = Mention.objects.filter(pk__in=mentions, decided_at=None)
    ids = list(undecided.values_list("pk", flat=True))
    decided = {"decided_by": by, "decided_by_name": by.get_username(), "decided_at": timezone.now()}
    Mention.objects.filter(pk__in=ids).update(**decided)
    return ids


def _change(kind: str, source: Entity, target: Entity, moved: dict, by: AbstractBaseUser) -> EntityChange:
    return EntityChange.objects.create(
        kind=kind,
        source=source,
        target=target,
        source_name=str(source),
        target_name=str(target),
        moved=moved,
        made_by=by,
        made_by_name=by.get_username(),
    )


def _forget_if_unused(entity: Entity) -> None:
    """Drop the entity that a split made, unless something speaks of it by now."""
    if not any(references.rows.exists() for references in references_to(entity)) and not entity.merged.exists():
        entity.delete()
