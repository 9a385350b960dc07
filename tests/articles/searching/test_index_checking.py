"""Index and database are proved equal, or it is told how they differ; what is broken is healed by the next follower."""

import json
import shutil
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from tantivy import Query

from articles.models import Article
from articles.search.index.checking import differences
from articles.search.index.database import Identity, identity
from articles.search.index.documents import documents_of
from articles.search.index.folder import Generation, State, search_folder
from articles.search.index.following import catch_up
from articles.search.index.reading import SearchUnavailable, searcher, searching
from articles.search.index.rebuilding import rebuild
from articles.search.index.schema import schema
from articles.search.index.writing import Writer
from tests.articles.factories import make_article
from tests.articles.searching.index_states import another_connection

pytestmark = pytest.mark.django_db(transaction=True)


def current() -> Generation:
    generation = search_folder().current()
    assert generation
    return generation


def check(capsys) -> tuple[int, str]:
    """Exit status and what `search_index --check` says."""
    try:
        call_command("search_index", "--check")
    except SystemExit as end:
        return end.code, capsys.readouterr().out
    return 0, capsys.readouterr().out


@pytest.fixture
def articles() -> list[Article]:
    found = [make_article(title=f"خبر {number}") for number in range(5)]
    assert catch_up()
    return [Article.objects.get(pk=article.pk) for article in found]


def write(act) -> None:
    """Do something to the index that nobody asked for."""
    writer = Writer(current(), memory=20_000_000)
    act(writer)
    writer.commit()
    writer.close()


def test_an_index_that_follows_is_equal(articles, capsys):
    articles[0].delete()
    Article.objects.filter(pk=articles[1].pk).update(status="hidden")
    status, told = check(capsys)
    assert status == 0
    assert told.startswith("index and database are equal: 4 articles; 4 documents in ")


def test_a_missing_document_is_found(articles, capsys):
    write(lambda writer: writer.remove([articles[2].pk]))
    assert check(capsys) == (1, f"1 articles without a document: {articles[2].pk}\n")


def test_a_document_too_many_is_found(articles, capsys):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE articles_article DISABLE TRIGGER USER")
    gone = articles[3].pk
    articles[3].delete()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE articles_article ENABLE TRIGGER USER")
    assert check(capsys) == (1, f"1 documents without an article: {gone}\n")


def test_a_stale_document_is_found(articles, capsys):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE articles_article DISABLE TRIGGER USER")
        cursor.execute("UPDATE articles_article SET changed = '3' WHERE id = %s", [articles[4].pk])
        cursor.execute("ALTER TABLE articles_article ENABLE TRIGGER USER")
    assert check(capsys) == (1, f"1 documents older than their article: {articles[4].pk}\n")


def test_an_article_that_is_found_twice_is_found_out(articles, capsys):
    write(lambda writer: writer.add(documents_of([articles[0].pk])))
    assert check(capsys) == (1, f"1 articles with several documents: {articles[0].pk}\n")


def test_what_was_changed_meanwhile_is_no_difference(articles):
    articles[0].delete()
    make_article()
    articles[1].save()
    assert differences().lines() == []


def files(generation: Generation, ending: str) -> list[Path]:
    found = sorted(generation.index.glob(f"*.{ending}"))
    assert found
    return found


@pytest.mark.parametrize("ending", ["term", "idx", "pos", "fast", "fieldnorm", "store"])
def test_a_file_that_was_cut_off_is_told_and_healed(articles, capsys, ending):
    before = current()
    for path in files(before, ending):
        data = path.read_bytes()
        # Not cut in its place: it may be mapped into this process.
        path.unlink()
        path.write_bytes(data[: len(data) // 2])
    assert differences().lines()[0].startswith("the index cannot be read: ")
    before.suspect("a test says so")
    assert check(capsys)[0] == 0
    assert current().name != before.name
    assert searcher().num_docs == 5


def test_a_single_changed_byte_is_told(articles):
    (path,) = files(current(), "idx")
    data = bytearray(path.read_bytes())
    data[len(data) // 3] ^= 0xFF
    path.unlink()
    path.write_bytes(data)
    assert differences().lines() == [f"the index cannot be read: {path.name}: other content than was written"]


def test_a_reader_that_meets_damage_says_so_and_the_next_follower_heals_it(articles):
    rebuild()
    meta = current().index / "meta.json"
    meta.write_text("{", encoding="utf-8")
    with pytest.raises(SearchUnavailable) as unavailable:
        searcher()
    assert unavailable.value.why == "تعذّرت قراءة فهرس البحث، وسيُفحص ويُصلح تلقائياً"
    assert catch_up()
    assert searcher().num_docs == 5


def test_what_the_engine_raises_in_a_search_becomes_unavailable_and_is_looked_at(articles):
    with pytest.raises(SearchUnavailable), searching() as engine:
        engine.search(Query.term_query(schema(), "no such field", "خبر"))
    name = current().name
    assert current().suspected.exists()
    assert catch_up()
    # Its files are whole: nothing has to be built.
    assert (current().name, current().suspected.exists()) == (name, False)


@pytest.mark.parametrize("content", ["", "{", "[]", '{"cursor": 5}', "\x00\xff"])
def test_a_broken_state_is_healed(articles, content):
    before = current()
    (before.path / "state.json").write_text(content, encoding="utf-8")
    assert differences().lines() == ["the index has no state"]
    assert catch_up()
    assert current().name != before.name
    assert differences().lines() == []


@pytest.mark.parametrize("content", ["", "generation-99\n", "../elsewhere\n", "\x00"])
def test_a_broken_pointer_is_healed(articles, content):
    search_folder().pointer.write_text(content, encoding="utf-8")
    assert differences().lines() == ["there is no index"]
    with pytest.raises(SearchUnavailable):
        searcher()
    assert catch_up()
    assert differences().lines() == []
    assert searcher().num_docs == 5


def test_a_folder_that_was_deleted_is_made_anew(articles):
    searcher()
    shutil.rmtree(search_folder().path)
    with pytest.raises(SearchUnavailable):
        searcher()
    assert catch_up()
    assert searcher().num_docs == 5


@pytest.mark.parametrize("field", Identity._fields)
def test_an_index_of_another_database_is_not_gone_on_with(articles, field):
    before = current()
    state = before.state()
    other = identity()._replace(**{field: "99999"})
    before.write_state(State(other, state.schema, state.analysis, state.cursor))
    assert differences().lines() == ["the index is of another database, or of another analysis"]
    assert catch_up()
    assert current().name != before.name
    assert differences().lines() == []


def test_an_index_of_other_articles_is_not_searched(articles):
    state = current().state()
    current().write_state(State(state.database._replace(system="1"), state.schema, state.analysis, state.cursor))
    # As a process does that begins now.
    search_folder().make_current(current())
    with pytest.raises(SearchUnavailable) as unavailable:
        searcher()
    assert unavailable.value.why == "يُعاد بناء فهرس البحث الآن، وسيعود البحث بعد قليل"


def test_an_index_of_another_analysis_serves_until_the_next_is_built(articles):
    state = current().state()
    current().write_state(State(state.database, state.schema, "an older one", state.cursor))
    search_folder().make_current(current())
    assert searcher().num_docs == 5
    before = current().name
    assert catch_up()
    assert current().name != before


def test_an_index_that_is_ahead_of_its_database_is_built_anew(articles):
    """As after a backup was put back."""
    state = current().state()
    before = current().name
    current().write_state(State(state.database, state.schema, state.analysis, state.cursor + 1_000_000))
    make_article()
    assert catch_up()
    assert current().name != before
    assert searcher().num_docs == 6


def test_an_emptied_table_empties_the_index(articles):
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE articles_article CASCADE")
    make_article()
    assert catch_up()
    assert searcher().num_docs == 1


def test_a_rebuild_that_is_broken_off_leaves_the_old_one_serving(articles):
    before = current().name

    def break_off(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild(break_off)
    assert current().name == before
    assert searcher().num_docs == 5
    rebuild()
    assert [path.name for path in sorted(search_folder().path.glob("generation-*"))] == [current().name]


def test_a_search_that_is_under_way_keeps_its_generation(articles):
    engine = searcher()
    make_article()
    rebuild()
    rebuild()
    assert engine.search(Query.all_query(), 10).count == 5
    assert searcher().num_docs == 6


def test_whoever_finds_the_folder_in_use_says_so_in_a_line(articles):
    with search_folder().building(), pytest.raises(CommandError) as told:
        call_command("search_index", "--rebuild")
    assert str(told.value) == "another process builds the search index; try again when it is done"


def test_catching_up_waits_for_the_process_that_follows(articles):
    with another_connection() as elsewhere:
        with search_folder().following():
            make_article()
            assert not catch_up(wait=0.2)
            waiting = elsewhere.submit(catch_up, wait=20)
            assert not waiting.done()
        assert waiting.result(20)
    assert searcher().num_docs == 6


def test_two_hosts_have_an_index_each(articles, settings, tmp_path):
    here = settings.SEARCH_FOLDER
    make_article()
    settings.SEARCH_FOLDER = tmp_path / "another host"
    assert catch_up()
    assert searcher().num_docs == 6
    settings.SEARCH_FOLDER = here
    assert searcher().num_docs == 5
    assert catch_up()
    assert searcher().num_docs == 6


def test_the_command_says_where_the_index_stands(articles, capsys):
    call_command("search_index")
    call_command("search_index", "--rebuild")
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("the search index is level with the database; 5 documents in 1 segments, 0.")
    assert second.startswith("5 articles indexed; 5 documents in 1 segments, 0.")


def test_nothing_of_a_text_is_kept_in_the_state(articles):
    assert set(json.loads((current().path / "state.json").read_text())) == {"database", "schema", "analysis", "cursor"}
