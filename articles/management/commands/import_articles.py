from django.core.management.base import BaseCommand, CommandError

from articles.importing.progress import ProgressBar
from articles.importing.running import import_inputs


class Command(BaseCommand):
    help = "Import articles from files and folders of .html, .txt and .jsonl[.gz]."

    def add_arguments(self, parser):
        parser.add_argument("paths", nargs="+", metavar="PATH", help="a file or a folder")
        parser.add_argument("--source", help="the outlet (key or name) of inputs whose domain tells no other")
        parser.add_argument("--limit", type=int, help="stop after so many inputs")
        parser.add_argument("--dry-run", action="store_true", help="read everything, write nothing")

    def handle(self, *, paths, source, limit, dry_run, **options):
        if limit is not None and limit < 1:
            raise CommandError("--limit must be 1 or more")
        with ProgressBar(paths, self.stderr) as bar:
            report = import_inputs(paths, source=source, limit=limit, dry_run=dry_run, progress=bar.show)
        counts = {name: getattr(report, name) for name in ("created", "updated", "unchanged", "refused")}
        self.stdout.write(", ".join(f"{name} {number}" for name, number in counts.items()))
        if report.all_refused:
            raise SystemExit(1)
