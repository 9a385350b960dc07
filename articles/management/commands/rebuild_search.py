from django.core.management.base import BaseCommand

from articles.search.steps import rebuild


class Command(BaseCommand):
    help = "Build the search index again from the articles."

    def handle(self, **options):
        self.stdout.write(f"indexed {rebuild()}")
