"""The JSON API for deciding many suggestions of an article at once."""

from django.http import HttpRequest, HttpResponse

from annotations.deciding import MOST_AT_ONCE, Outcome, decide_all
from annotations.models import Annotation
from annotations.views.answers import change_answer, seen_text_of
from annotations.views.bodies import BadBody, body_of, share_in, text_in, uuids_in
from annotations.views.problems import json_api


@json_api("POST")
def decide_marks(request: HttpRequest, pk: int) -> HttpResponse:
    """POST {decision: accept | reject, and either uuids, or min_confidence, max_confidence, kind}.

    Answers with what was decided, what undoes all of it, and why the others were left.
    """
    body = body_of(request)
    decision = text_in(body, "decision", longest=10)
    if decision not in ("accept", "reject"):
        raise BadBody.of("decision")
    uuids, kind = uuids_in(body, "uuids", most=MOST_AT_ONCE), text_in(body, "kind", longest=10)
    least, most = share_in(body, "min_confidence"), share_in(body, "max_confidence")
    if kind not in (None, *Annotation.Kind.values):
        raise BadBody.of("kind")
    if uuids is None and least is None and most is None:
        raise BadBody.of("uuids")
    outcome = decide_all(
        revision=seen_text_of(request, pk, body),
        accepting=decision == "accept",
        uuids=uuids,
        kind=kind,
        min_confidence=0 if least is None else least,
        max_confidence=1 if most is None else most,
        by=request.user,
    )
    return outcome_answer(outcome, request)


def outcome_answer(outcome: Outcome, request: HttpRequest) -> HttpResponse:
    """How many were done, with their marks; why the others were not; and what undoes it."""
    refused = [{"subject": _told(one.subject), "code": one.code, "detail": one.reason} for one in outcome.refused]
    return change_answer(outcome.change, request, done=len(outcome.done), refused=refused)


def _told(subject: object) -> object:
    return subject if isinstance(subject, dict) else str(subject)
