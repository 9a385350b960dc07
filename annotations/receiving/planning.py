"""What becomes of the marks of a record in its article: worked out before anything is written."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext as _

from annotations.exports.records import ArticleRecord, MarkRecord
from annotations.models import Annotation
from annotations.quotetypes import quote_type_of
from annotations.receiving.checking import NoMark, checked, uuid_of
from annotations.receiving.placing import NotPlaced, Placed, Texts
from annotations.receiving.report import Fate
from annotations.refusals import MarkRefused
from annotations.spans import MarkedSpan, check_spans
from annotations.standing import places_in, stand, standing_in
from articles.models import Article, Revision

Kind, Status = Annotation.Kind, Annotation.Status
Place = tuple[int, str, tuple[tuple[int, int], ...]]
"""By which two marks are one: the revision, the kind, and the content as (start, end)."""


@dataclass(frozen=True, slots=True)
class Known:
    """A mark that others may be linked to."""

    pk: int
    kind: str
    status: str


@dataclass
class Draft:
    """A mark of the file that has a place here. `existing` is the key of the mark here that has its UUID.

    `original` is as the file has it, `mark` as it can be stored. `instead_of` are suggestions that nobody has decided
    yet and that it takes the place of. `is_crowded`: the words here are marked so by another mark than `existing`.
    """

    original: MarkRecord
    mark: MarkRecord
    placed: Placed
    uuid: UUID
    existing: int | None = None
    instead_of: list[int] = field(default_factory=list)
    is_crowded: bool = False


@dataclass(frozen=True, slots=True)
class NotTaken:
    """`stand_in` is the mark here that stands for it: what is linked to it is linked to that one."""

    original: MarkRecord
    fate: Fate
    reason: str
    passage: str = ""
    uuid: UUID | None = None
    stand_in: Known | None = None


@dataclass
class Plan:
    """`known` are the marks of this article that are here already under UUIDs of the file."""

    drafts: list[Draft] = field(default_factory=list)
    not_taken: list[NotTaken] = field(default_factory=list)
    known: dict[UUID, Known] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the importing person asked for. `kind`: of marks whose file names none.

    `is_complete`: what the format leaves empty is empty; in others nothing is said of it.
    """

    by: AbstractBaseUser
    kind: str = ""
    replace: bool = False
    is_complete: bool = False


@dataclass
class Rehearsed:
    """What a dry run would have stored of the articles before: files may come back to an article."""

    marks: dict[UUID, tuple[int, int]] = field(default_factory=dict)
    places: set[Place] = field(default_factory=set)

    def note(self, draft: Draft, article: int) -> None:
        self.marks[draft.uuid] = (article, hash(draft.original))
        self.places.add(own_place(draft))

    def fate_of(self, draft: Draft, article: int, *, is_replacing: bool) -> Fate | None:
        """None where nothing of the file was in its way before."""
        if draft.uuid in self.marks:
            where, before = self.marks[draft.uuid]
            other = Fate.REPLACED if is_replacing else Fate.DIFFERS
            same = Fate.UNCHANGED if before == hash(draft.original) else other
            return same if where == article else Fate.REFUSED
        return Fate.ALREADY if own_place(draft) in self.places else None


def own_place(draft: Draft) -> Place:
    content = tuple((span.start, span.end) for span in draft.placed.content)
    return draft.placed.revision.pk, draft.mark.kind, content


def plan_of(
    record: ArticleRecord, article: Article, wishes: Wishes, now: datetime, rehearsed: Rehearsed | None = None
) -> Plan:
    """Inside the transaction that holds the article."""
    plan, texts = Plan(), Texts(record, article)
    drafts = []
    for mark in record.marks:
        try:
            drafts.append(_draft(mark, texts, wishes, now))
        except NoMark as reason:
            plan.not_taken.append(NotTaken(mark, Fate.REFUSED, str(reason)))
        except MarkRefused as refused:
            plan.not_taken.append(NotTaken(mark, Fate.REFUSED, refused.reason))
        except NotPlaced as lost:
            plan.not_taken.append(NotTaken(mark, lost.fate, lost.reason, lost.passage))
    if rehearsed:
        drafts = list(_unrehearsed(drafts, plan, article, rehearsed, wishes))
    _Sorter(plan, texts, article).sort(drafts)
    return plan


def _unrehearsed(
    drafts: Sequence[Draft], plan: Plan, article: Article, rehearsed: Rehearsed, wishes: Wishes
) -> Iterator[Draft]:
    for draft in drafts:
        fate = rehearsed.fate_of(draft, article.pk, is_replacing=wishes.replace)
        if fate is None:
            yield draft
        else:
            plan.not_taken.append(NotTaken(draft.original, fate, _("تكررت هذه العلامة في الملف."), uuid=draft.uuid))


def _draft(mark: MarkRecord, texts: Texts, wishes: Wishes, now: datetime) -> Draft:
    fit = checked(mark, kind=wishes.kind, now=now)
    uuid = uuid_of(mark)
    placed = texts.place(fit)
    text = placed.revision.text
    spans = [MarkedSpan(part.start, part.end, part.exact, part.role) for part in placed.parts]
    check_spans(text, fit.kind, spans)
    if fit.kind == Kind.QUOTE and not fit.quote_type:
        fit = replace(fit, quote_type=quote_type_of(text, sorted(placed.content)))
    return Draft(mark, fit, placed, uuid or _name_of(placed, fit.kind))


def _name_of(placed: Placed, kind: str) -> UUID:
    """The UUID of a mark whose file gives it none: the same each time that it comes to the same words."""
    place = ",".join(f"{part.start}-{part.end}" for part in placed.parts)
    return uuid5(NAMESPACE_URL, f"newsdesk:{placed.revision.pk}:{kind}:{place}")


@dataclass
class _Sorter:
    """Tells drafts that are new from those that are here already."""

    plan: Plan
    texts: Texts
    article: Article
    taken: dict[Place, Known] = field(default_factory=dict)
    suggested: dict[Place, list[Annotation]] = field(default_factory=lambda: defaultdict(list))
    rejected: dict[Place, Known] = field(default_factory=dict)

    def sort(self, drafts: Sequence[Draft]) -> None:
        elsewhere = self._find_known(drafts)
        self._find_places({draft.placed.revision for draft in drafts} | {self.texts.current})
        seen: set[UUID] = set()
        for draft in drafts:
            if draft.uuid in elsewhere:
                self._leave(draft, Fate.REFUSED, _("معرّف هذه العلامة (UUID) لعلامة في مادة أخرى."))
            elif draft.uuid in seen:
                self._leave(draft, Fate.REFUSED, _("تكرر معرّف هذه العلامة (UUID) في الملف."))
            elif draft.uuid in self.plan.known:
                draft.existing = self.plan.known[draft.uuid].pk
                draft.is_crowded = self._beside(draft, draft.existing) is not None
                self.plan.drafts.append(draft)
            else:
                self._sort_new(draft)
            seen.add(draft.uuid)

    def _find_known(self, drafts: Iterable[Draft]) -> set[UUID]:
        """Notes the marks that are here; the UUIDs of marks on other articles."""
        named = {draft.uuid for draft in drafts}
        named |= {uuid for draft in drafts for uuid in _linked(draft.mark)}
        rows = Annotation.objects.filter(uuid__in=named).values_list(
            "uuid", "pk", "kind", "status", "revision__article"
        )
        elsewhere = set()
        for uuid, pk, kind, status, article in rows:
            if article == self.article.pk:
                self.plan.known[uuid] = Known(pk, kind, status)
            else:
                elsewhere.add(uuid)
        return elsewhere

    def _find_places(self, revisions: Iterable[Revision]) -> None:
        for revision in revisions:
            marks = standing_in(revision, Annotation.objects.all())
            found = list(marks.prefetch_related("parts", *places_in(revision), "comments", "checked"))
            stand(found, revision)
            for mark in found:
                if mark.content:
                    self._note_place(mark, revision)

    def _note_place(self, mark: Annotation, revision: Revision) -> None:
        place = (revision.pk, mark.kind, tuple((part.start, part.end) for part in mark.content))
        # Whatever people have said of it, or begun to check, is theirs.
        if mark.status == Status.SUGGESTED and not (mark.comments.all() or hasattr(mark, "checked")):
            self.suggested[place].append(mark)
        else:
            self._note(place, Known(mark.pk, mark.kind, mark.status))

    def _note(self, place: Place, known: Known) -> None:
        (self.rejected if known.status == Status.REJECTED else self.taken).setdefault(place, known)

    def _sort_new(self, draft: Draft) -> None:
        """A decided mark takes the place of a suggestion that nobody has decided; anything else stays as it is."""
        places = self._places(draft)
        same = self._beside(draft)
        suggestions = {mark.pk: mark for place in places for mark in self.suggested.get(place, ())}
        if same is None and suggestions and draft.mark.status == Status.SUGGESTED:
            same = next(Known(mark.pk, mark.kind, mark.status) for mark in suggestions.values())
        if same:
            self._leave(draft, Fate.ALREADY, _("الكلمات نفسها معلَّمة هنا بمثل هذه العلامة."), same)
            return
        draft.instead_of = list(suggestions)
        for place in places:
            self.suggested.pop(place, None)
            self._note(place, Known(0, draft.mark.kind, draft.mark.status))
        self.plan.drafts.append(draft)

    def _beside(self, draft: Draft, but: int | None = None) -> Known | None:
        """Another mark that says the same of the same words."""
        marks = self.rejected if draft.mark.status == Status.REJECTED else self.taken
        found = (marks[place] for place in self._places(draft) if place in marks)
        return next((known for known in found if known.pk != but), None)

    def _places(self, draft: Draft) -> list[Place]:
        """Where it is to be made, and where that is in the present text, as far as that is sure."""
        now = tuple((span.start, span.end) for span in self.texts.now(draft.placed))
        places = [own_place(draft), (self.texts.current.pk, draft.mark.kind, now)]
        return [place for place in places if place[2]]

    def _leave(self, draft: Draft, fate: Fate, reason: str, stand_in: Known | None = None) -> None:
        # Of two alike in one file the first has no key yet.
        known = stand_in if stand_in and stand_in.pk else None
        self.plan.not_taken.append(NotTaken(draft.original, fate, reason, uuid=draft.uuid, stand_in=known))


def _linked(mark: MarkRecord) -> Iterable[UUID]:
    for name in (mark.quote, *(said.speaker for said in mark.attributions)):
        try:
            yield UUID(name or "")
        except ValueError:
            continue
