"""A check from its opening to its publication: who may do what, and what no one can do alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, transaction

from annotations.checking.cases import notices_about
from annotations.checking.correcting import publish_notice
from annotations.checking.judging import give_verdict, sign_off
from annotations.checking.moving import TABLE, move, moves_open_to
from annotations.checking.opening import add_claim, assign, open_check, remove_claim, reword
from annotations.checking.weighing import accept_evidence, add_evidence, ask_for_reply, record_answer, remove_evidence
from annotations.marking import reject
from annotations.models import Annotation, Check, CheckedClaim, Verdict
from annotations.refusals import MarkRefused
from articles.models import Article
from tests.accounts import make_user
from tests.annotations.checking.cases import (
    CLAIM,
    REASONS,
    article_of,
    decided,
    make_check,
    make_claim,
    published,
    rating,
)
from tests.annotations.marks import make_mark, suggest
from tests.articles.factories import make_article

pytestmark = pytest.mark.django_db
Status = Check.Status


@contextmanager
def refused(code: str) -> Iterator[None]:
    with pytest.raises(MarkRefused) as refusal:
        yield
    assert refusal.value.code == code


def test_a_suggestion_of_which_a_check_is_opened_is_accepted_by_that():
    article = make_article(paragraphs=[f"قال الوزير إن {CLAIM}."])
    mark, annotator = suggest(article, CLAIM, kind="claim"), make_user("annotator")
    check = open_check(mark=mark, wording=CLAIM, by=annotator)
    mark.refresh_from_db()
    assert (mark.status, mark.decided_by, check.status) == ("accepted", annotator, Status.NEW)


def test_readers_open_no_checks_and_only_claims_are_checked():
    with pytest.raises(PermissionDenied):
        open_check(mark=make_claim(), wording=CLAIM, by=make_user("reader"))
    article = make_article(paragraphs=["قال الوزير إن الميناء باق."])
    with refused("no_claim"):
        open_check(mark=suggest(article, "الميناء باق"), wording=CLAIM, by=make_user("editor"))
    with refused("no_text"):
        open_check(mark=make_claim(), wording="  ", by=make_user("editor"))


def test_a_check_gathers_the_claim_from_several_articles_and_a_claim_is_in_one_check_only():
    check, again, editor = make_check(), make_claim(), make_user("editor")
    claim = add_claim(check=check, mark=again, by=make_user("annotator"))
    with refused("already_checked"):
        open_check(mark=again, wording=CLAIM, by=editor)
    remove_claim(claim=claim, by=editor)
    with refused("last_claim"):
        remove_claim(claim=check.claims.get(), by=editor)
    with pytest.raises(IntegrityError), transaction.atomic():
        CheckedClaim.objects.create(case=make_check(), mark=check.claims.get().mark)


# Each state, and where it leads with a verdict in force.
@pytest.mark.parametrize("before", Status.values)
@pytest.mark.parametrize("after", Status.values)
def test_a_check_goes_only_where_the_table_lets_it(before, after):
    check, editor = make_check(), make_user("editor")
    verdict = decided(check)
    closed = {"closed_at": verdict.at, "closed_by_name": "x"} if before in ("published", "withdrawn") else {}
    closed = closed or {"closed_at": None, "closed_by_name": ""}
    seen = verdict.at if before == "published" else None
    Check.objects.filter(pk=check.pk).update(status=before, published_at=seen, **closed)
    if after in TABLE[before]:
        assert move(check=check, to=after, by=editor, notice="سحبناه لخطأ في المصدر").status == after
    else:
        with refused("no_such_move"):
            move(check=check, to=after, by=editor, notice="لا")


def test_no_one_signs_off_their_own_verdict_neither_here_nor_in_the_database():
    check, editor, other = make_check(), make_user("editor"), make_user("moderator")
    verdict = give_verdict(check=check, rating=rating(), reasons=REASONS, by=editor)
    with pytest.raises(PermissionDenied):
        sign_off(verdict=verdict, by=editor)
    with pytest.raises(PermissionDenied):
        sign_off(verdict=verdict, by=make_user("annotator"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Verdict.objects.filter(pk=verdict.pk).update(
            signed_off_at=verdict.at, signed_off_by=editor, signed_off_by_name=editor.username
        )
    with pytest.raises(DatabaseError, match="not signed off"), transaction.atomic():
        Check.objects.filter(pk=check.pk).update(verdict=verdict)
    sign_off(verdict=verdict, by=other)
    check.refresh_from_db()
    assert (check.status, check.verdict, check.verdict.signed_off_by) == (Status.CHECKED, verdict, other)


def test_a_verdict_is_not_edited_and_a_new_one_takes_its_place_when_it_is_signed_off():
    check = make_check()
    first = decided(check)
    for change in ({"reasons": "غير ذلك"}, {"signed_off_by_name": "آخر"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Verdict.objects.filter(pk=first.pk).update(**change)
    older = give_verdict(check=check, rating=rating("True"), reasons=REASONS, by=make_user("editor"))
    second = give_verdict(check=check, rating=rating("Unproven"), reasons=REASONS, by=make_user("editor"))
    check.refresh_from_db()
    assert check.verdict == first
    with refused("not_pending"):
        sign_off(verdict=older, by=make_user("editor"))
    sign_off(verdict=second, by=make_user("editor"))
    check.refresh_from_db()
    assert check.verdict == second


def test_nothing_is_checked_or_published_without_a_verdict_in_force():
    check, editor = make_check(), make_user("editor")
    move(check=check, to=Status.CHECKING, by=editor)
    give_verdict(check=check, rating=rating(), reasons=REASONS, by=editor)
    with refused("no_verdict"):
        move(check=check, to=Status.CHECKED, by=editor)
    with pytest.raises(IntegrityError), transaction.atomic():
        Check.objects.filter(pk=check.pk).update(status=Status.CHECKED)


@pytest.mark.parametrize("status", [Article.Status.PENDING, Article.Status.HIDDEN])
def test_what_stands_in_no_published_article_is_not_published(status):
    check = make_check()
    decided(check)
    Article.objects.filter(pk=article_of(check).pk).update(status=status)
    with refused("no_open_article"):
        move(check=check, to=Status.PUBLISHED, by=make_user("editor"))


def test_what_readers_have_seen_changes_only_with_a_notice_that_stays():
    check, editor = published(), make_user("editor")
    verdict = give_verdict(check=check, rating=rating("True"), reasons=REASONS, by=editor)
    with refused("no_text"):
        sign_off(verdict=verdict, by=make_user("editor"))
    with refused("no_text"):
        move(check=check, to=Status.WITHDRAWN, by=editor)
    sign_off(verdict=verdict, by=make_user("editor"), notice="أخطأنا في قراءة الجدول")
    move(check=check, to=Status.WITHDRAWN, by=editor, notice="سحبناه")
    assert [notice.text for notice in check.notices.all()] == ["أخطأنا في قراءة الجدول", "سحبناه"]
    for act in (check.notices.all().delete, lambda: check.notices.update(text="لا شيء"), check.delete):
        with pytest.raises((DatabaseError, IntegrityError)), transaction.atomic():
            act()


def test_a_notice_is_of_what_was_published():
    with refused("not_published"):
        publish_notice(check=make_check(), text="خطأ", by=make_user("editor"))
    with pytest.raises(PermissionDenied):
        publish_notice(check=published(), text="خطأ", by=make_user("annotator"))


def test_a_published_claim_keeps_its_wording():
    check, editor = make_check(), make_user("editor")
    assert (
        reword(check=check, wording="كل الصادرات  تمر عبر الميناء", by=editor).wording == "كل الصادرات تمر عبر الميناء"
    )
    with refused("was_published"):
        reword(check=published(check), wording="غير ذلك", by=editor)


def test_annotators_propose_evidence_and_editors_accept_it():
    check, annotator, editor = make_check(), make_user("annotator"), make_user("editor")
    evidence = add_evidence(check=check, stance="refutes", url="https://customs.example/2024", by=annotator)
    assert not evidence.is_accepted
    assert add_evidence(check=check, stance="context", article=article_of(check), by=editor).is_accepted
    with pytest.raises(PermissionDenied):
        accept_evidence(evidence=evidence, by=annotator)
    assert accept_evidence(evidence=evidence, by=editor).accepted_by == editor
    with pytest.raises(PermissionDenied):
        remove_evidence(evidence=evidence, by=annotator)
    remove_evidence(evidence=evidence, by=editor)
    assert check.evidence.count() == 1


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://a.example/x", "data:text/html,x"])
def test_evidence_leads_to_the_web_only(url):
    with refused("no_address"):
        add_evidence(check=make_check(), stance="context", url=url, by=make_user("annotator"))
    with refused("no_place"):
        add_evidence(check=make_check(), stance="context", by=make_user("annotator"))


def test_a_check_waits_for_a_reply_until_all_have_answered():
    check, annotator = make_check(), make_user("annotator")
    replies = [
        ask_for_reply(check=check, asked=name, channel="mail", deadline=date(2024, 5, 1), by=annotator)
        for name in ("وزارة النقل", "هيئة الميناء")
    ]
    check.refresh_from_db()
    assert check.status == Status.WAITING
    for reply, status in zip(replies, (Status.WAITING, Status.CHECKING), strict=True):
        record_answer(reply=reply, answer="ننفي ذلك.", by=annotator)
        check.refresh_from_db()
        assert check.status == status


def test_editors_assign_and_whoever_takes_part_takes_what_is_nobodys():
    check, annotator, editor = make_check(), make_user("annotator"), make_user("editor")
    assert assign(check=check, to=annotator, by=annotator).assignee == annotator
    with pytest.raises(PermissionDenied):
        assign(check=check, to=make_user("annotator"), by=annotator)
    with refused("not_assignable"):
        assign(check=check, to=make_user("reader"), by=editor)
    assert assign(check=check, to=None, by=editor).assignee is None


def test_moves_are_offered_to_those_who_may_make_them():
    check, annotator, editor = make_check(), make_user("annotator"), make_user("editor")

    def offered(user):
        check.refresh_from_db()
        return [state for state, _ in moves_open_to(check, user)]

    assert (offered(annotator), offered(editor)) == ([], ["checking", "withdrawn"])
    assign(check=check, to=annotator, by=annotator)
    assert offered(annotator) == ["checking"]
    with pytest.raises(PermissionDenied):
        move(check=check, to=Status.WITHDRAWN, by=annotator)
    decided(check)
    assert (offered(annotator), offered(editor)) == (["checking"], ["published", "checking", "withdrawn"])
    move(check=check, to=Status.PUBLISHED, by=editor)
    assert (offered(annotator), offered(editor)) == ([], [])


def test_what_readers_see_grows_only_by_those_who_decide():
    check, annotator, editor = make_check(), make_user("annotator"), make_user("editor")
    reply = ask_for_reply(check=check, asked="وزارة النقل", channel="mail", by=annotator)
    published(check)
    for act in (
        lambda by: add_claim(check=check, mark=make_claim(), by=by),
        lambda by: record_answer(reply=reply, answer="لا تعليق", by=by),
    ):
        with pytest.raises(PermissionDenied):
            act(annotator)
        assert act(editor)


def test_a_claim_that_was_rejected_meanwhile_is_not_checked():
    mark, editor = make_claim(), make_user("editor")
    reject(mark=mark, by=editor)
    with refused("gone"):
        open_check(mark=mark, wording=CLAIM, by=editor)


def test_notices_reach_the_claim_and_the_quote_that_it_stands_in():
    check, editor = published(), make_user("editor")
    claim = check.claims.get().mark
    quote = make_mark(claim.revision.article, "إن تسعون في المئة", by=editor)
    Annotation.objects.filter(pk=claim.pk).update(quote=quote)
    notice = publish_notice(check=check, text="كتبنا السنة خطأ.", by=editor)
    assert list(notices_about(claim)) == list(notices_about(quote)) == [notice]
    assert not notices_about(make_claim())
