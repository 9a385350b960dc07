"""One question asked in several ways: for each facet without its own criterion, with all of the words or with some."""

from datetime import UTC, date, datetime

import pytest

from annotations.marking import create_mark
from articles.models import Article, Entity
from articles.search.asking import CRITERIA, asked_of, compiled, question_of
from articles.search.index import schema
from articles.search.index.reading import searcher
from articles.search.query import Reader, SearchQuery
from tests.accounts import make_user
from tests.annotations.marks import span
from tests.articles.factories import make_article, make_entity, make_mention, make_source
from tests.searching import index_everything

pytestmark = pytest.mark.django_db
READER = Reader(tuple(Article.Status.values), member=True)


def found(query: SearchQuery, *, every: bool = True, without: frozenset[str] = frozenset()) -> set[int]:
    engine = searcher()
    hits = engine.search(compiled(query, READER, every=every, without=without), 100).hits
    return set(engine.fast_field_values(schema.ID, [address for _score, address in hits]))


@pytest.fixture
def asked() -> tuple[SearchQuery, dict[str, int]]:
    """A query with every criterion, and for each an article that all the others let through."""
    person, editor = make_entity("سالم الحاج"), make_user("editor")
    right = {"source": make_source("قناة الأفق"), "language": "en", "status": Article.Status.PENDING}
    wrong = {
        "sources": {"source": make_source("صحيفة الميناء")},
        "languages": {"language": "ar"},
        "statuses": {"status": Article.Status.HIDDEN},
        "days": {"published_at": datetime(2020, 1, 1, tzinfo=UTC)},
        "entities": {},
        "marked": {},
        "": {},
    }
    ids = {}
    for criterion, other in wrong.items():
        article = make_article(paragraphs=["زار سالم الحاج السوق."], **(right | other))
        ids[criterion] = article.pk
        if criterion != "entities":
            make_mention(article, "سالم الحاج", entity=person)
        if criterion != "marked":
            spans = [span(article, "زار سالم الحاج السوق")]
            create_mark(revision=article.current_revision, kind="claim", spans=spans, by=editor)
    index_everything()
    query = SearchQuery(
        text="السوق",
        sources=(right["source"].pk,),
        languages=("en",),
        statuses=("pending",),
        since=date(2024, 3, 1),
        until=date(2024, 3, 31),
        entities=(person.pk,),
        marked=True,
    )
    return query, ids


def test_each_criterion_can_be_left_out(asked):
    query, ids = asked
    assert set(ids) == CRITERIA | {""}
    assert found(query) == {ids[""]}
    for criterion in CRITERIA:
        assert found(query, without=frozenset({criterion})) == {ids[""], ids[criterion]}
    assert found(query, without=CRITERIA) == set(ids.values())


def test_criteria_hold_for_some_of_the_words_too(asked):
    query, ids = asked
    some = SearchQuery(**(vars(query) | {"text": "السوق زرافة"}))
    assert found(some) == set()
    assert found(some, every=False) == {ids[""]}
    assert found(some, every=False, without=frozenset({"days"})) == {ids[""], ids["days"]}


@pytest.mark.parametrize(
    ("text", "loosens", "ranks"),
    [
        ("", False, False),
        ("القمح", False, True),
        ("القمح من", False, True),
        ("القمح القمح", False, True),
        ("من في", True, True),
        ("أسعار القمح", True, True),
        ("«أسعار القمح»", True, True),
        ("«القمح»", False, True),
        ("القمح -الحديد", False, True),
        ("القمح قبل:2015", False, True),
        ("القمح سع*", True, True),
        ("عنوان:القمح الحديد", False, True),
        ("(قمح أو حديد) سعر", True, True),
        ("قبل:2015 فيه:صورة -القمح", False, False),
        ("قبل:2015 أو فيه:صورة", False, False),
        ("قبل:2015 أو القمح", False, True),
    ],
)
def test_what_can_be_asked_for_loosely_and_what_ranks(text, loosens, ranks):
    question = question_of(SearchQuery(text), READER)
    assert (question.loosens, question.ranks) == (loosens, ranks)


def test_numbers_that_no_row_can_have_find_nothing():
    make_article()
    index_everything()
    assert found(SearchQuery(sources=(2**70,))) == found(SearchQuery(sources=(-1,))) == set()


def test_what_was_asked_is_known_without_a_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert [word.surface for word in asked_of(SearchQuery("شخص:سالم القمح")).marking.words] == ["سالم", "القمح"]


def test_entities_of_every_kind_are_asked_for():
    article = make_article(paragraphs=["زار سالم الحاج والبلدية الوادي وكأس العالم."])
    names = {"person": "سالم الحاج", "organisation": "البلدية", "place": "الوادي", "other": "كأس العالم"}
    entities = [make_mention(article, name, entity=make_entity(name, kind=kind)).entity for kind, name in names.items()]
    assert set(names) == set(Entity.Kind.values)
    index_everything()
    assert found(SearchQuery(entities=tuple(entity.pk for entity in entities))) == {article.pk}
    for entity in entities:
        assert found(SearchQuery(entities=(entity.pk,))) == {article.pk}
