"""Whatever changes what the index holds of an article is noted on it, whoever changes it and however."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections, transaction

from annotations.marking import accept, change_mark, delete_mark, reject
from annotations.models import Annotation, Attribution, Part, Placement
from articles.models import Article, ArticleChange, Entity, Mention
from articles.naming.merging import merge
from tests.accounts import make_user
from tests.annotations.marks import make_mark, span, suggest, suggest_said
from tests.articles.factories import add_revision, make_article, make_entity, make_mention

pytestmark = pytest.mark.django_db(transaction=True)


def changed(article: Article) -> int:
    return Article.objects.values_list("changed", flat=True).get(pk=article.pk)


def notes(article: Article, act: Callable[[], object]) -> bool:
    """Whether the act leaves the article with a later change than before, and no other article with one."""
    other = make_article()
    before, elsewhere = changed(article), changed(other)
    act()
    assert changed(other) == elsewhere
    return changed(article) > before


@pytest.fixture
def article() -> Article:
    return make_article(paragraphs=["قال الوزير سامي إن الجسر آمن تماماً."])


def execute(sql: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_what_the_row_itself_says(article):
    assert notes(article, article.save)
    assert notes(article, lambda: Article.objects.filter(pk=article.pk).update(status="hidden"))
    assert notes(article, lambda: execute("UPDATE articles_article SET byline = 'سلمى' WHERE id = %s", article.pk))
    assert notes(article, lambda: add_revision(article, title="عنوان", paragraphs=["نص آخر."]))


def test_nobody_sets_it_by_hand(article):
    execute("UPDATE articles_article SET changed = '1' WHERE id = %s", article.pk)
    assert changed(article) > 1


def test_names(article):
    assert notes(article, lambda: make_mention(article, "سامي"))
    assert notes(article, lambda: Mention.objects.update(entity=make_entity("سامي آخر")))
    assert notes(article, lambda: Entity.objects.update(kind="other"))
    assert notes(article, lambda: Mention.objects.all().delete())


def test_a_merge_of_names(article):
    one, other = make_mention(article, "سامي").entity, make_mention(make_article(), "الجسر").entity
    assert notes(article, lambda: merge(source=one, target=other, by=make_user("moderator")))


def test_marks(article):
    by = make_user("moderator")
    assert notes(article, lambda: make_mark(article, "الجسر آمن", by=by))
    mark = Annotation.objects.get()
    assert notes(article, lambda: change_mark(mark=mark, by=by, spans=[span(article, "الجسر آمن تماماً")]))
    assert notes(article, lambda: delete_mark(mark=mark, by=by))


def test_suggestions_and_what_is_decided_about_them(article):
    by = make_user("moderator")
    assert notes(article, lambda: suggest_said(article, "الجسر آمن", "سامي"))
    assert notes(article, lambda: accept(mark=Annotation.objects.get(kind="quote"), by=by))
    assert notes(article, lambda: Attribution.objects.update(entity=make_entity("سامي")))
    assert notes(article, lambda: Attribution.objects.all().delete())
    assert notes(article, lambda: reject(mark=Annotation.objects.get(kind="quote"), by=by))
    assert notes(article, lambda: Part.objects.filter(annotation__kind="speaker").update(prefix="قال"))
    suggest(article, "آمن")
    assert notes(article, lambda: execute("DELETE FROM annotations_part WHERE exact = 'آمن'"))


def test_places_of_marks_in_a_later_text(article):
    mark = make_mark(article, "الجسر آمن", by=make_user("editor"))
    revision = add_revision(article, title=article.title, paragraphs=["قال إن الجسر آمن."])
    place = Placement(part=mark.parts.get(), revision=revision, start=3, end=12, state="doubtful", score=0.5)
    assert notes(article, place.save)
    assert notes(article, lambda: Placement.objects.update(state="moved"))
    assert notes(article, lambda: Placement.objects.all().delete())


def test_deletions_leave_a_number_and_nothing_else(article):
    pk = article.pk
    article.delete()
    other = make_article()
    execute("UPDATE articles_article SET current_revision_id = NULL WHERE id = %s", other.pk)
    execute("DELETE FROM articles_revision WHERE article_id = %s", other.pk)
    execute("DELETE FROM articles_article WHERE id = %s", other.pk)
    assert sorted(ArticleChange.objects.values_list("article_id", flat=True)) == [pk, other.pk]
    assert {field.name for field in ArticleChange._meta.fields} == {"id", "article_id", "changed"}


def test_an_import_notes_its_articles_once(article):
    """The rows of marks and names that follow in the same transaction write nothing more into the article's."""
    with transaction.atomic():
        new = make_article(paragraphs=["قال الوزير سامي إن الجسر آمن تماماً."])
        before = version_of(new)
        make_mention(new, "سامي")
        suggest_said(new, "الجسر آمن", "سامي")
        assert version_of(new) == before
    assert not ArticleChange.objects.exists()


def version_of(article: Article) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT ctid::text FROM articles_article WHERE id = %s", [article.pk])
        return cursor.fetchone()[0]


@pytest.fixture
def elsewhere() -> Iterator[ThreadPoolExecutor]:
    """A thread with a connection of its own."""
    with ThreadPoolExecutor(1) as pool:
        yield pool
        pool.submit(connections.close_all).result()


def test_who_changes_names_waits_for_nobody_who_holds_the_article(article, elsewhere):
    make_mention(article, "سامي")
    with transaction.atomic():
        Article.objects.select_for_update().get(pk=article.pk)
        elsewhere.submit(lambda: Mention.objects.all().update(role="الوزير")).result(10)
    noted = ArticleChange.objects.get()
    assert noted.article_id == article.pk
    assert noted.changed > changed(article)
