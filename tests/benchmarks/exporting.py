"""How fast marks leave, from the database to a file: python -m tests.benchmarks.exporting [ARTICLES] [--format KEY]

31,000 articles of the newspaper corpus, recombined, with some 100,000 marks, in a database of this run's own. The file
is written by a process of its own, as manage.py export_annotations does it; its memory is the anonymous one.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.db import connection  # noqa: E402 - the settings come first
from django.test.utils import setup_databases, teardown_databases  # noqa: E402

from annotations.exporting.scopes import ALL, AnyMember, Scope  # noqa: E402
from annotations.exporting.wanted import Wanted  # noqa: E402
from annotations.exporting.writing import about, write_export, written_whole  # noqa: E402
from annotations.exports.formats import FORMATS  # noqa: E402
from articles.models import Source  # noqa: E402
from tests.benchmarks import large_archive  # noqa: E402
from tests.benchmarks.large_archive import copied, made  # noqa: E402

AT = datetime(2026, 1, 1, tzinfo=UTC)
_MARK = (
    "id", "uuid", "revision_id", "kind", "status", "quote_type", "stance", "channel", "occasion", "said_when",
    "translated", "framing", "note", "version", "detector", "detector_version", "rule", "created_at",
    "created_by_name", "decided_at", "decided_by_name",
)  # fmt: skip
_PART = ("annotation_id", "order", "role", "start", "end", "exact", "prefix", "suffix")
_LINK = ("annotation_id", "order", "speaker_id", "entity_id", "name", "role", "certainty")
# A quote with its speaker and a claim on each article, and on every fourth another quote.
_KINDS = ("quote", "speaker", "claim", "quote")


def fill_marks(articles: int) -> None:
    marks = list(_marks(articles))
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
    copied("annotations_annotation", _MARK, (_mark(*one[:3]) for one in marks))
    copied("annotations_part", _PART, (_part(pk, *span) for pk, _, _, span in marks))
    quotes = (pk for pk, _, kind, _ in marks if kind == "quote")
    copied("annotations_attribution", _LINK, ((pk, 0, None, None, "ناطق", "said", "confirmed") for pk in quotes))
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = DEFAULT")
        for table in ("annotations_annotation", "annotations_part", "annotations_attribution"):
            cursor.execute(f"ANALYZE {table}")


def _marks(articles: int) -> Iterator[tuple[int, int, str, tuple[str, int, int]]]:
    """(key, article, kind, (text, start, end)): a line of the text, the first words of it, and half of it."""
    for article in range(1, articles + 1):
        one = made(article)
        text, lines = one.text, [(block["start"], block["end"]) for block in one.blocks]
        start, end = lines[1]
        spans = ((start, end), (start, min(start + 20, end)), (start, (start + end + 1) // 2), lines[-1])
        for number in range(4 if article % 4 == 0 else 3):
            yield article * 4 + number, article, _KINDS[number], (text, *spans[number])


def _mark(pk: int, article: int, kind: str) -> tuple:
    quoted = ("direct", "neutral", "statement") if kind == "quote" else ("", "", "")
    said = ("", "", False, "", "", 1, "", "", "")
    return (pk, uuid.UUID(int=pk), article, kind, "accepted", *quoted, *said, AT, "ليلى", AT, "ليلى")


def _part(pk: int, text: str, start: int, end: int) -> tuple:
    return pk, 0, "content", start, end, text[start:end], text[max(0, start - 32) : start], text[end : end + 32]


def export(form: str, database: str, path: Path) -> None:
    """In a process of its own: what was written, in which time and memory."""
    connection.settings_dict["NAME"] = database
    peak = [_anonymous()]
    scope, wanted, begun = Scope(ALL, AnyMember()), Wanted(), time.perf_counter()
    before = time.process_time()
    with written_whole(path) as file:
        told = write_export(
            file, FORMATS[form], scope, wanted, about(scope=scope), progress=lambda _: peak.append(_anonymous())
        )
    took, own, server = time.perf_counter() - begun, time.process_time() - before, _server_time()
    row(form, f"{told.marks / took:,.0f} marks/s", f"{told.articles:,} articles, {told.marks:,} marks in {took:.1f} s")
    of = f"{own:.1f} s of this process and {server:.1f} s of PostgreSQL's, one after the other"
    row(f"{form}: processor time", f"{told.marks / (own + server):,.0f} marks/s", of)
    row(f"{form}: memory", f"{max(peak) / 1000:,.0f} MB", f"anonymous; {peak[0] / 1000:,.0f} MB before")
    row(f"{form}: file", f"{path.stat().st_size / 1e6:,.0f} MB", f"left out: {told.losses.counted}")


def _server_time() -> float:
    """The processor time of the server's process for this connection, in seconds."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (process,) = cursor.fetchone()
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _anonymous() -> int:
    """In kilobytes."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("RssAnon"))


def row(figure: str, measured: str, of: str) -> None:
    print(f"{figure:32} {measured:>20}   {of}", flush=True)  # noqa: T201


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("articles", nargs="?", type=int, default=31_000)
    parser.add_argument("--format", action="append", choices=FORMATS)
    parser.add_argument("--database", help=argparse.SUPPRESS)
    parser.add_argument("--output", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    forms = asked.format or ["jsonl"]
    if asked.database:
        export(forms[0], asked.database, asked.output)
        return
    before = setup_databases(verbosity=0, interactive=False)
    try:
        large_archive.fill(asked.articles)
        Source.objects.update(rights=Source.Rights.FULL)
        fill_marks(asked.articles)
        with tempfile.TemporaryDirectory() as folder:
            for form in forms:
                database = str(connection.settings_dict["NAME"])
                how = ["--format", form, "--database", database, "--output", str(Path(folder) / form)]
                subprocess.run([sys.executable, "-m", "tests.benchmarks.exporting", *how], check=True)
    finally:
        teardown_databases(before, verbosity=0)


if __name__ == "__main__":
    main()
