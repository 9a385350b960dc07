"""Making, changing and deciding marks. Each action is atomic, checks that `by` may do it, and leaves history.

Refusals: MarkRefused (with a line for the person) or PermissionDenied. To change a suggestion is to accept it as
changed: a person has looked at it, and a rerun of the detector must not take that away.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import pgtrigger
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations.circumstances import changed_circumstances
from annotations.models import Annotation, Attribution, Part, Placement
from annotations.permissions import may_change, may_decide, may_mark
from annotations.quotetypes import quote_type_of
from annotations.recording import Act, recording, written
from annotations.refusals import AlreadyMarked, ChangedMeanwhile, MarkRefused, TextChanged
from annotations.spans import MarkedSpan, check_spans, parts_of
from annotations.standing import places_in, stand, standing_parts
from articles.models import Article, Revision

Status = Annotation.Status
Kind = Annotation.Kind
Certainty = Attribution.Certainty


def create_mark(
    *, revision: Revision, kind: str, spans: Sequence[MarkedSpan], by: AbstractBaseUser, quote_type: str = ""
) -> Annotation:
    """Mark words of an article's current text. Where a detector proposed the same, its suggestion is accepted."""
    if not may_mark(by):
        raise PermissionDenied
    if kind not in Kind.values:
        raise MarkRefused("unknown_kind", _("نوع العلامة غير معروف."))
    check_spans(revision.text, kind, spans)
    if kind == Kind.QUOTE:
        content = sorted(span[:2] for span in spans if span.role == Part.Role.CONTENT)
        quote_type = _checked_type(quote_type) or quote_type_of(revision.text, content)
    with written(by=by, act=Act.MARKED) as change:
        hold_current(revision, by)
        same = mark_at(revision, kind, spans)
        if same and same.status == Status.ACCEPTED:
            raise AlreadyMarked
        if same:
            return change_mark(mark=same, by=by, quote_type=quote_type)
        mark = Annotation(revision=revision, kind=kind, quote_type=quote_type if kind == Kind.QUOTE else "")
        mark.created_by, mark.created_by_name = by, by.get_username()
        _decide(mark, Status.ACCEPTED, by)
        mark.save()
        Part.objects.bulk_create(parts_of(mark, revision.text, spans))
        change.made([mark])
    return mark


def change_mark(
    *,
    mark: Annotation,
    by: AbstractBaseUser,
    spans: Sequence[MarkedSpan] | None = None,
    quote_type: str | None = None,
    note: str | None = None,
    circumstances: Mapping[str, Any] | None = None,
    version: int | None = None,
) -> Annotation:
    """Change what is given and leave the rest. New content spans without a cue keep the cue that was there.

    `circumstances` of a quote: any of annotations.circumstances.CHANGEABLE.
    """
    with written(by=by, act=Act.CHANGED):
        mark = held(mark, version)
        if not may_change(mark, by):
            raise PermissionDenied
        if spans is not None:
            _replace_parts(mark, spans, by)
        if quote_type and mark.kind == Kind.QUOTE:
            mark.quote_type = _checked_type(quote_type)
        if note is not None:
            mark.note = note
        for name, value in changed_circumstances(mark, circumstances).items() if circumstances else ():
            setattr(mark, name, value)
        if mark.status == Status.SUGGESTED:
            _decide(mark, Status.ACCEPTED, by)
        mark.save()
    return mark


def delete_mark(*, mark: Annotation, by: AbstractBaseUser, version: int | None = None) -> None:
    """Take a mark off the text. A detector's is kept as rejected, or the next run would propose it again."""
    with written(by=by, act=Act.DELETED):
        mark = held(mark, version)
        if not may_change(mark, by):
            raise PermissionDenied
        if mark.detector:
            _withdraw(mark, by)
        else:
            _release(mark)
            mark.delete()


def accept(*, mark: Annotation, by: AbstractBaseUser, version: int | None = None) -> Annotation:
    """Accept a suggestion. With a quote or claim its proposed speakers are accepted and the attributions confirmed.

    But not to whom the speaker says to have said it: from this text a person sees that the one told it, and nobody can
    see that the other said so. Who knows it from elsewhere says it by connecting them.
    """
    with written(by=by, act=Act.ACCEPTED):
        mark = held(mark, version)
        if not may_decide(mark, by):
            raise PermissionDenied
        if mark.status != Status.ACCEPTED:
            _decide(mark, Status.ACCEPTED, by)
            mark.save()
        for attribution in mark.attributions.select_related("speaker").exclude(certainty=Certainty.CONFIRMED):
            if attribution.is_second_hand:
                continue
            if attribution.speaker:
                accept_words(attribution.speaker, by)
            attribution.certainty = Certainty.CONFIRMED
            attribution.save(update_fields=["certainty"])
    return mark


def reject(*, mark: Annotation, by: AbstractBaseUser, version: int | None = None) -> Annotation:
    """Decide that this is no such thing; it disappears from the pages and is not proposed again at that place."""
    with written(by=by, act=Act.REJECTED):
        mark = held(mark, version)
        if not may_decide(mark, by):
            raise PermissionDenied
        _withdraw(mark, by)
    return mark


def hold_current(revision: Revision, by: AbstractBaseUser) -> None:
    """Until the end of the transaction no import may give the article another text, and no one marks beside us."""
    readable = Article.objects.visible_to(by).filter(pk=revision.article_id)
    current = readable.select_for_update(no_key=True).values_list("current_revision", flat=True).first()
    if current is None:
        raise PermissionDenied
    if current != revision.pk:
        raise TextChanged
    recording().revision = current


def current_text(mark: Annotation) -> Revision:
    return Revision.objects.select_related("article").get(pk=mark.revision.article.current_revision_id)


def held(mark: Annotation, version: int | None = None) -> Annotation:
    """The mark as it is now, kept from others' hands until the end of the transaction, and noted as it is.

    Its article first, in the order in which everyone takes them: no import carries marks over, or makes suggestions
    anew, while one of them is decided. `version` is the one that the person has seen, where that is known.
    """
    hold_article(mark.revision.article_id)
    current = Annotation.objects.select_for_update(no_key=True, of=("self",)).with_article()
    found = current.filter(pk=mark.pk).first()
    if found is None:
        raise MarkRefused("gone", _("حُذفت هذه العلامة قبل قليل. أعد تحميل الصفحة."))
    if version is not None and version != found.version:
        raise ChangedMeanwhile(found)
    recording().touch(found.pk)
    return found


def hold_article(pk: int) -> int:
    """No one else changes the article or marks it until the end of the transaction; its revision now."""
    article = Article.objects.select_for_update(no_key=True).filter(pk=pk)
    recording().revision = article.values_list("current_revision", flat=True).first()
    return recording().revision


def mark_at(revision: Revision, kind: str, spans: Sequence[MarkedSpan]) -> Annotation | None:
    """A live mark of that kind over exactly that content; an accepted one before a suggestion."""
    return min(marks_at(revision, kind, spans), key=lambda mark: mark.status, default=None)


def marks_at(revision: Revision, kind: str, spans: Sequence[MarkedSpan]) -> list[Annotation]:
    """The live marks of that kind over exactly that content."""
    wanted = sorted(span[:2] for span in spans if span.role == Part.Role.CONTENT)
    live = Annotation.objects.filter(kind=kind).exclude(status=Status.REJECTED)
    made = list(live.filter(revision=revision, parts__start=wanted[0][0], parts__role=Part.Role.CONTENT))
    found = Placement.objects.filter(revision=revision, start=wanted[0][0], part__role=Part.Role.CONTENT)
    if revision.number > 1:
        made += live.filter(pk__in=found.values("part__annotation"))
    prefetch_related_objects(made, "parts", *places_in(revision))
    stand(made, revision)
    return [mark for mark in made if [(part.start, part.end) for part in mark.content] == wanted]


def accept_words(mark: Annotation, by: AbstractBaseUser) -> None:
    """Accept a mark for itself, without what it is connected to."""
    if mark.status == Status.SUGGESTED:
        _decide(mark, Status.ACCEPTED, by)
        mark.save()


def forget_unused(speakers: Sequence[int]) -> None:
    """Drop proposed speakers of whom no quote is left; nobody has decided about them, or said anything."""
    unused = Annotation.objects.filter(pk__in=speakers, status=Status.SUGGESTED, attributed=None, comments=None)
    with pgtrigger.ignore("annotations.Part:delete_delete"):
        unused.delete()


def _decide(mark: Annotation, status: str, by: AbstractBaseUser) -> None:
    mark.status = status
    mark.decided_by, mark.decided_by_name, mark.decided_at = by, by.get_username(), timezone.now()


def _withdraw(mark: Annotation, by: AbstractBaseUser) -> None:
    if mark.status == Status.REJECTED:
        return
    _release(mark)
    _decide(mark, Status.REJECTED, by)
    mark.save()


def _release(mark: Annotation) -> None:
    """Undo the links of a mark that goes: words that are no speaker say nothing; a quote keeps the name of its own."""
    mark.attributed.all().delete()
    mark.claims.update(quote=None)
    links = list(mark.attributions.exclude(speaker=None).select_related("speaker", "entity"))
    speakers = [link.speaker_id for link in links]
    for link in links:
        link.name, link.speaker = link.display_name[:300], None
        link.save(update_fields=["name", "speaker"])
    forget_unused(speakers)


def _replace_parts(mark: Annotation, spans: Sequence[MarkedSpan], by: AbstractBaseUser) -> None:
    """Give a mark other words of the article's current text, which it is made on from now on."""
    revision = current_text(mark)
    hold_current(revision, by)
    check_spans(revision.text, mark.kind, spans)
    same = mark_at(revision, mark.kind, spans)
    if same and same.pk != mark.pk:
        raise AlreadyMarked
    if not any(span.role == Part.Role.CUE for span in spans):
        cues = [part for part in standing_parts(mark, revision) if part.role == Part.Role.CUE]
        spans = [*spans, *(MarkedSpan(cue.start, cue.end, cue.exact, cue.role) for cue in cues)]
    mark.parts.all().delete()
    mark.revision = revision
    Part.objects.bulk_create(parts_of(mark, revision.text, spans))


def _checked_type(quote_type: str) -> str:
    if quote_type and quote_type not in Annotation.QuoteType.values:
        raise MarkRefused("unknown_type", _("نوع الاقتباس غير معروف."))
    return quote_type
