"""The marks of one record stored in their article: one transaction and one act, which is taken back whole."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import pgtrigger
from django.db import transaction

from annotations.carrying import carry_marks
from annotations.exports.records import ArticleRecord
from annotations.marking import forget_unused, hold_article
from annotations.models import Annotation, Attribution, Comment, CommentMention
from annotations.permissions import may_change
from annotations.receiving.comparing import differences, missing_comments
from annotations.receiving.linking import NO_COMMENT, NO_CUE, Links, links_of
from annotations.receiving.naming import Entities, Vocabulary
from annotations.receiving.people import People
from annotations.receiving.planning import Draft, Known, Plan, Rehearsed, Wishes, plan_of
from annotations.receiving.report import Fate, Report
from annotations.receiving.rows import (
    SAME,
    Keys,
    Row,
    attribution_rows,
    comment_rows,
    mark_row,
    part_rows,
    place_rows,
    state_of,
    tagging_rows,
)
from annotations.receiving.telling import keep_history
from annotations.receiving.told import differing
from annotations.recording import Act, Recording, written
from annotations.states import State, put_back, states_of, store
from articles.models import Article, Revision


@dataclass
class Arrival:
    """A record with the article that it is of; `report` is told what becomes of its marks."""

    record: ArticleRecord
    article: Article
    wishes: Wishes
    people: People
    report: Report
    now: datetime

    def tell(self, fate: Fate, draft: Draft, reason: str = "") -> None:
        self.report.tell(fate, self.record, draft.original, reason)


@dataclass
class _Writer:
    """Makes states of the drafts of one article, which are then put in place together."""

    arrival: Arrival
    plan: Plan
    change: Recording
    entities: Entities
    vocabulary: Vocabulary
    present: dict[int, State]
    keys: Keys
    wanted: dict[int, State | None] = field(default_factory=dict)
    said: list[tuple[list[Row], list[Row]]] = field(default_factory=list)
    taken: list[tuple[Draft, Links, Fate]] = field(default_factory=list)

    def write(self) -> None:
        marks = self._known()
        for draft in self.plan.drafts:
            links = links_of(draft.mark, marks)
            if draft.existing in self.present:
                self._meet(draft, links)
            else:
                self._add(draft, links, marks[draft.uuid].pk)
        self._store()

    def _known(self) -> dict[Any, Known]:
        """The marks of this article that the file may link to, those that are about to be made with their new keys."""
        marks = dict(self.plan.known)
        marks |= {left.uuid: left.stand_in for left in self.plan.not_taken if left.uuid and left.stand_in}
        new = [draft for draft in self.plan.drafts if draft.existing is None]
        for draft, key in zip(new, self.keys.take(Annotation, len(new)), strict=True):
            marks[draft.uuid] = Known(key, draft.mark.kind, draft.mark.status)
        return marks

    def _meet(self, draft: Draft, links: Links) -> None:
        """One that is here already: the same, or another, which is left as it is unless it is to be replaced."""
        now, how = self.present[draft.existing], {"people": self.arrival.people, "entities": self.entities}
        other = differences(draft, links, now, is_complete=self.arrival.wishes.is_complete, **how)
        if not other:
            self.arrival.tell(Fate.UNCHANGED, draft)
        elif self._may_replace(draft, other):
            self._replace(draft, links, now, other)
        else:
            self.arrival.tell(Fate.DIFFERS, draft, differing(other))

    def _may_replace(self, draft: Draft, other: list[str]) -> bool:
        """It does not come to words that another mark has."""
        if not self.arrival.wishes.replace or (draft.is_crowded and "parts" in other):
            return False
        return may_change(Annotation.objects.get(pk=draft.existing), self.arrival.wishes.by)

    def _add(self, draft: Draft, links: Links, pk: int) -> None:
        row = mark_row(draft, pk, links.quote, self.arrival.people, self.arrival.now)
        parts = part_rows(draft, pk, self.keys)
        comments, mentions = comment_rows(draft.mark.comments, pk, self.arrival.people, self.keys, self.arrival.now)
        links.left_out += [NO_COMMENT] * (len(draft.mark.comments) - len(comments))
        self.wanted[pk] = state_of(
            row,
            parts=parts,
            placements=place_rows(draft.placed.parts, [part["id"] for part in parts], self.arrival.people, self.keys),
            attributions=attribution_rows(links, pk, self.entities, self.keys),
            taggings=tagging_rows(links, pk, self.vocabulary, self.keys),
            comments=comments,
            mentions=mentions,
        )
        self.taken.append((draft, links, Fate.MOVED if draft.placed.moved else Fate.NEW))

    def _replace(self, draft: Draft, links: Links, now: State, other: list[str]) -> None:
        """As the file has it, as far as it says anything; what was said about the mark here stays."""
        pk = draft.existing
        row = mark_row(draft, pk, links.quote, self.arrival.people, self.arrival.now) | {"uuid": now["mark"]["uuid"]}
        kept = {name: now["mark"][name] for name in _unsaid(draft, now, is_complete=self.arrival.wishes.is_complete)}
        if "parts" in other or "places" in other:
            parts = part_rows(draft, pk, self.keys)
            places = place_rows(draft.placed.parts, [part["id"] for part in parts], self.arrival.people, self.keys)
        else:
            parts, places = now["parts"], now["placements"]
            kept["revision_id"] = now["mark"]["revision_id"]
        attributions, taggings = now["attributions"], now["taggings"]
        if "attributions" in other:
            attributions = attribution_rows(links, pk, self.entities, self.keys)
        if "tags" in other:
            taggings = tagging_rows(links, pk, self.vocabulary, self.keys)
        self.wanted[pk] = state_of(
            row | kept, parts=parts, placements=places, attributions=attributions, taggings=taggings
        )
        self._add_missing_comments(draft, now)
        self.taken.append((draft, links, Fate.REPLACED))

    def _add_missing_comments(self, draft: Draft, now: State) -> None:
        missing = missing_comments(draft, now, self.arrival.people)
        # A reply to what is here already stands by itself.
        new = [
            replace(draft.mark.comments[one], reply_to=_position(missing, draft.mark.comments[one].reply_to))
            for one in missing
        ]
        self.said.append(comment_rows(new, draft.existing, self.arrival.people, self.keys, self.arrival.now))

    def _store(self) -> None:
        replaced = [draft.existing for draft, _links, fate in self.taken if fate == Fate.REPLACED]
        instead = {old: draft for draft, _links, _fate in self.taken for old in draft.instead_of}
        self.change.touch(*replaced, *instead)
        self.change.before.update({pk: None for pk in self.wanted if pk not in self.present})
        put_back(self.wanted, {pk: self.present[pk] for pk in replaced})
        for comments, mentions in self.said:
            store(Comment, comments)
            store(CommentMention, mentions)
        self._give_way(instead)
        drafts = [draft for draft, *_ in self.taken]
        history = keep_history(drafts, people=self.arrival.people, keys=self.keys, article=self.arrival.article.pk)
        if self.taken:
            carry_marks(Revision.objects.select_related("article").get(pk=self.change.revision))
        self._tell(history)

    def _give_way(self, instead: dict[int, Draft]) -> None:
        """Undecided suggestions go; what was linked with them is linked with the mark that a person made."""
        if not instead:
            return
        keys = {str(state["mark"]["uuid"]): pk for pk, state in self.wanted.items() if state}
        for old, draft in instead.items():
            Attribution.objects.filter(speaker=old).update(speaker=keys[str(draft.uuid)])
            Annotation.objects.filter(quote=old).update(quote=keys[str(draft.uuid)])
        gone = Annotation.objects.filter(pk__in=instead)
        speakers = list(Attribution.objects.filter(annotation__in=gone).values_list("speaker", flat=True))
        with pgtrigger.ignore("annotations.Part:delete_delete"):
            gone.delete()
        forget_unused([speaker for speaker in speakers if speaker])

    def _tell(self, history: dict[Any, list[str]]) -> None:
        for draft, links, fate in self.taken:
            self.arrival.tell(fate, draft)
            cue = [NO_CUE] if draft.placed.without_cue else []
            for what in [*links.left_out, *cue, *history.get(draft.uuid, ())]:
                self.arrival.report.leave_out(fate, self.arrival.record, draft.original, what)


def receive(arrival: Arrival, rehearsed: Rehearsed | None = None) -> None:
    """Store what of a record's marks is not here yet; in a rehearsal everything is done and nothing stays."""
    article = arrival.article
    with transaction.atomic():
        with written(by=arrival.wishes.by, act=Act.IMPORTED) as change:
            hold_article(article.pk)
            article.refresh_from_db(fields=["current_revision"])
            plan = plan_of(arrival.record, article, arrival.wishes, arrival.now, rehearsed)
            for left in plan.not_taken:
                arrival.report.tell(left.fate, arrival.record, left.original, left.reason, left.passage)
            writer = _writer(arrival, plan, change)
            writer.write()
        if rehearsed is not None:
            for draft, _links, _fate in writer.taken:
                rehearsed.note(draft, article.pk)
            transaction.set_rollback(True)


def _writer(arrival: Arrival, plan: Plan, change: Recording) -> _Writer:
    present = states_of([draft.existing for draft in plan.drafts if draft.existing])
    said = [link for draft in plan.drafts for link in draft.mark.attributions]
    linked = {row["entity_id"] for state in present.values() for row in state["attributions"]} - {None}
    revision = Revision(pk=arrival.article.current_revision_id, article_id=arrival.article.pk)
    entities = Entities.of(revision, [link.entity for link in said if link.entity], linked)
    tags = {name for draft in plan.drafts for name in draft.mark.tags}
    vocabulary, keys = Vocabulary.of(arrival.wishes.by, tags), Keys(len(plan.drafts))
    return _Writer(arrival, plan, change, entities, vocabulary, present, keys)


def _unsaid(draft: Draft, now: State, *, is_complete: bool) -> set[str]:
    """The columns of a mark of which the file says nothing; ours stay."""
    said = draft.original
    unsaid = {"version"}
    if not is_complete:
        unsaid |= {name for name in SAME if name not in ("kind", "status") and not getattr(said, name)}
        unsaid |= set() if said.quote else {"quote_id"}
    if not (said.created_by or said.detector):
        unsaid |= {"created_by_id", "created_by_name", "detector", "detector_version", "rule", "confidence"}
    if not said.created_at:
        unsaid.add("created_at")
    if draft.mark.decided_at and now["mark"]["decided_at"]:
        unsaid |= set() if said.decided_by else {"decided_by_id", "decided_by_name"}
        unsaid |= set() if said.decided_at else {"decided_at"}
    return unsaid


def _position(missing: list[int], reply_to: int | None) -> int | None:
    return missing.index(reply_to) if reply_to in missing else None
