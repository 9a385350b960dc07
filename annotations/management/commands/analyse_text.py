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
        written: dict[Path, Path] = {}
        for file in files:
            target = output / f"{file.stem}.json"
            if target in written:
                self.stderr.write(f"{file}: {target.name} was written for {written[target]} already")
                continue
            try:
                analyse_file(file, target)
                written[target] = file
            except (OSError, ValueError) as error:
                self.stderr.write(f"{file}: {error.strerror if isinstance(error, OSError) else error}")
        self.stdout.write(f"written {len(written)}, refused {len(files) - len(written)}")
        if not written:
            raise CommandError("nothing could be analysed")
