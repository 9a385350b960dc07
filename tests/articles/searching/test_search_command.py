"""manage.py search: for people at a terminal, and a JSON line per query for programs."""

import codecs
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from articles.models import Article
from tests.articles.factories import make_article

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def articles() -> list[Article]:
    return [
        make_article(
            title="أسعار القمح", paragraphs=["ارتفعت أسعار القمح في السوق."], url="https://news.example/wheat"
        ),
        make_article(title="أسعار الحديد", paragraphs=["ارتفعت أسعار الحديد."], url="https://news.example/iron"),
        make_article(title="القمح سراً", status=Article.Status.HIDDEN, url="https://news.example/hidden"),
    ]


def printed(capsys, *arguments: str) -> list[str]:
    call_command("search", *arguments)
    return capsys.readouterr().out.splitlines()


def test_each_line_of_a_file_is_answered_by_a_line_of_json(articles, tmp_path, capsys):
    queries = tmp_path / "queries.txt"
    queries.write_text("القمح\n\nأسعار\n«»\nزرافة", encoding="utf-8")
    lines = [json.loads(line) for line in printed(capsys, "--queries", str(queries), "--json")]
    assert [(line["query"], line["total"]) for line in lines] == [
        ("القمح", 1),
        ("", 0),
        ("أسعار", 2),
        ("«»", 0),
        ("زرافة", 0),
    ]
    (hit,) = lines[0]["hits"]
    assert (hit["id"], hit["url"]) == (articles[0].pk, "https://news.example/wheat")
    assert hit["score"] > 0
    assert all(set(line) == {"query", "total", "took_ms", "hits"} and line["took_ms"] >= 0 for line in lines)


def test_articles_that_hold_some_of_the_words_are_listed_but_not_counted(articles, capsys):
    (line,) = printed(capsys, "--json", "أسعار", "القمح")
    told = json.loads(line)
    assert told["total"] == 1
    assert [hit["id"] for hit in told["hits"]] == [articles[0].pk, articles[1].pk]
    (line,) = printed(capsys, "--json", "--limit", "1", "أسعار", "القمح")
    assert len(json.loads(line)["hits"]) == 1


def test_people_get_a_list_they_can_read(articles, capsys):
    lines = printed(capsys, "القمح", "«")
    assert lines[0].startswith("القمح «: 1 (")
    assert "تنصيص" in lines[1]
    assert lines[2] == f"  {articles[0].pk}  أسعار القمح  https://news.example/wheat"


def test_the_unpublished_are_found_when_asked_for(articles, capsys):
    (line,) = printed(capsys, "--json", "--all", "القمح")
    assert {hit["id"] for hit in json.loads(line)["hits"]} == {articles[0].pk, articles[2].pk}


def test_what_changed_a_moment_ago_is_found(articles, capsys):
    assert json.loads(printed(capsys, "--json", "زرافة")[0])["total"] == 0
    make_article(title="زرافة")
    assert json.loads(printed(capsys, "--json", "زرافة")[0])["total"] == 1
    Article.objects.filter(title="زرافة").update(status=Article.Status.HIDDEN)
    assert json.loads(printed(capsys, "--json", "زرافة")[0])["total"] == 0


@pytest.mark.parametrize(
    "data",
    [
        codecs.BOM_UTF8 + "القمح\r\nأسعار\r\n".encode(),
        "القمح\nأسعار\n".encode("utf-16"),
        "القمح في السوق\nأسعار من القمح\n".encode("cp1256"),
        "القمح\rأسعار".encode(),
    ],
)
def test_files_of_any_encoding_and_line_end_are_read(articles, tmp_path, capsys, data):
    queries = tmp_path / "queries.txt"
    queries.write_bytes(data)
    lines = [json.loads(line) for line in printed(capsys, "--json", "--queries", str(queries))]
    assert [line["query"].split()[0] for line in lines] == ["القمح", "أسعار"]
    assert [line["total"] for line in lines] in ([1, 2], [1, 1])


def test_an_empty_file_is_answered_by_nothing(tmp_path, capsys):
    queries = tmp_path / "queries.txt"
    queries.write_bytes(b"")
    assert printed(capsys, "--json", "--queries", str(queries)) == []


@pytest.mark.parametrize(
    ("name", "data"), [("none.txt", None), ("folder", None), ("page.pdf", b"%PDF-1.7\x00\x01\x02\x03" * 20)]
)
def test_a_file_that_cannot_be_read_is_one_line(tmp_path, name, data):
    path: Path = tmp_path / name
    if name == "folder":
        path.mkdir()
    elif data:
        path.write_bytes(data)
    with pytest.raises(CommandError, match=name) as refused:
        call_command("search", "--json", "--queries", str(path))
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("arguments", [[], ["--json"], ["--limit", "0", "القمح"], ["--limit", "5000", "القمح"]])
def test_what_is_no_question_is_refused(arguments):
    with pytest.raises(CommandError):
        call_command("search", *arguments)


def test_where_the_index_cannot_be_written_the_old_one_answers_at_once(articles, capsys, search_folder):
    assert printed(capsys, "القمح")[0].startswith("القمح: 1 ")
    make_article(title="القمح أيضاً")
    lock = search_folder / "following.lock"
    lock.unlink()
    lock.mkdir()
    call_command("search", "القمح")
    told = capsys.readouterr()
    assert told.out.startswith("القمح: 1 ")
    assert "behind the database; it cannot be written" in told.err


def test_where_there_can_be_no_index_a_line_says_so(articles, capsys, search_folder):
    search_folder.write_text("no folder")
    with pytest.raises(CommandError, match="فهرس البحث"):
        call_command("search", "القمح")
    assert "cannot be written" in capsys.readouterr().err
    for what in ((), ("--check",), ("--rebuild",)):
        with pytest.raises(CommandError, match="cannot be written"):
            call_command("search_index", *what)
    search_folder.unlink()
