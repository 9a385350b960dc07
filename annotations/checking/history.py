"""What became of a check: every act on it and its papers, with who and when, from the rows that history keeps."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.contrib.auth import get_user_model
from django.db.models import Model
from django.utils.translation import gettext as _

from annotations.models import Check, CheckedClaim, Evidence, Reply, Verdict


@dataclass(frozen=True)
class Act:
    """`said` is what was done, `detail` to what; `by` is a name, empty where the program did it."""

    at: datetime
    by: str
    said: str
    detail: str = ""


def acts_on(check: Check) -> list[Act]:
    """The latest first; seven queries."""
    found = [*_of_case(check), *_of_claims(check), *_of_evidence(check), *_of_replies(check), *_of_verdicts(check)]
    found += [Act(one.at, one.by_name, _("نُشر تصويب"), one.text) for one in check.notices.all()]
    return sorted(found, key=lambda act: act.at, reverse=True)


def _events(model: type[Model], **of) -> list[Model]:
    return list(model.pgh_event_model.objects.filter(**of).select_related("pgh_context").order_by("pgh_id"))


def _act(event: Model, said: str, detail: str = "") -> Act:
    context = event.pgh_context.metadata if event.pgh_context else {}
    return Act(event.pgh_created_at, context.get("username") or "", said, detail)


def _of_case(check: Check) -> Iterator[Act]:
    events = _events(Check, pgh_obj_id=check.pk)
    people = get_user_model().objects.in_bulk({event.assignee_id for event in events} - {None})
    for before, after in pairwise([None, *events]):
        if before is None:
            yield _act(after, _("فُتح الملف"), after.wording)
            continue
        if before.status != after.status:
            states = {"before": before.get_status_display(), "after": after.get_status_display()}
            yield _act(after, _("انتقل الملف"), _("من «%(before)s» إلى «%(after)s»") % states)
        if before.wording != after.wording:
            yield _act(after, _("عُدّلت صيغة الادعاء"), after.wording)
        if before.assignee_id != after.assignee_id:
            someone = people.get(after.assignee_id)
            yield _act(after, _("كُلّف به") if after.assignee_id else _("رُفع التكليف"), str(someone or ""))


def _of_claims(check: Check) -> Iterator[Act]:
    for event in _events(CheckedClaim, case_id=check.pk):
        yield _act(event, _("أُخرج ادعاء من الملف") if event.pgh_label == "delete" else _("أُضيف ادعاء إلى الملف"))


def _of_evidence(check: Check) -> Iterator[Act]:
    said = {"insert": _("أُضيف دليل"), "update": _("قُبل دليل"), "delete": _("حُذف دليل")}
    for event in _events(Evidence, case_id=check.pk):
        # What is said of an article of ours may be of one that not every member may read.
        yield _act(event, said[event.pgh_label], event.url and (event.title or event.url))


def _of_replies(check: Check) -> Iterator[Act]:
    said = {"insert": _("طُلب رد"), "update": _("سُجّل رد"), "delete": _("حُذف طلب رد")}
    for event in _events(Reply, case_id=check.pk):
        yield _act(event, said[event.pgh_label], event.asked)


def _of_verdicts(check: Check) -> Iterator[Act]:
    ratings = {verdict.pk: str(verdict.rating) for verdict in check.verdicts.select_related("rating")}
    for event in _events(Verdict, case_id=check.pk):
        said = _("صدرت نتيجة") if event.pgh_label == "insert" else _("اعتُمدت نتيجة")
        yield _act(event, said, ratings.get(event.pgh_obj_id, ""))
