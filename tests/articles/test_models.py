"""What the database itself refuses, and what history it keeps."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from articles import publishing
from articles.models import Article, Mention, Revision
from tests.articles.factories import add_revision, make_article, make_entity, make_source

pytestmark = pytest.mark.django_db


def test_a_revision_is_never_edited():
    revision = make_article().current_revision
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        Revision.objects.filter(pk=revision.pk).update(text="نص آخر")
    revision.refresh_from_db()
    assert revision.text.startswith("افتتاح")


def show(article: Article, revision: Revision) -> None:
    Article.objects.filter(pk=article.pk).update(current_revision=revision)
    connection.check_constraints()  # the key is checked at the end of a transaction, which a test never reaches


def test_an_article_cannot_show_another_articles_text():
    mine, other = make_article(), make_article()
    with pytest.raises(IntegrityError, match="article_current_revision_is_its_own"), transaction.atomic():
        show(mine, other.current_revision)


def test_two_articles_cannot_have_one_address():
    make_article(url="https://news.example/1")
    with pytest.raises(IntegrityError, match="url"), transaction.atomic():
        make_article(url="https://news.example/1")


@pytest.mark.parametrize(
    ("changed", "constraint"),
    [
        ({"title": ""}, "article_is_identified"),
        ({"url": None}, "article_without_url_has_key"),
        ({"published_precision": ""}, "article_date_has_precision"),
        ({"status": "gone"}, "article_status_is_known"),
    ],
)
def test_an_article_that_makes_no_sense_is_refused(changed, constraint):
    article = make_article()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Article.objects.filter(pk=article.pk).update(**changed)


@pytest.mark.parametrize(
    ("start", "end", "constraint"), [(3, 3, "mention_spans_text"), (0, 5, "mention_surface_fits_span")]
)
def test_a_mention_covers_exactly_its_words(start, end, constraint):
    revision = make_article().current_revision
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Mention.objects.create(
            revision=revision,
            entity=make_entity("الوادي"),
            start=start,
            end=end,
            surface=revision.text[start : end - 1] if end > start else "",
            recogniser="test",
            score=1,
        )


def test_offsets_count_code_points_in_the_database_too():
    article = make_article(title="😀 مُحَمَّد في القاهرة")
    text = article.current_revision.text
    start = text.index("القاهرة")
    mention = Mention.objects.create(
        revision=article.current_revision,
        entity=make_entity("القاهرة"),
        start=start,
        end=start + 7,
        surface="القاهرة",
        recogniser="test",
        score=1,
    )
    assert text[mention.start : mention.end] == mention.surface


def test_hiding_and_publishing_leave_history():
    article = make_article()
    assert publishing.hide(Article.objects.all()) == 1
    assert publishing.hide(Article.objects.all()) == 0
    assert publishing.publish(Article.objects.all()) == 1
    assert [event.status for event in article.events.order_by("pgh_id")] == ["hidden", "published"]


def test_a_deleted_article_leaves_its_last_state_in_history():
    article = make_article(title="خبر يُحذف")
    add_revision(article, title="خبر يُحذف", paragraphs=["نص جديد."])
    events = type(article).events.rel.related_model.objects
    article.delete()
    assert events.get(pgh_label="delete").title == "خبر يُحذف"


def test_a_source_with_articles_cannot_be_deleted():
    source = make_source("جريدة الصباح الجديد")
    make_article(source=source)
    with pytest.raises(IntegrityError), transaction.atomic():
        source.delete()
