"""manage.py export_annotations: what it writes, what it says, and that it never leaves half a file."""

import gzip
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from annotations.exporting import gathering
from annotations.exports import jsonl
from articles.models import Article, Source
from tests.accounts import make_user
from tests.annotations.exporting.desk import CLAIM, QUOTE, SPEAKER, SUGGESTED, fill_desk
from tests.annotations.marks import make_mark
from tests.articles.factories import make_article
from tests.searching import index_everything

pytestmark = pytest.mark.django_db


def exported(folder: Path, *options: str, name: str = "marks.jsonl") -> list:
    path = folder / name
    call_command("export_annotations", "--format", "jsonl", "--output", str(path), *options)
    return list(jsonl.read(path))


def words_in(articles: list) -> list[str]:
    return [mark.exact for article in articles for mark in article.marks]


def test_everything_published_is_written_and_counted(tmp_path, capsys):
    fill_desk()
    make_article(status=Article.Status.HIDDEN)
    assert words_in(exported(tmp_path)) == [SPEAKER, QUOTE, CLAIM]
    assert capsys.readouterr().out == "articles 1, marks 3\n"


def test_what_stays_here_is_said(tmp_path, capsys):
    fill_desk(rights=Source.Rights.INTERNAL)
    assert exported(tmp_path) == []
    assert capsys.readouterr().out.splitlines() == [
        "articles 0, marks 0",
        "left out: articles of internal sources 1",
        "left out: marks on articles of internal sources 3",
    ]
    end = json.loads((tmp_path / "marks.jsonl").read_text().splitlines()[-1])
    assert end["left_out"] == {gathering.INTERNAL_ARTICLES: 1, gathering.INTERNAL_MARKS: 3}


def test_a_name_that_ends_so_is_packed(tmp_path):
    fill_desk()
    assert len(exported(tmp_path, name="marks.jsonl.gz")) == 1
    assert b"newsdesk-annotations" in gzip.decompress((tmp_path / "marks.jsonl.gz").read_bytes())


def test_single_articles_kinds_and_statuses_can_be_asked_for(tmp_path, annotator):
    desk = fill_desk()
    other = make_article(paragraphs=["قال المختار: «وصلنا»."])
    make_mark(other, "وصلنا", by=annotator)
    assert words_in(exported(tmp_path, "--article", str(other.pk), name="1")) == ["وصلنا"]
    assert words_in(exported(tmp_path, "--kind", "claim", "--kind", "speaker", name="2")) == [SPEAKER, CLAIM]
    undecided = exported(tmp_path, "--status", "suggested", "--article", str(desk.article.pk), name="3")
    assert set(words_in(undecided)) == {SUGGESTED, "سجلات الميناء"}


def test_a_search_is_exported_as_its_page_asks_it(tmp_path, annotator):
    fill_desk()
    other = make_article(title="وصول القافلة", paragraphs=["قال المختار: «وصلنا»."])
    make_mark(other, "وصلنا", by=annotator)
    index_everything()
    assert words_in(exported(tmp_path, "--search", "?q=القافلة")) == ["وصلنا"]
    source = other.source_id
    assert words_in(exported(tmp_path, "--search", f"source={source}", name="2")) == ["وصلنا"]
    with pytest.raises(CommandError, match="was not written"):
        exported(tmp_path, "--search", "source=987654", name="3")
    assert not (tmp_path / "3").exists()


def test_an_account_sees_with_its_own_eyes(tmp_path):
    desk = fill_desk()
    Article.objects.filter(pk=desk.article.pk).update(status=Article.Status.PENDING)
    make_user("reader", username="قارئ")
    assert exported(tmp_path, "--user", "قارئ", "--status", "accepted", "--status", "suggested", name="1") == []
    assert len(exported(tmp_path, "--user", "سامر", name="2")) == 1
    Article.objects.filter(pk=desk.article.pk).update(status=Article.Status.PUBLISHED)
    seen = exported(tmp_path, "--user", "قارئ", "--status", "accepted", "--status", "suggested", name="3")
    assert SUGGESTED not in words_in(seen)
    with pytest.raises(CommandError, match="no active account"):
        exported(tmp_path, "--user", "لا أحد", name="4")


def test_a_file_that_is_there_is_replaced_only_by_force(tmp_path):
    fill_desk()
    path = tmp_path / "marks.jsonl"
    path.write_text("لا تمسّني")
    with pytest.raises(CommandError, match="--force"):
        exported(tmp_path)
    assert path.read_text() == "لا تمسّني"
    assert len(exported(tmp_path, "--force")) == 1


def test_what_fails_in_the_middle_leaves_nothing(tmp_path, monkeypatch):
    fill_desk()
    monkeypatch.setattr(jsonl, "LONGEST_LINE", None)
    with pytest.raises(TypeError):
        exported(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_said_in_a_line(tmp_path):
    with pytest.raises(CommandError, match="was not written"):
        exported(tmp_path / "nowhere")


INTERRUPTED = """
import os, signal, sys
import django
# Whoever starts the tests in the background may have had it ignored, which every child inherits.
signal.signal(signal.SIGINT, signal.default_int_handler)
django.setup()
from annotations.exporting import writing
from annotations.management.commands import export_annotations
from pathlib import Path
folder = Path(sys.argv[1])
try:
    with writing.written_whole(folder / "marks.jsonl") as file:
        file.write(b"half")
        file.flush()
        assert len(list(folder.iterdir())) == 1
        os.kill(os.getpid(), signal.SIGINT)
        signal.pause()
except KeyboardInterrupt:
    sys.exit(130)
"""


def test_ctrl_c_leaves_no_half_file(tmp_path):
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    done = subprocess.run([sys.executable, "-c", INTERRUPTED, str(tmp_path)], env=environment, check=False, timeout=120)
    assert done.returncode in (130, -signal.SIGINT)
    assert list(tmp_path.iterdir()) == []
