"""What became of a mark, told in words: who changed what, and when."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet, TextChoices
from django.utils.translation import gettext as _

from annotations.circumstances import day_told
from annotations.earlier_history import EarlierChange, earlier_changes
from annotations.models import Annotation, Attribution, ChangedMark, Channel, Part, Placement, Stance
from annotations.models.circumstances import UNKNOWN
from annotations.permissions import Person
from annotations.states import State
from articles.models import Article


class Difference(NamedTuple):
    """What one change made of one thing about a mark; an empty line where there was or is nothing."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Entry:
    """One change of a mark. `change` names it to whoever wants the mark to be again what it was after it.

    What was changed before changes were kept whole, or elsewhere, has none.
    """

    change: UUID | None
    act: str
    label: str
    at: datetime
    by: str
    differences: Sequence[Difference]

    @property
    def payload(self) -> dict[str, Any]:
        return {
            "change": str(self.change) if self.change else None,
            "act": self.act,
            "label": self.label,
            "at": self.at.isoformat(),
            "by": self.by,
            "differences": [difference._asdict() for difference in self.differences],
        }


@dataclass(frozen=True)
class MarkHistory:
    """The latest change first. `mark` is None where it is gone; `words` are then those that it had last."""

    uuid: UUID
    article: Article
    mark: Annotation | None
    words: str
    entries: Sequence[Entry]


def history_of(uuid: UUID, user: Person) -> MarkHistory | None:
    """Of a mark on an article that this person may read; None where there is no such mark, and never was."""
    if not user.is_authenticated:
        return None
    readable = Article.objects.visible_to(user)
    marks = Annotation.objects.filter(uuid=uuid, revision__article__in=readable)
    mark = marks.select_related("revision__article__source").prefetch_related("parts").first()
    rows = list(_rows(uuid).filter(change__revision__article__in=readable))
    if not (mark or rows):
        return None
    article = mark.revision.article if mark else rows[0].change.revision.article
    words = mark.exact if mark else next((words_of(row.after or row.before) for row in rows if not row.is_told), "")
    return MarkHistory(uuid, article, mark, words, _entries(uuid, rows))


def entries_of(uuid: UUID) -> list[Entry]:
    """The changes of a mark, the latest first, for whoever may see every mark."""
    return _entries(uuid, list(_rows(uuid)))


def differences(before: State | None, after: State | None) -> list[Difference]:
    """What is not the same about a mark, in the order in which a person looks at it."""
    told = ((label, tell(before) if before else "", tell(after) if after else "") for label, tell in _telling())
    return [Difference(label, old, new) for label, old, new in told if old != new]


def _rows(uuid: UUID) -> QuerySet[ChangedMark]:
    related = ChangedMark.objects.filter(mark=uuid).select_related("change__revision__article__source")
    return related.defer("change__revision__text", "change__revision__blocks").order_by("-pk")


def _entries(uuid: UUID, rows: Sequence[ChangedMark]) -> list[Entry]:
    earlier = [_earlier_entry(change) for change in earlier_changes(uuid, rows[-1] if rows else None)]
    return [*(_entry(row) for row in rows), *reversed(earlier)]


def _earlier_entry(change: EarlierChange) -> Entry:
    """Of rows that say less: the state, the type and the note."""
    told = (
        (_("الحالة"), lambda event: str(event.get_status_display())),
        (_("نوع الاقتباس"), lambda event: str(event.get_quote_type_display())),
        (_("ملاحظة"), lambda event: event.note),
    )
    found = (
        Difference(label, tell(change.before) if change.before else "", tell(change.after) if change.after else "")
        for label, tell in told
    )
    changed = [one for one in found if one.before != one.after]
    return Entry(None, change.act, str(change.act.label), change.at, change.by, changed)


def _entry(row: ChangedMark) -> Entry:
    change = row.change
    if row.is_told:
        return Entry(None, change.act, change.get_act_display(), change.at, change.by_name, ())
    return Entry(
        change.uuid, change.act, change.get_act_display(), change.at, change.by_name, differences(row.before, row.after)
    )


def _telling() -> Iterator[tuple[str, Any]]:
    yield _("الكلمات"), words_of
    yield _("عبارة الإسناد"), lambda state: _joined(state, Part.Role.CUE)
    yield _("الحالة"), lambda state: str(Annotation.Status(state["mark"]["status"]).label)
    yield _("نوع الاقتباس"), _quote_type
    yield _("القائل"), _speakers
    yield _("نبرة الفعل"), lambda state: _label(Stance, state, "stance")
    yield _("قناة القول"), lambda state: _label(Channel, state, "channel")
    yield _("المناسبة"), lambda state: _field(state, "occasion")
    yield _("تاريخ القول"), _day
    yield _("الترجمة"), lambda state: _("مترجم") if _field(state, "translated") else ""
    yield _("تحفّظ الناقل"), lambda state: _field(state, "framing")
    yield _("يرد في الاقتباس"), lambda state: state["told"]["quote"] or ""
    yield _("الوسوم"), _tags
    yield _("ملاحظة"), lambda state: state["mark"]["note"]
    yield _("الموضع في النص الحالي"), _places


def words_of(state: State) -> str:
    """The words of a mark, the parts of an interrupted quote with an ellipsis between them."""
    return _joined(state, Part.Role.CONTENT)


def _joined(state: State, role: str) -> str:
    return " … ".join(part["exact"] for part in state["parts"] if part["role"] == role)


def _quote_type(state: State) -> str:
    return str(Annotation.QuoteType(state["mark"]["quote_type"]).label) if state["mark"]["quote_type"] else ""


def _field(state: State, name: str) -> Any:
    """What a mark did not have yet when a state was kept is as where nothing is known."""
    return state["mark"].get(name, UNKNOWN[name])


def _label(choices: type[TextChoices], state: State, name: str) -> str:
    value = _field(state, name)
    return str(choices(value).label) if value else ""


def _day(state: State) -> str:
    day = _field(state, "said_on")
    return day_told(_field(state, "said_when"), date.fromisoformat(day) if day else None)


def _speakers(state: State) -> str:
    names = state["told"]["speakers"] or {}
    said = (f"{names.get(str(link['id'])) or ''} ({_standing_of(link)})" for link in state["attributions"])
    return _("، ").join(said)


def _standing_of(link: dict[str, Any]) -> str:
    """How certain, and in what role, where that is not simply to have said it."""
    certainty, role = Attribution.Certainty(link["certainty"]), Attribution.Role(link["role"])
    told = [role.label, certainty.label] if role != Attribution.Role.SAID else [certainty.label]
    return _("، ").join(map(str, told))


def _tags(state: State) -> str:
    names = state["told"]["tags"] or {}
    return _("، ").join(names[str(tagging["tag_id"])] for tagging in state["taggings"])


def _places(state: State) -> str:
    """Where the words stand in the last text that the state knows."""
    content = {part["id"] for part in state["parts"] if part["role"] == Part.Role.CONTENT}
    places = [place for place in state["placements"] if place["part_id"] in content]
    latest = max((place["revision_id"] for place in places), default=None)
    states = (place["state"] for place in places if place["revision_id"] == latest)
    return _("، ").join(dict.fromkeys(str(Placement.State(one).label) for one in states))
