"""Names as they are typed when a quote's speaker is looked for: those that a person may know of, and quickly."""

from time import perf_counter

import pytest
from django.db import connection
from django.urls import reverse

from articles.inserting import insert_all
from articles.models import Alias, Article, Entity, EntityCount, Mention
from articles.naming.counting import settle_all_counts
from tests.accounts import make_user
from tests.annotations.requests import assert_problem, signed_in
from tests.articles.factories import make_article, make_entity, make_mention

pytestmark = pytest.mark.django_db

MANY = 20_000
BUDGET = 0.05  # seconds


def found(client, asked: str) -> list[dict]:
    answer = client.get(reverse("api_entities"), {"q": asked})
    assert answer.status_code == 200
    return answer.json()["entities"]


def names(client, asked: str) -> list[str]:
    return [entity["name"] for entity in found(client, asked)]


def named_in(number: int, entity: Entity, *, status: str = "published") -> None:
    for _ in range(number):
        article = make_article(title=entity.name, paragraphs=["نص."])
        make_mention(article, entity.name, entity=entity)
        Article.objects.filter(pk=article.pk).update(status=status)
    settle_all_counts()


def test_names_come_in_any_spelling_and_by_other_forms_the_most_named_first(annotator):
    once, twice = make_entity("أحمد الإدريسي"), make_entity("هيئة الإدريسي", kind="organisation")
    Alias.objects.create(entity=twice, form="الهيئة الوطنية")
    named_in(1, once)
    named_in(2, twice)
    client = signed_in(annotator)
    assert names(client, "  ادريسي ") == ["هيئة الإدريسي", "أحمد الإدريسي"]
    (by_form,) = found(client, "الهيئه الوطنيّة")
    assert (by_form["id"], by_form["kind"], by_form["uses"]) == (twice.pk, "organisation", 2)
    assert by_form["told"].startswith("جهة · في ")
    assert names(client, " ") == names(client, "لا أحد") == []


def test_a_name_of_hidden_articles_is_known_to_those_alone_who_may_read_them(annotator):
    hidden, both = make_entity("سالم الخطيب"), make_entity("هدى الخطيب")
    named_in(2, hidden, status="hidden")
    named_in(1, both)
    named_in(3, both, status="pending")
    assert [(one["name"], one["uses"]) for one in found(signed_in(annotator), "خطيب")] == [("هدى الخطيب", 1)]
    assert names(signed_in(make_user("editor")), "خطيب") == ["هدى الخطيب", "سالم الخطيب"]


def test_a_count_from_before_an_article_was_hidden_tells_nothing(annotator):
    entity = make_entity("سالم الخطيب")
    named_in(1, entity)
    Article.objects.update(status="hidden")
    assert EntityCount.objects.get(entity=entity).in_published == 1
    assert names(signed_in(annotator), "الخطيب") == []


def test_a_surname_of_one_article_and_what_was_merged_are_nobody_else(annotator):
    surname, merged, stands = make_entity("العمري"), make_entity("هـ. العمري"), make_entity("هدى العمري")
    for entity in (surname, merged, stands):
        named_in(1, entity)
    surname.only_in = Article.objects.first()
    surname.save()
    Entity.objects.filter(pk=merged.pk).update(merged_into=stands)
    assert names(signed_in(annotator), "العمري") == ["هدى العمري"]


def test_who_is_signed_out_asks_in_vain(client, settings):
    settings.PUBLIC_READING = False
    assert_problem(client.get(reverse("api_entities"), {"q": "س"}), 401, "sign_in")


@pytest.mark.parametrize("asked", ["ال", "خطيب 39", "لا أحد بهذا الاسم"])
def test_names_are_found_among_many_as_one_types(annotator, asked):
    revision = make_article(paragraphs=["نص."]).current_revision
    entities = [Entity(kind="person", name=f"الخطيب {one}", folded=f"الخطيب {one}") for one in range(MANY)]
    insert_all(entities)
    insert_all([Alias(entity=entity, form=entity.name, folded=entity.folded) for entity in entities[::4]])
    found_by = {"revision": revision, "recogniser": "test/1", "score": 1}
    insert_all([Mention(entity=one, start=at, end=at + 1, surface="س", **found_by) for at, one in enumerate(entities)])
    insert_all([EntityCount(entity=one, kind="person", in_all=1, in_published=1) for one in entities])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE articles_entity, articles_alias, articles_entitycount, articles_mention")
    client = signed_in(annotator)
    times = [1.0]
    # A machine that is busy with other tests is given several tries.
    while min(times) > BUDGET and len(times) < 50:
        begin = perf_counter()
        assert len(found(client, asked)) == (0 if "أحد" in asked else 10)
        times.append(perf_counter() - begin)
    assert min(times) <= BUDGET, times
