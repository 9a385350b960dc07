"""The index follows the database: every commit, late ones too, in its turn, and nothing that was rolled back."""

import time

import pytest
from django.db import connection, transaction

from articles.models import Article, Mention
from articles.naming.merging import merge
from articles.search.index import schema
from articles.search.index.folder import search_folder
from articles.search.index.following import catch_up
from articles.search.index.reading import SearchUnavailable, searcher
from tests.accounts import make_user
from tests.articles.factories import add_revision, make_article, make_entity, make_mention, make_source
from tests.articles.searching.index_states import another_connection, found_by

pytestmark = pytest.mark.django_db(transaction=True)


def test_there_is_an_index_after_the_first_catching_up():
    article = make_article(title="وصول الوفد")
    with pytest.raises(SearchUnavailable) as unavailable:
        searcher()
    assert unavailable.value.why == "لم يُبنَ فهرس البحث بعد، وسيعمل البحث فور بنائه"
    assert catch_up()
    assert found_by("title", "الوفد") == [article.pk]


def test_new_changed_and_deleted_articles_are_followed():
    first, second = make_article(title="وصول الوفد"), make_article(title="مغادرة الوفد")
    assert catch_up()
    third = make_article(title="بقاء الوفد")
    add_revision(first, title="تأجيل الزيارة", paragraphs=["أُجّلت الزيارة."])
    second.delete()
    assert catch_up()
    assert found_by("title", "الوفد") == [third.pk]
    assert found_by("title", "الزياره") == [first.pk]
    assert searcher().num_docs == 2


def test_a_commit_that_comes_late_is_not_missed():
    """The number of a transaction says when it began: others that began later were replayed before it ended."""
    make_source()
    assert catch_up()
    with another_connection() as elsewhere:
        elsewhere.submit(transaction.set_autocommit, False).result()
        late = elsewhere.submit(make_article, title="خبر متأخر").result()
        early = make_article(title="خبر مبكر")
        assert not catch_up()
        assert found_by("title", "خبر") == []
        elsewhere.submit(transaction.commit).result()
        assert catch_up()
        assert found_by("title", "خبر") == sorted([early.pk, late.pk])
        elsewhere.submit(transaction.set_autocommit, True).result()


def test_a_long_transaction_only_delays():
    make_source()
    assert catch_up()
    with another_connection() as elsewhere:
        elsewhere.submit(transaction.set_autocommit, False).result()
        elsewhere.submit(Article.objects.update, status="hidden").result()
        before = make_article(title="خبر أول")
        elsewhere.submit(make_article, title="خبر مفتوح").result()
        after = make_article(title="خبر ثانٍ")
        assert not catch_up(wait=0.2)
        elsewhere.submit(transaction.rollback).result()
        elsewhere.submit(transaction.set_autocommit, True).result()
    assert catch_up()
    assert found_by("title", "خبر") == [before.pk, after.pk]


def test_catching_up_does_not_wait_for_what_its_own_transaction_changed():
    make_article(title="وصول الوفد")
    with transaction.atomic():
        Article.objects.update(status="hidden")
        begun = time.monotonic()
        assert catch_up(wait=20)
        assert time.monotonic() - begun < 15
    assert catch_up()
    assert len(found_by(schema.STATUS, "hidden")) == 1


def test_what_is_rolled_back_leaves_nothing():
    assert catch_up()
    with transaction.atomic():
        make_article(title="خبر لم يكن")
        transaction.set_rollback(True)
    assert catch_up()
    assert searcher().num_docs == 0


def test_bulk_updates_and_deletions_by_hand_are_followed():
    articles = [make_article(title=f"خبر {number}") for number in range(30)]
    assert catch_up()
    Article.objects.filter(pk__in=[article.pk for article in articles[:20]]).update(status="hidden")
    with connection.cursor() as cursor:
        gone = articles[25].pk
        cursor.execute("UPDATE articles_article SET current_revision_id = NULL WHERE id = %s", [gone])
        cursor.execute("DELETE FROM articles_revision WHERE article_id = %s", [gone])
        cursor.execute("DELETE FROM articles_article WHERE id = %s", [gone])
    assert catch_up()
    assert found_by(schema.STATUS, "hidden") == [article.pk for article in articles[:20]]
    assert searcher().num_docs == 29


def test_more_changes_of_one_transaction_than_are_written_at_once(monkeypatch):
    monkeypatch.setattr("articles.search.index.replaying.BATCH", 7)
    with transaction.atomic():
        for number in range(30):
            make_article(title=f"خبر {number}")
    assert catch_up()
    Article.objects.update(status="hidden")
    assert catch_up()
    assert len(found_by(schema.STATUS, "hidden")) == searcher().num_docs == 30


def test_names_that_moved_to_another_entity_are_followed():
    article = make_article(paragraphs=["قال سامي إن الجسر آمن."])
    source, target = make_mention(article, "سامي").entity, make_entity("سامي الحداد")
    assert catch_up()
    assert found_by(schema.PERSON, source.pk) == [article.pk]
    merge(source=source, target=target, by=make_user("moderator"))
    assert catch_up()
    assert found_by(schema.PERSON, source.pk) == []
    assert found_by(schema.PERSON, target.pk) == [article.pk]


def test_names_that_changed_while_somebody_held_the_article_are_followed():
    article = make_article(paragraphs=["قال سامي إن الجسر آمن."])
    make_mention(article, "سامي")
    other = make_entity("سامي الحداد")
    assert catch_up()
    with another_connection() as elsewhere, transaction.atomic():
        Article.objects.select_for_update().get(pk=article.pk)
        elsewhere.submit(lambda: Mention.objects.all().update(entity=other)).result(10)
    assert catch_up()
    assert found_by(schema.PERSON, other.pk) == [article.pk]


def test_a_repeated_replay_changes_nothing():
    make_article(title="وصول الوفد")
    assert catch_up()
    generation = search_folder().current()
    state = generation.state()
    generation.write_state(state.__class__(**{**vars(state), "cursor": 0}))
    assert catch_up()
    assert searcher().num_docs == 1
    assert generation.state().cursor > 0


def test_what_catches_up_where_nothing_changed_writes_nothing():
    make_article()
    assert catch_up()
    generation = search_folder().current()
    before = (generation.index / "meta.json").stat().st_mtime_ns
    assert catch_up()
    assert (generation.index / "meta.json").stat().st_mtime_ns == before
