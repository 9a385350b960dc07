"""The numbers beside the results: what the articles found have in common."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from annotations.models import Annotation
from articles.models import Article
from articles.search.faceting import facets, facets_of_all, hits, names_found, store_counts, stored_counts
from articles.search.finding import search
from articles.search.index.folder import search_folder
from articles.search.index.reading import SearchUnavailable, searcher
from articles.search.query import Reader, SearchQuery
from tests.articles.factories import make_article, make_entity, make_mention, make_source
from tests.searching import index_everything

pytestmark = pytest.mark.django_db
MEMBER = Reader((Article.Status.PUBLISHED,), member=True)
ANYONE = Reader((Article.Status.PUBLISHED,), member=False)
MODERATOR = Reader(tuple(Article.Status.values), member=True)


def naming(*names, **fields):
    """An article that names these; each name is written once in it."""
    article = make_article(paragraphs=["، ".join(names) + "."], **fields)
    for name, kind in names.items() if isinstance(names, dict) else ((name, "person") for name in names):
        make_mention(article, name, entity=make_entity(name, kind=kind))
    return article


def counts(values):
    return {value.value: value.count for value in values}


def chosen(values):
    return [value.value for value in values if value.chosen]


def day(number, month=5, year=2024):
    return datetime(year, month, number, 12, tzinfo=UTC)


def test_the_most_frequent_come_first_with_their_numbers():
    for number in range(3):
        naming("سلمى الهادي", *(["رامي الساحلي"] if number else []), source=make_source(f"وسيلة {number % 2}"))
    index_everything()
    found = facets(SearchQuery(), MEMBER)
    salma, rami = make_entity("سلمى الهادي").pk, make_entity("رامي الساحلي").pk
    assert [(value.value, value.count) for value in found.people] == [(salma, 3), (rami, 2)]
    assert counts(found.sources) == {make_source("وسيلة 0").pk: 2, make_source("وسيلة 1").pk: 1}
    assert found.total == 3
    assert not found.sampled


def test_every_number_is_what_choosing_it_finds():
    """The promise of a facet, for each value of each facet, alone and beside another choice."""
    for number in range(24):
        article = naming(
            f"شخص {'أبج'[number % 3]}",
            source=make_source(f"وسيلة {number % 4}"),
            language="en" if number % 5 == 0 else "ar",
            published_at=day(1 + number),
            status=Article.Status.PENDING if number % 7 == 0 else Article.Status.PUBLISHED,
        )
        if number % 2:
            mark(article, status="accepted")
    index_everything()
    beside = SearchQuery(sources=(make_source("وسيلة 1").pk, make_source("وسيلة 2").pk), languages=("ar",))
    for query in (SearchQuery(), SearchQuery(text="شخص"), beside, replace(beside, since=date(2024, 5, 4))):
        found = facets(query, MODERATOR)
        for value in found.people:
            assert total(replace(query, entities=(value.value,))) == value.count
        for parameter in ("sources", "languages", "statuses"):
            for value in getattr(found, parameter):
                assert total(replace(query, **{parameter: (value.value,)})) == value.count, (query, parameter)
        for value in found.marked:
            assert total(replace(query, marked=value.value)) == value.count
        for bar in found.days.bars:
            assert total(replace(query, since=bar.first, until=bar.last)) == bar.count


def total(query, reader=MODERATOR):
    return search(query, reader=reader).total


def mark(article, **fields):
    start = article.current_revision.text.index("شخص")
    decided = {} if fields["status"] == "suggested" else {"created_by_name": "x", "decided_by_name": "x"}
    if decided:
        decided["decided_at"] = article.imported_at
    else:
        decided = {"detector": "d", "detector_version": "1", "confidence": 0.9}
    made = Annotation.objects.create(
        revision=article.current_revision, kind="quote", quote_type="direct", **fields, **decided
    )
    made.parts.create(order=0, start=start, end=start + 3, exact="شخص")


def test_what_is_chosen_of_a_facet_does_not_narrow_the_facet_itself():
    for name in ("أولى", "أولى", "ثانية", "ثالثة"):
        make_article(source=make_source(name))
    index_everything()
    first, second, third = (make_source(name).pk for name in ("أولى", "ثانية", "ثالثة"))
    found = facets(SearchQuery(sources=(second,)), MEMBER)
    assert counts(found.sources) == {first: 2, second: 1, third: 1}
    assert chosen(found.sources) == [second]
    assert found.total == 1


def test_names_narrow_each_other_and_the_chosen_stay_in_the_list():
    naming("سلمى الهادي", "رامي الساحلي")
    naming("سلمى الهادي", "دانة القروي")
    naming("رامي الساحلي")
    for number in range(12):
        naming("سلمى الهادي", f"فلان {number}", f"غيره {number}")
    index_everything()
    salma, rami = make_entity("سلمى الهادي").pk, make_entity("رامي الساحلي").pk
    found = facets(SearchQuery(entities=(rami,)), MEMBER)
    assert counts(found.people) == {rami: 2, salma: 1}
    assert chosen(found.people) == [rami]
    assert len(facets(SearchQuery(), MEMBER).people) == 10
    rare = make_entity("فلان 11").pk
    assert rare in chosen(facets(SearchQuery(entities=(rare,)), MEMBER).people)


def test_a_merged_name_counts_for_what_it_became_before_anything_is_indexed_anew():
    naming("سلمى الهادي")
    naming("سلمى هادي")
    index_everything()
    standing, merged = make_entity("سلمى الهادي"), make_entity("سلمى هادي")
    merged.merged_into = standing
    merged.save()
    assert counts(facets(SearchQuery(), MEMBER).people) == {standing.pk: 2}
    assert counts(facets(SearchQuery(entities=(standing.pk,)), MEMBER).people) == {standing.pk: 2}


def test_names_stand_under_their_kind():
    article = make_article(paragraphs=["زارت سلمى الهادي بيروت وبلديتها."])
    for name, kind in (("سلمى الهادي", "person"), ("بيروت", "place"), ("بلديتها", "organisation")):
        make_mention(article, name, entity=make_entity(name, kind=kind))
    index_everything()
    found = facets(SearchQuery(), MEMBER)
    assert [len(found.people), len(found.places), len(found.organisations)] == [1, 1, 1]


def test_articles_that_may_not_be_read_are_in_no_number():
    naming("سلمى الهادي", source=make_source("أولى"))
    naming("كيوان المستتر", source=make_source("خفية"), status=Article.Status.HIDDEN, language="en")
    index_everything()
    found = facets(SearchQuery(), MEMBER)
    assert found.total == sum(bar.count for bar in found.days.bars) == 1
    assert make_entity("كيوان المستتر").pk not in counts(found.people)
    assert counts(found.sources) == {make_source("أولى").pk: 1}
    assert counts(found.languages) == {"ar": 1}
    assert found.statuses == []
    assert counts(facets(SearchQuery(), MODERATOR).statuses) == {"published": 1, "hidden": 1}
    assert facets(SearchQuery(), Reader((), member=False)).total == 0


@pytest.mark.parametrize("reader", [ANYONE, MEMBER, MODERATOR])
def test_what_nobody_has_decided_marks_no_article(reader):
    mark(naming("شخص ما"), status="suggested")
    mark(naming("شخص آخر"), status="accepted")
    index_everything()
    assert counts(facets(SearchQuery(), reader).marked) == {True: 1, False: 1}


def test_where_nothing_holds_all_words_those_that_hold_some_are_counted():
    make_article(title="عودة القطار", source=make_source("أولى"))
    make_article(title="موسم القمح", source=make_source("ثانية"))
    index_everything()
    assert facets(SearchQuery(text="القطار زقزبر"), MEMBER).total == 1
    assert facets(SearchQuery(text="القطار القمح"), MEMBER).total == 2
    assert facets(SearchQuery(text="القطار"), MEMBER).total == 1


@pytest.mark.parametrize(
    ("last", "unit", "bars"),
    [
        (datetime(2024, 1, 10, 12, tzinfo=UTC), "day", 10),
        (datetime(2024, 12, 10, 12, tzinfo=UTC), "month", 12),
        (datetime(2034, 3, 1, 12, tzinfo=UTC), "year", 11),
    ],
)
def test_bars_follow_each_other_without_gaps_in_a_unit_that_fits(last, unit, bars):
    make_article(published_at=datetime(2024, 1, 1, 12, tzinfo=UTC))
    make_article(published_at=last)
    index_everything()
    days = facets(SearchQuery(), MEMBER).days
    assert (days.unit, len(days.bars)) == (unit, bars)
    assert [days.bars[0].count, days.bars[-1].count] == [1, 1]
    assert sum(bar.count for bar in days.bars) == 2
    for one, following in zip(days.bars, days.bars[1:], strict=False):
        assert (following.first - one.last).days == 1


@pytest.mark.parametrize("zone", ["Asia/Riyadh", "Africa/Cairo", "America/St_Johns"])
def test_days_begin_at_midnight_in_the_newsroom(settings, zone):
    """Cairo's clock went forward on 26 April 2024."""
    settings.TIME_ZONE = zone
    for hour in range(0, 24 * 5, 3):
        make_article(published_at=datetime(2024, 4, 24 + hour // 24, hour % 24, 10, tzinfo=UTC))
    index_everything()
    bars = facets(SearchQuery(), MEMBER).days.bars
    assert sum(bar.count for bar in bars) == 40
    for bar in bars:
        assert total(SearchQuery(since=bar.first, until=bar.last), MEMBER) == bar.count


def test_chosen_days_are_shown_with_as_much_beside_them():
    for number in range(1, 32):
        make_article(published_at=day(number))
    index_everything()
    days = facets(SearchQuery(since=date(2024, 5, 15), until=date(2024, 5, 16)), MEMBER).days
    assert (days.bars[0].first, days.bars[-1].last) == (date(2024, 5, 8), date(2024, 5, 23))
    empty = facets(SearchQuery(since=date(2024, 6, 10), until=date(2024, 6, 12), text="جسر"), MEMBER)
    assert empty.total == 0


@pytest.mark.parametrize(
    "asked",
    [
        {"since": date(2015, 8, 1)},
        {"until": date(2015, 8, 1)},
        {"since": date(2015, 8, 1), "until": date(2016, 2, 10)},
        {"since": date(2012, 5, 5), "until": date(2014, 5, 5)},
    ],
)
def test_no_bar_is_counted_in_part_where_days_are_chosen(asked):
    for year in range(2010, 2020):
        for month in (1, 7, 8, 12):
            make_article(published_at=day(3, month, year))
            make_article(published_at=day(28, month, year))
    index_everything()
    bars = facets(SearchQuery(**asked), MEMBER).days.bars
    assert [total(SearchQuery(since=bar.first, until=bar.last), MEMBER) for bar in bars] == [bar.count for bar in bars]


@pytest.mark.parametrize("year", [1, 9999])
def test_no_date_that_the_database_holds_is_beyond_counting(year):
    make_article(published_at=datetime(year, 7, 1, tzinfo=UTC))
    make_article(published_at=day(3))
    index_everything()
    for asked in (SearchQuery(), SearchQuery(since=date(2020, 1, 1)), SearchQuery(until=date(2020, 1, 1))):
        assert facets(asked, MEMBER).total == search(asked, reader=MEMBER).total


@pytest.mark.parametrize(
    "asked", [{"since": date(1700, 1, 1)}, {"until": date(2200, 1, 1)}, {"since": date(2100, 1, 1)}]
)
def test_open_and_distant_days_are_counted_too(asked):
    make_article(published_at=day(3))
    make_article(published_at=datetime(1800, 1, 1, tzinfo=UTC))
    index_everything()
    days = facets(SearchQuery(**asked), MEMBER).days
    assert len(days.bars) <= 100


def test_a_large_number_of_hits_is_estimated_from_a_sample_and_said(monkeypatch):
    monkeypatch.setattr(hits, "SAMPLED_ABOVE", 100)
    monkeypatch.setattr(hits, "SAMPLE", 80)
    for number in range(160):
        make_article(source=make_source("أولى" if number % 4 else "ثانية"), published_at=day(1 + number % 9))
    make_article(title="موسم القمح")
    index_everything()
    found = facets(SearchQuery(text="الجسر"), MEMBER)
    assert found.sampled
    assert found.total == 161
    assert counts(found.sources)[make_source("أولى").pk] == pytest.approx(120, rel=0.4)
    assert sum(bar.count for bar in found.days.bars) == pytest.approx(160, rel=0.4)
    assert not facets(SearchQuery(text="القمح"), MEMBER).sampled


def test_the_whole_archive_s_numbers_are_stored_beside_the_index_for_each_kind_of_reader():
    naming("سلمى الهادي")
    naming("كيوان المستتر", status=Article.Status.HIDDEN)
    index_everything()
    folder = search_folder().current().path
    store_counts(searcher(), folder)
    for reader in (MEMBER, ANYONE, MODERATOR):
        assert stored_counts(folder, reader) == facets_of_all(reader) == facets(SearchQuery(text=" "), reader)
        assert facets_of_all(reader).total == (2 if reader == MODERATOR else 1)
    assert stored_counts(folder, Reader((), member=False)) is None


@pytest.mark.parametrize("content", ["", "{", "[]", '{"members": {}}', '{"members": {"total": 1, "days": 7}}'])
def test_stored_numbers_that_cannot_be_read_are_counted_anew(content):
    make_article()
    index_everything()
    (search_folder().current().path / "counts.json").write_text(content, encoding="utf-8")
    assert facets_of_all(MEMBER).total == 1


def test_further_names_are_found_by_their_letters_within_what_was_found():
    naming("سلمى الهادي", title="عودة القطار")
    naming("أسماء الهادي", title="عودة القطار")
    naming("هادي السالم", title="موسم القمح")
    merged, standing = make_entity("سلمى الهادي"), make_entity("سلوى الهادي")
    merged.merged_into = standing
    merged.save()
    index_everything()

    def names(query, text):
        return {value.value for value in names_found(query, MEMBER, kind="person", text=text)}

    asma, hadi = make_entity("أسماء الهادي").pk, make_entity("هادي السالم").pk
    assert names(SearchQuery(), "هادى") == {standing.pk, asma, hadi}
    assert names(SearchQuery(text="القطار"), "هادي") == {standing.pk, asma}
    assert names(SearchQuery(), "اسما") == {asma}
    assert names(SearchQuery(), " ") == names(SearchQuery(), "زقزبر") == set()
    assert names_found(SearchQuery(), MEMBER, kind="place", text="هادي") == []


def test_without_an_index_there_are_no_numbers():
    with pytest.raises(SearchUnavailable):
        facets(SearchQuery(), MEMBER)
