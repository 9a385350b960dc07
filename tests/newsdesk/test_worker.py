"""Workers as processes, killed, told to stop and cut off from the database: the work is done in the end, once."""

import asyncio
import json
import random
import re
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from procrastinate import PsycopgConnector
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.contrib.django.utils import connector_params

from articles.importing.queue.queueing import queue_import
from articles.models import Article, ImportItem, ImportRun
from articles.naming.counting import settle_all_counts
from newsdesk.tasks import free_jobs_of_dead_workers
from tests.articles.archive_rows import archive_rows
from tests.articles.invented import write_invented
from tests.articles.pages import FIRST, SECOND
from tests.articles.working import empty_queue
from tests.newsdesk.worker_process import Workers, kill
from tests.processes import until

pytestmark = pytest.mark.django_db(transaction=True)

ARTICLES = 500
KILLS = 5


@pytest.fixture
def workers() -> Iterator[Workers]:
    empty_queue()
    workers = Workers()
    yield workers
    workers.end()
    empty_queue()


def send(data: bytes) -> ImportRun:
    return queue_import([], uploads=[SimpleUploadedFile("أخبار.jsonl", data)], by=None)


def is_over(run: ImportRun) -> bool:
    run.refresh_from_db()
    return run.finished_at is not None


def stored() -> int:
    return Article.objects.count()


def rows_after(run: ImportRun) -> dict[str, list]:
    assert (run.state, run.failure) == ("finished", "")
    settle_all_counts()
    return archive_rows()


def test_an_import_whose_worker_is_killed_again_and_again_comes_to_the_same_rows(workers, tmp_path: Path):
    data = write_invented(tmp_path, ARTICLES).read_bytes()
    run = send(data)
    undisturbed = workers.begin()
    assert until(lambda: is_over(run))
    expected = rows_after(run)
    kill(undisturbed)
    call_command("flush", verbosity=0, interactive=False)
    empty_queue()

    run = send(data)
    chance = random.Random(7)
    for _ in range(KILLS):
        before, worker = stored(), workers.begin()
        assert until(lambda before=before: stored() > before + chance.randint(0, ARTICLES // KILLS - 20))
        kill(worker)
    assert 0 < stored() < ARTICLES
    workers.begin()
    assert until(lambda: is_over(run))
    found = rows_after(run)
    assert (run.created, run.updated, run.unchanged, run.refused) == (ARTICLES, 0, 0, 0)
    assert run.weight_done == run.weight == len(data)
    assert run.items.values("input").distinct().count() == run.items.count() == ARTICLES
    for model, rows in expected.items():
        assert found[model] == rows, model


def lines(titles: list[str]) -> bytes:
    records = [
        {"url": f"https://village.example/r/{number}", "title": title, "text": f"{FIRST}\n{SECOND}"}
        for number, title in enumerate(titles)
    ]
    return "\n".join(json.dumps(record, ensure_ascii=False) for record in records).encode()


def test_an_input_that_ends_the_worker_is_given_up_after_a_second_try_and_the_rest_is_imported(workers):
    run = send(lines([f"مادة عادية رقم {number}" if number != 20 else "سمّ قاتل" for number in range(40)]))
    first = workers.begin(settings="tests.newsdesk.poisoned_settings")
    assert first.wait(60) == -signal.SIGKILL
    assert stored() == 20
    kill(first)
    workers.begin(settings="tests.newsdesk.poisoned_settings")
    assert until(lambda: is_over(run))
    assert (run.state, run.created, run.refused) == ("finished", 39, 1)
    refused = run.items.get(outcome=ImportItem.Outcome.REFUSED)
    assert (refused.input, refused.reason) == ("أخبار.jsonl:21", "أنهى هذا المدخل عملية القراءة قسراً")
    assert refused.quarantined is not None


def test_a_worker_that_is_told_to_stop_leaves_its_job_to_the_next(workers, tmp_path):
    run = send(write_invented(tmp_path, 150).read_bytes())
    worker = workers.begin()
    assert until(lambda: stored() > 20)
    worker.terminate()
    _, errors = worker.communicate(timeout=15)
    assert (worker.returncode, errors) == (0, "")
    assert 20 < stored() < 150
    assert not ProcrastinateJob.objects.filter(status="doing").exists()
    workers.begin()
    assert until(lambda: is_over(run))
    assert (run.state, run.created) == ("finished", 150)


def test_two_workers_share_a_run_and_end_it_once(workers, tmp_path):
    run = send(write_invented(tmp_path, 400).read_bytes())
    workers.begin()
    workers.begin()
    assert until(lambda: is_over(run))
    assert (run.state, run.created, stored()) == ("finished", 400, 400)


def test_a_worker_ends_with_the_process_that_began_it(workers, tmp_path):
    send(write_invented(tmp_path, 300).read_bytes())
    worker = workers.begin("--while-parent-lives")
    assert until(lambda: stored() > 5)
    worker.stdin.close()
    worker.stdin = None
    assert worker.wait(15) == 0


def test_a_worker_whose_database_ends_its_connections_says_so_in_a_line_or_goes_on(workers, tmp_path):
    run = send(write_invented(tmp_path, 200).read_bytes())
    worker = workers.begin()
    assert until(lambda: stored() > 20)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    # The job is tried again in a few seconds, by this worker where it lives.
    if not until(lambda: is_over(run), 40):
        assert worker.poll() == 1
        assert re.fullmatch(r"the worker stopped: .*", worker.communicate()[1].strip().splitlines()[-1])
        kill(worker)
        workers.begin()
        assert until(lambda: is_over(run))
    assert (run.state, run.created) == ("finished", 200)


async def free_jobs() -> None:
    with app.replace_connector(PsycopgConnector(kwargs=connector_params(), min_size=1)):
        async with app.open_async():
            await free_jobs_of_dead_workers(app)


def free_jobs_in_a_thread() -> None:
    """The browser that other tests drive has an event loop in this one."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, free_jobs()).result()


def test_a_periodic_job_of_a_killed_worker_does_not_stand_in_the_way_of_the_next(workers):
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 hour')")
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, queueing_lock, status, worker_id)"
            " SELECT 'default', 'newsdesk.tasks.settle_counts', lock, status::procrastinate_job_status, worker"
            " FROM (VALUES ('a', 'doing', (SELECT max(id) FROM procrastinate_workers)), ('a', 'todo', NULL),"
            " ('b', 'doing', NULL)) AS job (lock, status, worker)"
        )
    free_jobs_in_a_thread()
    jobs = ProcrastinateJob.objects.order_by("id").values_list("queueing_lock", "status", "attempts")
    assert list(jobs) == [("a", "todo", 0), ("b", "todo", 1)]


def test_a_job_of_a_living_worker_is_left_to_it(workers):
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status, worker_id)"
            " SELECT 'default', 'newsdesk.tasks.settle_counts', 'doing', max(id) FROM procrastinate_workers"
        )
    free_jobs_in_a_thread()
    assert ProcrastinateJob.objects.get().status == "doing"
