"""The database's disk is full in the middle of an import: said in a line, nothing lost, finished when there is room."""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from articles.importing.running import ImportBroken, import_inputs
from articles.models import Article, ImportRun, Original
from tests.articles.invented import write_invented

pytestmark = pytest.mark.django_db(transaction=True)

ARTICLES = 400


def mount(*arguments: str) -> bool:
    return subprocess.run(["mount", "-t", "tmpfs", *arguments], capture_output=True, check=False).returncode == 0


def execute(statement: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0] if cursor.description else ""


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A disk of its own for the kept pages, with room for some of them."""
    cluster = Path(execute("SHOW data_directory"))
    if os.geteuid() != 0 or not cluster.exists():
        pytest.skip("only root can mount a small disk under a database of this machine")
    # Beside the cluster, where its account may go.
    disk = Path(tempfile.mkdtemp(prefix="small-disk-", dir=cluster.parent))
    if not mount("-o", f"size=128k,uid={cluster.stat().st_uid},mode=700", "newsdesk-test", str(disk)):
        disk.rmdir()
        pytest.skip("no disk can be mounted here")
    try:
        execute(f"CREATE TABLESPACE small_disk LOCATION '{disk}'")
        execute("ALTER TABLE articles_original SET TABLESPACE small_disk")
        yield disk
        execute("ALTER TABLE articles_original SET TABLESPACE pg_default")
        execute("DROP TABLESPACE small_disk")
    finally:
        subprocess.run(["umount", str(disk)], check=True)
        disk.rmdir()


def test_a_full_disk_ends_the_import_with_a_line_and_the_next_one_finishes_it(small_disk, tmp_path):
    file = write_invented(tmp_path, ARTICLES)
    with pytest.raises(ImportBroken, match=r"^the database's disk is full$"):
        import_inputs([file])
    run = ImportRun.objects.get()
    assert (run.state, run.failure) == ("failed", "the database's disk is full")
    stored = Article.objects.count()
    assert 0 < stored == run.created < ARTICLES
    assert Original.objects.count() == stored

    assert mount("-o", "remount,size=64m", "newsdesk-test", str(small_disk))
    report = import_inputs([file])
    assert (report.unchanged, report.created) == (stored, ARTICLES - stored)
