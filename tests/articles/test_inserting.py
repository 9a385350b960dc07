import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from annotations.models import Annotation, Part
from articles.inserting import insert_all, insert_together
from articles.models import Alias, Analysis, Article, Entity, Mention, Original, Revision, Source
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


def unstored_article(source: Source, **more) -> tuple[Article, Original, Revision]:
    """Each refers to another one."""
    article = Article(source=source, url="https://harbour.example/1", title=NAME, metadata={"ق": [1, None]}, **more)
    original = Original(article=article, media_type="text/html", sha256="0" * 64, compressed=bytes(range(256)))
    blocks = [{"kind": "heading", "start": 0, "end": 3}]
    article.current_revision = Revision(
        article=article, number=1, text=f"خبر\n{NAME}", blocks=blocks, content_hash="c", original=original
    )
    return article, original, article.current_revision


def test_objects_that_refer_to_one_another_are_stored_by_one_query(django_assert_num_queries):
    source = Source.objects.create(key="harbour", name="المرفأ")
    article, original, revision = unstored_article(source)
    with django_assert_num_queries(1):
        insert_together(article, original, revision)
    with django_assert_num_queries(0):
        assert (revision.article, revision.original, article.current_revision) == (article, original, revision)
        assert (original.article_id, article.current_revision_id) == (article.pk, revision.pk)
    found = Article.objects.select_related("current_revision__original").get(pk=article.pk)
    assert (found.title, found.metadata, found.imported_at) == (NAME, {"ق": [1, None]}, article.imported_at)
    assert (found.current_revision, found.current_revision.text) == (revision, f"خبر\n{NAME}")
    assert bytes(found.current_revision.original.compressed) == bytes(range(256))
    # What the table fills in by itself is there when it is asked for.
    assert article.appeared_at == article.imported_at
    article.title = "تغيّر"
    article.save()
    assert Article.objects.get().title == "تغيّر"


def test_of_objects_that_refer_to_one_another_all_or_none_are_stored():
    source = Source.objects.create(key="harbour", name="المرفأ")
    article, original, revision = unstored_article(source)
    revision.text = ""
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_together(article, original, revision)
    assert not Article.objects.exists()


def test_the_same_kinds_of_objects_may_refer_to_others(revision):
    """The statement is kept for the next objects of these models, which may not refer to one another."""
    source = Source.objects.create(key="harbour", name="المرفأ")
    insert_together(*unstored_article(source))
    later = Original(article=revision.article, media_type="text/html", sha256="1" * 64, compressed=b"")
    text = Revision(article=revision.article, number=7, text="نص", blocks=[{}], content_hash="d", original=later)
    insert_together(later, text)
    assert revision.article.revisions.get(number=7).original == later
