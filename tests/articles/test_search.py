"""Searching the stored articles: what finds what, within what the reader may see."""

from datetime import UTC, date, datetime

import pytest

from articles.language.folding import fold
from articles.models import Article, SearchEntry
from articles.search import SearchQuery, search
from articles.search.sql import Folded
from articles.search.steps import index_revision, rebuild
from tests.articles.factories import make_article, make_entity, make_mention, make_source

pytestmark = pytest.mark.django_db


def indexed(**kwargs) -> Article:
    article = make_article(**kwargs)
    index_revision(article.current_revision)
    return article


def found(text: str = "", **kwargs) -> list[int]:
    return search(SearchQuery(text=text, **kwargs), articles=Article.objects.all()).ids


@pytest.mark.parametrize(
    ("query", "line"),
    [
        ("واشنطن", "سافر الوفد لواشنطن أمس."),
        ("لواشنطن", "سافر الوفد إلى واشنطن أمس."),
        ("اسرائيل", "تعليق من إسرائيل على القرار."),
        ("الوزير", "حضر وزير الطاقة الجلسة."),
        ("وزير", "حضر الوزير الجلسة."),
        ("غالانت", "وغالانت في طريقه إلى المطار."),
        ("مُحَمَّد", "قال محمد إنه راضٍ."),
        ("محـــمد", "قال محمد إنه راضٍ."),
        ("NATO", "اجتماع حلف Nato في بروكسل."),
        ("2024", "ميزانية عام ٢٠٢٤ أمام البرلمان."),
        ("الحكومة", "قرار للحكومة الجديدة."),
    ],
)
def test_a_word_is_found_however_it_is_written_and_whatever_is_attached_to_it(query, line):
    article = indexed(paragraphs=[line])
    indexed(paragraphs=["خبر آخر لا صلة له بما سبق."])
    assert found(query) == [article.pk]


def test_all_words_of_a_query_are_wanted():
    both = indexed(paragraphs=["ارتفعت أسعار القمح في السوق."])
    indexed(paragraphs=["ارتفعت أسعار الحديد في السوق."])
    assert found("أسعار القمح") == [both.pk]


def test_words_inside_other_words_are_not_found():
    indexed(paragraphs=["باع التاجر بضاعته."])
    assert found("تاج") == []


def test_newest_come_first_and_a_page_knows_the_total():
    days = [datetime(2024, 3, day, tzinfo=UTC) for day in (1, 3, 2)]
    first, third, second = (indexed(published_at=day) for day in days)
    page = search(SearchQuery(), articles=Article.objects.all(), offset=1, limit=1)
    assert (page.ids, page.total) == ([second.pk], 3)
    assert found() == [third.pk, second.pk, first.pk]


def test_days_are_those_of_the_newsroom_both_included(settings):
    settings.TIME_ZONE = "Asia/Riyadh"
    # 22:30 in London is half past one of the next day in Riyadh.
    late = indexed(published_at=datetime(2024, 3, 1, 22, 30, tzinfo=UTC))
    assert found(since=date(2024, 3, 2), until=date(2024, 3, 2)) == [late.pk]
    assert found(until=date(2024, 3, 1)) == []


def test_sources_and_entities_narrow_the_search():
    mine = indexed(source=make_source("صحيفة الميناء"), paragraphs=["زار سالم الحاج المدينة وعاد سالم الحاج منها."])
    indexed(source=make_source("قناة الأفق"))
    entity = make_entity("سالم الحاج")
    for occurrence in (0, 1):
        make_mention(mine, "سالم الحاج", entity=entity, occurrence=occurrence)
    assert found(sources=(mine.source_id,)) == [mine.pk]
    assert found(entities=(entity.pk,)) == [mine.pk]
    assert search(SearchQuery(entities=(entity.pk,)), articles=Article.objects.all()).total == 1


def test_only_what_the_reader_may_see_is_found():
    indexed(status=Article.Status.HIDDEN)
    assert search(SearchQuery(text="جسر"), articles=Article.objects.published()).total == 0


@pytest.mark.parametrize("query", ["«»،؛؟", "'", "\\", "a' | 'b", "(((", ":*", "\x00", "x" * 5000, "كلمة " * 10_000])
def test_any_query_is_answered(query):
    indexed()
    assert found(query) == []


def test_the_index_can_be_thrown_away_and_built_again():
    article = indexed()
    SearchEntry.objects.all().delete()
    assert found("جسر") == []
    assert rebuild() == 1
    assert found("جسر") == [article.pk]


def test_a_text_of_a_million_different_words_is_indexed():
    article = make_article(paragraphs=[" ".join(f"كلمة{number:x}" for number in range(300_000))])
    index_revision(article.current_revision)
    assert article.pk in found("جسر")


@pytest.mark.parametrize("text", ["إسرائيل", "مُؤْمِنَة", "آخِر الأنباء", "شيءٌ من ٱلقرآن", "٢٠٢٤ NATO", "موسى وعلىٰ"])
def test_folding_in_sql_equals_folding_in_python(text):
    article = make_article(title=text)
    assert Article.objects.annotate(folded=Folded("title")).get(pk=article.pk).folded == fold(text)
