import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from annotations.models import Annotation, Part
from articles.inserting import insert_all
from articles.models import Alias, Analysis, Entity, Mention
from tests.articles.factories import make_article

pytestmark = pytest.mark.django_db

NAME = "وكالة «المَرسى» \\ للأنباء \"أ\" 'ب' 🚂"


@pytest.fixture
def revision():
    return make_article(title="خبر", paragraphs=["نص قصير في الميناء."]).current_revision


def marks(revision, number: int) -> list[Annotation]:
    """Suggestions that are not stored yet; the confidence tells their order."""
    return [
        Annotation(
            revision=revision,
            kind="claim",
            status="suggested",
            detector="d",
            detector_version="1",
            confidence=one / number,
        )
        for one in range(number)
    ]


def test_rows_are_what_djangos_own_way_stores(revision):
    ours, theirs = marks(revision, 40), marks(revision, 40)
    insert_all(ours)
    Annotation.objects.bulk_create(theirs)
    apart = ("id", "uuid", "created_at")
    stored = [
        list(Annotation.objects.filter(pk__in=[one.pk for one in rows]).order_by("id").values())
        for rows in (ours, theirs)
    ]
    assert [{name: row[name] for name in row if name not in apart} for row in stored[0]] == [
        {name: row[name] for name in row if name not in apart} for row in stored[1]
    ]


def test_objects_get_the_keys_of_their_own_rows_and_count_as_stored(revision):
    made = marks(revision, 200)
    insert_all(made)
    for mark in made:
        found = Annotation.objects.get(pk=mark.pk)
        assert (found.uuid, found.confidence) == (mark.uuid, mark.confidence)
        assert timezone.now() >= found.created_at == mark.created_at
    made[0].note = "تغيّرت"
    made[0].save()
    assert Annotation.objects.count() == 200


def test_what_refers_to_an_object_that_got_its_key_later_is_stored_with_it(revision):
    (mark,) = marks(revision, 1)
    part = Part(annotation=mark, order=0, role="content", start=0, end=3, exact="خبر")
    insert_all([mark])
    insert_all([part])
    assert mark.parts.get().exact == "خبر"


def test_any_text_comes_back_as_it_was_and_json_as_json(revision):
    entity = Entity.objects.create(kind="organisation", name=NAME)
    insert_all([Alias(entity=entity, form=NAME, folded="وكاله")])
    assert Alias.objects.get().form == NAME
    versions = {"a.b": NAME, "c": "1"}
    insert_all([Analysis(revision=revision, versions=versions, analysed_at=timezone.now())])
    assert Analysis.objects.get(revision=revision).versions == versions


def test_the_rules_of_the_table_hold_and_of_several_rows_all_or_none_are_stored(revision):
    entity = Entity.objects.create(kind="place", name="الميناء")
    place = {"revision": revision, "entity": entity, "recogniser": "r", "score": 0.5}
    good = Mention(start=0, end=3, surface="خبر", **place)
    bad = Mention(start=4, end=6, surface="طويل جداً", **place)
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_all([good, bad])
    assert not Mention.objects.exists()


def test_nothing_costs_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        insert_all([])
