from django.core.management.base import BaseCommand, CommandError

from articles.importing.learning.proposing import propose_boilerplate
from articles.models import Source


class Command(BaseCommand):
    help = "Propose lines that repeat themselves in a source's articles to the moderators as its boilerplate."

    def add_arguments(self, parser):
        parser.add_argument("--source", metavar="KEY", help="only this source: its key or its domain")

    def handle(self, *, source, **options):
        sources = None
        if source:
            by_key = Source.objects.filter(key=source)
            sources = by_key or Source.objects.filter(domains__domain=source.removeprefix("www."))
            if not sources:
                raise CommandError(f"no such source: {source}")
        self.stdout.write(f"proposed {propose_boilerplate(sources)}")
