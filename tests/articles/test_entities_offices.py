"""The offices under which somebody was named, as the texts have them."""

from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.accounts import make_user
from tests.articles.factories import make_article, make_entity, make_mention, make_source
from tests.articles.markup import page_in, with_class, words
from tests.searching import index_everything

pytestmark = pytest.mark.django_db
NAME = "سلمى الهادي"


@pytest.fixture
def reader(client):
    client.force_login(make_user("reader"))
    return client


def called(role, *, day, year=2024, source="صحيفة الميناء", **facts):
    article = make_article(
        paragraphs=[f"استقبلت {role} {NAME} الوفد."],
        published_at=datetime(year, 5, day, 12, tzinfo=UTC),
        source=make_source(source),
        **facts,
    )
    mention = make_mention(article, NAME)
    mention.role = role
    mention.save()
    return article


def offices(client):
    page = page_in(client.get(make_entity(NAME).get_absolute_url()))
    rows = zip(with_class(page, "office-words"), with_class(page, "office-facts"), strict=True)
    return [f"{words(what)} {words(facts)}" for what, facts in rows]


def test_an_office_is_told_from_its_first_day_to_its_last_with_who_wrote_it(reader):
    called("وزيرة الدفاع", day=3, year=2021)
    called("وزيرة الدفاع", day=9, year=2023, source="جريدة السكة")
    called("وزيرة الدفاع", day=4, year=2022)
    called("رئيسة البلدية", day=2, year=2019)
    assert offices(reader) == [
        "وزيرة الدفاع 3 من 3 مايو 2021 إلى 9 مايو 2023 صحيفة الميناء، جريدة السكة",
        "رئيسة البلدية 1 في 2 مايو 2019 صحيفة الميناء",
    ]


def test_spellings_of_one_office_are_one_and_other_words_are_another(reader):
    called("وزيرة الإعلام", day=1)
    called("وزيره الاعلام", day=2)
    called("وزيرة الإعلام", day=3)
    called("وزيرة الإعلام السابقة", day=4)
    assert [line.split(" من ")[0].split(" في ")[0] for line in offices(reader)] == [
        "وزيرة الإعلام السابقة 1",
        "وزيرة الإعلام 3",
    ]


def test_an_office_leads_to_the_articles_that_write_it(reader):
    called("وزيرة الدفاع", day=3, title="الأول")
    called("رئيسة البلدية", day=4, title="الثاني")
    index_everything()
    page = page_in(reader.get(make_entity(NAME).get_absolute_url()))
    link = with_class(page, "office-words", "a")[1].get("href")
    assert parse_qs(urlsplit(link).query)["q"] == ['"وزيرة الدفاع"']
    found = page_in(reader.get(link))
    assert [words(title) for title in with_class(found, "card-title")] == ["الأول"]


def test_what_unpublished_articles_write_is_for_those_who_publish(reader):
    called("وزيرة الدفاع", day=3)
    called("وزيرة الخفاء", day=4, status="hidden", source="صحيفة الكتمان")
    assert len(offices(reader)) == 1
    reader.force_login(make_user("editor"))
    assert "وزيرة الخفاء" in offices(reader)[0]
