"""How fast articles are imported: python -m tests.benchmarks.importing [--full]

Rounds of every kind are interleaved, each over inputs that were not seen before, in a database of its own, made and
dropped by this run. Printed are medians: of processor time, the database's included, wherever one process is compared
with another, because other programs take wall-clock time; of wall-clock time where several processes share the cores.
--full imports the whole newspaper corpus once more by itself, to watch its memory, and again, to see that nothing is
written.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

# Before numpy is imported: it starts as many threads as there are cores.
os.environ |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from django.conf import settings  # noqa: E402 - the settings come first
from django.db import connection  # noqa: E402
from django.test.utils import setup_databases, teardown_databases  # noqa: E402

from articles.importing.running import import_inputs  # noqa: E402
from tests.benchmarks import import_material as material  # noqa: E402
from tests.benchmarks.bare_extraction import begin_bare, extract_bare  # noqa: E402
from tests.benchmarks.import_watched import import_twice  # noqa: E402

ROUNDS = 3
PAGES, LINES, WATCHED = 90, 240, 800
# Left out at the beginning of what several processes do: they start, and load what they know of names.
STARTING = 0.25
ENTITIES_ONLY = ["articles.recognition.record_mentions"]


class Spent(NamedTuple):
    """Seconds of a run over so many inputs; `processor` has the database's work for this process with it."""

    inputs: int
    wall: float
    processor: float

    @property
    def rate(self) -> float:
        return self.inputs / self.processor


def backend_seconds() -> float:
    """Processor time of the database process that serves this connection, where the system tells it."""
    stat = Path(f"/proc/{connection.connection.info.backend_pid}/stat")
    try:
        fields = stat.read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def spent(inputs: int, work: Callable[[], object]) -> Spent:
    connection.ensure_connection()
    wall, processor, backend = time.perf_counter(), time.process_time(), backend_seconds()
    work()
    processor = time.process_time() - processor + backend_seconds() - backend
    return Spent(inputs, time.perf_counter() - wall, processor)


def imported(inputs: Path, number: int, steps: list[str] | None = None) -> Spent:
    """The import of so many new articles by this process, with all steps or these."""
    every = settings.REVISION_STEPS
    settings.REVISION_STEPS = every if steps is None else steps
    try:
        return spent(number, lambda: expect_created(import_inputs([inputs]), number))
    finally:
        settings.REVISION_STEPS = every


def expect_created(report, number: int) -> None:
    if report.created != number:
        raise SystemExit(f"{number} articles were to be made, not {report}")


def bare(pages: Path, **how: bool) -> Spent:
    files = sorted(pages.glob("*.html"))
    return spent(len(files), lambda: [extract_bare(file, **how) for file in files])


def seconds_under_way(times: list[float]) -> float:
    """Wall-clock time for one input, from the moments at which each was done, without the beginning."""
    first = int(len(times) * STARTING)
    return (times[-1] - times[first]) / (len(times) - 1 - first)


def imported_by(workers: int, inputs: Path, number: int) -> float:
    times: list[float] = []
    report = import_inputs([inputs], workers=workers, progress=lambda result: times.append(time.perf_counter()))
    expect_created(report, number)
    return seconds_under_way(times)


def bare_by(workers: int, pages: Path) -> float:
    """As imported_by, for processes that do nothing but extract."""
    files, times = sorted(pages.glob("*.html")), []
    with ProcessPoolExecutor(workers, get_context("spawn"), begin_bare) as pool:
        for _ in pool.map(extract_bare, files):
            times.append(time.perf_counter())
    return seconds_under_way(times)


def row(figure: str, measured: str, wanted: str, n: str) -> None:
    print(f"{figure:66} {measured:>16} {wanted:>10}   {n}", flush=True)  # noqa: T201


def one_process(folder: Path) -> None:
    """Pages against bare extraction; lines with names only and with everything."""
    rounds = [_round(folder, number) for number in range(ROUNDS + 1)]
    # The first round loads what every later one has.
    whole, stored, alone, described, names, everything = zip(*rounds[1:], strict=True)
    n = f"{ROUNDS} × {PAGES} pages"
    row("HTML, read and stored, against bare_extraction", f"{ratio(stored, alone):.2f} ×", "≥ 0.70 ×", n)
    row("HTML, with every step, against bare_extraction", f"{ratio(whole, alone):.2f} ×", "≥ 0.70 ×", n)
    row("  the same against bare_extraction(with_metadata=True)", f"{ratio(whole, described):.2f} ×", "", n)
    row("  pages/s: read and stored", f"{rate(stored):.1f}", "", n)
    row("  pages/s: with every step", f"{rate(whole):.1f}", "", n)
    row("  pages/s: bare_extraction", f"{rate(alone):.1f}", "", n)
    n = f"{ROUNDS} × {LINES} articles"
    row("JSONL, with entities, articles/s", f"{rate(names):.1f}", "≥ 50", n)
    row("JSONL, with every step, articles/s", f"{rate(everything):.1f}", "≥ 35", n)


def _round(folder: Path, number: int) -> tuple[Spent, ...]:
    first, second = (material.write_pages(folder / f"pages{one}", PAGES, seed=one) for one in (number, number + 20))
    some = material.write_articles(folder / f"a{number}.jsonl", LINES, part=2 * number)
    more = material.write_articles(folder / f"b{number}.jsonl", LINES, part=2 * number + 1)
    alone, whole, stored = bare(first), imported(first, PAGES), imported(second, PAGES, [])
    described = bare(first, with_metadata=True)
    return whole, stored, alone, described, imported(some, LINES, ENTITIES_ONLY), imported(more, LINES)


def ratio(rounds: Sequence[Spent], others: Sequence[Spent]) -> float:
    return statistics.median(one.rate / other.rate for one, other in zip(rounds, others, strict=True))


def rate(rounds: Sequence[Spent]) -> float:
    return statistics.median(one.rate for one in rounds)


def two_processes(folder: Path) -> None:
    """What a second process gains, and what it gains for bare extraction, over different pages each time."""
    gains, bare_gains, number = [], [], 2 * PAGES
    for seed in range(ROUNDS + 1, 3 * ROUNDS + 1, 2):
        first, second = (material.write_pages(folder / f"gain{one}", number, seed=one) for one in (seed, seed + 1))
        alone, one = bare_by(1, first), imported_by(1, first, number)
        together, two = bare_by(2, second), imported_by(2, second, number)
        gains.append(one / two)
        bare_gains.append(alone / together)
    n = f"{ROUNDS} × {number} pages"
    row("two processes against one: pipeline", f"{statistics.median(gains):.2f} ×", "", n)
    row("  the same: bare_extraction", f"{statistics.median(bare_gains):.2f} ×", "", n)
    shared = statistics.median(one / other for one, other in zip(gains, bare_gains, strict=True))
    row("  the one gain against the other", f"{shared:.2f} ×", "≥ 0.90 ×", n)


def whole_corpus(folder: Path, number: int | None) -> None:
    """A process of its own imports a file twice; its memory is watched, and what the database counts of writing."""
    if number is None:
        file = material.CORPUS
    else:
        file = material.write_articles(folder / "watched.jsonl", number, part=material.PARTS - 1)
    found = import_twice(file)
    n = f"{found.articles:,} articles"
    row("import by itself, articles/s of wall-clock time", f"{found.articles / found.first:.1f}", "", n)
    row("  peak memory of the importer (anonymous)", f"{max(found.quarters) / 1e6:.0f} MB", "≤ 400 MB", n)
    growth = found.quarters[3] / found.quarters[1] - 1
    # So short a run as the usual one still learns new words at its end.
    row("  last quarter's peak against the second's", f"{growth:+.1%}", "" if number else "≤ +10 %", n)
    row("second import of the same file", f"{found.first / found.second:.1f} × faster", "≥ 10 ×", n)
    row("  rows written outside the run's record", f"{sum(found.written.values())}", "0", str(found.written or ""))


def main(*arguments: str) -> None:
    if not material.is_there():
        print("the saved pages and the newspaper corpus are not here: nothing is measured")  # noqa: T201
        return
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        with tempfile.TemporaryDirectory() as name:
            row("figure", "measured", "at least", "of")
            one_process(Path(name))
            two_processes(Path(name))
            whole_corpus(Path(name), None if "--full" in arguments else WATCHED)
    finally:
        teardown_databases(databases, verbosity=0)


if __name__ == "__main__":
    main(*sys.argv[1:])
