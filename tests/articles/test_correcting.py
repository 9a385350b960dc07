"""A person's correction of an article is a revision of its own, is shown as such, and no import undoes it."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.corrections.blocks import corrected_lines, moved_evidence
from articles.corrections.correcting import (
    ChangedMeanwhile,
    CorrectionRefused,
    Published,
    correct_article,
    restore_revision,
)
from articles.importing.pages import Block, Refused
from articles.importing.running import import_inputs
from articles.importing.storing import Outcome, foresee, store_page
from articles.models import Article, Correction, ImportItem, Mention, Revision
from tests.accounts import make_user
from tests.articles.pages import FIRST, SECOND, TITLE, make_page

pytestmark = pytest.mark.django_db

URL = "https://village.example/news/7"
DAY = datetime(2024, 3, 16, 9, 30, tzinfo=UTC)
PAGE = {"url": URL, "published_at": DAY, "published_precision": "minute", "published_from": "meta"}
OTHER_DAY = Published(datetime(2024, 3, 14, 21, 0, tzinfo=UTC), "day")
FIXED = SECOND.replace("عادل الراوي", "عادل الراوي الحسن")
THIRD = "وحضر الافتتاح عدد من الكتاب وأهالي القرية، وتستمر الفعاليات حتى نهاية الأسبوع."


@pytest.fixture
def moderator():
    return make_user("moderator", username="سلمى")


@pytest.fixture
def article():
    return store_page(make_page(**PAGE)).article


def correct(article: Article, by, **changes) -> Revision:
    """A correction of what is given; the rest stays."""
    article.refresh_from_db()
    revision = article.current_revision
    asked = {
        "seen": revision.pk,
        "title": article.title,
        "body": revision.text.partition("\n")[2],
        "note": "خطأ في الاسم",
    } | changes
    return correct_article(article=article, by=by, **asked)


def stored(article: Article) -> Article:
    return Article.objects.select_related("current_revision").get(pk=article.pk)


def test_a_corrected_text_is_a_new_revision_that_says_who_when_and_why(article, moderator):
    first = article.current_revision
    revision = correct(article, moderator, body=f"{FIRST}\n{FIXED}")
    assert stored(article).current_revision == revision
    assert (revision.number, revision.text) == (2, f"{TITLE}\n{FIRST}\n{FIXED}")
    correction = revision.correction
    assert (correction.by, correction.by_name, correction.note) == (moderator, "سلمى", "خطأ في الاسم")
    assert (correction.before, correction.after, correction.previous_number) == ({"revision": 1}, {}, 1)
    first.refresh_from_db()
    assert first.text == f"{TITLE}\n{FIRST}\n{SECOND}"


def test_what_follows_every_revision_follows_a_corrected_one(article, moderator):
    revision = correct(article, moderator, body=f"{FIRST}\n{FIXED}")
    assert Mention.objects.filter(revision=revision, surface__contains="عادل الراوي").exists()
    assert revision.analysis.versions


def test_a_corrected_headline_is_the_articles_title_and_the_first_line(article, moderator):
    revision = correct(article, moderator, title="  افتتاح مكتبة\u200b القرية  ")
    assert stored(article).title == "افتتاح مكتبة القرية"
    assert revision.text.startswith("افتتاح مكتبة القرية\n")
    assert revision.correction.before == {"revision": 1, "title": TITLE}
    assert revision.correction.after == {"title": "افتتاح مكتبة القرية"}


def test_a_corrected_date_is_a_persons_and_a_revision_too(article, moderator):
    revision = correct(article, moderator, published=OTHER_DAY)
    now = stored(article)
    assert (now.published_at, now.published_precision, now.published_from) == (*OTHER_DAY, "person")
    assert revision.text == article.current_revision.text
    assert revision.correction.after == {"published_at": "2024-03-14T21:00:00+00:00", "published_precision": "day"}


def test_a_date_may_be_taken_away(article, moderator):
    correct(article, moderator, published=Published(None, ""))
    now = stored(article)
    assert (now.published_at, now.published_precision, now.published_from) == (None, "", "person")


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({}, "لم تغيّر شيئاً"),
        ({"body": "\u200b \n \x00"}, "بلا نص"),
        ({"title": " \u200b "}, "عنوان"),
        ({"note": " ", "title": "عنوان آخر"}, "سبب"),
        ({"published": Published(timezone.now() + timedelta(days=3), "day")}, "المستقبل"),
        ({"published": Published(DAY, "minute")}, "لم تغيّر شيئاً"),
    ],
)
def test_what_is_no_correction_is_refused_with_a_clear_line(article, moderator, changes, line):
    with pytest.raises(CorrectionRefused, match=line):
        correct(article, moderator, **changes)
    assert Revision.objects.count() == 1


@pytest.mark.parametrize("role", ["reader", "annotator", "editor"])
def test_only_moderators_correct(article, role):
    with pytest.raises(PermissionDenied):
        correct(article, make_user(role), title="عنوان آخر")
    client = Client()
    client.force_login(make_user(role))
    assert client.get(reverse("correct", args=[article.pk])).status_code == 403
    assert client.post(reverse("restore", args=[article.pk])).status_code == 403
    assert reverse("correct", args=[article.pk]) not in client.get(article.get_absolute_url()).content.decode()


def test_a_line_that_stays_or_changes_in_its_place_keeps_its_kind():
    before = [
        Block("heading", "عنوان"),
        Block("paragraph", "فقرة أولى"),
        Block("heading", "عنوان فرعي"),
        Block("quotation", "اقتباس"),
        Block("list_item", "بند"),
    ]
    after = corrected_lines(before, "عنوان", "فقرة أولى\nسطر جديد\nعنوان فرعي\nاقتباس مصحح\nبند")
    assert [block.kind for block in after] == ["heading", "paragraph", "paragraph", "heading", "quotation", "list_item"]
    assert corrected_lines(before, "آخر", "اقتباس")[1:] == [Block("quotation", "اقتباس")]


def test_evidence_stays_behind_the_line_that_it_followed():
    before = [Block("heading", "ع"), Block("paragraph", "أ"), Block("paragraph", "ب"), Block("paragraph", "ج")]
    after = [Block("heading", "ع"), Block("paragraph", "س"), Block("paragraph", "أ"), Block("paragraph", "ج")]
    evidence = [{"kind": "figure", "after": number} for number in range(4)]
    moved = moved_evidence(evidence, before, after)
    assert [piece["after"] for piece in moved] == [0, 2, 2, 3]
    assert [piece["after"] for piece in evidence] == [0, 1, 2, 3]


def test_who_corrects_a_text_that_changed_meanwhile_is_shown_both(article, moderator):
    seen = article.current_revision.pk
    correct(article, make_user("moderator"), body=f"{FIRST}\n{FIXED}")
    with pytest.raises(ChangedMeanwhile) as refusal:
        correct(article, moderator, seen=seen, body=f"{FIRST}\n{SECOND}\n{THIRD}")
    assert FIXED in refusal.value.current.text
    client = Client()
    client.force_login(moderator)
    sent = {"seen": seen, "title": TITLE, "body": f"{FIRST}\n{SECOND}\n{THIRD}", "note": "إضافة"}
    sent |= {"precision": "minute", "day": "2024-03-16", "time": "12:30"}
    response = client.post(reverse("correct", args=[article.pk]), sent)
    page = response.content.decode()
    assert response.status_code == 409
    assert THIRD in page
    assert FIXED in page
    current = stored(article).current_revision_id
    assert f'name="seen" value="{current}"' in page
    assert client.post(reverse("correct", args=[article.pk]), sent | {"seen": current}).status_code == 303
    assert THIRD in stored(article).current_revision.text


# The next import ---------------------------------------------------------------------------------------------------


def test_the_same_page_again_does_nothing_to_a_corrected_article(article, moderator):
    revision = correct(article, moderator, title="عنوان مصحح", body=f"{FIRST}\n{FIXED}", published=OTHER_DAY)
    assert store_page(make_page(**PAGE)).outcome == Outcome.UNCHANGED
    assert store_page(make_page(**PAGE, original=b"other bytes")).outcome == Outcome.UNCHANGED
    now = stored(article)
    assert now.current_revision == revision
    assert (now.title, now.published_at, now.published_from) == ("عنوان مصحح", OTHER_DAY.at, "person")
    assert not Article.objects.with_text_beyond_correction().exists()


def test_another_text_adds_its_revision_and_leaves_the_corrected_one_current(article, moderator):
    revision = correct(article, moderator, title="عنوان مصحح", body=f"{FIRST}\n{FIXED}", published=OTHER_DAY)
    page = make_page(FIRST, SECOND, THIRD, **PAGE | {"title": "عنوان من المصدر"})
    assert store_page(page).outcome == Outcome.UPDATED
    now = stored(article)
    assert now.current_revision == revision
    assert (now.title, now.published_at, now.published_precision) == ("عنوان مصحح", *OTHER_DAY)
    assert now.revisions.get(number=3).text == f"عنوان من المصدر\n{FIRST}\n{SECOND}\n{THIRD}"
    assert list(Article.objects.with_text_beyond_correction()) == [article]
    assert store_page(page).outcome == Outcome.UNCHANGED
    assert not Mention.objects.filter(revision__number=3).exists()


def test_a_persons_date_stays_where_nothing_is_known_of_what_was_read_before(article, moderator):
    correct(article, moderator, published=OTHER_DAY)
    Article.objects.update(as_read={})
    store_page(make_page(FIRST, SECOND, THIRD, **PAGE))
    assert stored(article).published_at == OTHER_DAY.at


def test_a_new_text_after_a_corrected_date_leaves_title_and_text_together(article, moderator):
    correct(article, moderator, published=OTHER_DAY)
    store_page(make_page(FIRST, THIRD, **PAGE | {"title": "عنوان من المصدر"}))
    now = stored(article)
    assert now.current_revision.text.startswith(now.title + "\n")
    assert now.published_at == OTHER_DAY.at


def test_moderators_are_told_of_the_newer_text_and_choose(article, moderator):
    correct(article, moderator, body=f"{FIRST}\n{FIXED}")
    store_page(make_page(FIRST, SECOND, THIRD, **PAGE))
    client = Client()
    client.force_login(moderator)
    assert "وصل من المصدر نص أحدث" in client.get(article.get_absolute_url()).content.decode()
    assert "وصل من المصدر نص أحدث" in client.get(reverse("correct", args=[article.pk])).content.decode()
    seen = stored(article).current_revision_id
    asked = {"seen": seen, "number": 3, "reason": "نص المصدر أتمّ"}
    assert client.post(reverse("restore", args=[article.pk]), asked).status_code == 303
    now = stored(article)
    assert (now.current_revision.number, now.current_revision.text) == (4, f"{TITLE}\n{FIRST}\n{SECOND}\n{THIRD}")
    assert not Article.objects.with_text_beyond_correction().exists()


def test_the_corrected_text_may_be_kept_and_the_question_is_closed(article, moderator):
    revision = correct(article, moderator, body=f"{FIRST}\n{FIXED}")
    store_page(make_page(FIRST, SECOND, THIRD, **PAGE))
    kept = restore_revision(revision=revision, seen=revision.pk, note="المصحَّح أدق", by=moderator)
    assert (kept.number, kept.text) == (4, revision.text)
    assert not Article.objects.with_text_beyond_correction().exists()
    with pytest.raises(CorrectionRefused):
        restore_revision(revision=kept, seen=kept.pk, note="مرة أخرى", by=moderator)


@pytest.mark.parametrize("blocks", [(), ("حُذفت المادة.",)])
def test_an_import_that_empties_the_text_is_kept_out_with_a_reason(article, blocks):
    store_page(make_page(FIRST, SECOND, THIRD, **PAGE))
    blocks = [Block("paragraph", text) for text in blocks]
    with pytest.raises(Refused, match="فارغ"):
        store_page(make_page(**PAGE, blocks=blocks))
    with pytest.raises(Refused, match="فارغ"):
        foresee(make_page(**PAGE, blocks=blocks))
    assert stored(article).current_revision.number == 2


def test_a_run_says_which_page_was_empty_and_goes_on(tmp_path):
    words = "كلمة " * 200
    lines = [{"url": URL, "title": TITLE, "text": words}, {"url": f"{URL}1", "title": TITLE, "text": f"{words} أخرى"}]
    file = tmp_path / "news.jsonl"
    file.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    assert import_inputs([file]).created == 2
    lines[0]["text"], lines[1]["text"] = "حُذفت المادة.", f"{words} ثالثة"
    file.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    report = import_inputs([file])
    assert (report.updated, report.refused) == (1, 1)
    item = ImportItem.objects.get(run=report.run, outcome="refused")
    assert "النص الجديد يكاد يكون فارغاً (عدد كلماته 2، وكانت 200)" in item.reason
    assert Article.objects.get(url=URL).current_revision.number == 1


# Going back --------------------------------------------------------------------------------------------------------


def test_an_earlier_text_is_restored_as_a_revision_of_its_own(article, moderator):
    first = article.current_revision
    revision = correct(article, moderator, title="عنوان مصحح", body=f"{FIRST}\n{FIXED}")
    restored = restore_revision(revision=first, seen=revision.pk, note="كان صحيحاً", by=moderator)
    assert (restored.number, restored.text, restored.blocks) == (3, first.text, first.blocks)
    assert stored(article).title == TITLE
    assert restored.correction.after == {"title": TITLE, "restored": 1}
    assert store_page(make_page(**PAGE)).outcome == Outcome.UNCHANGED


def test_the_current_text_is_not_restored(article, moderator):
    current = article.current_revision
    with pytest.raises(CorrectionRefused):
        restore_revision(revision=current, seen=current.pk, note="لا شيء", by=moderator)


# The pages ---------------------------------------------------------------------------------------------------------


def test_a_moderator_corrects_without_javascript(article, moderator):
    client = Client()
    client.force_login(moderator)
    page = client.get(reverse("correct", args=[article.pk])).content.decode()
    assert f"{FIRST}\n{SECOND}</textarea>" in page
    assert 'value="2024-03-16"' in page
    assert 'value="12:30"' in page  # the newsroom's clock
    sent = {
        "seen": article.current_revision_id,
        "title": TITLE,
        "body": f"{FIRST}\r\n{FIXED}",
        "note": "خطأ في الاسم",
        "precision": "day",
        "day": "2024-03-15",
        "time": "",
    }
    response = client.post(reverse("correct", args=[article.pk]), sent)
    assert (response.status_code, response.headers["Location"]) == (303, article.get_absolute_url())
    now = stored(article)
    assert timezone.localtime(now.published_at).strftime("%Y-%m-%d %H:%M") == "2024-03-15 00:00"
    assert now.current_revision.text == f"{TITLE}\n{FIRST}\n{FIXED}"
    page = client.get(article.get_absolute_url()).content.decode()
    assert "صحّحها <bdi>سلمى</bdi> في" in page
    assert "خطأ في الاسم" in page


def test_a_date_that_is_left_alone_stays_to_the_second(moderator):
    at = DAY.replace(second=41)
    article = store_page(make_page(**PAGE | {"published_at": at})).article
    client = Client()
    client.force_login(moderator)
    sent = {"seen": article.current_revision_id, "title": "عنوان آخر", "body": FIRST, "note": "سبب"}
    sent |= {"precision": "minute", "day": "2024-03-16", "time": "12:30"}
    assert client.post(reverse("correct", args=[article.pk]), sent).status_code == 303
    now = stored(article)
    assert (now.published_at, now.published_from) == (at, "meta")


@pytest.mark.parametrize(
    "wrong",
    [
        {"precision": "day", "day": ""},
        {"precision": "minute", "time": ""},
        {"precision": "century"},
        {"day": "غداً"},
        {"note": ""},
        {"title": ""},
        {"body": ""},
        {"seen": ""},
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(article, moderator, wrong):
    client = Client()
    client.force_login(moderator)
    sent = {"seen": article.current_revision_id, "title": "عنوان آخر", "body": f"{FIRST}\n{FIXED}", "note": "سبب"}
    sent |= {"precision": "minute", "day": "2024-03-16", "time": "12:30"} | wrong
    response = client.post(reverse("correct", args=[article.pk]), sent)
    assert response.status_code == 422
    assert sent["title"] in response.content.decode()
    assert "errorlist" in response.content.decode() or "notice-error" in response.content.decode()
    assert Revision.objects.count() == 1


def test_readers_see_that_a_text_was_corrected_and_not_how_to_do_it(article, moderator):
    correct(article, moderator, body=f"{FIRST}\n{FIXED}")
    client = Client()
    client.force_login(make_user("reader"))
    page = client.get(article.get_absolute_url()).content.decode()
    assert "صحّحها <bdi>سلمى</bdi> في" in page
    assert reverse("correct", args=[article.pk]) not in page


def test_the_account_may_go_and_the_correction_still_says_who(article, moderator):
    revision = correct(article, moderator, body=f"{FIRST}\n{FIXED}")
    moderator.delete()
    correction = Correction.objects.get(revision=revision)
    assert (correction.by, correction.by_name) == (None, "سلمى")


def test_the_desk_filters_what_has_a_newer_text(article, moderator):
    correct(article, moderator, body=f"{FIRST}\n{FIXED}")
    store_page(make_page(FIRST, SECOND, THIRD, **PAGE))
    store_page(make_page(**PAGE | {"url": "https://village.example/news/8", "title": "خبر لم يُصحَّح"}))
    moderator.is_staff = True
    moderator.save()
    client = Client()
    client.force_login(moderator)
    page = client.get(reverse("admin:articles_article_changelist"), {"beyond_correction": "1"}).content.decode()
    assert TITLE in page
    assert "خبر لم يُصحَّح" not in page
