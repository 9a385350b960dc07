import os

from django.core.management.base import BaseCommand, CommandError

from newsdesk.worker import WorkerBroken, end_with_parent, run_worker

# Whoever started it is at this machine, and reads while it imports.
_NICER = 5


class Command(BaseCommand):
    help = "Do what waits in the queue: imports, feeds, housekeeping. Start as many as there is work for, on any hosts."

    def add_arguments(self, parser):
        parser.add_argument(
            "--while-parent-lives",
            action="store_true",
            help="end when standard input does: for a process that keeps the other end of it open",
        )

    def handle(self, *, while_parent_lives, **options):
        if while_parent_lives:
            end_with_parent()
            os.nice(_NICER)
        try:
            run_worker()
        except WorkerBroken as broken:
            raise CommandError(f"the worker stopped: {broken}") from None
