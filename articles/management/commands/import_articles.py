from django.core.management.base import BaseCommand, CommandError

from articles.importing.formats import FORMATS
from articles.importing.interrupts import stopping_on_interrupt
from articles.importing.progress import ProgressBar
from articles.importing.readers.jsonl import FIELDS
from articles.importing.running import import_inputs
from articles.naming.counting import settle_all_counts


class Command(BaseCommand):
    help = "Import articles from files and folders of HTML, text, JSON lines, CSV, TSV, WARC, and ZIPs of any of these."

    def add_arguments(self, parser):
        parser.add_argument("paths", nargs="+", metavar="PATH", help="a file or a folder")
        parser.add_argument("--source", help="the outlet (key or name) of inputs whose domain tells no other")
        parser.add_argument(
            "--format", choices=FORMATS, default="", help="what the inputs are, whatever their names say"
        )
        parser.add_argument(
            "--map",
            action="append",
            default=[],
            metavar="FIELD=COLUMN",
            help=f"the input's own name for a field, in JSON lines and tables; fields: {', '.join(FIELDS)}",
        )
        parser.add_argument("--limit", type=int, help="stop after so many inputs")
        parser.add_argument("--dry-run", action="store_true", help="read everything, write nothing")

    def handle(self, *, paths, map, limit, **options):
        if limit is not None and limit < 1:
            raise CommandError("--limit must be 1 or more")
        how = {name: options[name] for name in ("source", "format", "dry_run")}
        with ProgressBar(paths, self.stderr, options["format"]) as bar, stopping_on_interrupt() as stop:
            report = import_inputs(paths, columns=_columns(map), limit=limit, progress=bar.show, stop=stop, **how)
        settle_all_counts()
        counts = {name: getattr(report, name) for name in ("created", "updated", "unchanged", "refused")}
        self.stdout.write(", ".join(f"{name} {number}" for name, number in counts.items()))
        if report.interrupted:
            self.stderr.write("interrupted; what is left is imported when the same command runs again")
            raise SystemExit(130)
        if report.all_refused:
            raise SystemExit(1)


def _columns(given: list[str]) -> dict[str, str]:
    columns = {}
    for pair in given:
        field, _, column = pair.partition("=")
        if field not in FIELDS or not column:
            raise CommandError(f"--map {pair}: must be FIELD=COLUMN, with one of the fields {', '.join(FIELDS)}")
        if field in columns:
            raise CommandError(f"--map {pair}: {field} is mapped to {columns[field]} already")
        columns[field] = column
    return columns
