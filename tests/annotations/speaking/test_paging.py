"""Lists of quotes are narrowed, and gone through page by page, without a quote lost or told twice."""

from datetime import UTC, datetime
from itertools import chain

import pytest
from django.db.models import F
from django.urls import reverse

from annotations.models import Annotation
from annotations.speaking import paging
from annotations.speaking.paging import After
from articles.models import Article
from tests.accounts import make_user
from tests.annotations.speaking.spoken import OTHER, SPEAKER, WORDS, confirmed, entries, suggested, told_by
from tests.articles.factories import make_article, make_entity, make_mention, make_source
from tests.articles.markup import page_in, with_class, words

pytestmark = pytest.mark.django_db
LINES = [f"«قول رقمه {number} من الأقوال»" for number in range(9)]


@pytest.fixture
def reader(client):
    client.force_login(make_user("reader"))
    return client


@pytest.fixture
def small_pages(monkeypatch):
    monkeypatch.setattr(paging.Quotes.page, "__kwdefaults__", {"per_page": 4})


def said(name=SPEAKER):
    return reverse("entity_quotes", args=[make_entity(name).pk])


def next_page(client, address):
    links = page_in(client.get(address)).xpath("//nav[@class='paging']//a[@rel='next']")
    return f"{address.split('?')[0]}{links[0].get('href')}" if links else None


def all_pages(client, address):
    """The words of every page, page by page."""
    pages = []
    while address:
        pages.append(entries(client, address))
        address = next_page(client, address)
        assert len(pages) < 30
    return pages


def several_in_one_article(day=1):
    article = make_article(paragraphs=[f"قالت {SPEAKER}:", *LINES], published_at=datetime(2024, 5, day, 12, tzinfo=UTC))
    make_mention(article, SPEAKER)
    for line in LINES:
        suggested(article, line)


def test_pages_follow_each_other_also_inside_one_article(reader, small_pages):
    several_in_one_article()
    confirmed(told_by(day=9))
    confirmed(told_by(day=8, said="«أقدم منه بيوم»"), "«أقدم منه بيوم»")
    pages = all_pages(reader, said())
    assert [len(page) for page in pages] == [4, 4, 3]
    assert list(chain.from_iterable(pages)) == [WORDS, "«أقدم منه بيوم»", *LINES]


def test_a_quote_that_comes_meanwhile_moves_none_of_the_others(reader, small_pages):
    several_in_one_article()
    address = next_page(reader, said())
    before = entries(reader, address)
    confirmed(told_by(day=20))
    assert entries(reader, address) == before == LINES[4:8]


def test_a_page_that_ends_early_says_so_and_the_next_goes_on(reader, monkeypatch):
    monkeypatch.setattr(paging, "WINDOWS", (2, 3))
    for day in range(2, 13):
        told_by(day=day)
    confirmed(told_by(day=1))
    pages = all_pages(reader, said())
    assert list(chain.from_iterable(pages)) == [WORDS]
    assert pages[0] == []
    assert "بُحث في المواد حتى 8 مايو 2024" in words(page_in(reader.get(said())))


def test_lists_are_narrowed_by_source_stance_type_and_year(reader):
    source = make_source("جريدة السكة")
    denied = confirmed(told_by(source=source))
    Annotation.objects.filter(pk=denied.pk).update(stance="denying")
    indirect = confirmed(told_by(said="إنها ستعود غداً إلى العمل", day=2), "إنها ستعود غداً إلى العمل")
    Annotation.objects.filter(pk=indirect.pk).update(quote_type="indirect", stance="neutral")
    Article.objects.filter(pk=indirect.revision.article_id).update(
        published_at=datetime(2022, 12, 31, 22, tzinfo=UTC)  # already 2023 in the newsroom
    )
    both = [WORDS, "إنها ستعود غداً إلى العمل"]
    assert entries(reader, said()) == both
    assert entries(reader, said(), source=source.pk) == both[:1]
    assert entries(reader, said(), stance="denying") == both[:1]
    assert entries(reader, said(), type="indirect") == both[1:]
    assert entries(reader, said(), year=2023) == both[1:]
    assert entries(reader, said(), year=2022) == []
    assert entries(reader, said(), year=2023, stance="denying") == []


@pytest.mark.parametrize(
    "asked",
    [{"after": "x"}, {"after": "1_2"}, {"after": "-1_-2_-3"}, {"after": f"{10**30}_1_1"}, {"after": "٣_١_١"},
     {"year": "س"}, {"year": "0"}, {"year": "99999"}, {"source": "999"}, {"stance": "\0"}, {"type": "x"}],
)  # fmt: skip
def test_what_cannot_be_asked_narrows_nothing_and_breaks_nothing(reader, asked):
    confirmed(told_by())
    assert reader.get(said(), asked).status_code == 200
    if set(asked) != {"after"}:
        assert entries(reader, said(), **asked) == [WORDS]


def test_a_place_in_the_list_is_read_as_it_was_written():
    place = After(datetime(2024, 5, 1, 12, 30, 15, 123456, tzinfo=UTC), 7, 9)
    assert After.read(str(place)) == place


def test_sources_of_which_nothing_may_be_read_are_no_choice(reader):
    told_by(source=make_source("صحيفة الكتمان"), status="hidden")
    confirmed(told_by())
    choices = page_in(reader.get(said())).xpath("//select[@name='source']/option/text()")
    assert choices == ["كل وسائل الإعلام", "صحيفة الميناء"]


def test_pages_take_few_queries_however_many_quotes(reader, django_assert_max_num_queries):
    for day in range(1, 25):
        confirmed(told_by(day=day))
    source = make_source().pk
    make_mention(Article.objects.first(), WORDS[1:4], entity=make_entity(OTHER))
    addresses = (said(), reverse("entity_quotes_about", args=[make_entity(OTHER).pk]))
    for address in (*addresses, make_entity(SPEAKER).get_absolute_url()):
        with django_assert_max_num_queries(12):
            assert len(with_class(page_in(reader.get(address, {"source": source})), "said")) in (1, 3, 20)


def test_the_entitys_page_shows_the_newest_and_leads_to_all(reader):
    for day in range(1, 6):
        confirmed(told_by(day=day, said=f"«قول اليوم {day} هنا»"), f"«قول اليوم {day} هنا»")
    Annotation.objects.update(version=F("version") + 1)
    address = make_entity(SPEAKER).get_absolute_url()
    assert entries(reader, address) == [f"«قول اليوم {day} هنا»" for day in (5, 4, 3)]
    (link,) = page_in(reader.get(address)).xpath("//*[@class='said-ways']/a[1]")
    assert link.get("href") == said()
