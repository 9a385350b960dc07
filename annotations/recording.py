"""What people do to marks, noted while it is done: whole changes with the marks before and after.

Every action writes inside `written`; an action inside another one belongs to the outer change. At its end the change is
kept (MarkChange), the marks get new versions, and whose marks somebody else changed is told.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from uuid import UUID

import pghistory
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import F

from annotations.models import Annotation, ChangedMark, MarkChange
from annotations.states import SAID, State, same, states_around, states_of

Act = MarkChange.Act


@dataclass
class Recording:
    """A change under way. `revision` is the text that its article has now; `change` and `kept` are what stays of it.

    `before` holds the marks that may change, `touched` those of them whose links were followed.
    """

    by: AbstractBaseUser
    act: str
    undoes: MarkChange | None = None
    revision: int | None = None
    before: dict[int, State | None] = field(default_factory=dict)
    touched: set[int] = field(default_factory=set)
    change: MarkChange | None = None
    kept: list[ChangedMark] = field(default_factory=list)

    @property
    def token(self) -> str | None:
        """What undoes it; None where nothing changed."""
        return str(self.change.uuid) if self.change else None

    @property
    def changed(self) -> list[UUID]:
        """The marks that it changed, also those that it made or took away."""
        return [changed.mark for changed in self.kept]

    def touch(self, *marks: int) -> None:
        """Marks that are about to change, with all that they are linked with. Before the first write."""
        unknown = set(marks) - self.touched
        if unknown:
            self.touched |= unknown
            for pk, state in states_around(unknown).items():
                self.before.setdefault(pk, state)

    def made(self, marks: Iterable[Annotation]) -> None:
        for mark in marks:
            self.before.setdefault(mark.pk, None)

    def finish(self) -> None:
        after = states_of(self.before)
        changed = {pk: (state, after.get(pk)) for pk, state in self.before.items() if not same(state, after.get(pk))}
        if not changed:
            return
        self.change = MarkChange.objects.create(
            revision_id=self.revision, act=self.act, by=self.by, by_name=self.by.get_username(), undoes=self.undoes
        )
        rows = [self._changed_mark(old, new) for old, new in changed.values()]
        self.kept = ChangedMark.objects.bulk_create(rows)
        Annotation.objects.filter(pk__in=[pk for pk, (old, new) in changed.items() if old and new]).update(
            version=F("version") + 1
        )

    def _changed_mark(self, before: State | None, after: State | None) -> ChangedMark:
        uuid = UUID((before or after)["mark"]["uuid"])
        # What was said about a mark is kept where it came or went with the mark.
        before, after = (_without_words(state) if before and after else state for state in (before, after))
        owner = owner_of(before) if before else None
        return ChangedMark(
            change=self.change, mark=uuid, before=before, after=after, owner_id=None if owner == self.by.pk else owner
        )


_current: ContextVar[Recording | None] = ContextVar("recording", default=None)


@contextmanager
def written(*, by: AbstractBaseUser, act: str, undoes: MarkChange | None = None) -> Iterator[Recording]:
    """One transaction whose history says who, also when the account is gone; inside another one a part of it.

    What is refused inside another one takes back nothing but itself.
    """
    outer = _current.get()
    if outer:
        with transaction.atomic():
            yield outer
        return
    recording = Recording(by, act, undoes)
    token = _current.set(recording)
    try:
        with transaction.atomic(), pghistory.context(user=by.pk, username=by.get_username()):
            yield recording
            recording.finish()
    finally:
        _current.reset(token)


def recording() -> Recording:
    """The change under way. Raises LookupError outside `written`: nothing is changed unnoted."""
    current = _current.get()
    if current is None:
        raise LookupError("marks are changed inside annotations.recording.written")
    return current


def owner_of(state: State) -> int | None:
    """Whose mark it is (annotations.permissions); of a suggestion nobody's."""
    mark = state["mark"]
    return mark["decided_by_id"] if mark["detector"] else mark["created_by_id"]


def _without_words(state: State) -> State:
    return state | {name: [] for name in SAID}
