"""What a noun phrase was resolved to, and who speaks."""

from dataclasses import dataclass
from typing import NamedTuple

from annotations.detection.earlier_names import is_body
from annotations.detection.vocabulary import in_class


class Resolved(NamedTuple):
    """`kind` is person, body, source or document; `joint` are the names one by one where several speak together."""

    name: str
    kind: str
    certainty: float
    joint: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Speaker:
    """`kind` is person, body, source or document; `certainty` 0..1 that the name is the right one."""

    name: str
    kind: str
    certainty: float
    gender: str = ""
    plural: bool = False
    joint: tuple[str, ...] = ()


def kind_of(head: str) -> str:
    """By the first word of the phrase, folded."""
    if is_body(head):
        return "body"
    return "source" if in_class(head, "source") else "document" if in_class(head, "document") else "person"
