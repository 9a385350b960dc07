from django.core.management.base import BaseCommand, CommandError

from articles.importing.formats import FORMATS
from articles.importing.interrupts import stopping_on_interrupt
from articles.importing.progress import ProgressBar
from articles.importing.readers.jsonl import FIELDS
from articles.importing.running import ImportBroken, Report, import_inputs
from articles.naming.counting import settle_all_counts
from articles.provenance.stories import settle_stories

# As many as a large machine has cores; each is a process with a connection of its own.
MOST_WORKERS = 64
SOURCE = (
    "the outlet (key or name) of inputs whose domain belongs to none yet; it is said of these articles alone: "
    "a domain is given to a source in the administration"
)


class Command(BaseCommand):
    help = (
        "Import articles from files and folders of HTML, text, JSON lines, CSV, TSV, WARC, and ZIPs of any of these; "
        "from addresses of pages, feeds and sitemaps; and from files of addresses. "
        "Run again after an interruption, it imports what is left."
    )

    def add_arguments(self, parser):
        parser.add_argument("inputs", nargs="+", metavar="INPUT", help="a file, a folder or an address")
        parser.add_argument("--source", help=SOURCE)
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
        parser.add_argument("--workers", type=int, default=1, help="how many processes share the work (1)")
        parser.add_argument("--limit", type=int, help="stop after so many inputs")
        parser.add_argument("--dry-run", action="store_true", help="read everything, write nothing")

    def handle(self, *, inputs, map, **options):
        if options["limit"] is not None and options["limit"] < 1:
            raise CommandError("--limit must be 1 or more")
        if not 1 <= options["workers"] <= MOST_WORKERS:
            raise CommandError(f"--workers must be 1 to {MOST_WORKERS}")
        how = {name: options[name] for name in ("source", "format", "dry_run", "limit", "workers")}
        try:
            with ProgressBar(inputs, self.stderr, options["format"]) as bar, stopping_on_interrupt() as stop:
                report = import_inputs(inputs, columns=_columns(map), progress=bar.show, stop=stop, **how)
            settle_all_counts()
            settle_stories()
        except ImportBroken as broken:
            raise CommandError(f"{broken}. What was imported stays; the same command imports the rest.") from None
        self.report(report)

    def report(self, report: Report):
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
