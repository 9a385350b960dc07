from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from annotations.exporting.progress import ProgressBar
from annotations.exporting.scopes import ALL, ARTICLES, SEARCH, AnyMember, NoSuchScope, Scope
from annotations.exporting.wanted import Wanted
from annotations.exporting.writing import Told, about, write_export, written_whole
from annotations.exports.formats import FORMATS
from annotations.models import Annotation
from articles.search.index.reading import SearchUnavailable


class Command(BaseCommand):
    help = (
        "Write marks to a file. Of all articles that have some, of those that a search finds, or of single articles; "
        "without --user of what is published. What the rights of a source keep here stays here, and is counted."
    )

    def add_arguments(self, parser):
        parser.add_argument("--format", required=True, choices=FORMATS, help="docs/exports/README.md tells them apart")
        parser.add_argument("--output", required=True, type=Path, metavar="FILE", help="a name in .gz is packed")
        scope = parser.add_mutually_exclusive_group()
        scope.add_argument("--search", metavar="ADDRESS", help="what stands behind the ? of a page of results")
        scope.add_argument("--article", action="append", type=int, metavar="ID", help="may be given several times")
        parser.add_argument("--user", metavar="NAME", help="whose eyes: only what this account may read and export")
        parser.add_argument("--status", action="append", choices=Annotation.Status.values, help="default: accepted")
        parser.add_argument("--kind", action="append", choices=Annotation.Kind.values, help="default: all")
        parser.add_argument("--mentions", action="store_true", help="with the names in the text")
        parser.add_argument("--no-comments", action="store_false", dest="comments")
        parser.add_argument("--no-history", action="store_false", dest="history")
        parser.add_argument("--force", action="store_true", help="replace a file that is there")

    def handle(self, *, format, output, user, force, **options):
        member = _account(user) if user else AnyMember()
        wanted = _wanted(options)
        wanted = wanted.for_person(member) if user else wanted
        scope = _scope(options, member)
        said = about(scope=scope, by=user or "")
        try:
            with written_whole(output, over=force) as file, ProgressBar(scope.total(wanted), self.stderr) as bar:
                told = write_export(file, FORMATS[format], scope, wanted, said, progress=bar.advance)
        except FileExistsError:
            raise CommandError(f"{output} is there already; --force replaces it") from None
        except (NoSuchScope, SearchUnavailable, OSError) as error:
            raise CommandError(f"{output} was not written: {error}") from None
        except KeyboardInterrupt:
            self.stderr.write(f"interrupted; {output} was not written")
            raise SystemExit(130) from None
        self.report(told)

    def report(self, told: Told):
        self.stdout.write(f"articles {told.articles}, marks {told.marks}")
        for what, number in sorted(told.losses.counted.items()):
            self.stdout.write(f"left out: {what} {number}")


def _account(name: str):
    account = get_user_model().objects.filter(username=name, is_active=True).first()
    if account is None:
        raise CommandError(f"--user {name}: there is no active account of this name")
    return account


def _wanted(options) -> Wanted:
    asked = {"statuses": options["status"], "kinds": options["kind"]}
    given = {name: list(dict.fromkeys(values)) for name, values in asked.items() if values}
    return Wanted.of(given | {name: options[name] for name in ("mentions", "comments", "history")})


def _scope(options, member) -> Scope:
    if options["article"]:
        return Scope(ARTICLES, member, tuple(options["article"]))
    if options["search"] is not None:
        return Scope(SEARCH, member, address=options["search"].removeprefix("?"))
    return Scope(ALL, member)
