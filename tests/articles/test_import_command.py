"""The command that people and scripts call."""

import io
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from articles.importing.interrupts import stopping_on_interrupt
from articles.importing.running import import_inputs
from articles.models import Article, ImportRun
from tests.articles.pages import FIRST, TITLE

pytestmark = pytest.mark.django_db
REPOSITORY = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _one_step(settings):
    """The steps that follow a revision have tests of their own; one is enough here."""
    settings.REVISION_STEPS = ["articles.provenance.steps.join_story"]


def run(*arguments: object, **options: object) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    call_command("import_articles", *map(str, arguments), stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "good.txt").write_text(f"{TITLE}\n{FIRST}")
    (tmp_path / "empty.txt").touch()
    return tmp_path


def test_the_last_line_counts_and_each_refused_input_has_a_line_of_its_own(folder):
    out, err = run(folder)
    assert out == "created 1, updated 0, unchanged 0, refused 1\n"
    assert err == f"{folder / 'empty.txt'}: الملف فارغ\n"
    assert run(folder)[0] == "created 0, updated 0, unchanged 1, refused 1\n"


def test_it_fails_only_when_nothing_could_be_imported(folder):
    run(folder)
    with pytest.raises(SystemExit) as end:
        run(folder / "empty.txt", folder / "missing.txt")
    assert end.value.code == 1
    assert ImportRun.objects.latest("id").refused == 2


def test_a_folder_with_nothing_to_import_is_named(tmp_path):
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    errors = io.StringIO()
    with pytest.raises(SystemExit, match="1"):
        call_command("import_articles", str(tmp_path), stdout=io.StringIO(), stderr=errors)
    assert str(tmp_path) in errors.getvalue()


def test_ctrl_c_stops_between_two_inputs_and_the_run_is_closed(folder):
    for number in range(3):
        (folder / f"more{number}.txt").write_text(f"خبر من القرية رقم {number}\n{FIRST}")
    report = import_inputs([folder], stop=iter([False, False, True]).__next__)
    assert report.interrupted
    assert report.created + report.refused == 2
    assert report.run.finished_at
    assert ImportRun.objects.get().items.count() == 2


@pytest.fixture
def _interruptible():
    """A suite that a shell started in the background has Ctrl-C ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("_interruptible")
def test_the_first_ctrl_c_is_remembered_and_the_second_one_interrupts():
    with stopping_on_interrupt() as stop:
        assert not stop()
        signal.raise_signal(signal.SIGINT)
        assert stop()
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)


def test_a_dry_run_writes_nothing(folder):
    assert run(folder, dry_run=True)[0] == "created 1, updated 0, unchanged 0, refused 1\n"
    assert not Article.objects.exists()
    assert not ImportRun.objects.exists()


def test_source_and_limit_are_passed_on(folder):
    (folder / "more.txt").write_text(f"خبر آخر من القرية\n{FIRST}")
    out, _ = run(folder / "good.txt", folder / "more.txt", source="بوابة القرية", limit=1)
    assert out == "created 1, updated 0, unchanged 0, refused 0\n"
    assert Article.objects.get().source.name == "بوابة القرية"


def test_a_format_and_a_map_are_passed_on(tmp_path):
    (tmp_path / "export").write_text(f"Kopf;Rumpf;published\n{TITLE};{FIRST};2024-03-16\n")
    out, _ = run(tmp_path, "--format", "csv", "--map", "title=Kopf", "--map", "text=Rumpf")
    assert out.startswith("created 1")
    assert Article.objects.get().title == TITLE


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["x", "--limit", "0"],
        ["x", "--limit", "-3"],
        ["x", "--limit", "many"],
        ["x", "--format", "docx"],
        ["x", "--map", "title"],
        ["x", "--map", "title="],
        ["x", "--map", "headline=title"],
        ["x", "--map", "title=a", "--map", "title=b"],
    ],
)
def test_bad_arguments_are_told_at_once(arguments):
    with pytest.raises(CommandError):
        run(*arguments)


def test_a_terminal_gets_a_progress_bar_and_the_refused_lines(folder, monkeypatch):
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    terminal, out = Terminal(), io.StringIO()
    monkeypatch.setattr(sys, "stderr", terminal)
    call_command("import_articles", str(folder), stdout=out, stderr=terminal)
    shown = terminal.getvalue()
    assert f"{folder / 'empty.txt'}: الملف فارغ" in shown
    assert "100%" in shown
    assert out.getvalue().startswith("created 1")


def test_help_needs_no_database(tmp_path):
    command = [sys.executable, "manage.py", "import_articles", "--help"]
    environment = {"PATH": "/usr/bin:/bin", "NEWSDESK_DATA": str(tmp_path), "LC_ALL": "C", "SECRET_KEY": "x" * 50}
    shown = subprocess.run(command, cwd=REPOSITORY, env=environment, capture_output=True, text=True, check=True).stdout
    assert "--dry-run" in shown
    assert not (tmp_path / "postgres").exists()
