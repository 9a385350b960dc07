"""Marks as JSON, for the API and for the page's own JavaScript; offsets in code points."""

from collections.abc import Iterable
from typing import Any

from annotations.models import Annotation, Attribution
from annotations.permissions import Person, may_change, may_decide
from articles.models import Revision


def page_payload(revision: Revision, marks: Iterable[Annotation], user: Person) -> dict[str, Any]:
    return {
        "article": revision.article_id,
        "revision": revision.pk,
        "marks": [mark_payload(mark, user) for mark in marks],
    }


def mark_payload(mark: Annotation, user: Person) -> dict[str, Any]:
    """One mark as this person may see it. Who made it, and what members say about it, are for members.

    `standing` says how sure it is that these are its words: exact, moved or doubtful, since the article's text changed;
    a lost mark has the words and places of the text it was made on. Among the attributions those that `speak` have said
    the words; others relay them, or are said by the speaker to have said so.
    """
    payload = {
        "uuid": str(mark.uuid),
        "kind": mark.kind,
        "status": mark.status,
        "standing": mark.standing,
        "quote_type": mark.quote_type,
        "parts": [
            {"role": part.role, "start": part.start, "end": part.end, "exact": part.exact} for part in mark.all_parts
        ],
        "stance": mark.stance,
        "framing": mark.framing,
        "circumstances": _circumstances(mark) if mark.kind == Annotation.Kind.QUOTE else None,
        "attributions": [_attribution(link) for link in mark.links],
        "quote": str(mark.within.uuid) if mark.within else None,
        "may": {"change": may_change(mark, user), "decide": may_decide(mark, user)},
    }
    if user.is_authenticated:
        payload |= {
            "version": mark.version,
            "note": mark.note,
            "tags": list(mark.tag_names),
            "comments": mark.comment_count,
            "origin": _origin(mark),
        }
    return payload


def _circumstances(mark: Annotation) -> dict[str, Any]:
    """Of a quote; `said_when` is the text's words for the day."""
    return {
        "channel": mark.channel,
        "occasion": mark.occasion,
        "said_when": mark.said_when,
        "said_on": mark.said_on.isoformat() if mark.said_on else None,
        "translated": mark.translated,
    }


def _attribution(link: Attribution) -> dict[str, Any]:
    entity = link.entity and {"id": link.entity.pk, "kind": link.entity.kind, "name": link.entity.name}
    return {
        "speaker": str(link.speaker.uuid) if link.speaker else None,
        "entity": entity,
        "name": link.display_name,
        "role": link.role,
        "speaks": link.speaks,
        "certainty": link.certainty,
    }


def _origin(mark: Annotation) -> dict[str, Any]:
    return {
        "created_at": mark.created_at.isoformat(),
        "created_by": mark.created_by_name or None,
        "decided_by": mark.decided_by_name or None,
        "detector": f"{mark.detector} {mark.detector_version}" if mark.detector else None,
        "rule": mark.rule or None,
        "confidence": mark.confidence,
    }
