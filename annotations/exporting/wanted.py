"""What of the marks is asked for, and who may ask for it."""

from dataclasses import dataclass, fields, replace
from typing import Any, Self

from annotations.models import Annotation
from annotations.permissions import DECIDE, Person

Kind, Status = Annotation.Kind, Annotation.Status


@dataclass(frozen=True)
class Wanted:
    """`mentions`: the names in the text, which a recogniser found; `history`: who changed a mark, and when.

    An empty tuple of statuses or kinds asks for nothing.
    """

    statuses: tuple[str, ...] = (Status.ACCEPTED.value,)
    kinds: tuple[str, ...] = tuple(Kind.values)
    mentions: bool = False
    comments: bool = True
    history: bool = True

    @classmethod
    def of(cls, options: dict[str, Any]) -> Self:
        """From what `options` gave; what is not known is left out."""
        known = {field.name: options[field.name] for field in fields(cls) if field.name in options}
        lists = {name: tuple(value) for name, value in known.items() if isinstance(value, list)}
        return cls(**(known | lists))

    @property
    def options(self) -> dict[str, Any]:
        """As values that JSON knows."""
        told = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: list(value) if isinstance(value, tuple) else value for name, value in told.items()}

    def for_person(self, user: Person) -> Self:
        """As far as this person may ask: what nobody has accepted takes the right to decide about it."""
        return replace(self, statuses=tuple(one for one in self.statuses if one in statuses_for(user)))


def statuses_for(user: Person) -> tuple[str, ...]:
    """What this person may export; visitors nothing."""
    if not user.is_authenticated:
        return ()
    return tuple(Status.values) if user.has_perm(DECIDE) else (Status.ACCEPTED.value,)
