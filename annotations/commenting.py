"""What members say about a mark: comments with replies, and whom they speak to. Each action is atomic.

Refusals: MarkRefused (with a line for the person) or PermissionDenied.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pghistory
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations.models import Annotation, Comment, CommentMention
from annotations.permissions import Person, may_comment, may_delete_comment, may_edit_comment
from annotations.refusals import MarkRefused

LONGEST_COMMENT = 5000
# More than a newsroom has at one table is no conversation.
MOST_NAMED = 20
# What Django lets a user name hold; the last signs may as well end the sentence. A Latin letter before @ makes it an
# address, an Arabic one is a word's first letter written on (و@name).
_NAMED = re.compile(r"(?<![a-zA-Z0-9_.+-])@([\w.@+-]+)")
_ENDINGS = ".@+-"


def comments_on(mark: Annotation) -> list[Comment]:
    """In the order in which they were written, with whom each one names."""
    return list(mark.comments.order_by("pk").prefetch_related("mentions__member"))


def add_comment(*, mark: Annotation, text: str, by: AbstractBaseUser, reply_to: Comment | None = None) -> Comment:
    """Say something about a mark. It waits for those it names as @name, and for whom it answers."""
    if not may_comment(mark, by):
        raise PermissionDenied
    if reply_to and not mark.comments.filter(pk=reply_to.pk, deleted_at=None).exists():
        raise MarkRefused("no_such_comment", _("حُذف التعليق الذي تردّ عليه."))
    with _said(by=by):
        comment = Comment.objects.create(
            annotation=mark, author=by, author_name=by.get_username(), text=_checked(text), reply_to=reply_to
        )
        _name_members(comment)
    return comment


def edit_comment(*, comment: Comment, text: str, by: AbstractBaseUser) -> Comment:
    """Say it otherwise; who is named only now is told, who was named before is not told twice."""
    with _said(by=by):
        comment = _held(comment)
        if not may_edit_comment(comment, by):
            raise PermissionDenied
        comment.text, comment.edited_at = _checked(text), timezone.now()
        comment.save()
        _name_members(comment)
    return comment


def delete_comment(*, comment: Comment, by: AbstractBaseUser) -> Comment:
    """Take the words away; the place stays, so that replies still answer something. History keeps the words."""
    with _said(by=by):
        comment = _held(comment)
        if not may_delete_comment(comment, by):
            raise PermissionDenied
        comment.text, comment.deleted_at, comment.deleted_by_name = "", timezone.now(), by.get_username()
        comment.save()
        comment.mentions.all().delete()
    return comment


def mentions_waiting_for(user: Person) -> QuerySet[CommentMention]:
    """Where comments speak to this person and they have not seen it yet, on marks that they may see."""
    visible = Annotation.objects.visible_to(user).filter(pk=OuterRef("comment__annotation"))
    return CommentMention.objects.filter(Exists(visible), member=user.pk, seen_at=None)


def note_seen(*, mark: Annotation, by: AbstractBaseUser) -> None:
    """This person has read what was said to them about a mark."""
    CommentMention.objects.filter(comment__annotation=mark, member=by.pk, seen_at=None).update(seen_at=timezone.now())


def members_named(text: str) -> list[AbstractBaseUser]:
    """The active accounts that a text names as @name, each once."""
    written = [match[1] for match in _NAMED.finditer(text)][:MOST_NAMED]
    forms = {form for name in written for form in _forms(name)}
    active = get_user_model().objects.filter(is_active=True, username__in=forms)
    known = {user.get_username(): user for user in active}
    named = (next((known[form] for form in _forms(name) if form in known), None) for name in written)
    return list(dict.fromkeys(user for user in named if user))


@contextmanager
def _said(*, by: AbstractBaseUser) -> Iterator[None]:
    with transaction.atomic(), pghistory.context(user=by.pk, username=by.get_username()):
        yield


def _held(comment: Comment) -> Comment:
    found = Comment.objects.select_for_update(of=("self",)).filter(pk=comment.pk, deleted_at=None).first()
    if found is None:
        raise MarkRefused("gone", _("حُذف هذا التعليق قبل قليل."))
    return found


def _checked(text: str) -> str:
    text = text.strip()
    if not text:
        raise MarkRefused("no_text", _("اكتب تعليقك أولاً."))
    return text


def _name_members(comment: Comment) -> None:
    named = members_named(comment.text)
    if comment.reply_to and comment.reply_to.author:
        named.append(comment.reply_to.author)
    wanted = {user.pk for user in named} - {comment.author_id}
    comment.mentions.exclude(member__in=wanted).delete()
    there = set(comment.mentions.values_list("member", flat=True))
    CommentMention.objects.bulk_create(
        CommentMention(comment=comment, member_id=member) for member in sorted(wanted - there)
    )


def _forms(name: str) -> list[str]:
    """The name as written and without the signs that may end its sentence, the longest first."""
    forms = [name]
    while forms[-1] and forms[-1][-1] in _ENDINGS:
        forms.append(forms[-1][:-1])
    return [form for form in forms if form]
