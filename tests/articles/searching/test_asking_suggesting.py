"""«هل تقصد»: what a misspelt query was probably meant to be, offered where it finds more."""

import time

import pytest

from articles.models import Article
from articles.search.asking import question_of
from articles.search.asking.spelling import one_slip
from articles.search.asking.suggesting import suggested_wording
from articles.search.finding import search
from articles.search.index.reading import searching
from articles.search.query import Reader, SearchQuery
from tests.articles.factories import make_article, make_entity, make_mention, make_source
from tests.searching import index_everything

pytestmark = pytest.mark.django_db
READER = Reader(("published",), member=False)


@pytest.fixture
def archive() -> None:
    for _ in range(12):
        make_article(
            title="زيارة بنيامين نتنياهو",
            paragraphs=["يصل نتنياهو إلى واشنطن، ويرافقه غالانت وبايدن من إسرائيل.", "قالت Reuters إن المؤتمر قائم."],
        )
    index_everything()


def suggested(text: str, *, reader: Reader = READER, **criteria) -> str | None:
    with searching() as searcher:
        return suggested_wording(searcher, question_of(SearchQuery(text, **criteria), reader))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("نتنياعو", "نتنياهو"),
        ("نتنيهاو", "نتنياهو"),
        ("غالنت", "غالانت"),
        ("واشنطون", "واشنطن"),
        ("وشنطن", "واشنطن"),
        ("اسرائيال", "إسرائيل"),
        ("المؤتمرر", "المؤتمر"),
        ("reutres", "Reuters"),
        ("بنياميين نتنياعوو", "بنيامين نتنياهو"),
    ],
)
@pytest.mark.usefixtures("archive")
def test_a_misspelt_name_is_put_right_as_articles_write_it(typed, meant):
    assert suggested(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("  زيارة نتنياعو، «بنيامين» -روسيا", "  زيارة نتنياهو، «بنيامين» -روسيا"),
        ("(نتنياعو أو غالنت) قبل:2100", "(نتنياهو أو غالانت) قبل:2100"),
        ("شخص:نتنياعو", "شخص:نتنياهو"),
        ("شخص:«بنيامين نتنياعو»", "شخص:«بنيامين نتنياهو»"),
    ],
)
@pytest.mark.usefixtures("archive")
def test_the_rest_of_the_query_stays_as_it_was_typed(typed, meant):
    make_mention(Article.objects.first(), "نتنياهو", entity=make_entity("بنيامين نتنياهو"))
    index_everything()
    assert suggested(typed) == meant
    before, after = (search(SearchQuery(text), reader=READER) for text in (typed, meant))
    assert after.every
    assert after.total > (before.total if before.every else 0)


@pytest.mark.parametrize(
    "typed",
    [
        "نتنياهو",
        "زرافة",
        "",
        "«نتنياعو»",
        "=نتنياعو",
        "-نتنياعو",
        "نتنياعو زرافة",
        "نتنياعو مصدر:زرافة قبل:1900",
        "ن",
        "١٢٣٤٥",
        "واشنطن -واشنطن",
        "x" * 5_000,
        "\ud800\ud801",
    ],
)
@pytest.mark.usefixtures("archive")
def test_nothing_is_suggested_where_all_is_well_or_nothing_better_is_known(typed):
    assert suggested(typed) is None


def test_a_rare_word_that_stands_in_articles_is_put_right_where_another_is_far_more_frequent():
    make_article(paragraphs=["وصل نتنياعو."])
    for _ in range(12):
        make_article(paragraphs=["وصل نتنياهو."])
    index_everything()
    assert suggested("نتنياعو") == "نتنياهو"


def test_words_of_articles_that_the_reader_may_not_see_are_not_suggested():
    for _ in range(3):
        make_article(paragraphs=["وصل نتنياهو."], status=Article.Status.HIDDEN)
    make_article(paragraphs=["وصل الوفد."])
    index_everything()
    assert suggested("نتنياعو") is None
    assert suggested("نتنياعو", reader=Reader(("published", "hidden"), member=True)) == "نتنياهو"


def test_a_word_is_not_written_as_only_hidden_articles_write_it():
    for _ in range(6):
        make_article(title="إسرائيل", paragraphs=["إسرائيل إسرائيل"], status=Article.Status.HIDDEN)
    for _ in range(3):
        make_article(title="خبر عن زيارة", paragraphs=["وصل وفد من اسرائيل إلى المدينة صباح اليوم."])
    index_everything()
    assert suggested("اسرائيال") == "اسرائيل"


@pytest.mark.usefixtures("archive")
def test_criteria_count():
    elsewhere = make_source("قناة الأفق")
    assert suggested("نتنياعو", sources=(elsewhere.pk,)) is None


@pytest.mark.usefixtures("archive")
def test_a_long_query_of_unknown_words_is_answered_soon():
    begun = time.process_time()
    assert suggested(" ".join(f"زنبق{'كلم' * number}" for number in range(50))) is None
    assert time.process_time() - begun < 2


def test_a_slip_is_a_letter_more_less_or_other_or_two_exchanged():
    slips = one_slip("كتب", "كتبام")
    assert {"كتاب", "كت", "كتم", "تكب", "مكتب"} <= set(slips)
    assert "كتب" not in slips
    assert slips["كتاب"] < slips["كتبم"]
