"""What people decide about the names in a text: this is one, this is none, this is somebody else.

Each action is atomic, checks that `by` may do it, and leaves history that says who, also after the account is gone.
Refusals: NameRefused (with a line for the person) or PermissionDenied.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import pghistory
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.language.folding import fold
from articles.models import Article, Entity, Mention, RemovedMention, Revision
from articles.naming.resolving import entities_for, name_of
from articles.naming.sharing import share

PERMISSION = "articles.correct_mentions"
LONGEST_SURFACE, LONGEST_NAME = 200, 300
_SURE = 1.0


class NameRefused(Exception):
    """What was asked for cannot be; the message is a line for the person."""


def add_mention(
    *,
    revision: Revision,
    start: int,
    end: int,
    by: AbstractBaseUser,
    entity: Entity | None = None,
    kind: str = "",
    name: str = "",
) -> Mention:
    """Say that the words at [start, end) name somebody: this entity, or what `name` (else the words) of a kind means.

    Mentions that nobody has decided give way to it; beside one that a person decided it is refused.
    """
    with _written(revision=revision, by=by):
        surface = _words(revision, start, end)
        over = list(revision.mentions.filter(start__lt=end, end__gt=start).select_related("entity"))
        same = next((one for one in over if (one.start, one.end) == (start, end)), None)
        if same is None and any(one.decided_at for one in over):
            raise NameRefused(_("في هذا الموضع اسم أقرّه شخص. غيّره أو أزله أولاً."))
        entity = _chosen(entity, revision) if entity else _entity_for(revision, kind, name or surface)
        revision.removed_mentions.filter(start=start, end=end).delete()
        if same:
            return _decide(same, entity, by)
        Mention.objects.filter(pk__in=[one.pk for one in over]).delete()
        mention = Mention(revision=revision, start=start, end=end, surface=surface, score=_SURE)
        return _decide(mention, entity, by)


def remove_mention(*, mention: Mention, by: AbstractBaseUser, everywhere: bool = False) -> int:
    """Say that the words are no name; recognisers leave them alone from then on. How many mentions went.

    `everywhere`: also where the same words stand in the rest of the text.
    """
    with _written(revision=mention.revision, by=by):
        chosen = _held(mention, everywhere)
        RemovedMention.objects.bulk_create(
            (
                RemovedMention(
                    revision=mention.revision,
                    start=one.start,
                    end=one.end,
                    surface=one.surface,
                    name=one.entity.name,
                    removed_by=by,
                    removed_by_name=by.get_username(),
                )
                for one in chosen
            ),
            ignore_conflicts=True,
        )
        Mention.objects.filter(pk__in=[one.pk for one in chosen]).delete()
    return len(chosen)


def change_mention(
    *,
    mention: Mention,
    by: AbstractBaseUser,
    entity: Entity | None = None,
    kind: str = "",
    name: str = "",
    everywhere: bool = False,
) -> Mention:
    """Say whom the words name: an entity, or what a name of a kind means in this article.

    `everywhere`: also where the same words stand for the same entity in the rest of the text.
    """
    with _written(revision=mention.revision, by=by):
        chosen = _held(mention, everywhere)
        revision = mention.revision
        entity = _chosen(entity, revision) if entity else _entity_for(revision, kind, name or mention.surface)
        for one in chosen:
            _decide(one, entity, by)
    return chosen[0]


@contextmanager
def _written(*, revision: Revision, by: AbstractBaseUser) -> Iterator[None]:
    """One transaction in which no import gives the article another text and nobody else decides about its names."""
    if not by.has_perm(PERMISSION):
        raise PermissionDenied
    with transaction.atomic(), pghistory.context(user=by.pk, username=by.get_username()):
        readable = Article.objects.visible_to(by).filter(pk=revision.article_id)
        current = readable.select_for_update(no_key=True).values_list("current_revision", flat=True).first()
        if current is None:
            raise PermissionDenied
        if current != revision.pk:
            raise NameRefused(_("تغيّر نص المادة منذ أن فتحتَها. أعد تحميل الصفحة ثم حاول من جديد."))
        yield


def _words(revision: Revision, start: int, end: int) -> str:
    """The words at a place, if they can be a name: in one line, not too long, without white space at the edges."""
    if not 0 <= start < end <= len(revision.text):
        raise NameRefused(_("هذا الموضع خارج النص."))
    surface = revision.text[start:end]
    if len(surface) > LONGEST_SURFACE or "\n" in surface or surface != surface.strip() or not fold(surface).strip():
        raise NameRefused(_("هذه الكلمات لا تصلح اسماً. حدّد الاسم وحده في سطر واحد."))
    return surface


def _held(mention: Mention, everywhere: bool) -> list[Mention]:
    """The mention as it is now, first, and with `everywhere` those of the same words for the same entity."""
    current = Mention.objects.select_related("entity", "revision").filter(pk=mention.pk).first()
    if current is None:
        raise NameRefused(_("أُزيل هذا الاسم قبل قليل. أعد تحميل الصفحة."))
    same = current.revision.mentions.filter(entity=current.entity_id).exclude(pk=current.pk) if everywhere else ()
    alike = [one for one in same if fold(one.surface) == fold(current.surface)]
    for one in alike:
        one.entity, one.revision = current.entity, current.revision
    return [current, *alike]


def _chosen(entity: Entity, revision: Revision) -> Entity:
    """The entity that a person chose; who stood for another article alone stands for both from now on."""
    entity = Entity.objects.select_for_update(of=("self",), no_key=True).get(pk=entity.standing.pk)
    if not share(entity, revision.article_id):
        raise NameRefused(_("يوجد اسم كهذا لا يخص مادة واحدة. اختره، أو اطلب من المشرف دمج الاسمين."))
    return entity


def _entity_for(revision: Revision, kind: str, name: str) -> Entity:
    if kind not in Entity.Kind.values:
        raise NameRefused(_("اختر نوع الاسم."))
    name = " ".join(name.split())[:LONGEST_NAME]
    if not fold(name).strip():
        raise NameRefused(_("اكتب الاسم."))
    meant = name_of(kind, name)
    return entities_for([meant], revision, {})[meant.key]


def _decide(mention: Mention, entity: Entity, by: AbstractBaseUser) -> Mention:
    mention.entity = entity
    mention.decided_by, mention.decided_by_name, mention.decided_at = by, by.get_username(), timezone.now()
    mention.save()
    return mention
