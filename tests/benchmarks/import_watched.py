"""An import in a process of its own whose memory is watched: python -m tests.benchmarks.import_watched DATABASE FILE"""

import json
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

# So many inputs lie between two looks at the memory.
EVERY = 50
RECORD_OF_RUN = {"articles_importrun", "articles_importitem"}


class Watched(NamedTuple):
    """Seconds of both imports, peaks of anonymous memory in bytes, and rows written by the second one."""

    articles: int
    first: float
    second: float
    quarters: list[int]
    written: dict[str, int]


def import_twice(file: Path) -> Watched:
    """Into the database of this process, by another process each time."""
    first = _import(file)
    before = rows_written()
    second = _import(file)
    after = rows_written()
    if second["unchanged"] != first["taken"] or second["taken"] != first["taken"]:
        raise SystemExit(f"the second import was to change nothing: {second} after {first}")
    written = {
        table: number - before.get(table, 0)
        for table, number in after.items()
        if number != before.get(table, 0) and table not in RECORD_OF_RUN
    }
    return Watched(first["taken"], first["seconds"], second["seconds"], first["quarters"], written)


def rows_written() -> dict[str, int]:
    """By table, all that was ever inserted, changed or deleted there, as PostgreSQL counts it."""
    from django.db import connection  # noqa: PLC0415 - the process below sets Django up first

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute("SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_user_tables")
        return dict(cursor.fetchall())


def _import(file: Path) -> dict:
    from django.db import connection  # noqa: PLC0415

    command = [sys.executable, "-m", __name__, connection.settings_dict["NAME"], str(file)]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def anonymous_memory() -> int:
    """Bytes of this process that are its own, without what it maps from files."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("RssAnon:"):
            return 1024 * int(line.split()[1])
    raise SystemExit("this system does not tell how much memory is anonymous")


def watch(database: str, file: str) -> dict:
    import time  # noqa: PLC0415

    import django  # noqa: PLC0415

    django.setup()
    from django.db import connection  # noqa: PLC0415

    from articles.importing.running import import_inputs  # noqa: PLC0415

    connection.settings_dict["NAME"] = database
    seen: list[int] = []
    done = [0]

    def look(result: object) -> None:
        done[0] += 1
        if done[0] % EVERY == 0:
            seen.append(anonymous_memory())

    begin = time.perf_counter()
    report = import_inputs([file], progress=look)
    seconds = time.perf_counter() - begin
    quarter = max(1, len(seen) // 4)
    peaks = [max(seen[place : place + quarter] or seen) for place in (0, quarter, 2 * quarter, 3 * quarter)]
    # Some lines are too short for an article, and refused; some are another form of one that came before.
    taken = report.created + report.updated + report.unchanged
    return {"taken": taken, "unchanged": report.unchanged, "seconds": seconds, "quarters": peaks}


if __name__ == "__main__":
    print(json.dumps(watch(*sys.argv[1:])))  # noqa: T201
