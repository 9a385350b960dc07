"""A run of an import: every input by itself, each with its outcome, none stopping the rest."""

import gzip
import json
import logging
import os
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.db import OperationalError

from articles.importing.inputs import total_weight
from articles.importing.running import ImportBroken, Report, import_inputs
from articles.models import Article, ImportItem, ImportRun, Original, Revision
from tests.articles.pages import FIRST, SECOND, TITLE

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _one_step(settings):
    """The steps that follow a revision have tests of their own; one is enough here."""
    settings.REVISION_STEPS = ["articles.provenance.steps.join_story"]


def page(number: int = 1, *, url: bool = True) -> str:
    link = f'<link rel="canonical" href="https://village.example/{number}">' if url else ""
    return (
        f"<html lang='ar'><head><meta charset='utf-8'><title>{TITLE} {number}</title>{link}</head><body><article>"
        f"<h1>{TITLE} {number}</h1><p>{FIRST}</p><p>{SECOND}</p><p>{FIRST} {number}</p></article></body></html>"
    )


def record(number: int, **details: object) -> str:
    known = {"url": f"https://village.example/r/{number}", "title": f"{TITLE} {number}", "text": f"{FIRST}\n{SECOND}"}
    return json.dumps(known | details, ensure_ascii=False)


def counts(report: Report) -> tuple[int, int, int, int]:
    return report.created, report.updated, report.unchanged, report.refused


def sparse(path: Path, size: int) -> Path:
    """A file of this size that takes no room on the disk."""
    with path.open("wb") as file:
        file.truncate(size)
    return path


def refusals() -> dict[str, str]:
    return {Path(item.input).name: item.reason for item in ImportItem.objects.filter(outcome="refused")}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "1.html").write_text(page(1))
    (tmp_path / "pages" / "2.HTM").write_text(page(2))
    (tmp_path / "text.txt").write_text(f"مدرسة القرية تحتفل بيومها\n{FIRST}")
    (tmp_path / "records.jsonl").write_text("\n".join([record(1), "", record(2)]) + "\n")
    (tmp_path / "more.jsonl.gz").write_bytes(gzip.compress(record(3).encode()))
    (tmp_path / "README.md").write_text("no article")
    (tmp_path / ".hidden.txt").write_text(f"{TITLE}\n{FIRST}")
    (tmp_path / "pages" / "1_files").mkdir()
    (tmp_path / "pages" / "1_files" / "frame.html").write_text(page(9))
    return tmp_path


def test_a_folder_is_imported_with_all_its_kinds_and_the_second_run_changes_nothing(folder):
    first = import_inputs([folder])
    assert counts(first) == (6, 0, 0, 0)
    before = [list(model.objects.order_by("pk").values()) for model in (Article, Revision, Original)]
    second = import_inputs([folder])
    assert counts(second) == (0, 0, 6, 0)
    assert [list(model.objects.order_by("pk").values()) for model in (Article, Revision, Original)] == before
    assert second.run.items.count() == 0


def test_the_run_is_recorded_with_its_counts_its_items_and_who_started_it(folder):
    user = get_user_model().objects.create_user("salwa")
    (folder / "empty.txt").touch()
    run = import_inputs([folder], by=user).run
    run.refresh_from_db()
    assert (run.created, run.updated, run.unchanged, run.refused) == (6, 0, 0, 1)
    assert (run.by, run.by_name, run.inputs) == (user, "salwa", str(folder))
    assert run.finished_at >= run.started_at
    outcomes = run.items.values_list("outcome", flat=True)
    assert sorted(outcomes) == ["created"] * 6 + ["refused"]
    item = run.items.get(input=str(folder / "pages" / "1.html"))
    assert item.article.url == "https://village.example/1"
    assert run.items.filter(input=f"{folder / 'records.jsonl'}:3").exists()


def test_changed_pages_are_updated_and_the_others_left(folder):
    import_inputs([folder])
    (folder / "pages" / "1.html").write_text(page(1).replace(SECOND, "وأُلغي حفل الافتتاح بسبب المطر الغزير."))
    assert counts(import_inputs([folder])) == (0, 1, 5, 0)
    assert Article.objects.get(url="https://village.example/1").current_revision.number == 2


def test_the_same_file_by_another_path_is_the_same_article(folder, tmp_path, monkeypatch):
    import_inputs([folder / "text.txt"])
    monkeypatch.chdir(folder)
    assert counts(import_inputs(["text.txt"])) == (0, 0, 1, 0)
    assert counts(import_inputs([folder])) == (5, 0, 1, 0)


def test_a_file_without_url_is_followed_by_its_name_when_its_text_changes(tmp_path):
    (tmp_path / "a.html").write_text(page(1, url=False))
    import_inputs([tmp_path])
    (tmp_path / "a.html").write_text(page(1, url=False).replace(SECOND, "جملة أخرى تمامًا في الخبر."))
    assert counts(import_inputs([tmp_path])) == (0, 1, 0, 0)


def test_bad_inputs_are_refused_by_name_with_the_reason_and_stop_nothing(tmp_path):
    files = {
        "empty.txt": b"",
        "blank.html": b" \n",
        "picture.html": b"\x89PNG\r\n\x1a\n" + bytes(50),
        "nul.txt": bytes(4000),
        "short.txt": "كلمة".encode(),
        "frame.html": b"<html><frameset><frame src='a'></frameset></html>",
        "bad.jsonl": b'{"title": \n[1]\n' + record(1).encode() + b"\n{}\n",
        "cut.jsonl.gz": gzip.compress("\n".join(record(n) for n in range(2, 500)).encode())[:-40],
        "fake.jsonl.gz": record(1001).encode(),
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "good.html").write_text(page(7))
    report = import_inputs([tmp_path, tmp_path / "missing.html", tmp_path / "good.pdf"])
    reasons = refusals()
    assert "فارغ" in reasons["empty.txt"]
    assert "فارغ" in reasons["blank.html"]
    assert "ليس نصاً" in reasons["picture.html"]
    assert "ليس نصاً" in reasons["nul.txt"]
    assert "أقصر" in reasons["short.txt"]
    assert reasons["frame.html"]
    assert "JSON غير صالح" in reasons["bad.jsonl:1"]
    assert "كائن" in reasons["bad.jsonl:2"]
    assert "لا نص فيه" in reasons["bad.jsonl:4"]
    assert [reason for name, reason in reasons.items() if name.startswith("cut.jsonl.gz:") and "مبتور" in reason]
    assert "لا ملف" in reasons["missing.html"]
    assert "لا ملف" in reasons["good.pdf"]
    assert Article.objects.filter(url__in=["https://village.example/7", "https://village.example/r/1"]).count() == 2
    assert Article.objects.filter(url="https://village.example/r/1001").exists()
    assert report.created > 400
    assert report.refused == len(reasons)


def test_a_named_file_of_an_unknown_kind_is_refused_and_one_in_a_folder_passed_over(tmp_path):
    (tmp_path / "notes.docx").write_bytes(b"x")
    assert counts(import_inputs([tmp_path / "notes.docx"])) == (0, 0, 0, 1)
    assert "نوع الملف" in refusals()["notes.docx"]
    (tmp_path / "good.txt").write_text(f"{TITLE}\n{FIRST}")
    assert counts(import_inputs([tmp_path])) == (1, 0, 0, 0)


@pytest.mark.parametrize("name", ["big.html", "big.txt"])
def test_fifty_megabytes_are_refused_by_size_without_being_read(tmp_path, name, monkeypatch):
    big = sparse(tmp_path / name, 50_000_000)
    monkeypatch.setattr(os, "open", lambda *_: pytest.fail("the file was opened"))
    assert counts(import_inputs([big])) == (0, 0, 0, 1)
    assert "15" in refusals()[name]


def test_a_line_over_the_limit_is_refused_and_the_next_one_read(tmp_path, settings):
    settings.IMPORT_MAX_BYTES = 2000
    lines = [record(1), record(2, text=FIRST * 40), record(3)]
    (tmp_path / "r.jsonl").write_text("\n".join(lines))
    assert counts(import_inputs([tmp_path])) == (2, 0, 0, 1)
    assert list(refusals()) == ["r.jsonl:2"]


def test_a_compression_bomb_is_given_up_within_bounds(tmp_path, settings):
    settings.IMPORT_MAX_BYTES = 100_000
    with gzip.open(tmp_path / "bomb.jsonl.gz", "wb", compresslevel=1) as file:
        file.write(record(1).encode() + b"\n")
        for _ in range(300):
            file.write(b"x" * 100_000)
    report = import_inputs([tmp_path])
    assert counts(report) == (1, 0, 0, 1)
    assert "أطول من الحد" in refusals()["bomb.jsonl.gz:2"]


def test_a_nul_in_a_text_is_dropped_and_kept_in_the_original(tmp_path):
    data = f"{TITLE}\n{FIRST[:9]}\x00{FIRST[9:]}".encode()
    (tmp_path / "nul.txt").write_bytes(data)
    assert counts(import_inputs([tmp_path])) == (1, 0, 0, 0)
    revision = Article.objects.get().current_revision
    assert revision.text == f"{TITLE}\n{FIRST}"
    assert revision.original.body == data


def test_a_page_in_a_wrongly_declared_encoding_is_read(tmp_path):
    (tmp_path / "old.html").write_bytes(page(1).encode("cp1256"))
    import_inputs([tmp_path])
    assert Article.objects.get().title == f"{TITLE} 1"


def test_files_that_are_no_files_are_refused_without_waiting(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    assert counts(import_inputs([tmp_path / "pipe.txt"])) == (0, 0, 0, 1)


def test_a_name_that_is_no_text_is_imported_all_the_same(tmp_path):
    with open(os.fsencode(tmp_path) + b"/\xce\xe1\xd1.txt", "wb") as file:
        file.write(f"{TITLE}\n{FIRST}".encode())
    assert counts(import_inputs([tmp_path])) == (1, 0, 0, 0)


def test_a_source_given_for_the_run_is_that_of_inputs_whose_domain_tells_no_other(folder):
    import_inputs([folder], source="بوابة القرية")
    assert set(Article.objects.values_list("source__name", flat=True)) == {"بوابة القرية"}
    assert counts(import_inputs([folder], source="بوابة القرية")) == (0, 0, 6, 0)


def test_the_same_file_given_as_another_outlets_is_that_outlets_article(folder):
    for source in ("بوابة القرية", "بوابة المدينة"):
        assert counts(import_inputs([folder / "text.txt"], source=source)) == (1, 0, 0, 0)
        assert counts(import_inputs([folder / "text.txt"], source=source)) == (0, 0, 1, 0)


def test_a_limit_stops_after_so_many_inputs(folder):
    assert counts(import_inputs([folder], limit=2)) == (2, 0, 0, 0)
    assert counts(import_inputs([folder])) == (4, 0, 2, 0)


def test_a_dry_run_tells_and_writes_nothing(folder):
    import_inputs([folder / "pages"])
    (folder / "pages" / "1.html").write_text(page(1).replace(SECOND, "جملة أخرى تمامًا في الخبر."))
    (folder / "bad.txt").touch()
    runs = ImportRun.objects.count()
    before = list(Article.objects.order_by("pk").values())
    report = import_inputs([folder], dry_run=True)
    assert counts(report) == (4, 1, 1, 1)
    assert report.run is None
    assert ImportRun.objects.count() == runs
    assert list(Article.objects.order_by("pk").values()) == before


def test_progress_hears_of_every_input_and_of_every_byte(folder):
    results = []
    import_inputs([folder], progress=results.append)
    assert [result.outcome for result in results] == ["created"] * 6
    assert sum(result.weight for result in results) == total_weight([folder])


def test_a_step_that_fails_for_one_article_refuses_it_logs_it_and_goes_on(folder, settings, caplog):
    settings.REVISION_STEPS = [*settings.REVISION_STEPS, f"{__name__}.fail_for_page_two"]
    with caplog.at_level(logging.ERROR):
        report = import_inputs([folder / "pages"])
    assert counts(report) == (1, 0, 0, 1)
    assert "RuntimeError" in refusals()["2.HTM"]
    assert "2.HTM" in caplog.text
    assert "fail_for_page_two" in caplog.text


def fail_for_page_two(revision: Revision) -> None:
    if revision.article.title.endswith("2"):
        raise RuntimeError("no")


@pytest.mark.django_db(transaction=True)
def test_a_lost_database_ends_the_run_instead_of_refusing_everything(folder, settings):
    settings.REVISION_STEPS = [f"{__name__}.lose_the_database"]
    with pytest.raises(ImportBroken, match="server closed the connection unexpectedly"):
        import_inputs([folder])
    run = ImportRun.objects.get()
    assert (run.created, run.refused, run.state) == (0, 0, "failed")
    assert "server closed the connection" in run.failure


def lose_the_database(revision: Revision) -> None:
    raise OperationalError("server closed the connection unexpectedly")
