"""Which recogniser runs, and what happens where the one that is asked for cannot be had."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from articles import recognising
from articles.language import entities
from tests.language.bert import write_catalogue

REPOSITORY = Path(__file__).parents[2]
EMBEDDED = f"{entities.RECOGNISER} {entities.VERSION}"
TEXT = "خبر من باريس\nقال الرئيس الفرنسي إيمانويل ماكرون إن باريس مستعدة."


@pytest.fixture
def _asked_for_camel(settings, monkeypatch, tmp_path):
    """NEWSDESK_RECOGNISER=camel on a machine without camel-tools' data."""
    settings.RECOGNISER = "camel"
    monkeypatch.setenv("CAMELTOOLS_DATA", str(tmp_path))
    recognising._neural.cache_clear()
    yield
    recognising._neural.cache_clear()


def analysed(folder: Path, *, before: str = "pass", **variables: str) -> subprocess.CompletedProcess[str]:
    """`manage.py analyse_text` on two files, after the Python line `before`."""
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text(TEXT, encoding="utf-8")
    start = f"import sys; {before}; from django.core.management import execute_from_command_line as execute; "
    start += "execute(['manage.py', *sys.argv[1:]])"
    files = [str(folder / "a.txt"), str(folder / "b.txt")]
    return subprocess.run(
        [sys.executable, "-c", start, "analyse_text", *files, "--output", str(folder / "out")],
        cwd=REPOSITORY,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "newsdesk.settings"} | variables,
        capture_output=True,
        text=True,
        check=False,
    )


def names_in(file: Path) -> list[tuple[int, int, str]]:
    found = json.loads(file.read_text(encoding="utf-8"))["entities"]
    return [(entity["start"], entity["end"], entity["name"]) for entity in found]


def test_the_embedded_recogniser_runs_unless_another_is_asked_for():
    assert recognising.recogniser_label() == EMBEDDED
    assert recognising.recognise(TEXT) == entities.recognise(TEXT)


def test_an_unknown_recogniser_is_refused_at_start(tmp_path):
    result = analysed(tmp_path, NEWSDESK_RECOGNISER="bert")
    assert result.returncode != 0
    assert "NEWSDESK_RECOGNISER is 'bert'; it may be 'embedded' or 'camel'" in result.stderr


def test_without_camel_tools_data_it_is_said_once_and_the_embedded_one_runs(tmp_path):
    result = analysed(tmp_path, NEWSDESK_RECOGNISER="camel", CAMELTOOLS_DATA=str(tmp_path / "none"))
    assert result.returncode == 0, result.stderr
    assert result.stderr.count("catalogue.json is missing") == 1
    assert len(result.stderr.splitlines()) == 1
    expected = [(entity.start, entity.end, entity.name) for entity in entities.recognise(TEXT)]
    assert names_in(tmp_path / "out" / "a.json") == names_in(tmp_path / "out" / "b.json") == expected


def test_without_torch_it_is_said_how_to_get_it_and_the_embedded_one_runs(tmp_path):
    write_catalogue(tmp_path / "data", "small")
    before = "sys.modules['torch'] = None"
    result = analysed(tmp_path, before=before, NEWSDESK_RECOGNISER="camel", CAMELTOOLS_DATA=str(tmp_path / "data"))
    assert result.returncode == 0, result.stderr
    assert "is not installed; run `make neural`" in result.stderr
    assert names_in(tmp_path / "out" / "a.json")


@pytest.mark.usefixtures("_asked_for_camel")
@pytest.mark.parametrize(
    "command",
    [["gunicorn", "newsdesk.wsgi"], ["manage.py", "quickstart"], ["manage.py", "runserver", "--noreload"], [""]],
)
def test_a_process_that_serves_pages_never_looks_for_the_neural_one(command, monkeypatch, caplog):
    monkeypatch.setattr(sys, "argv", command)
    assert recognising.recogniser_label() == EMBEDDED
    assert not caplog.records


@pytest.mark.usefixtures("_asked_for_camel")
@pytest.mark.parametrize(
    "command",
    [["import_articles", "x"], ["analyse_articles"], ["--traceback", "analyse_text"], ["procrastinate", "worker"]],
)
def test_commands_and_the_worker_look_for_it_and_fall_back(command, monkeypatch, caplog):
    monkeypatch.setattr(sys, "argv", ["manage.py", *command])
    assert [recognising.recogniser_label(), recognising.recogniser_label()] == [EMBEDDED] * 2
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert "catalogue.json is missing" in caplog.text
