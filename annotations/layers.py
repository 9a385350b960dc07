"""What annotations add to the article page: marks over the text, the ledger beside it, and their number in lists."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from annotations.checking.cases import tell_cases
from annotations.citing import place_of
from annotations.ledger import ledger_of
from annotations.models import Annotation, Part, Placement
from annotations.payload import page_payload
from annotations.permissions import DECIDE, Person, may_mark
from annotations.reading import marks_of
from annotations.reviewing import waiting_on
from articles.layers import Layer, LayerSpan, MarkCount, Panel
from articles.models import Revision

State = Placement.State
SPEAKER = Annotation.Kind.SPEAKER
# Of the marks that wait after a text was rewritten so many are shown; the next come up as these are decided.
MOST_WAITING = 30


def mark_layer(revision: Revision, user: Person) -> Layer:
    """The marks this person may see, drawn on the server for readers without JavaScript, and the ledger."""
    marks = marks_of(revision, user)
    kinds = {kind.value: str(kind.label) for kind in Annotation.Kind}
    return Layer(
        spans=[span for mark in marks for span in _spans(mark, kinds[mark.kind])],
        panels=[
            *_waiting_panel(revision, user),
            Panel("annotations/panel.html", ledger_context(revision, marks, user)),
        ],
    )


def ledger_context(revision: Revision, marks: Sequence[Annotation], user: Person) -> dict:
    """What templates/annotations/ledger.html is given, on the page and as a fragment of its own."""
    tell_cases(marks, user)
    return {
        "ledger": ledger_of(marks, user, place=place_of(revision.article)),
        "marks": page_payload(revision, marks, user),
        "may_mark": may_mark(user),
        "may_check": user.has_perm("annotations.add_check"),
        "next_address": _next_address(revision, marks) if user.has_perm(DECIDE) else "",
        "article": revision.article,
        "address": revision.article.get_absolute_url(),
    }


def _next_address(revision: Revision, marks: Sequence[Annotation]) -> str:
    """On to the next article of the queue, from where this one stands in it now."""
    waiting = [mark for mark in marks if mark.status == Annotation.Status.SUGGESTED and mark.kind != SPEAKER]
    best = max((mark.confidence for mark in waiting), default=0)
    return f"{reverse('queue')}?{urlencode({'after': revision.article_id, 'n': len(waiting), 'best': best})}"


def _waiting_panel(revision: Revision, user: Person) -> list[Panel]:
    """Marks that wait since the text changed, for those who decide about any of them."""
    if revision.number == 1 or not user.has_perm("annotations.decide_annotation"):
        return []
    waiting = waiting_on(revision, user)
    return (
        [Panel("annotations/waiting.html", {"waiting": waiting[:MOST_WAITING], "number": len(waiting)})]
        if waiting
        else []
    )


def count_marks(articles: Sequence[int], user: Person) -> dict[int, MarkCount]:
    """The marks and suggestions on each article's current text that this person may see; one query."""
    seen = Annotation.objects.visible_to(user).on_current_text().filter(revision__article__in=articles)
    undecided = Q(status=Annotation.Status.SUGGESTED)
    rows = (
        seen.values("revision__article")
        .order_by()
        .annotate(marks=Count("pk", filter=~undecided), suggestions=Count("pk", filter=undecided))
    )
    return {row["revision__article"]: MarkCount(row["marks"], row["suggestions"]) for row in rows}


def _spans(mark: Annotation, kind: str) -> list[LayerSpan]:
    """One span a part; the first content part carries the anchor that the ledger's links lead to."""
    suggested = mark.status == Annotation.Status.SUGGESTED
    attributes = {
        "data-mark": str(mark.uuid),
        "role": "mark",
        "aria-roledescription": _described(mark, kind),
    }
    state = " is-suggested" if suggested else " is-doubtful" if mark.standing == State.DOUBTFUL else ""
    spans = []
    for part in mark.all_parts:
        name = "cue" if part.role == Part.Role.CUE else mark.kind
        spans.append(LayerSpan(part.start, part.end, f"mark mark-{name}{state}", attributes))
    anchor = mark.content[0]
    spans.append(LayerSpan(anchor.start, anchor.end, "mark", {"id": f"mark-{mark.uuid}"}))
    return spans


def _described(mark: Annotation, kind: str) -> str:
    if mark.status == Annotation.Status.SUGGESTED:
        return _("%(kind)s، مقترح") % {"kind": kind}
    return _("%(kind)s، موضعها غير مؤكد") % {"kind": kind} if mark.standing == State.DOUBTFUL else kind
