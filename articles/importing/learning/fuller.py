"""What a stored article said before lines of it were dropped: an earlier revision, or the kept page read once more."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import F, QuerySet

from articles.importing.cleaning import CLEANER_VERSION
from articles.importing.learning.accepted import FRESH, AcceptedLines, whatever_follows
from articles.importing.pages import Block
from articles.importing.rereading import reread
from articles.models import BoilerplateLine, Revision


class Text(NamedTuple):
    """The headline and the lines below it, and the evidence beside them."""

    lines: Sequence[Block]
    evidence: Sequence[Mapping[str, Any]]


class RejectedLines:
    """What articles of a source may lack because it was accepted when they were imported, and was rejected since."""

    def __init__(self, source_id: int) -> None:
        decided = BoilerplateLine.objects.filter(source=source_id).exclude(status=BoilerplateLine.Status.PROPOSED)
        self._decided = _of(decided)
        self._rejected = [
            # A process goes by what it read of the accepted lines for a while after they were rejected.
            (_of([line]), line.proposed_at, line.decided_at + timedelta(seconds=FRESH))
            for line in decided
            if line.status == BoilerplateLine.Status.REJECTED
        ]

    def may_be_missing(self, lines: Sequence[str], read_at: datetime) -> bool:
        """Whether the page with these lines below its headline, read at that moment, may have had one of them."""
        return any(
            since <= read_at <= until and not rejected.stand_in(lines) for rejected, since, until in self._rejected
        )

    def explain(self, lines: Sequence[Block], fuller: Sequence[Block]) -> bool:
        """Whether nothing but lines that were decided on makes the difference between the two."""
        headline, *body = fuller
        kept = whatever_follows([line.text for line in body], self._decided.kept)
        return _is_left_of(lines, fuller) and _is_left_of([headline, *(body[number] for number in kept)], lines)


def fullest(current: Revision, rejected: RejectedLines) -> Text:
    """The text with most lines of which the current one may be what was left, or the current one itself."""
    now = text_of(current)
    earlier = list(earlier_of_the_page().filter(article=current.article_id).order_by("number"))
    found = [now, *(text for text in map(text_of, earlier) if _is_left_of(now.lines, text.lines))]
    first = earlier[0] if earlier else current
    if rejected.may_be_missing(first.text.split("\n")[1:], first.created_at):
        found += [text for text in _as_imported(first) if rejected.explain(now.lines, text.lines)]
    return max(found, key=lambda text: len(text.lines))


def text_of(revision: Revision) -> Text:
    lines = [Block(block["kind"], revision.text[block["start"] : block["end"]]) for block in revision.blocks]
    return Text(lines, revision.evidence)


def earlier_of_the_page() -> QuerySet[Revision]:
    """What was read of an article's page before its current revision, by the same cleaner; no person's corrections."""
    current = "article__current_revision__"
    return Revision.objects.filter(
        original=F(f"{current}original"),
        number__lt=F(f"{current}number"),
        cleaner_version=F(f"{current}cleaner_version"),
        correction=None,
    )


def _as_imported(revision: Revision) -> Iterable[Text]:
    """The text of the revision's page with all its lines, where today's cleaner is the one that read it."""
    page = reread(revision.original) if revision.original and revision.cleaner_version == CLEANER_VERSION else None
    if page:
        yield Text([Block("heading", page.title), *page.blocks], page.evidence)


def _is_left_of(lines: Sequence[Block], fuller: Sequence[Block]) -> bool:
    """Whether all the lines are there, in this order, under the same headline."""
    rest = iter(fuller)
    return lines[0] == fuller[0] and all(line in rest for line in lines)


def _of(lines: Iterable[BoilerplateLine]) -> AcceptedLines:
    forms: dict[str, list[str]] = {}
    for line in lines:
        forms.setdefault(line.place, []).append(line.folded)
    return AcceptedLines.of(forms)
