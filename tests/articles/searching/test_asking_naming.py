"""Names in a query: which outlets and entities they stand for, and what becomes of a name that nothing bears."""

import pytest

from articles.models import Alias, Article, Entity, SourceDomain
from articles.search.asking import question_of
from articles.search.asking.naming import entities_named, families, sources_named
from articles.search.asking.parts import Field
from articles.search.finding import search
from articles.search.query import Reader, SearchPage, SearchQuery
from tests.articles.factories import make_article, make_entity, make_mention, make_source
from tests.searching import index_everything

pytestmark = pytest.mark.django_db
READER = Reader(("published",), member=False)


def page(text: str, *, reader: Reader = READER) -> SearchPage:
    return search(SearchQuery(text), reader=reader)


def naming(name: str, *, kind: str = Entity.Kind.PERSON, entity: Entity | None = None) -> Article:
    article = make_article(title="خبر", paragraphs=[f"قيل إن {name} حضر."])
    make_mention(article, name, entity=entity or make_entity(name, kind=kind))
    return article


def alone_in(article: Article, name: str) -> Entity:
    return Entity.objects.create(kind=Entity.Kind.PERSON, name=name, only_in=article)


@pytest.mark.parametrize(
    "text", ["أفق", "قناة الافق", "القناة اليومية", "HORIZON", "horizon tv", "horizon.example", "WWW.horizon.example"]
)
def test_an_outlet_is_meant_by_any_part_of_its_names_key_or_domains(text):
    source = make_source("قناة الأفق", key="القناة-اليومية")
    source.name_en = "Horizon TV"
    source.save()
    SourceDomain.objects.create(source=source, domain="horizon.example")
    make_source("صحيفة الميناء")
    if text == "القناة اليومية":
        text = "القناة-اليومية"
    assert sources_named(text) == [source.pk]


def test_several_outlets_may_be_meant():
    one, two = make_source("الميناء"), make_source("ميناء الخير")
    assert sources_named("ميناء") == [one.pk, two.pk]
    assert sources_named("مرفأ") == sources_named("  ") == []


def test_who_bears_the_very_name_comes_alone_else_all_whose_names_hold_it():
    full, other = make_entity("سالم الحاج"), make_entity("سالم الحاج علي")
    assert entities_named(Field.PERSON, "سَالِم  الحاج") == {full.pk: "person"}
    assert (
        set(entities_named(Field.PERSON, "سالم")) == set(entities_named(Field.PERSON, "الحاج")) == {full.pk, other.pk}
    )
    assert set(entities_named(Field.PERSON, "علي")) == {other.pk}
    assert entities_named(Field.PERSON, "سال") == entities_named(Field.PLACE, "سالم الحاج") == {}


def test_other_forms_of_a_name_count_too():
    entity = make_entity("منظمة الصحة العالمية", kind=Entity.Kind.ORGANISATION)
    Alias.objects.create(entity=entity, form="الصحة العالمية")
    assert entities_named(Field.ORGANISATION, "الصحة العالمية") == {entity.pk: "organisation"}
    assert entities_named(Field.ORGANISATION, "الصحة") == {entity.pk: "organisation"}
    assert entities_named(Field.SPEAKER, "الصحة العالمية") == {entity.pk: "organisation"}


def test_a_surname_that_stands_for_one_article_alone_does_not_hide_the_full_name():
    article = make_article()
    surname, full = alone_in(article, "الحاج"), make_entity("سالم الحاج")
    assert set(entities_named(Field.PERSON, "الحاج")) == {surname.pk, full.pk}
    shared = make_entity("الحاج سعد")
    Alias.objects.create(entity=shared, form="الحاج")
    assert set(entities_named(Field.PERSON, "الحاج")) == {shared.pk}


def test_what_was_merged_is_one():
    old, standing, older = make_entity("سالم"), make_entity("سالم الحاج"), make_entity("أبو علي")
    Entity.objects.filter(pk__in=(old.pk, older.pk)).update(merged_into=standing)
    everyone = {old.pk: "person", standing.pk: "person", older.pk: "person"}
    assert entities_named(Field.PERSON, "أبو علي") == everyone
    assert families([old.pk]) == families([older.pk, standing.pk]) == [everyone]
    assert families([old.pk, older.pk + 10_000]) == [everyone, {}]
    assert families([]) == []


def test_articles_are_found_by_whom_they_name():
    spoken_of = naming("سالم الحاج")
    naming("منى خير")
    naming("سالم الحاج", kind=Entity.Kind.PLACE, entity=make_entity("وادي سالم", kind=Entity.Kind.PLACE))
    index_everything()
    assert page("شخص:«سالم الحاج»").ids == page("person:سالم").ids == [spoken_of.pk]
    assert page("مكان:سالم").total == 1
    assert page("شخص:سالم شخص:منى").ids == []
    assert page("شخص:سالم أو شخص:منى").total == 2
    assert spoken_of.pk not in page("-شخص:سالم").ids


def test_three_queries_find_a_name_and_none_is_asked_where_there_is_none(django_assert_num_queries):
    naming("سالم الحاج")
    with django_assert_num_queries(0):
        question_of(SearchQuery("القمح -الحديد قبل:2015 فيه:صورة"), READER)
    with django_assert_num_queries(3):
        question = question_of(SearchQuery("شخص:«سالم الحاج» أو شخص:«سالم الحاج»"), READER)
    with django_assert_num_queries(0):
        question.compiled(every=True)
        question.compiled(every=False, without=frozenset({"entities"}))


@pytest.mark.parametrize("field", ["شخص", "جهة", "مكان", "قائل", "مصدر"])
def test_a_name_that_nothing_bears_is_sought_in_the_texts_and_the_page_says_so(field):
    article = make_article(paragraphs=["ظهرت زرافة في الوادي."])
    make_article()
    index_everything()
    found = page(f"{field}:زرافة")
    assert found.ids == [article.pk]
    assert len(found.notes) == 1
    assert "«زرافة»" in found.notes[0]
    assert page(f"الوادي -{field}:زرافة").total == 1


@pytest.mark.parametrize("status", [Article.Status.HIDDEN, Article.Status.PENDING])
@pytest.mark.parametrize("field", ["شخص", "قائل", "مصدر"])
def test_a_name_that_only_unpublished_articles_hold_is_answered_like_one_that_nothing_bears(field, status):
    """Else whoever asks learns who is named in what was hidden."""
    secret = naming("مكتوم الخفي")
    Article.objects.filter(pk=secret.pk).update(status=status, source=make_source("منبر مكتوم"))
    index_everything()
    unknown = page(f"{field}:زرافة")
    found = page(f"{field}:مكتوم")
    assert (found.ids, found.total) == (unknown.ids, unknown.total) == ([], 0)
    assert [note.replace("مكتوم", "زرافة") for note in found.notes] == list(unknown.notes)
    assert page(f"{field}:مكتوم", reader=Reader(tuple(Article.Status.values), member=True)).notes == ()


@pytest.mark.parametrize("name", ["%", "_", "' OR 1=1", "\\", "a" * 3_000, "🦒"])
def test_any_name_can_be_asked_for(name):
    make_entity("سالم")
    make_source("قناة الأفق")
    question_of(SearchQuery(f'شخص:"{name}" مصدر:"{name}"'), READER)
    assert entities_named(Field.PERSON, name) == {}
    assert sources_named(name) == []
