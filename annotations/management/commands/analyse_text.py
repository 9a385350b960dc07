from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from annotations.analysis import analyse_file


class Command(BaseCommand):
    help = "Write NAME.json with the entities, quotes and claims of each UTF-8 text file. Needs no database."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--output", required=True, type=Path, metavar="DIR")

    def handle(self, *, files, output, **options):
        try:
            output.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CommandError(f"{output}: {error.strerror}") from None
        written = 0
        for file in files:
            try:
                analyse_file(file, output)
                written += 1
            except (OSError, ValueError) as error:
                self.stderr.write(f"{file}: {error.strerror if isinstance(error, OSError) else error}")
        self.stdout.write(f"written {written}, refused {len(files) - written}")
        if not written:
            raise CommandError("nothing could be analysed")
