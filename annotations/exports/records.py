"""What an export holds of an article and its marks: plain values, the same whoever writes or reads them.

Times are aware; offsets are code points [start, end) of the text that they belong to. Nothing here is required of a
file that comes from elsewhere but the text (or its address) and the parts of the marks: the rest has defaults.
"""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from hashlib import sha256
from typing import Self

CONTENT, CUE = "content", "cue"
# Of annotations.anchoring.State.
SURE = ("exact", "moved")
# Code points on either side of a part, as parts have them (annotations.spans.CONTEXT).
AROUND = 32


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """An outlet; `key` is what an import calls it. `rights`: full, excerpt or internal."""

    key: str
    name: str = ""
    rights: str = ""


@dataclass(frozen=True, slots=True)
class EntityRecord:
    """`id` is the entity's number where the file was made; elsewhere kind, name and distinction tell who it is."""

    kind: str
    name: str
    distinction: str = ""
    id: int | None = None
    address: str = ""


@dataclass(frozen=True, slots=True)
class PlaceRecord:
    """Where a part stands in another text of its article, and its words there; no start and end where it is lost."""

    revision: int
    state: str
    start: int | None = None
    end: int | None = None
    exact: str = ""
    score: float = 0
    decided_by: str = ""
    decided_at: datetime | None = None

    @property
    def is_sure(self) -> bool:
        """By itself, or because a person has decided."""
        return self.state in SURE or self.decided_at is not None


@dataclass(frozen=True, slots=True)
class PartRecord:
    """One stretch of the text that the mark was made on; `role` is content or cue."""

    start: int
    end: int
    exact: str
    role: str = CONTENT
    prefix: str = ""
    suffix: str = ""
    places: tuple[PlaceRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class AttributionRecord:
    """Who said it: the mark over the words that name the speaker (its UUID), the entity, or at least a name."""

    name: str = ""
    speaker: str | None = None
    entity: EntityRecord | None = None
    role: str = "said"
    certainty: str = "confirmed"


@dataclass(frozen=True, slots=True)
class CommentRecord:
    """`reply_to` is the position, among the mark's comments, of the one it answers. A deleted one has no text."""

    author: str
    text: str
    created_at: datetime | None = None
    edited_at: datetime | None = None
    deleted_at: datetime | None = None
    deleted_by: str = ""
    reply_to: int | None = None
    mentions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangeRecord:
    """One act of a person on the mark, as its history tells it; `act` as in MarkChange.Act."""

    uuid: str
    act: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class MarkRecord:
    """One mark on the text numbered `revision` of its article; `standing` says how sure its parts are there.

    `uuid` is empty in files of others that give marks no lasting name. `quote` is the UUID of the quote that a claim
    stands in. `said_on` is a day. People are named as they were when they did it.
    """

    uuid: str
    kind: str
    parts: tuple[PartRecord, ...]
    revision: int = 1
    standing: str = "exact"
    status: str = "accepted"
    quote_type: str = ""
    stance: str = ""
    channel: str = ""
    occasion: str = ""
    said_when: str = ""
    said_on: date | None = None
    translated: bool = False
    framing: str = ""
    note: str = ""
    quote: str | None = None
    attributions: tuple[AttributionRecord, ...] = ()
    tags: tuple[str, ...] = ()
    comments: tuple[CommentRecord, ...] = ()
    changes: tuple[ChangeRecord, ...] = ()
    version: int = 1
    detector: str = ""
    detector_version: str = ""
    rule: str = ""
    confidence: float | None = None
    created_by: str = ""
    created_at: datetime | None = None
    decided_by: str = ""
    decided_at: datetime | None = None

    @property
    def content(self) -> tuple[PartRecord, ...]:
        return tuple(part for part in self.parts if part.role == CONTENT)

    @property
    def cues(self) -> tuple[PartRecord, ...]:
        return tuple(part for part in self.parts if part.role == CUE)

    @property
    def exact(self) -> str:
        """The marked words; the parts of an interrupted quote with an ellipsis between them."""
        return " … ".join(part.exact for part in self.content)


@dataclass(frozen=True, slots=True)
class MentionRecord:
    """A place where an entity is named. `recogniser` is empty where a person marked it."""

    start: int
    end: int
    exact: str
    entity: EntityRecord
    recogniser: str = ""


@dataclass(frozen=True, slots=True)
class BlockRecord:
    """One line of a text: heading (the headline, which is the first, too), paragraph, quotation, list_item."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TextRecord:
    """One state of an article's text; `text` is None where the source's rights keep it here."""

    revision: int
    sha256: str
    text: str | None = None
    blocks: tuple[BlockRecord, ...] = ()

    @classmethod
    def of(cls, revision: int, text: str, blocks: tuple[BlockRecord, ...] = ()) -> Self:
        return cls(revision, sha256(text.encode()).hexdigest(), text, blocks)


@dataclass(frozen=True, slots=True)
class ArticleRecord:
    """An article with its marks.

    `texts` are the current one (`revision`) and those that marks were made on, the current one last. `marks` are in the
    order of the text.
    """

    id: int | None
    title: str
    revision: int = 1
    url: str = ""
    key: str = ""
    address: str = ""
    source: SourceRecord | None = None
    byline: str = ""
    published_at: datetime | None = None
    published_precision: str = ""
    language: str = "ar"
    texts: tuple[TextRecord, ...] = ()
    marks: tuple[MarkRecord, ...] = ()
    mentions: tuple[MentionRecord, ...] = ()

    @property
    def current(self) -> TextRecord | None:
        return next((text for text in self.texts if text.revision == self.revision), None)

    @property
    def text(self) -> str | None:
        """The text that the article has now; None where it does not leave."""
        return self.current.text if self.current else None

    def standing(self) -> "ArticleRecord":
        """With the marks where they stand in the current text, and without those of which it has nothing left.

        For formats that know one text an article. A mark is doubtful as soon as a part of what was said is.
        """
        found = [_standing_in(mark, self.revision, self.text or "") for mark in self.marks]
        marks = sorted((mark for mark in found if mark.content), key=lambda mark: mark.content[0].start)
        return replace(self, marks=tuple(marks), texts=(self.current,) if self.current else ())


def _standing_in(mark: MarkRecord, revision: int, text: str) -> MarkRecord:
    if mark.revision == revision:
        return replace(mark, parts=tuple(replace(part, places=()) for part in mark.parts))
    found = [(part, _place_in(part, revision)) for part in mark.parts]
    content = [place for part, place in found if part.role == CONTENT]
    kept = [
        _placed(part, place, text)
        for part, place in found
        # A doubtful cue is left out: what was said is not to be doubted for it.
        if place and place.start is not None and (part.role == CONTENT or place.is_sure)
    ]
    sure = all(place and place.is_sure for place in content)
    return replace(mark, parts=tuple(kept), revision=revision, standing="moved" if sure else "doubtful")


def _place_in(part: PartRecord, revision: int) -> PlaceRecord | None:
    return next((place for place in part.places if place.revision == revision), None)


def _placed(part: PartRecord, place: PlaceRecord, text: str) -> PartRecord:
    """The words around it are those of the new text, where that is there."""
    prefix = text[max(0, place.start - AROUND) : place.start] if text else part.prefix
    suffix = text[place.end : place.end + AROUND] if text else part.suffix
    return PartRecord(place.start, place.end, place.exact or part.exact, part.role, prefix, suffix)


@dataclass(slots=True)
class Losses:
    """What a format left out while it wrote, by what it is: {"text not to leave": 3, …}; told beside the file."""

    counted: dict[str, int] = field(default_factory=dict)

    def count(self, what: str, number: int = 1) -> None:
        if number:
            self.counted[what] = self.counted.get(what, 0) + number
