import os
import signal
import threading

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import Progress

from articles.search.index.checking import differences
from articles.search.index.folder import FolderLocked, search_folder
from articles.search.index.following import catch_up
from articles.search.index.rebuilding import rebuild
from articles.search.index.tending import tend
from articles.search.index.writing import Documents, IndexDamaged, size_of

# In seconds: what transactions under way, or another process that follows, are waited for.
_PATIENCE = 60


class Command(BaseCommand):
    help = "Bring this host's search index level with the database, and say where it stands."

    def add_arguments(self, parser):
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--rebuild", action="store_true", help="index everything anew; until then the old one serves")
        what.add_argument("--check", action="store_true", help="prove that index and database are equal")
        what.add_argument("--follow", action="store_true", help="go on following, as a worker does, until stopped")
        parser.add_argument("--processes", type=int, default=0, help="how many rebuild (one for each processor)")

    def handle(self, *, rebuild, check, follow, processes, **options):
        if not 0 <= processes <= 64:
            raise CommandError("--processes must be 1 to 64, or 0 for one for each processor")
        try:
            if rebuild:
                self.rebuild(processes)
            elif check:
                self.check_index()
            elif follow:
                self.follow()
            else:
                self.catch_up()
        except FolderLocked:
            raise CommandError("another process builds the search index; try again when it is done") from None
        except (IndexDamaged, OSError) as error:
            raise CommandError(f"the search index in {search_folder().path} cannot be written: {error}") from None

    def rebuild(self, processes):
        console = Console(stderr=True)
        with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
            task = bar.add_task("")
            number = rebuild(lambda done, total: bar.update(task, completed=done, total=total), processes=processes)
        self.stdout.write(f"{number} articles indexed; {self.standing()}")

    def check_index(self):
        catch_up(wait=_PATIENCE)
        found = differences()
        if found.lines():
            self.stdout.write("\n".join(found.lines()))
            raise SystemExit(1)
        self.stdout.write(f"index and database are equal: {found.articles} articles; {self.standing()}")

    def follow(self):
        stop = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *signalled: stop.set())
        os.nice(10)
        tend(stop)

    def catch_up(self):
        if not catch_up(wait=_PATIENCE):
            raise CommandError(
                f"the search index is not level with the database after {_PATIENCE} seconds: a transaction is under way"
                " for longer, or another process is still writing"
            )
        self.stdout.write(f"the search index is level with the database; {self.standing()}")

    def standing(self):
        generation = search_folder().current()
        documents = Documents.of(generation)
        return (
            f"{documents.stored - documents.deleted} documents in {documents.segments} segments,"
            f" {size_of(generation) / 1e6:.1f} MB"
        )
