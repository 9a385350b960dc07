"""A story's page, the comparison of two texts, and what an article's page says of where it comes from."""

from pathlib import Path

import pytest
from django.urls import reverse

from articles import publishing
from articles.importing.readers.text import read_text
from articles.importing.storing import store_page
from articles.models import Article, Source, Story
from articles.provenance.stories import decide_origin, settle_stories
from tests.accounts import make_user
from tests.articles.copies import FLOOD, stored
from tests.articles.factories import add_revision, make_article, make_source
from tests.articles.markup import page_in, with_class, words
from tests.articles.pages import make_page

pytestmark = pytest.mark.django_db
DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"
REPUBLISHED = DATA / "articles" / "000_a9a89ce97942bf35.txt"


@pytest.fixture
def reader(client):
    client.force_login(make_user("reader"))
    return client


@pytest.fixture
def copies():
    """Three copies: the newspaper's, two hours later a site's that cut it, later still one with another number."""
    return [
        stored(FLOOD, source="صحيفة الميناء", title="النهر يغلق الجسر"),
        stored(FLOOD[:2], source="موقع نوافذ", title="إغلاق الجسر القديم", hours=2),
        stored([line.replace("70", "80") for line in FLOOD], source="بوابة القرية", title="النهر يغلق الجسر", hours=4),
    ]


def page_of(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return page_in(response)


def story_page(client):
    return page_of(client, Story.objects.get().get_absolute_url())


def listed(page):
    return [words(source) for source in with_class(page, "copy-source")]


def reasons(page):
    return [words(reason) for reason in with_class(page, "story-reasons", "li")]


def line(client, article):
    return [words(part) for part in with_class(page_of(client, article.get_absolute_url()), "origin-line", "span")]


def test_a_story_lists_its_copies_in_time_and_says_who_was_first(reader, copies):
    page = story_page(reader)
    assert listed(page) == ["صحيفة الميناء", "موقع نوافذ", "بوابة القرية"]
    assert words(with_class(page, "story-first")[0]) == "نُشر أولاً في صحيفة الميناء"
    assert reasons(page) == ["هذه أقدم المواد تاريخاً بين ما في الأرشيف."]
    (mark,) = with_class(page, "copy-mark")
    assert words(mark.getparent()).startswith("صحيفة الميناء")


def test_each_copy_says_what_it_changed(reader, copies):
    cut, numbers = (words(change) for change in with_class(story_page(reader), "copy-change"))
    assert "حذفت 17 كلمة" in cut
    assert "بعنوان آخر" in cut
    assert "زادت" not in cut
    assert "أرقام اختلفت: 70 80" in numbers
    assert "بعنوان آخر" not in numbers
    assert "99% من الكلمات مشتركة" not in cut


def test_the_same_words_are_said_to_be_the_same(reader):
    stored(FLOOD)
    stored(FLOOD, source="موقع نوافذ")
    assert "100% من الكلمات مشتركة الكلمات نفسها" in words(with_class(story_page(reader), "copy-change")[0])


def test_the_reason_is_told_from_what_this_reader_sees(client, copies):
    publishing.hide(Article.objects.filter(pk=copies[0].pk))
    client.force_login(make_user("reader"))
    page = story_page(client)
    assert listed(page) == ["موقع نوافذ", "بوابة القرية"]
    assert words(with_class(page, "story-first")[0]) == "نُشر أولاً في موقع نوافذ"


def test_what_waits_for_review_is_seen_by_those_who_review_it(client, copies):
    Article.objects.filter(pk=copies[0].pk).update(status="pending")
    client.force_login(make_user("reader"))
    assert listed(story_page(client)) == ["موقع نوافذ", "بوابة القرية"]
    client.force_login(make_user("editor"))
    assert listed(story_page(client)) == ["صحيفة الميناء", "موقع نوافذ", "بوابة القرية"]


def test_a_story_of_which_one_copy_is_left_to_see_is_none(client, copies):
    Article.objects.filter(pk__in=[copy.pk for copy in copies[1:]]).update(status="pending")
    settle_stories()
    story = Story.objects.get()
    client.force_login(make_user("reader"))
    assert client.get(story.get_absolute_url()).status_code == 404
    page = page_of(client, copies[0].get_absolute_url())
    assert with_class(page, "origin-line") == with_class(page, "copies-beside") == []
    client.force_login(make_user("editor"))
    assert client.get(story.get_absolute_url()).status_code == 200


def test_a_day_s_precision_leaves_a_doubt_that_is_told(reader):
    day = stored(FLOOD, source="أ", precision="day")
    stored(FLOOD, source="ب", hours=1)
    assert words(with_class(story_page(reader), "story-first")[0]) == "أقدم مادة في الأرشيف: ب"
    assert line(reader, day)[0] == "أقدمها في الأرشيف: ب"
    assert reasons(story_page(reader)) == [
        "هذه أقدم المواد تاريخاً بين ما في الأرشيف.",
        "قد تكون مادة أخرى سبقتها: تاريخ نشرها غير معروف بهذه الدقة.",
    ]


def test_copies_without_any_date_have_no_known_origin(reader):
    stored(FLOOD, source="أ", published_at=None)
    stored(FLOOD, source="ب", published_at=None)
    page = story_page(reader)
    assert reasons(page) == ["لا يُعرف أي مادة نُشرت أولاً: لا تاريخ لأي منها."]
    assert with_class(page, "story-first") == []


def test_a_credited_agency_without_an_article_of_its_own_is_named(reader):
    agency = make_source("وكالة الساحل", kind=Source.Kind.AGENCY)
    stored(FLOOD, source="أ", credited=agency)
    stored(FLOOD, source="ب", credited=agency, hours=1)
    assert reasons(story_page(reader))[-1] == (
        "تنسب مواد من هذه القصة نصها إلى وكالة الساحل، وليس لها في الأرشيف مادة بهذا النص."
    )


def test_the_credited_copy_and_a_person_s_decision_say_so(reader):
    agency = make_source("وكالة الساحل", kind=Source.Kind.AGENCY)
    first = stored(FLOOD, source="أ", credited=agency)
    stored(FLOOD, source="وكالة الساحل", hours=5)
    assert reasons(story_page(reader)) == ["تنسب مواد أخرى في هذه القصة نصها إلى هذه الوسيلة."]
    decide_origin(story=Story.objects.get(), origin=first, by=make_user("moderator"))
    assert reasons(story_page(reader)) == ["هذا قرار محرر."]


# The article's page ------------------------------------------------------------------------------------------------


def test_an_article_says_where_it_comes_from(reader, copies):
    assert line(reader, copies[0]) == ["نُشرت هنا أولاً", "3 مواد بهذا النص"]
    assert line(reader, copies[1]) == ["نُشرت أولاً في صحيفة الميناء", "3 مواد بهذا النص"]
    beside = with_class(page_of(reader, copies[1].get_absolute_url()), "copies-beside", "bdi")
    assert [words(source) for source in beside] == ["صحيفة الميناء", "بوابة القرية"]


def test_a_credited_article_names_its_source(reader):
    article = stored(FLOOD, credited=make_source("رويترز", kind=Source.Kind.AGENCY), source="موقع نوافذ")
    assert line(reader, article) == ["منقولة عن رويترز"]


def test_a_credit_to_nobody_known_shows_its_words(reader):
    article = make_article()
    Article.objects.filter(pk=article.pk).update(credit="المصدر: موقع نوافذ")
    assert line(reader, article) == ["عبارة النقل: المصدر: موقع نوافذ"]


def test_a_credit_that_names_nobody_is_told_as_such_here_and_among_the_copies(reader):
    page = make_page(*FLOOD, "المصدر: مواقع إلكترونية", title="النهر", url="https://windows.example/1")
    assert line(reader, store_page(page).article) == ["إعادة نشر، الأصل غير مسمّى"]
    later = stored(FLOOD, source="صحيفة الميناء", hours=4)
    assert Story.objects.get().origin == later
    copies = with_class(story_page(reader), "copy-credit")
    assert [words(copy) for copy in copies] == ["إعادة نشر، الأصل غير مسمّى"]


def test_a_republisher_that_names_nobody_is_said_to(reader):
    make_source("موقع كتاكيت", kind=Source.Kind.REPUBLISHER)
    assert line(reader, stored(FLOOD, source="موقع كتاكيت")) == ["إعادة نشر، الأصل غير مسمّى"]


def test_a_republished_article_as_it_is_found_names_no_origin(reader):
    if not REPUBLISHED.exists():
        pytest.skip("the shared data are not here")
    page = read_text(REPUBLISHED.read_bytes(), key=REPUBLISHED.name)
    assert line(reader, store_page(page).article) == ["إعادة نشر، الأصل غير مسمّى"]


def test_an_ordinary_article_says_nothing_of_the_kind(reader):
    assert line(reader, make_article()) == []


def test_a_second_revision_leads_members_to_what_changed(reader, settings, client):
    settings.PUBLIC_READING = True
    article = make_article(paragraphs=FLOOD)
    add_revision(article, title="النهر", paragraphs=FLOOD[:2])
    assert line(reader, article) == ["ما تغيّر عن الإصدار السابق"]
    client.logout()
    assert line(client, article) == []


# Comparing ---------------------------------------------------------------------------------------------------------


def test_two_copies_are_compared_word_by_word(reader, copies):
    page = page_of(reader, reverse("compare", args=[copies[0].pk, copies[2].pk]))
    (dropped,), (added,) = with_class(page, "compared", "del"), with_class(page, "compared", "ins")
    assert (words(dropped), words(added)) == ("70", "80")
    assert "weighty" in dropped.get("class")
    assert words(with_class(page, "compare-weighty")[0]) == "أرقام وأدوات نفي تغيّرت: 70 80"
    assert page.xpath(f"//a[@href='{reverse('compare', args=[copies[2].pk, copies[0].pk])}']")


def test_markup_in_a_text_stays_text_when_it_is_compared(reader):
    one = make_article(paragraphs=["قال <script>alert(1)</script> ثم مضى"])
    other = make_article(paragraphs=["قال <b onclick=x> ثم مضى"])
    page = page_of(reader, reverse("compare", args=[one.pk, other.pk]))
    assert page.xpath("//article//script | //@onclick") == []
    assert "alert" in words(with_class(page, "compared")[0])


def test_two_revisions_are_compared(reader):
    article = make_article(paragraphs=FLOOD)
    add_revision(article, title=article.title, paragraphs=[*FLOOD, "ولم يصب أحد."])
    page = page_of(reader, reverse("compare_revisions", args=[article.pk, 1, 2]))
    assert " ".join(words(added) for added in with_class(page, "compared", "ins")) == "ولم يصب أحد."
    assert reader.get(reverse("compare_revisions", args=[article.pk, 1, 3])).status_code == 404


def test_a_text_compared_with_itself_says_that_nothing_differs(reader):
    article = make_article()
    page = page_of(reader, reverse("compare", args=[article.pk, article.pk]))
    assert words(with_class(page, "compare-summary")[0]) == "النصان متطابقان كلمة كلمة."


def test_every_page_asks_the_database_twelve_times_at_most(reader, copies, django_assert_max_num_queries):
    for number in range(40):
        stored([*FLOOD, f"مادة رقم {number}."], source=f"وسيلة {number}", hours=number)
    addresses = [
        Story.objects.get().get_absolute_url(),
        reverse("compare", args=[copies[0].pk, copies[1].pk]),
        copies[0].get_absolute_url(),
    ]
    for address in addresses:
        with django_assert_max_num_queries(12):
            page_of(reader, address)


def test_a_long_story_is_told_in_pages(reader):
    for number in range(35):
        stored(FLOOD, source=f"وسيلة {number}", hours=number)
    story = Story.objects.get()
    page = page_of(reader, f"{story.get_absolute_url()}?page=2")
    assert listed(page) == [f"وسيلة {number}" for number in range(30, 35)]
    assert len(with_class(page, "copy-change")) == 5
