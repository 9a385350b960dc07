"""An import that is killed at any moment and started again comes to what an undisturbed one comes to, row by row."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from articles.models import Article, ImportRun
from tests.articles.archive_rows import archive_rows
from tests.articles.invented import write_invented

pytestmark = pytest.mark.django_db(transaction=True)

ARTICLES = 2_000
KILLS = 20
# The command with the database of the test, whose name no setting knows.
COMMAND = """
import sys, django
django.setup()
from django.core.management import call_command
from django.db import connection
connection.settings_dict["NAME"] = sys.argv[1]
call_command("import_articles", sys.argv[2])
"""


def begin_import(file: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", COMMAND, connection.settings_dict["NAME"], str(file)]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def wait_for(process: subprocess.Popen[str], articles: int) -> None:
    """Until so many are stored, or nothing more will be."""
    while process.poll() is None and Article.objects.count() < articles:
        time.sleep(0.005)


def kill_after(process: subprocess.Popen[str], articles: int, delay: float) -> bool:
    """Kill it once it has stored so many articles, and a moment later; false where it ended before."""
    wait_for(process, Article.objects.count() + articles)
    time.sleep(delay)
    alive = process.poll() is None
    process.kill()
    process.communicate()
    return alive


def test_twenty_kills_change_nothing_in_the_end(tmp_path):
    file = write_invented(tmp_path, ARTICLES)
    undisturbed = begin_import(file)
    assert undisturbed.communicate()[0].startswith(f"created {ARTICLES},")
    expected = archive_rows()
    call_command("flush", verbosity=0, interactive=False)

    chance = random.Random(4)
    for _ in range(KILLS):
        assert kill_after(begin_import(file), chance.randint(1, ARTICLES // KILLS - 10), chance.random() / 20)
    assert 0 < Article.objects.count() < ARTICLES
    last = begin_import(file)
    out, _ = last.communicate()
    assert last.returncode == 0
    assert f"unchanged {ARTICLES - ImportRun.objects.latest('id').created}," in out

    found = archive_rows()
    for model, rows in expected.items():
        assert found[model] == rows, model


def test_an_import_whose_connection_is_ended_says_so_in_a_line_and_finishes_the_next_time(tmp_path):
    file = write_invented(tmp_path, 300)
    process = begin_import(file)
    wait_for(process, 30)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    _, errors = process.communicate()
    assert process.returncode == 1
    line = errors.strip().splitlines()[-1]
    assert "terminating connection" in line or "the connection" in line
    assert "the same command imports the rest" in line
    run = ImportRun.objects.latest("id")
    assert (run.state, bool(run.failure)) == ("failed", True)
    again = begin_import(file)
    again.communicate()
    assert again.returncode == 0
    assert Article.objects.count() == 300
