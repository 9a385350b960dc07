"""Connecting a quote or claim to who said it, a claim to the quote that it stands in, and undoing that."""

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from annotations.marking import accept_words, create_mark, current_text, forget_unused, held, mark_at
from annotations.models import Annotation, Attribution, Part
from annotations.permissions import may_change
from annotations.recording import Act, written
from annotations.refusals import MarkRefused
from annotations.spans import MarkedSpan
from annotations.standing import standing_in, standing_parts
from articles.models import Entity, Revision

# Whom words name when they name several: «وزير الخارجية الأميركي جون كيري» is the person, not the ministry.
SPEAKING_KINDS = (Entity.Kind.PERSON, Entity.Kind.ORGANISATION, Entity.Kind.PLACE)


def connect_speaker(
    *,
    mark: Annotation,
    by: AbstractBaseUser,
    speaker: Annotation | None = None,
    span: MarkedSpan | None = None,
    entity: Entity | None = None,
    name: str = "",
    version: int | None = None,
) -> Attribution:
    """Say who said a quote or claim: by a speaker mark, by the words that name the speaker, by entity or by name.

    Words (`span`) become a speaker mark, or stand for the one that is there. Without an entity, the one that those
    words name is taken. What was connected before is replaced.
    """
    with written(by=by, act=Act.CONNECTED):
        mark = _changeable(mark, by, version)
        revision = current_text(mark)
        if span:
            speaker = _speaker_at(revision, span, by)
        if speaker:
            speaker = _checked_speaker(speaker, revision)
            accept_words(speaker, by)
            entity = entity or entity_named_by(speaker, revision)
        if not (speaker or entity or name):
            raise MarkRefused("no_speaker", _("اختر القائل أولاً."))
        _disconnect(mark, but=speaker)
        accept_words(mark, by)
        return Attribution.objects.create(
            annotation=mark,
            order=0,
            speaker=speaker,
            entity=entity,
            name=name,
            certainty=Attribution.Certainty.CONFIRMED,
        )


def disconnect_speaker(*, mark: Annotation, by: AbstractBaseUser, version: int | None = None) -> Annotation:
    """Take the link away; the mark stays, its speaker unknown."""
    with written(by=by, act=Act.DISCONNECTED):
        mark = _changeable(mark, by, version)
        _disconnect(mark)
        accept_words(mark, by)
    return mark


def link_to_quote(
    *, claim: Annotation, quote: Annotation, by: AbstractBaseUser, version: int | None = None
) -> Annotation:
    """Say that a claim stands in a quote of the same text; several claims may stand in one."""
    with written(by=by, act=Act.LINKED):
        claim = _claim(claim, by, version)
        quote = _standing(quote, Annotation.Kind.QUOTE, current_text(claim))
        if quote is None:
            raise MarkRefused("not_a_quote", _("هذه العلامة ليست اقتباساً في هذه المادة."))
        accept_words(quote, by)
        claim.quote = quote
        claim.save()
        accept_words(claim, by)
    return claim


def unlink_from_quote(*, claim: Annotation, by: AbstractBaseUser, version: int | None = None) -> Annotation:
    with written(by=by, act=Act.UNLINKED):
        claim = _claim(claim, by, version)
        claim.quote = None
        claim.save()
        accept_words(claim, by)
    return claim


def entity_named_by(speaker: Annotation, revision: Revision) -> Entity | None:
    """The entity that a speaker mark's words name: the one mention over the same words, or the only person in them."""
    content = next(part for part in standing_parts(speaker, revision) if part.role == Part.Role.CONTENT)
    mentions = revision.mentions.filter(start__lt=content.end, end__gt=content.start)
    inside = list(mentions.filter(entity__kind__in=SPEAKING_KINDS).select_related("entity__merged_into"))
    same = [one.entity for one in inside if (one.start, one.end) == (content.start, content.end)]
    people = {one.entity for one in inside if one.entity.kind == Entity.Kind.PERSON}
    found = same[0] if same else people.pop() if len(people) == 1 else None
    return found.merged_into or found if found else None


def _changeable(mark: Annotation, by: AbstractBaseUser, version: int | None) -> Annotation:
    mark = held(mark, version)
    if not may_change(mark, by):
        raise PermissionDenied
    if mark.kind == Annotation.Kind.SPEAKER:
        raise MarkRefused("not_said", _("القائل يُربط باقتباس أو ادعاء."))
    return mark


def _claim(mark: Annotation, by: AbstractBaseUser, version: int | None) -> Annotation:
    mark = _changeable(mark, by, version)
    if mark.kind != Annotation.Kind.CLAIM:
        raise MarkRefused("not_a_claim", _("لا يُربط بالاقتباس إلا ادعاء يرد فيه."))
    return mark


def _standing(mark: Annotation, kind: str, revision: Revision) -> Annotation | None:
    """The mark, held, if it is a live one of that kind in this text."""
    mark = held(mark) if mark.revision.article_id == revision.article_id else mark
    live = Annotation.objects.filter(kind=kind).exclude(status=Annotation.Status.REJECTED)
    return mark if standing_in(revision, live).filter(pk=mark.pk).exists() else None


def _speaker_at(revision: Revision, span: MarkedSpan, by: AbstractBaseUser) -> Annotation:
    kind = Annotation.Kind.SPEAKER
    return mark_at(revision, kind, [span]) or create_mark(revision=revision, kind=kind, spans=[span], by=by)


def _checked_speaker(speaker: Annotation, revision: Revision) -> Annotation:
    found = _standing(speaker, Annotation.Kind.SPEAKER, revision)
    if found is None:
        raise MarkRefused("not_a_speaker", _("هذه العلامة ليست قائلاً في هذه المادة."))
    return found


def _disconnect(mark: Annotation, but: Annotation | None = None) -> None:
    links = mark.attributions.all()
    unused = {link.speaker_id for link in links if link.speaker_id and (but is None or link.speaker_id != but.pk)}
    links.delete()
    forget_unused(list(unused))
