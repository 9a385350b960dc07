"""Where the marks of a file stand in the texts that are stored here.

A mark of a text that is here stands at its code points, which are checked. One of another text, or of none that is
known, is looked for in the article's current one (annotations.anchoring): what is not found for sure is not taken.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from django.utils.translation import gettext as _

from annotations.anchoring import Anchored, Span, State, TextChange
from annotations.exports.records import CONTENT, ArticleRecord, MarkRecord, PartRecord, PlaceRecord, TextRecord
from annotations.receiving.finding import sha256_of_text
from annotations.receiving.report import Fate
from annotations.receiving.words import find_words
from annotations.reviewing import passage
from articles.models import Article, Revision


class NotPlaced(Exception):
    """No place for a mark; `passage` is where its words may stand now, as far as there is such a place."""

    def __init__(self, fate: Fate, reason: str, passage: str = "") -> None:
        super().__init__(reason)
        self.fate, self.reason, self.passage = fate, reason, passage


@dataclass(frozen=True, slots=True)
class Placed:
    """The parts of a mark as they stand in a stored revision, in the order of its text.

    `found`: they were looked for and not simply where the file has them; `moved`: in another text than the file's.
    `without_cue`: a cue was not found.
    """

    revision: Revision
    parts: tuple[PartRecord, ...]
    found: bool = False
    moved: bool = False
    without_cue: bool = False

    @property
    def content(self) -> tuple[Span, ...]:
        return tuple(Span(part.start, part.end) for part in self.parts if part.role == CONTENT)


@dataclass
class Texts:
    """The texts of a record beside those of the article that it is of; each is read and compared once."""

    record: ArticleRecord
    article: Article
    changes: dict[int, TextChange] = field(default_factory=dict)

    @cached_property
    def current(self) -> Revision:
        return Revision.objects.get(pk=self.article.current_revision_id)

    def place(self, mark: MarkRecord) -> Placed:
        """Raises NotPlaced."""
        if not any(part.role == CONTENT for part in mark.parts):
            raise NotPlaced(Fate.REFUSED, _("ليس في العلامة كلمات."))
        given = self._given.get(mark.revision)
        stored = self._stored_as(given) if given else None
        if stored and all(part.start < part.end for part in mark.parts):
            return self._at_offsets(mark, stored)
        text = stored or self.current
        if given and given.text:
            found = self._find_in_change(mark, given)
        else:
            found = [find_words(part, text.text) for part in mark.parts]
        return replace(_found_again(mark, found, text), moved=given is not None and stored is None)

    def now(self, placed: Placed) -> tuple[Span, ...]:
        """The content where it stands in the current text, as far as that is sure; else nothing."""
        if placed.revision.pk == self.current.pk:
            return placed.content
        change = self._change(-placed.revision.number, placed.revision.text)
        found = change.find_parts(placed.content)
        return tuple(one.span for one in found) if all(one.state.is_sure for one in found) else ()

    @cached_property
    def _given(self) -> dict[int, TextRecord]:
        return {text.revision: text for text in self.record.texts}

    @cached_property
    def _stored(self) -> dict[str, int]:
        """The key of the latest revision with a text, by the text's SHA-256."""
        revisions = self.article.revisions.annotate(digest=sha256_of_text()).order_by("number")
        return dict(revisions.values_list("digest", "pk"))

    @cached_property
    def _numbered(self) -> dict[int, Revision]:
        """The revisions here that the file's numbers mean."""
        return {number: stored for number, text in self._given.items() if (stored := self._stored_as(text))}

    def _stored_as(self, given: TextRecord) -> Revision | None:
        """The revision here with this text: of the same number where there are several."""
        digest = TextRecord.of(1, given.text).sha256 if given.text else given.sha256
        key = self._stored.get(digest)
        if key is None:
            return None
        if key not in self._revisions:
            same = self.article.revisions.annotate(digest=sha256_of_text()).filter(digest=digest)
            numbered = same.filter(number=given.revision).first()
            self._revisions[key] = numbered or same.get(pk=key)
        return self._revisions[key]

    @cached_property
    def _revisions(self) -> dict[int, Revision]:
        return {}

    def _at_offsets(self, mark: MarkRecord, revision: Revision) -> Placed:
        _check_offsets(mark, revision.text)
        parts = (replace(part, places=tuple(self._known(part.places, revision))) for part in mark.parts)
        return Placed(revision, tuple(sorted(parts, key=lambda part: part.start)))

    def _known(self, places: Iterable[PlaceRecord], home: Revision) -> Iterator[PlaceRecord]:
        """Those in revisions that are here, under the numbers that these have here."""
        for place in places:
            revision = self._numbered.get(place.revision)
            if revision is None or revision.pk == home.pk:
                continue
            if _is_sound(place, revision.text):
                yield replace(place, revision=revision.pk)

    def _find_in_change(self, mark: MarkRecord, given: TextRecord) -> list[Anchored]:
        _check_offsets(mark, given.text)
        return self._change(given.revision, given.text).find_parts([Span(part.start, part.end) for part in mark.parts])

    def _change(self, number: int, text: str) -> TextChange:
        if number not in self.changes:
            self.changes[number] = TextChange(text, self.current.text)
        return self.changes[number]


def _found_again(mark: MarkRecord, found: Sequence[Anchored], revision: Revision) -> Placed:
    """At the words that were found, if all that was said stands there for sure and in its order."""
    both = list(zip(mark.parts, found, strict=True))
    content = [(part, one) for part, one in both if part.role == CONTENT]
    if not all(one.state.is_sure for _part, one in content):
        raise _doubt([one for _part, one in content], revision)
    sure = [(part, one) for part, one in both if one.state.is_sure]
    parts = tuple(sorted((_part_at(part, one.span, revision) for part, one in sure), key=lambda part: part.start))
    return Placed(revision, parts, found=True, without_cue=len(sure) < len(both))


def _check_offsets(mark: MarkRecord, text: str) -> None:
    for part in mark.parts:
        if not part.exact or text[part.start : part.end] != part.exact:
            reason = _("المواضع خاطئة: ليس في الموضع %(start)d–%(end)d ما يقوله الملف.")
            raise NotPlaced(Fate.REFUSED, reason % {"start": part.start, "end": part.end})


def _is_sound(place: PlaceRecord, text: str) -> bool:
    """Whether the words stand there, and the rest fits; what does not is worked out anew."""
    if place.decided_at and place.state not in (State.MOVED, State.LOST):
        return False
    if place.state == State.LOST:
        return True
    stands = place.start is not None and place.end is not None and place.start < place.end
    known = place.state in list(State) and 0 < place.score <= 1
    return known and stands and text[place.start : place.end] == place.exact


def _doubt(found: Sequence[Anchored], revision: Revision) -> NotPlaced:
    spans = [one.span for one in found if one.span]
    if not spans:
        return NotPlaced(Fate.LOST, _("لا ترد هذه الكلمات في نص المادة."))
    before, words, after = passage(revision.text, *spans[0])
    return NotPlaced(Fate.DOUBTFUL, _("موضع هذه الكلمات في نص المادة غير مؤكد."), f"{before}[{words}]{after}")


def _part_at(part: PartRecord, span: Span, revision: Revision) -> PartRecord:
    return replace(part, start=span.start, end=span.end, exact=revision.text[span.start : span.end], places=())
