from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from annotations.evaluating import UnreadableGold, evaluate


class Command(BaseCommand):
    help = "Print how well quotes, speakers, claims and entities are found in annotated articles. Needs no database."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, metavar="FOLDER", help="annotated articles, NAME.json each")

    def handle(self, *, folder, **options):
        try:
            evaluation = evaluate(folder)
        except UnreadableGold as error:
            raise CommandError(error) from None
        self.stdout.write(f"{evaluation.articles} articles, {evaluation.words} words")
        for name, figure in evaluation.figures.items():
            self.stdout.write(
                f"{name:16} P {figure.precision:.3f}  R {figure.recall:.3f}  F1 {figure.f1:.3f}"
                f"  ({figure.right} right, {figure.found} found, {figure.gold} annotated)"
            )
        self.stdout.write(f"{evaluation.words / evaluation.seconds:,.0f} words/s with recognition")
