"""Searching the stored articles: what finds what, in which order, within what the reader may see."""

from datetime import UTC, date, datetime

import pytest

from articles.models import Article, Entity
from articles.search import finding
from articles.search.index.reading import SearchUnavailable
from articles.search.query import Reader, SearchPage, SearchQuery, Sort
from tests.articles.factories import make_article, make_entity, make_mention, make_source
from tests.searching import index_everything

pytestmark = pytest.mark.django_db
READER = Reader(("published",), member=False)


def page(text: str = "", *, reader: Reader = READER, offset: int = 0, limit: int = 20, **criteria) -> SearchPage:
    return finding.search(SearchQuery(text=text, **criteria), reader=reader, offset=offset, limit=limit)


def found(text: str = "", **kwargs) -> list[int]:
    """The articles that hold every word."""
    given = page(text, **kwargs)
    assert len(given.scores) == len(given.ids)
    return given.ids[: len(given.ids) - given.nearby] if given.every else []


def article_saying(line: str, **kwargs) -> Article:
    return make_article(paragraphs=[line], title=kwargs.pop("title", "خبر"), **kwargs)


@pytest.mark.parametrize(
    ("query", "line"),
    [
        ("واشنطن", "سافر الوفد لواشنطن أمس."),
        ("لواشنطن", "سافر الوفد إلى واشنطن أمس."),
        ("اسرائيل", "تعليق من إسرائيل على القرار."),
        ("إسرائيل", "تعليق من اسرائيل على القرار."),
        ("الوزير", "حضر وزير الطاقة الجلسة."),
        ("الوزير", "حضر الوزراء الجلسة."),
        ("الوزير", "كلمة وزراء الطاقة في الجلسة."),
        ("وزراء", "حضر الوزير الجلسة."),
        ("غالانت", "وغالانت في طريقه إلى المطار."),
        ("نتانياهو", "نتنياهو في طريقه إلى المطار."),
        ("نتنياهو", "سأل نتانياهو عن الموعد."),
        ("أميركا", "زيارة إلى أمريكا الشهر المقبل."),
        ("مُحَمَّد", "قال محمد إنه راضٍ."),
        ("محمد", "قال مُحَمَّدٌ إنه راضٍ."),
        ("محـــمد", "قال محمد إنه راضٍ."),
        ("محمد", "قال محـــمد إنه راضٍ."),
        ("NATO", "اجتماع حلف Nato في بروكسل."),
        ("nato", "اجتماع حلف NATO في بروكسل."),
        ("2024", "ميزانية عام ٢٠٢٤ أمام البرلمان."),
        ("٢٠٢٤", "ميزانية عام 2024 أمام البرلمان."),
        ("F16", "طائرة F-16 في العرض."),
        ("الحكومة", "قرار للحكومة الجديدة."),
    ],
)
def test_a_word_is_found_however_it_is_written_and_whatever_is_attached_to_it(query, line):
    article = article_saying(line)
    article_saying("نص لا صلة له بما سبق.")
    index_everything()
    assert found(query) == [article.pk]


def test_words_inside_other_words_are_not_found():
    article_saying("باع التاجر بضاعته.")
    index_everything()
    assert found("تاج") == []


def test_what_a_query_says_is_what_is_found():
    names = {
        "wheat": article_saying("ارتفعت أسعار القمح في السوق الكبير.", title="القمح"),
        "iron": article_saying("ارتفعت أسعار الحديد في السوق الكبير.", title="الحديد"),
        "bridge": article_saying("افتتح الوزير الجسر، وحضرت المستشفيات.", title="الجسر يُفتتح"),
        "said": article_saying("السوق في الأسعار الكبير وللوزير القمح", title="كلام"),
    }
    index_everything()

    def are(query: str, *expected: str) -> None:
        assert set(found(query)) == {names[name].pk for name in expected}, query

    are("أسعار القمح", "wheat", "said")
    are("«أسعار القمح»", "wheat")
    are("«القمح أسعار»")
    are("أسعار -القمح", "iron")
    are("-القمح", "iron", "bridge")
    are("-«أسعار القمح» -الحديد", "bridge", "said")
    are("القمح أو الجسر", "wheat", "bridge", "said")
    are("السوق (الحديد OR الجسر)", "iron")
    are("(أسعار القمح) | (افتتح الجسر)", "wheat", "bridge", "said")
    are("مستشف*", "bridge")
    are("-مستشف* السوق", "wheat", "iron", "said")
    are("المستش*", "bridge")
    are("وزير", "bridge", "said")
    are("=الوزير", "bridge")
    are("=وللوزير", "said")
    are("=وزير")
    are("عنوان:القمح", "wheat")
    are("عنوان:جسر", "bridge")
    are("عنوان:«الجسر يفتتح»", "bridge")
    are("عنوان:«يفتتح الجسر»")
    are("القمح -عنوان:القمح", "said")
    are("=قمح أو عنوان:الحديد", "iron")
    are("«»،؛؟!")


def test_an_article_about_it_comes_before_one_that_says_it_in_passing():
    aside = article_saying("حديث طويل عن كل شيء. " * 20 + "وفي آخره كلمة عن السوق الكبير.")
    about = article_saying("افتتاح السوق الكبير صباح اليوم.", title="السوق الكبير")
    index_everything()
    assert found("السوق") == [about.pk, aside.pk]


def test_where_few_hold_every_word_those_that_hold_some_follow_uncounted():
    both = article_saying("ارتفعت أسعار القمح في السوق.")
    some = [article_saying("أسعار الحديد أيضاً."), article_saying("القمح وحده.")]
    article_saying("لا شيء مما سبق.")
    index_everything()
    given = page("أسعار القمح")
    assert given.ids[0] == both.pk
    assert set(given.ids[1:]) == {article.pk for article in some}
    assert (given.total, given.nearby, given.every) == (1, 2, True)
    assert page("أسعار القمح", limit=1).ids == [both.pk]
    assert page("أسعار القمح", offset=1).ids == []
    newest = page("أسعار القمح", sort=Sort.NEWEST)
    assert (newest.ids, newest.nearby) == ([both.pk], 0)


def test_where_nothing_holds_every_word_those_that_hold_some_are_the_result_the_best_first():
    one = article_saying("القمح وحده.", published_at=datetime(2024, 5, 1, tzinfo=UTC))
    two = article_saying("أسعار القمح في السوق.", published_at=datetime(2023, 5, 1, tzinfo=UTC))
    index_everything()
    for sort in Sort:
        given = page("أسعار القمح زرافة", sort=sort)
        assert (given.ids, given.total, given.nearby, given.every) == ([two.pk, one.pk], 2, 0, False)
    assert page("أسعار القمح زرافة", offset=1).ids == [one.pk]


def test_a_phrase_that_nobody_wrote_is_sought_by_its_words_but_what_is_excluded_stays_out():
    article = article_saying("القمح في السوق.")
    article_saying("القمح والحديد في السوق.")
    index_everything()
    given = page("«سوق القمح» -الحديد")
    assert (given.ids, given.every) == ([article.pk], False)
    assert page("زرافة").ids == page("=زرافة").ids == page("عنوان:زرافة").ids == []


def test_criteria_must_be_met_by_those_that_hold_some_of_the_words_too():
    mine = article_saying("القمح في السوق.", source=make_source("قناة الأفق"))
    article_saying("القمح في السوق.")
    index_everything()
    given = page("القمح زرافة مصدر:الأفق")
    assert (given.ids, given.every) == ([mine.pk], False)
    assert page("القمح زرافة عنوان:جسر").ids == []


def test_nothing_asked_is_everything_the_newest_first_unless_the_oldest_are_asked_for():
    days = [datetime(2024, 3, day, tzinfo=UTC) for day in (1, 3, 2)]
    first, third, second = (article_saying("خبر", published_at=day).pk for day in days)
    index_everything()
    for sort in (Sort.RELEVANCE, Sort.NEWEST):
        for text in ("", "  ", "-زرافة", "بعد:2020"):
            assert found(text, sort=sort) == [third, second, first]
    assert found(sort=Sort.OLDEST) == found("خبر", sort=Sort.OLDEST) == [first, second, third]
    given = page(offset=1, limit=1)
    assert (given.ids, given.total, given.scores) == ([second], 3, [0.0])


def test_articles_of_one_moment_come_in_the_order_of_the_list():
    moment = datetime(2024, 3, 1, tzinfo=UTC)
    ids = [article_saying("خبر", published_at=moment).pk for _ in range(5)]
    index_everything()
    assert found("خبر", sort=Sort.NEWEST) == ids[::-1]
    assert found("خبر", sort=Sort.OLDEST) == found("خبر") == ids


def test_pages_end_honestly(monkeypatch):
    for _ in range(5):
        article_saying("خبر")
    index_everything()
    monkeypatch.setattr(finding, "MOST_RESULTS", 4)
    assert [len(page("خبر", offset=offset, limit=3).ids) for offset in (0, 3, 4, 10_000)] == [3, 1, 0, 0]
    assert page("خبر", offset=10_000, limit=3).total == 5


def test_days_are_those_of_the_newsroom_both_included(settings):
    settings.TIME_ZONE = "Asia/Riyadh"
    # 22:30 in London is half past one of the next day in Riyadh.
    late = article_saying("خبر", published_at=datetime(2024, 3, 1, 22, 30, tzinfo=UTC))
    index_everything()
    assert found(since=date(2024, 3, 2), until=date(2024, 3, 2)) == [late.pk]
    assert found(until=date(2024, 3, 1)) == found(since=date(2024, 3, 3)) == []
    assert found("بعد:2024-03-01 قبل:2024-03-03") == found("بعد:2024-02") == [late.pk]
    assert found("بعد:2024-03-02") == found("قبل:2024-03-02") == found("بعد:2024") == []
    assert found(since=date.min, until=date.max) == [late.pk]


def test_scores_tell_words_apart_and_criteria_change_none():
    source = make_source("قناة الأفق")
    article_saying("السوق", source=source, language="ar")
    index_everything()
    (plain,) = page("السوق").scores
    assert plain > 0
    narrowed = page("السوق مصدر:الأفق قبل:2100 لغة:عربي -زرافة", sources=(source.pk,), since=date(2000, 1, 1))
    assert narrowed.scores == [pytest.approx(plain)]
    everything = Reader(tuple(Article.Status.values), member=True)
    assert page("السوق", reader=everything).scores == [pytest.approx(plain)]


def test_an_article_is_found_by_its_outlet_language_and_status():
    mine = article_saying("خبر", source=make_source("قناة الأفق"), language="en")
    other = article_saying("خبر", source=make_source("صحيفة الميناء"))
    hidden = article_saying("خبر", status=Article.Status.HIDDEN, source=make_source("وكالة الساحل"))
    index_everything()
    moderator = Reader(tuple(Article.Status.values), member=True)
    assert found(sources=(mine.source_id,)) == found(languages=("en",)) == found("لغة:إنجليزي") == [mine.pk]
    assert set(found(sources=(mine.source_id, other.source_id))) == {mine.pk, other.pk}
    assert found("مصدر:أفق أو مصدر:ساحل") == [mine.pk]
    assert found("-مصدر:أفق") == [other.pk]
    assert hidden.pk in found(reader=moderator)
    assert found("حالة:محجوبة", reader=moderator) == found(statuses=("hidden",), reader=moderator) == [hidden.pk]
    assert found(statuses=("hidden",)) == found(sources=(hidden.source_id,)) == []
    assert set(found("-حالة:محجوبة", reader=moderator)) == {mine.pk, other.pk}


def test_only_what_the_reader_may_see_is_found():
    article_saying("خبر", status=Article.Status.HIDDEN)
    article_saying("خبر")
    index_everything()
    nobody = Reader((), member=False)
    assert page("خبر").total == 1
    assert page("خبر", reader=nobody).total == page(reader=nobody).total == 0


def test_who_may_not_see_statuses_asks_for_words():
    article = article_saying("قضية محجوبة")
    index_everything()
    given = page("حالة:محجوبة")
    assert given.ids == [article.pk]
    assert "غير المنشورة" in given.notes[0]


def test_every_name_asked_for_must_be_there_under_whatever_it_was_merged_into():
    article = article_saying("زار سالم الحاج الوادي.")
    other = article_saying("سالم وحده.")
    person, place = make_entity("سالم الحاج"), make_entity("الوادي", kind=Entity.Kind.PLACE)
    make_mention(article, "سالم الحاج", entity=person)
    make_mention(article, "الوادي", entity=place)
    namesake = make_entity("سالم")
    make_mention(other, "سالم", entity=namesake)
    index_everything()
    assert found(entities=(person.pk, place.pk)) == found(entities=(person.pk,)) == [article.pk]
    assert found(entities=(namesake.pk, place.pk)) == found(entities=(person.pk + 10_000,)) == []
    Entity.objects.filter(pk=namesake.pk).update(merged_into=person)
    for one in (namesake, person):
        assert set(found(entities=(one.pk,))) == {article.pk, other.pk}
    assert found(entities=(person.pk, namesake.pk, place.pk)) == [article.pk]


def test_notes_of_the_query_come_with_the_page():
    article_saying("خبر")
    index_everything()
    assert page("خبر").notes == ()
    assert "لم تُغلق" in page("«خبر").notes[0]


def test_without_an_index_it_says_so():
    with pytest.raises(SearchUnavailable):
        page("خبر")


@pytest.mark.parametrize(
    "query",
    [
        "'",
        "\\",
        "a' | 'b",
        "(((",
        ":*",
        "\x00",
        "\ud800*",
        "x" * 5000,
        "كلمة " * 10_000,
        "«" + "كلمة " * 10_000 + "»",
        "ال* وا* ا.* كل[* " * 10,
        "[a-z]+*",
        "(a+)+$*",
        "-(-(-(-خبر)))",
        "=" * 100,
        "عنوان:«",
        "قبل:0001 بعد:9999",
    ],
)
def test_any_query_is_answered(query):
    article_saying("خبر")
    index_everything()
    for sort in Sort:
        assert page(query, sort=sort).total in (0, 1)


def test_the_admin_finds_articles_of_any_status_among_those_it_shows():
    hidden = article_saying("قمح في السوق", status=Article.Status.HIDDEN, title="القمح")
    shown = article_saying("قمح في السوق")
    article_saying("حديد")
    index_everything()
    assert set(finding.matching(SearchQuery("القمح"), Article.objects.all())) == {hidden, shown}
    assert list(finding.matching(SearchQuery("القمح"), Article.objects.published())) == [shown]
    assert not finding.matching(SearchQuery("القمح حديد"), Article.objects.all())


def test_without_an_index_the_admin_looks_at_titles():
    article = article_saying("نص", title="مُباحثات في إسطنبول")
    article_saying("مباحثات", title="في اسطنبول")
    assert list(finding.matching(SearchQuery("اسطنبول مباحثات"), Article.objects.all())) == [article]
