"""One page in several states: what was known stays known, the latest state is the current one."""

from datetime import UTC, datetime

import pytest

from articles.corrections.correcting import Published, correct_article
from articles.importing.pages import Page, Refused
from articles.importing.storing import Outcome, store_page
from articles.models import Article
from tests.accounts import make_user
from tests.articles.pages import FIRST, SECOND, make_page

pytestmark = pytest.mark.django_db

URL = "https://village.example/news/7"
DAY = datetime(2024, 3, 14, 6, 35, tzinfo=UTC)
DATED = {"published_at": DAY, "published_precision": "minute", "published_from": "text", "byline": "سامر النوري"}


@pytest.fixture(autouse=True)
def _one_step(settings):
    settings.REVISION_STEPS = ["articles.provenance.steps.join_story"]


def state(*paragraphs: str, captured: str = "", **details) -> Page:
    """The page as it was captured on a day of 2024 ("06-01"), or at no known time."""
    headers = {"WARC-Date": f"2024-{captured}T10:00:00Z"} if captured else {}
    return make_page(*paragraphs, url=URL, final_url=URL, headers=headers, **details)


def text() -> str:
    return Article.objects.get().current_revision.text.partition("\n")[2]


def test_what_is_not_read_any_more_stays_and_is_still_the_imports():
    store_page(state(FIRST, **DATED))
    article = store_page(state(FIRST, SECOND)).article
    assert (article.published_at, article.published_from, article.byline) == (DAY, "text", "سامر النوري")
    assert store_page(state(FIRST, SECOND, original=b"again")).outcome == Outcome.UNCHANGED
    store_page(state(FIRST, SECOND, SECOND, **DATED | {"byline": "هدى المنصوري"}))
    assert Article.objects.get().byline == "هدى المنصوري"


def test_an_older_capture_joins_the_history_and_nothing_else():
    store_page(state(FIRST, SECOND, captured="06-01", byline="سامر النوري"))
    stored = store_page(state(FIRST, captured="05-10", byline="محرر"))
    assert stored.outcome == Outcome.UPDATED
    assert text() == f"{FIRST}\n{SECOND}"
    article = Article.objects.get()
    assert (article.revisions.count(), article.byline) == (2, "سامر النوري")
    assert store_page(state(FIRST, captured="05-10", byline="محرر")).outcome == Outcome.UNCHANGED


def test_an_outlet_that_goes_back_to_its_earlier_text_is_followed():
    store_page(state(FIRST, captured="06-01"))
    store_page(state(FIRST, SECOND, captured="06-02"))
    assert store_page(state(FIRST, captured="06-03")).outcome == Outcome.UPDATED
    assert text() == FIRST
    assert Article.objects.get().revisions.count() == 2


def test_an_earlier_text_without_a_time_is_no_news():
    store_page(state(FIRST))
    store_page(state(FIRST, SECOND))
    assert store_page(state(FIRST)).outcome == Outcome.UNCHANGED
    assert text() == f"{FIRST}\n{SECOND}"


def test_a_long_notice_where_a_much_longer_text_was_is_kept_out():
    store_page(state(*[f"{FIRST} {number}" for number in range(40)]))
    notice = "تمت إزالة هذا التحقيق من الموقع بناء على طلب قانوني، " * 4
    with pytest.raises(Refused):
        store_page(state(notice.strip()))


def test_a_corrected_date_lets_the_outlets_next_text_through():
    article = store_page(state(FIRST, **DATED)).article
    now = Published(datetime(2024, 3, 15, tzinfo=UTC), "day")
    correct_article(
        article=article,
        seen=article.current_revision.pk,
        title=article.title,
        body=FIRST,
        note="كما في الصحيفة",
        by=make_user("moderator"),
        published=now,
    )
    store_page(state(FIRST, SECOND, **DATED))
    article = Article.objects.get()
    assert text() == f"{FIRST}\n{SECOND}"
    assert (article.published_at, article.published_precision) == tuple(now)
    assert not Article.objects.with_text_beyond_correction().exists()
