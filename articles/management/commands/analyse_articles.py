from datetime import date

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import track

from articles.analysing import analyse, articles_to_analyse, stale
from articles.naming.counting import settle_all_counts
from articles.provenance.stories import settle_stories


class Command(BaseCommand):
    help = "Recognise names and detect quotes anew in stored articles that an older version looked at."

    def add_arguments(self, parser):
        parser.add_argument("--article", type=int, nargs="+", default=[], metavar="ID", help="only these articles")
        parser.add_argument(
            "--since", type=date.fromisoformat, metavar="YYYY-MM-DD", help="that appeared since this day"
        )
        parser.add_argument("--batch", type=int, default=500, help="articles looked up at a time (500)")

    def handle(self, *, article, since, batch, **options):
        if batch < 1:
            raise CommandError("--batch must be 1 or more")
        articles = articles_to_analyse(article, since)
        if missing := set(article) - set(articles.values_list("pk", flat=True)):
            raise CommandError(f"no such article: {', '.join(map(str, sorted(missing)))}")
        waiting = stale(articles).count()
        counts = {"analysed": 0, "already up to date": articles.count() - waiting, "failed": 0}
        bar = {"console": Console(stderr=True), "transient": True, "disable": not self.stderr.isatty()}
        for pk, outcome, reason in track(analyse(articles, batch=batch), "", waiting, **bar):
            counts[outcome] += 1
            if reason:
                self.stderr.write(f"article {pk}: {reason}")
        settle_all_counts()
        settle_stories()
        self.stdout.write(", ".join(f"{name} {number}" for name, number in counts.items()))
        if counts["failed"]:
            raise SystemExit(1)
