"""Who may make, change and decide a mark. One table, used by the actions, the API and the buttons on the page.

A mark belongs to whoever made it; one that a detector proposed belongs to whoever accepted it.
"""

from typing import NamedTuple

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Q

from annotations.models import Annotation, Comment

Person = AbstractBaseUser | AnonymousUser

MARK = "annotations.add_annotation"
DECIDE = "annotations.decide_annotation"
OTHERS = "annotations.change_others_annotation"
MODERATE = "annotations.delete_comment"


class Needs(NamedTuple):
    """The permissions that an act takes on what nobody has decided yet, on one's own mark, and on somebody else's."""

    suggested: tuple[str, ...]
    own: tuple[str, ...]
    others: tuple[str, ...]


# To change what nobody has decided yet is to decide it. "change" is to give it other words, another type, a note, a
# speaker, tags or links, and to delete it. A decision that was taken is open only to who took it and to those above.
TABLE = {
    "change": Needs(suggested=(MARK, DECIDE), own=(MARK,), others=(MARK, OTHERS)),
    "decide": Needs(suggested=(DECIDE,), own=(DECIDE, MARK), others=(DECIDE, MARK, OTHERS)),
    "restore": Needs(suggested=(MARK, OTHERS), own=(MARK, OTHERS), others=(MARK, OTHERS)),
    "comment": Needs(suggested=(MARK,), own=(MARK,), others=(MARK,)),
}


def may_mark(user: Person) -> bool:
    """Make marks and tags, comment, undo what one has done."""
    return user.has_perm(MARK)


def may_change(mark: Annotation, user: Person) -> bool:
    return _may("change", mark, user)


def may_decide(mark: Annotation, user: Person) -> bool:
    """Accept or reject it, or say where it stands in a changed text."""
    return _may("decide", mark, user)


def may_restore(user: Person) -> bool:
    """Bring back what a mark was, also one that is gone: whoever made it may be gone too."""
    return user.has_perms(TABLE["restore"].others)


def may_comment(mark: Annotation, user: Person) -> bool:
    return _may("comment", mark, user)


def may_edit_comment(comment: Comment, user: Person) -> bool:
    """One's own, as long as one may comment at all."""
    return comment.author_id is not None and comment.author_id == user.pk and may_mark(user)


def may_delete_comment(comment: Comment, user: Person) -> bool:
    return may_edit_comment(comment, user) or user.has_perm(MODERATE)


def owned_by(user: Person) -> Q:
    """The marks that are this person's."""
    return Q(detector="", created_by=user.pk) | ~Q(detector="") & Q(decided_by=user.pk)


def decided_marks_open_to(user: Person) -> Q:
    """The decided marks about which this person may decide again."""
    if not user.has_perms(TABLE["decide"].own):
        return Q(pk__in=())
    return Q() if user.has_perms(TABLE["decide"].others) else owned_by(user)


def _may(act: str, mark: Annotation, user: Person) -> bool:
    needs = TABLE[act]
    if mark.status == Annotation.Status.SUGGESTED:
        return _has(user, needs.suggested)
    return _has(user, needs.own if _owns(mark, user) else needs.others)


def _has(user: Person, permissions: tuple[str, ...]) -> bool:
    """As user.has_perms, which a page with hundreds of marks would ask a thousand times."""
    held = getattr(user, "_held_over_marks", None)
    if held is None:
        held = user._held_over_marks = frozenset(name for name in (MARK, DECIDE, OTHERS) if user.has_perm(name))
    return held.issuperset(permissions)


def _owns(mark: Annotation, user: Person) -> bool:
    owner = mark.decided_by_id if mark.detector else mark.created_by_id
    return owner is not None and owner == user.pk
