"""From recognised names to stored mentions: what is joined, what is kept apart."""

import pytest

from articles.language.entities import recognise
from articles.models import Alias, Entity, Mention
from articles.recognition import mention_layer, record_mentions
from tests.articles.factories import make_article

pytestmark = pytest.mark.django_db

FULL = "قال وزير الطاقة سامر الحداري إن الأسعار لن تتغير."
SURNAME = "قال الدكتور سامر إن الأسعار لن تتغير."


def recorded(*paragraphs, title="خبر من العاصمة"):
    article = make_article(title=title, paragraphs=paragraphs)
    record_mentions(article.current_revision)
    return article


def test_every_name_found_is_stored_with_the_words_at_its_place():
    article = recorded(FULL, "وسافر سامر الحداري إلى فرنسا.")
    text = article.current_revision.text
    stored = Mention.objects.order_by("start")
    assert [(mention.start, mention.end) for mention in stored] == [entity[:2] for entity in recognise(text)]
    assert all(text[mention.start : mention.end] == mention.surface for mention in stored)
    assert {"سامر الحداري", "فرنسا"} <= {mention.entity.name for mention in stored}


def test_the_same_full_name_in_two_articles_is_one_entity():
    recorded(FULL)
    recorded("وصل سامر الحداري، وزير الطاقة، إلى المطار.")
    assert Entity.objects.filter(kind="person", name="سامر الحداري").count() == 1
    assert Mention.objects.filter(entity__name="سامر الحداري").count() == 2


def test_a_surname_alone_never_joins_people_across_articles():
    recorded(SURNAME)
    recorded(SURNAME)
    people = Entity.objects.filter(kind="person")
    assert {person.folded for person in people} <= {"سامر"}
    assert all(person.only_in_id for person in people)
    assert people.count() == Mention.objects.filter(entity__kind="person").values("revision").distinct().count() == 2


def test_an_alias_leads_to_its_entity():
    entity = Entity(kind="person", name="سامر عبد الله الحداري")
    entity.save()
    Alias(entity=entity, form="سامر الحداري").save()
    recorded(FULL)
    assert Mention.objects.filter(entity=entity).count() == 1


def test_mentions_of_a_merged_entity_go_to_the_one_it_was_merged_into():
    kept, merged = Entity(kind="person", name="سامر الحدّاري الكبير"), Entity(kind="person", name="سامر الحداري")
    kept.save()
    merged.merged_into = kept
    merged.save()
    recorded(FULL)
    assert Mention.objects.filter(entity=kept).exists()
    assert not Mention.objects.filter(entity=merged).exists()


def test_the_layer_draws_each_mention_once_by_kind(django_assert_num_queries):
    article = recorded(FULL)
    with django_assert_num_queries(1):
        layer = mention_layer(article.current_revision, None)
    person = next(span for span in layer.spans if "mention-person" in span.classes)
    assert article.current_revision.text[person.start : person.end] == "سامر الحداري"
    assert person.attributes["title"] == "شخص: سامر الحداري"


def test_recording_takes_few_queries_however_many_names(django_assert_max_num_queries):
    article = make_article(paragraphs=[FULL, "عقدت فرنسا وألمانيا وإيطاليا وإسبانيا ومصر والأردن قمة في باريس."])
    with django_assert_max_num_queries(8):
        record_mentions(article.current_revision)
    assert article.current_revision.mentions.count() >= 7
