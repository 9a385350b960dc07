"""Who may make, change and decide a mark. One table, used by the actions, the API and the buttons on the page.

A mark belongs to whoever made it; one that a detector proposed belongs to whoever accepted it.
"""

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

from annotations.models import Annotation

Person = AbstractBaseUser | AnonymousUser


def may_mark(user: Person) -> bool:
    return user.has_perm("annotations.add_annotation")


def may_change(mark: Annotation, user: Person) -> bool:
    """Change or delete it. To change what nobody has decided yet is to decide it."""
    if not may_mark(user):
        return False
    if mark.status == Annotation.Status.SUGGESTED:
        return user.has_perm("annotations.decide_annotation")
    return _owns(mark, user) or user.has_perm("annotations.change_others_annotation")


def may_decide(mark: Annotation, user: Person) -> bool:
    """Accept or reject it. A decision that was taken is open only to who took it and to those above."""
    if not user.has_perm("annotations.decide_annotation"):
        return False
    return mark.status == Annotation.Status.SUGGESTED or may_change(mark, user)


def _owns(mark: Annotation, user: Person) -> bool:
    owner = mark.decided_by_id if mark.detector else mark.created_by_id
    return owner is not None and owner == user.pk
