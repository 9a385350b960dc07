"""Marks whose words changed with the article's text wait for a person, on the article page and on the desk."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from annotations.marking import create_mark
from annotations.models import Annotation, Placement
from annotations.reading import marks_of
from annotations.refusals import MarkRefused
from annotations.reviewing import confirm_place, drop_place, mark_again, waiting_on
from articles.models import Article
from tests.accounts import make_user
from tests.annotations.marks import make_mark, span
from tests.annotations.test_carrying import LINES, NEW_LINE, QUOTE, SECOND, changed
from tests.articles.factories import make_article

pytestmark = pytest.mark.django_db

OTHER = QUOTE.replace("مهما حدث، وسنواصل العمل", "أبداً، وسنمضي في التشغيل")
WAITING = "علامات تحتاج إلى مراجعة بعد تعديل النص"


@pytest.fixture
def article():
    return make_article(title="الميناء باق", paragraphs=LINES)


@pytest.fixture
def doubtful(article, annotator) -> Annotation:
    """A quote whose words changed."""
    mark = make_mark(article, QUOTE, by=annotator, cue="قال")
    changed(article, LINES[0].replace(QUOTE, OTHER), *LINES[1:])
    return mark


@pytest.fixture
def lost(article, annotator) -> Annotation:
    """A claim whose words went."""
    mark = make_mark(article, SECOND, by=annotator, kind="claim")
    changed(article, LINES[0], LINES[2])
    return mark


def shown(article: Article, user) -> list[tuple[str, str]]:
    marks = marks_of(article.current_revision, user)
    return [(mark.exact, mark.standing) for mark in marks if mark.status == "accepted"]


def test_old_and_new_words_are_put_side_by_side(article, doubtful, annotator):
    [place] = waiting_on(article.current_revision, annotator)
    assert (place.mark, place.old_words, place.new_words) == (doubtful, QUOTE, OTHER)
    assert place.old[0].before.endswith("سالم الخطيب ")
    assert place.new[0].after.startswith("، في حديث إلى الصحفيين")


def test_who_confirms_a_doubtful_mark_says_that_these_are_its_words(article, doubtful, annotator):
    confirm_place(mark=doubtful, by=annotator)
    assert shown(article, annotator) == [(OTHER, "moved")]
    assert waiting_on(article.current_revision, annotator) == []
    place = Placement.objects.get(part__role="content")
    assert (place.state, place.decided_by, place.decided_by_name) == ("moved", annotator, annotator.username)
    with pytest.raises(MarkRefused):
        confirm_place(mark=doubtful, by=annotator)


def test_confirmed_words_are_what_is_looked_for_in_the_next_text(article, doubtful, annotator):
    confirm_place(mark=doubtful, by=annotator)
    changed(article, NEW_LINE, LINES[0].replace(QUOTE, OTHER), *LINES[1:])
    assert shown(article, annotator) == [(OTHER, "moved")]
    assert waiting_on(article.current_revision, annotator) == []


def test_a_lost_mark_cannot_be_confirmed(lost, annotator):
    with pytest.raises(MarkRefused):
        confirm_place(mark=lost, by=annotator)


def test_a_dropped_mark_stays_with_its_text_and_asks_no_more_until_its_words_come_back(article, lost, annotator):
    drop_place(mark=lost, by=annotator)
    assert waiting_on(article.current_revision, annotator) == []
    changed(article, NEW_LINE, LINES[0], LINES[2])
    assert waiting_on(article.current_revision, annotator) == []
    assert shown(article, annotator) == []
    lost.refresh_from_db()
    assert (lost.status, lost.exact) == ("accepted", SECOND)
    changed(article, *LINES)
    assert shown(article, annotator) == [(SECOND, "exact")]


def test_a_mark_is_given_other_words_in_any_spelling(article, lost, annotator):
    mark_again(mark=lost, words=["لن نُغلقَ الميناء مهما حدث"], by=annotator)
    assert shown(article, annotator) == [("لن نغلق الميناء مهما حدث", "exact")]
    lost.refresh_from_db()
    assert lost.revision == article.current_revision


def test_an_interrupted_quote_is_given_a_line_for_each_of_its_parts(annotator):
    first, second = "«لن نغلق الميناء مهما حدث»", "«وسنواصل العمل ليلاً ونهاراً»"
    article = make_article(title="خبر", paragraphs=[f"{first}، قال الوزير، {second}، ثم غادر القاعة مع الوفد."])
    quote = create_mark(
        revision=article.current_revision,
        kind="quote",
        spans=[span(article, first), span(article, second)],
        by=annotator,
    )
    changed(article, "قال الوزير «نغلق الميناء يوماً» ثم «نواصل العمل بعده» وغادر القاعة مع الوفد.", title="خبر")
    mark_again(mark=quote, words=["نغلق الميناء يوماً", "نواصل العمل بعده"], by=annotator)
    assert shown(article, annotator) == [("نغلق الميناء يوماً … نواصل العمل بعده", "exact")]


@pytest.mark.parametrize("words", [["كلمات ليست في النص"], ["«»"], [], ["وحضر الجولة", "قال"]])
def test_words_that_are_not_there_in_this_order_are_refused(lost, annotator, words):
    with pytest.raises(MarkRefused):
        mark_again(mark=lost, words=words, by=annotator)
    assert Placement.objects.filter(state="lost", decided_at=None).exists()


def test_only_those_who_may_decide_about_a_mark_do_so(article, doubtful):
    for role, may in {"reader": False, "annotator": False, "editor": True, "moderator": True}.items():
        user = make_user(role)
        assert len(waiting_on(article.current_revision, user)) == may, role
        if not may:
            with pytest.raises(PermissionDenied):
                confirm_place(mark=doubtful, by=user)
            with pytest.raises(PermissionDenied):
                drop_place(mark=doubtful, by=user)
    confirm_place(mark=doubtful, by=user)


def test_the_article_page_asks_those_who_decide_and_nobody_else(article, doubtful, annotator):
    client = Client()
    client.force_login(annotator)
    page = client.get(article.get_absolute_url()).content.decode()
    assert WAITING in page
    assert reverse("confirm_mark_place", args=[doubtful.uuid]) in page
    assert f'lang="ar" dir="auto">قال وزير النقل سالم الخطيب <mark>{OTHER}</mark>' in page
    client.force_login(make_user("reader"))
    page = client.get(article.get_absolute_url()).content.decode()
    assert WAITING not in page
    assert "تغيّر النص: موضع غير مؤكد" in page
    assert f'data-citation="{OTHER}' not in page


def test_the_buttons_work_without_javascript(article, doubtful, annotator):
    client = Client()
    client.force_login(annotator)
    response = client.post(reverse("confirm_mark_place", args=[doubtful.uuid]))
    assert (response.status_code, response.headers["Location"]) == (303, f"{article.get_absolute_url()}#waiting")
    assert shown(article, annotator) == [(OTHER, "moved")]
    client.post(reverse("drop_mark_place", args=[doubtful.uuid]))
    assert "بُتّ في هذه العلامة قبل قليل" in client.get(article.get_absolute_url()).content.decode()


def test_a_page_of_its_own_shows_both_passages_and_takes_other_words(article, lost, annotator):
    client = Client()
    client.force_login(annotator)
    address = reverse("mark_place", args=[lost.uuid])
    page = client.get(address).content.decode()
    assert SECOND in page
    assert "لا توجد كلمات تشبهها." in page
    refused = client.post(address, {"words": "ليست هنا"})
    assert refused.status_code == 422
    assert "لا ترد هذه الكلمات في النص الحالي: «ليست هنا»" in refused.content.decode()
    assert ">ليست هنا</textarea>" in refused.content.decode()
    client.post(address, {"words": "وحضر الجولة\n"})
    assert shown(article, annotator) == [("وحضر الجولة", "exact")]


def test_marks_on_articles_that_a_person_may_not_read_are_not_told_of(article, lost, annotator):
    Article.objects.update(status="hidden")
    client = Client()
    client.force_login(annotator)
    for name in ("mark_place", "confirm_mark_place", "drop_mark_place"):
        assert client.post(reverse(name, args=[lost.uuid])).status_code == 404


def test_the_decision_is_kept_with_who_took_it(doubtful, annotator):
    confirm_place(mark=doubtful, by=annotator)
    event = Placement.pgh_event_model.objects.get(state="moved")
    assert event.pgh_context.metadata["username"] == annotator.username


def test_a_page_with_many_waiting_marks_needs_no_more_queries(annotator, django_assert_max_num_queries):
    article = make_article(title="طويلة", paragraphs=[f"{line} {number}" for number in range(20) for line in LINES])
    for number in range(60):
        make_mark(article, f"{LINES[number % 3]} {number // 3}", by=annotator, kind="claim")
    changed(article, "نص آخر تماماً.", title="طويلة")
    client = Client()
    client.force_login(annotator)
    client.get(article.get_absolute_url())
    with django_assert_max_num_queries(15):
        page = client.get(article.get_absolute_url()).content.decode()
    assert page.count('waiting-mark"') == 30
    assert "60 علامات تنتظر قراراً" in page or "60 علامة تنتظر قراراً" in page


def test_the_desk_lists_what_waits_and_decides_it(article, doubtful, annotator):
    second = make_article(title="الميناء باق", paragraphs=LINES)
    gone = make_mark(second, SECOND, by=annotator, kind="claim")
    changed(second, LINES[0], LINES[2])
    client = Client()
    moderator = make_user("moderator")
    moderator.is_staff = True
    moderator.save()
    client.force_login(moderator)
    address = reverse("admin:annotations_waitingmark_changelist")
    page = client.get(address).content.decode()
    assert all(words in page for words in (QUOTE, OTHER, SECOND, "موضع غير مؤكد", "لم يُعثر عليها"))
    selected = {"action": "confirm_selected", "_selected_action": [doubtful.pk, gone.pk]}
    page = client.post(address, selected, follow=True).content.decode()
    assert shown(article, moderator) == [(OTHER, "moved")]
    assert "لم يُعثر على كلمات هذه العلامة" in page
    client.post(address, {"action": "drop_selected", "_selected_action": [gone.pk]})
    assert not Placement.objects.waiting().exists()
    assert Placement.objects.filter(decided_by=moderator).count() >= 2


def test_the_desk_asks_the_database_as_often_for_many_marks_as_for_one(annotator, django_assert_max_num_queries):
    article = make_article(title="طويلة", paragraphs=[f"{line} {number}" for number in range(10) for line in LINES])
    for number in range(30):
        make_mark(article, f"{LINES[number % 3]} {number // 3}", by=annotator, kind="claim")
    changed(article, "نص آخر تماماً.", title="طويلة")
    client = Client()
    moderator = make_user("moderator")
    moderator.is_staff = True
    moderator.save()
    client.force_login(moderator)
    with django_assert_max_num_queries(15):
        client.get(reverse("admin:annotations_waitingmark_changelist"))
