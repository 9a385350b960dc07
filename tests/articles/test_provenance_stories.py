"""Copies find each other and make a story, whatever the order in which they come."""

import random
import threading
import time
from datetime import timedelta

import pytest
from django.db import connection

from articles import publishing
from articles.importing.storing import store_page
from articles.models import Article, Revision, Signature, SignatureKey, Source, Story, StoryDue
from articles.provenance.signatures import Body
from articles.provenance.steps import join_story
from articles.provenance.stories import decide_origin, place, settle_stories
from tests.accounts import make_user
from tests.articles.copies import DAY, FLOOD, LIBRARY, stored
from tests.articles.factories import add_revision, make_article, make_source
from tests.articles.pages import make_page

pytestmark = pytest.mark.django_db


def stories():
    """The titles of each story's articles."""
    return sorted(sorted(story.articles.values_list("title", flat=True)) for story in Story.objects.all())


def test_an_article_without_copies_is_in_no_story():
    assert stored(FLOOD).story is None
    assert stored(LIBRARY).story is None
    assert not Story.objects.exists()


def test_the_same_text_under_another_headline_makes_a_story():
    first, second = stored(FLOOD), stored(FLOOD, source="موقع نوافذ", title="النهر يغلق الجسر", hours=1)
    first.refresh_from_db()
    assert first.story == second.story is not None
    assert (second.story.origin, second.story.origin_by) == (first, "earliest")


@pytest.mark.parametrize(
    "copy",
    [
        FLOOD[:2],
        FLOOD[::-1],
        ["تابعونا على منصات التواصل وشاركوا الخبر مع أصدقائكم.", *FLOOD, "جميع الحقوق محفوظة لموقع نوافذ."],
        [line.replace("أ", "ا").replace("ة", "ه").replace("،", "") for line in FLOOD],
        [FLOOD[0].replace("صباح الاثنين", "أمس"), *FLOOD[1:]],
    ],
    ids=["cut", "reordered", "with boilerplate", "spelt otherwise", "edited"],
)
def test_an_altered_text_is_a_copy_still(copy):
    first, second = stored(FLOOD), stored(copy, source="موقع نوافذ")
    first.refresh_from_db()
    assert first.story == second.story is not None


def test_a_caption_is_no_copy_of_the_same_caption():
    captions = ["كاريكاتير اليوم بريشة رسام الصحيفة"]
    assert stored(captions).story is None
    assert stored(captions, source="موقع نوافذ").story is None


def test_an_article_whose_text_changed_leaves_and_comes_back():
    first, second = stored(FLOOD), stored(FLOOD, source="موقع نوافذ")
    join_story(add_revision(second, title="مكتبة", paragraphs=LIBRARY))
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.story, second.story) == (None, None)
    assert not Story.objects.exists()
    join_story(add_revision(second, title="النهر", paragraphs=FLOOD[:2]))
    first.refresh_from_db()
    second.refresh_from_db()
    assert first.story == second.story is not None


def test_a_small_change_keeps_the_story_and_its_address():
    stored(FLOOD)
    second = stored(FLOOD, source="موقع نوافذ")
    before = second.story_id
    join_story(add_revision(second, title="النهر", paragraphs=[*FLOOD, "ولم يصب أحد بأذى."]))
    second.refresh_from_db()
    assert second.story_id == before


def test_two_stories_that_one_text_connects_become_one_and_part_without_it():
    one, other = stored(FLOOD[:2], title="الأول"), stored(LIBRARY, title="الثاني", source="ب")
    middle = stored([*FLOOD[:2], *LIBRARY], title="الجامع", source="ج")
    one.refresh_from_db()
    other.refresh_from_db()
    assert one.story == other.story == middle.story
    join_story(add_revision(middle, title="الجامع", paragraphs=FLOOD[:2]))
    for article in (one, other, middle):
        article.refresh_from_db()
    assert one.story == middle.story is not None
    assert other.story is None


def test_a_hidden_article_leaves_and_a_published_one_comes_back():
    articles = [stored(FLOOD, source=name) for name in "أبج"]
    publishing.hide(Article.objects.filter(pk=articles[0].pk))
    settle_stories()
    assert Article.objects.filter(story__isnull=False).count() == 2
    publishing.hide(Article.objects.filter(pk=articles[1].pk))
    settle_stories()
    assert not Story.objects.exists()
    publishing.publish(Article.objects.all())
    settle_stories()
    assert Article.objects.filter(story=Story.objects.get()).count() == 3
    assert not StoryDue.objects.exists()


def test_a_deleted_origin_is_followed_by_the_next():
    first, second, third = (stored(FLOOD, source=name, hours=hours) for hours, name in enumerate("أبج"))
    third.refresh_from_db()
    assert third.story.origin == first
    first.delete()
    settle_stories()
    story = Story.objects.get()
    assert (story.origin, story.origin_by) == (second, "earliest")
    second.delete()
    settle_stories()
    assert not Story.objects.exists()
    assert SignatureKey.objects.count() == len(Signature.objects.get().keys)


def test_a_corrected_date_moves_the_origin():
    first, second = stored(FLOOD, source="أ"), stored(FLOOD, source="ب", hours=2)
    Article.objects.filter(pk=first.pk).update(published_at=DAY + timedelta(days=1))
    settle_stories()
    assert Story.objects.get().origin == second


def test_what_a_person_decided_stays_until_they_take_it_back():
    first, second = stored(FLOOD, source="أ"), stored(FLOOD, source="ب", hours=2)
    story, moderator = Story.objects.get(), make_user("moderator")
    decide_origin(story=story, origin=second, by=moderator)
    stored(FLOOD, source="ج", hours=-5)
    story.refresh_from_db()
    assert (story.origin, story.origin_by) == (second, "decided")
    decide_origin(story=story, origin=None, by=moderator)
    story.refresh_from_db()
    assert (story.origin.source.name, story.origin_by) == ("ج", "earliest")
    assert story.events.count() == 2
    assert first.story_id is None  # as it was read before its copies came


def test_the_credited_source_is_the_origin_whatever_the_dates_say():
    agency = make_source("وكالة الساحل", kind=Source.Kind.AGENCY)
    stored(FLOOD, source="صحيفة الميناء")
    dispatch = stored(FLOOD, source="وكالة الساحل", hours=3)
    copy = make_article(paragraphs=FLOOD, source=make_source("موقع نوافذ"), published_at=DAY)
    Article.objects.filter(pk=copy.pk).update(credited_source=agency)
    join_story(copy.current_revision)
    story = Story.objects.get()
    assert (story.origin, story.origin_by) == (dispatch, "credited")


@pytest.mark.parametrize("order", range(3))
def test_the_order_of_the_import_decides_nothing(order):
    """Three orders, one outcome: compared with the one that texts and dates alone lead to."""
    chance = random.Random(7)
    texts = []
    for number in range(20):
        body = [" ".join(chance.choices(" ".join(FLOOD + LIBRARY).split(), k=60)) for _ in range(3)]
        for copy in range(number % 4 + 1):
            texts.append((f"{number:02}-{copy}", body[: 3 - copy % 2], chance.randint(0, 9999)))
    chance = random.Random(order)
    chance.shuffle(texts)
    for title, body, minutes in texts:
        stored(body, title=title, source=title, url=f"https://news.example/{title}", hours=minutes / 60)
    expected = sorted([f"{number:02}-{copy}" for copy in range(number % 4 + 1)] for number in range(20) if number % 4)
    assert stories() == expected
    first = {}
    for title, _, _ in sorted(texts, key=lambda text: text[2]):
        first.setdefault(title[:2], title)
    assert {story.origin.title for story in Story.objects.all()} == {first[members[0][:2]] for members in expected}


def test_an_unchanged_text_run_again_writes_nothing(django_assert_num_queries):
    stored(FLOOD)
    second = stored(FLOOD, source="موقع نوافذ")
    body = Body(second.current_revision.text)
    with django_assert_num_queries(3) as queries:
        place(second.pk, body)
    assert not any(query["sql"].lstrip().startswith(("INSERT", "UPDATE", "DELETE")) for query in queries)


@pytest.mark.django_db(transaction=True)
def test_processes_that_store_copies_at_the_same_time_make_one_story_of_them(settings):
    """Round by round every importer stores its copy of one text, so that no later copy can mend what went wrong."""
    settings.REVISION_STEPS = ["articles.provenance.steps.join_story", f"{__name__}.take_time"]
    chance, rounds, outlets = random.Random(11), 6, 4
    texts = [chance.sample(" ".join(FLOOD + LIBRARY).split(), k=50) for _ in range(rounds)]
    start, errors = threading.Barrier(outlets), []

    def import_copies(outlet: int) -> None:
        try:
            for number, text in enumerate(texts):
                start.wait(60)
                url = f"https://outlet{outlet}.example/{number}"
                store_page(make_page(" ".join(text), title=f"{number}", url=url))
        except Exception as error:
            errors.append(error)
            start.abort()
        finally:
            connection.close()

    importers = [threading.Thread(target=import_copies, args=[outlet]) for outlet in range(outlets)]
    for importer in importers:
        importer.start()
    for importer in importers:
        importer.join()
    assert errors == []
    assert stories() == [[f"{number}"] * outlets for number in range(rounds)]


def take_time(revision: Revision) -> None:
    """A step after the one under test: what was done is not committed yet."""
    time.sleep(0.02)
