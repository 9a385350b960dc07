"""Imports that wait in the queue: nothing of them is lost or doubled, whoever is killed, and each ends once."""

import gzip
import io
import json
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as project
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from articles.importing.pages import Refused
from articles.importing.queue.chunks import ChunkTaken, import_chunk
from articles.importing.queue.dividing import divide_upload
from articles.importing.queue.queueing import NothingToRetry, queue_import, queue_retry, stop_run
from articles.importing.queue.runs import fail_silent_runs, keep_waiting_runs_alive
from articles.importing.queue.uploads import file_name, forget_leftovers
from articles.models import Article, ImportChunk, ImportItem, ImportRun, Quarantined, Upload, UploadPart
from tests.accounts import make_user
from tests.articles.pages import FIRST, SECOND, TITLE
from tests.articles.working import empty_queue, waiting_jobs, work_off

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _one_step_and_an_empty_queue(settings):
    """The steps that follow a revision have tests of their own."""
    settings.REVISION_STEPS = ["articles.provenance.steps.join_story"]
    empty_queue()


def line(number: int, **details: object) -> str:
    known = {"url": f"https://village.example/r/{number}", "title": f"{TITLE} {number}", "text": f"{FIRST}\n{SECOND}"}
    return json.dumps(known | details, ensure_ascii=False)


def jsonl(number: int, *, name: str = "أخبار.jsonl", first: int = 0) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, "\n".join(line(one) for one in range(first, first + number)).encode())


def page(number: int) -> str:
    return (
        f"<html lang='ar'><head><meta charset='utf-8'><title>{TITLE} {number}</title></head><body><article>"
        f"<h1>{TITLE} {number}</h1><p>{FIRST}</p><p>{SECOND}</p><p>{FIRST} {number}</p></article></body></html>"
    )


def counts(run: ImportRun) -> tuple[int, int, int, int]:
    run.refresh_from_db()
    return run.created, run.updated, run.unchanged, run.refused


def test_what_was_sent_becomes_articles_and_leaves_nothing_behind():
    editor = make_user("editor")
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as members:
        members.writestr("صفحات/1.html", page(1))
        members.writestr("2.html", "<p>قصير</p>")
    uploads = [jsonl(250), SimpleUploadedFile("صفحات.zip", archive.getvalue()), SimpleUploadedFile("فارغ.html", b"")]
    run = queue_import([], uploads=uploads, by=editor)
    assert (run.state, run.by, run.inputs) == ("waiting", editor, "أخبار.jsonl\nصفحات.zip\nفارغ.html")
    assert run.weight == sum(upload.size for upload in uploads)
    work_off()
    assert counts(run) == (251, 0, 0, 2)
    assert (run.state, run.failure, run.weight_done) == ("finished", "", run.weight)
    assert Article.objects.count() == 251
    names = set(run.items.filter(outcome="refused").values_list("input", flat=True))
    assert names == {"صفحات.zip!2.html", "فارغ.html"}
    assert run.items.filter(input="أخبار.jsonl:1", outcome="created").exists()
    assert not Upload.objects.exists()
    assert not UploadPart.objects.exists()
    assert not ImportChunk.objects.exclude(payload=None).exists()
    assert waiting_jobs() == []
    assert list((Path(project.NEWSDESK_DATA) / "dividing").iterdir()) == []


def test_sent_again_it_changes_nothing():
    queue_import([], uploads=[jsonl(30)], by=None)
    work_off()
    again = queue_import([], uploads=[jsonl(30)], by=None)
    work_off()
    assert counts(again) == (0, 0, 30, 0)
    assert not again.items.exists()


def test_a_file_of_many_megabytes_is_kept_in_parts_and_put_together_again():
    file = TemporaryUploadedFile("كبير.txt", "text/plain", 0, "utf-8")
    for number in range(60_000):
        file.write(f"{FIRST} {number}\n".encode())
    file.size = file.tell()
    run = queue_import([], uploads=[file], by=None)
    upload = run.uploads.get()
    sizes = [len(part.data) for part in upload.parts.all()]
    assert max(sizes) == 1_000_000
    assert sum(sizes) == upload.size == file.size > 9_000_000
    work_off()
    assert counts(run) == (1, 0, 0, 0)
    file.close()


def test_too_much_or_nothing_is_refused_and_nothing_is_kept(settings):
    settings.UPLOAD_MAX_BYTES = 1_000
    with pytest.raises(Refused, match="أكبر من الحد"):
        queue_import(
            [], uploads=[SimpleUploadedFile("1.txt", b"1" * 600), SimpleUploadedFile("2.txt", b"2" * 600)], by=None
        )
    with pytest.raises(Refused, match="اختر ملفاً"):
        queue_import([], by=None)
    assert not ImportRun.objects.exists()
    assert waiting_jobs() == []


def test_a_run_and_its_jobs_exist_together_or_not_at_all():
    with transaction.atomic():
        queue_import([], uploads=[jsonl(1)], by=None)
        assert len(waiting_jobs()) == 1
        transaction.set_rollback(True)
    assert not ImportRun.objects.exists()
    assert waiting_jobs() == []


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("أخبار.jsonl", "أخبار.jsonl"),
        ("../../etc/passwd.html", "passwd.html"),
        ("C:\\\\pages\\\\1.html", "1.html"),
        ("a\x00b\u202e\n1.html", "a b 1.html"),
        ("..", "file"),
        ("", "file"),
    ],
)
def test_a_name_is_one_line_without_a_path(given, kept):
    assert file_name(given) == kept


def test_a_long_name_keeps_its_end():
    kept = file_name("خ" * 400 + ".jsonl.gz")
    assert len(kept) <= 300
    assert kept.endswith("….jsonl.gz")
    run = queue_import(
        [], uploads=[SimpleUploadedFile("خ" * 400 + ".txt", f"{TITLE}\n{FIRST}\n{SECOND}".encode())], by=None
    )
    work_off()
    assert counts(run) == (1, 0, 0, 0)


class Killed(BaseException):
    """As if the process had ended here: nothing after it is done."""


def killed_after(number: int):
    left = [number]

    def between() -> None:
        left[0] -= 1
        if left[0] < 0:
            raise Killed

    return between


def ids_of(task: str, name: str) -> list[int]:
    return [arguments[name] for found, arguments in waiting_jobs() if found == task]


def test_dividing_that_was_killed_goes_on_where_it_was():
    run = queue_import([], uploads=[jsonl(950)], by=None)
    (upload,) = ids_of("divide_upload", "upload_id")
    for records in (250, 330, 0):
        with pytest.raises(Killed):
            divide_upload(upload, between=killed_after(records))
    written = list(run.chunks.values_list("number", "records"))
    assert len(written) == 5
    divide_upload(upload)
    assert list(run.chunks.values_list("number", "records"))[: len(written)] == written
    assert [records for _, records in run.chunks.values_list("number", "records")] == [100] * 9 + [50]
    assert len(ids_of("import_chunk", "chunk_id")) == 10
    work_off()
    assert counts(run) == (950, 0, 0, 0)
    assert run.items.values("input").distinct().count() == 950


def test_a_chunk_that_was_killed_goes_on_where_it_was_and_counts_nothing_twice():
    run = queue_import([], uploads=[jsonl(100)], by=None)
    divide_upload(*ids_of("divide_upload", "upload_id"))
    (chunk,) = ids_of("import_chunk", "chunk_id")
    for records in (9, 0, 29):
        with pytest.raises(Killed):
            import_chunk(chunk, between=killed_after(records))
    assert ImportChunk.objects.get().done == 41
    import_chunk(chunk)
    assert counts(run) == (100, 0, 0, 0)
    assert run.items.count() == Article.objects.count() == 100
    assert run.state == "finished"


def test_a_process_that_was_thought_dead_stores_nothing_more():
    run = queue_import([], uploads=[jsonl(10)], by=None)
    divide_upload(*ids_of("divide_upload", "upload_id"))
    (chunk,) = ids_of("import_chunk", "chunk_id")
    awake = []

    def overtaken() -> None:
        if not awake:
            awake.append(True)
            import_chunk(chunk)

    with pytest.raises(ChunkTaken):
        import_chunk(chunk, between=overtaken)
    assert counts(run) == (10, 0, 0, 0)
    assert run.items.count() == 10


def test_a_small_run_does_not_wait_for_the_end_of_a_large_one():
    large = queue_import([], uploads=[jsonl(500)], by=None)
    divide_upload(large.uploads.get().pk)
    small = queue_import([], uploads=[jsonl(1, first=900)], by=None)
    divide_upload(small.uploads.get().pk)
    (chunk,) = small.chunks.values_list("pk", flat=True)
    assert ids_of("import_chunk", "chunk_id").index(chunk) == 1


def test_a_run_that_is_stopped_leaves_what_it_had_not_begun():
    run = queue_import([], uploads=[jsonl(300)], by=None)
    divide_upload(*ids_of("divide_upload", "upload_id"))
    first, *_ = ids_of("import_chunk", "chunk_id")
    import_chunk(first)
    assert stop_run(run, by=None)
    assert not stop_run(run, by=None)
    assert counts(run) == (100, 0, 0, 0)
    assert run.state == "stopped"
    assert waiting_jobs() == []
    assert not ImportChunk.objects.exclude(payload=None).exists()


def test_a_chunk_that_is_being_imported_ends_between_two_records_when_its_run_is_stopped(monkeypatch):
    monkeypatch.setattr("articles.importing.queue.runs.COUNTS_EVERY", 0)
    run = queue_import([], uploads=[jsonl(50)], by=None)
    divide_upload(*ids_of("divide_upload", "upload_id"))
    left = [7]

    def stop_at_the_seventh() -> None:
        left[0] -= 1
        if not left[0]:
            stop_run(run, by=None)

    import_chunk(*ids_of("import_chunk", "chunk_id"), between=stop_at_the_seventh)
    assert counts(run) == (7, 0, 0, 0)
    assert run.state == "stopped"
    assert Article.objects.count() == 7


def test_the_last_of_two_chunks_ends_the_run_once():
    run = queue_import([], uploads=[jsonl(200)], by=None)
    divide_upload(*ids_of("divide_upload", "upload_id"))
    first, second = ids_of("import_chunk", "chunk_id")
    import_chunk(second)
    assert counts(run) == (100, 0, 0, 0)
    assert run.state == "running"
    import_chunk(first)
    ended = ImportRun.objects.get(pk=run.pk).finished_at
    import_chunk(first)
    assert counts(run) == (200, 0, 0, 0)
    assert (run.state, run.finished_at) == ("finished", ended)


def test_what_was_refused_is_tried_again_and_says_so():
    broken, fine = line(1, title="", text="قصير"), line(2)
    run = queue_import([], uploads=[SimpleUploadedFile("1.jsonl", f"{broken}\n{fine}".encode())], by=None)
    work_off()
    assert counts(run) == (1, 0, 0, 1)
    # As if a newer version could read it.
    kept = Quarantined.objects.get()
    kept.compressed = gzip.compress(line(1).encode())
    kept.save()
    editor = make_user("editor")
    again = queue_retry(run, by=editor)
    assert (again.retry_of, again.inputs, again.state) == (run, "1.jsonl:1", "waiting")
    work_off()
    assert counts(again) == (1, 0, 0, 0)
    assert run.items.get(outcome="refused").taken_in_by == again
    with pytest.raises(NothingToRetry):
        queue_retry(run, by=editor)


def test_one_of_several_refused_inputs_is_tried_again():
    lines = "\n".join(line(number, title="", text="قصير") for number in range(3))
    run = queue_import([], uploads=[SimpleUploadedFile("1.jsonl", lines.encode())], by=None)
    work_off()
    item = run.items.order_by("pk")[1]
    again = queue_retry(run, by=None, items=run.items.filter(pk=item.pk))
    work_off()
    assert counts(again) == (0, 0, 0, 1)
    assert again.inputs == item.input
    assert ImportItem.objects.filter(run=again).get().quarantined_id == item.quarantined_id


def fail_for_the_last_time(run: ImportRun, payload: bytes, attempts: int) -> str:
    divide_upload(run.uploads.get().pk)
    run.chunks.update(payload=payload)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET attempts = %s WHERE args ? 'chunk_id'", [attempts])
    work_off()
    run.refresh_from_db()
    assert run.state == "failed"
    return run.failure


def test_a_job_that_keeps_failing_is_tried_again_later_and_in_the_end_its_run_fails():
    run = queue_import([], uploads=[jsonl(1)], by=None)
    divide_upload(run.uploads.get().pk)
    run.chunks.update(payload=b"what the disk made of it")
    work_off()
    run.refresh_from_db()
    assert run.state == "running"
    assert ProcrastinateJob.objects.get(args__has_key="chunk_id", status="todo").scheduled_at > timezone.now()
    empty_queue()

    assert "تعذّرت قراءته" in fail_for_the_last_time(queue_import([], uploads=[jsonl(1)], by=None), b"what", 12)


def test_a_fault_of_ours_fails_the_run_at_once_and_names_itself():
    run = queue_import([], uploads=[jsonl(1)], by=None)
    assert "JSONDecodeError" in fail_for_the_last_time(run, gzip.compress(b"{"), 0)
    assert not ImportChunk.objects.exclude(payload=None).exists()


def age(run: ImportRun, minutes: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE articles_importrun SET alive_at = now() - %s * interval '1 minute' WHERE id = %s", [minutes, run.pk]
        )


def test_a_run_that_nobody_goes_on_with_fails_and_says_how_it_is_finished():
    command = ImportRun.objects.create(inputs="/archive")
    queued = queue_import([], uploads=[jsonl(1)], by=None)
    for run in (command, queued):
        age(run, 11)
    assert fail_silent_runs() == 1
    command.refresh_from_db()
    assert command.state == "failed"
    assert "شغّل الأمر نفسه" in command.failure
    empty_queue()
    assert fail_silent_runs() == 1
    queued.refresh_from_db()
    assert queued.state == "failed"
    assert "أعد استيراد المدخلات نفسها" in queued.failure
    assert not Upload.objects.exists()


def test_a_run_that_waits_for_its_turn_is_not_taken_for_dead():
    run = queue_import([], uploads=[jsonl(1)], by=None)
    divide_upload(*ids_of("divide_upload", "upload_id"))
    age(run, 60)
    assert fail_silent_runs() == 0
    keep_waiting_runs_alive()
    run.refresh_from_db()
    assert run.alive_at > timezone.now() - timedelta(minutes=1)


def test_files_of_killed_workers_are_removed_and_those_of_living_ones_stay():
    folder = Path(project.NEWSDESK_DATA) / "dividing"
    (folder / "left").mkdir(parents=True)
    (folder / "left" / "1.jsonl").write_text("x")
    queue_import([], uploads=[jsonl(300)], by=None)
    seen = []

    def look() -> None:
        forget_leftovers()
        seen.append([path.name for path in folder.glob("*/*")])

    divide_upload(*ids_of("divide_upload", "upload_id"), between=look)
    assert seen == [["أخبار.jsonl"]] * 300
    assert list(folder.iterdir()) == []
