from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError

from annotations.exports.format import NotReadable
from annotations.models import Annotation
from annotations.receiving.people import UnknownAccount
from annotations.receiving.report import MOST_LINES, Fate, Report
from annotations.receiving.running import READABLE, Asked, receive_file
from articles.importing.interrupts import stopping_on_interrupt

REPLACE = "marks that are here with other content become those of the file (takes the right to change others' marks)"
KIND = "what marks are whose file does not say so, as those of other programs that write Web Annotations"
LABELS = {
    Fate.NEW: "new",
    Fate.MOVED: "new, found in another text",
    Fate.REPLACED: "replaced",
    Fate.UNCHANGED: "unchanged",
    Fate.DIFFERS: "differ from what is here",
    Fate.ALREADY: "words marked so already",
    Fate.DOUBTFUL: "of doubtful place",
    Fate.LOST: "not found in the text",
    Fate.REFUSED: "refused",
}


class Command(BaseCommand):
    help = (
        "Store the marks of a file on the articles that are here. Nothing is stored of a file that cannot be read to "
        "its end; the same file again stores nothing twice."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--format", required=True, choices=READABLE, help="what the file is")
        parser.add_argument("--by", required=True, metavar="USERNAME", help="who imports; editors may")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, store nothing")
        parser.add_argument("--replace", action="store_true", help=REPLACE)
        parser.add_argument("--kind", choices=Annotation.Kind.values, default="", help=KIND)
        parser.add_argument(
            "--map-user",
            action="append",
            default=[],
            metavar="NAME=USERNAME",
            help="whoever has this name in the file is this account; all others stay names",
        )
        parser.add_argument("--refused", type=Path, metavar="FILE", help="marks not taken go there with their reasons")

    def handle(self, *, file, by, map_user, **options):
        how = {name: options[name] for name in ("format", "dry_run", "replace", "kind")}
        asked = Asked(file, by=_account(by), people=_pairs(map_user), aside=options["refused"], **how)
        try:
            with stopping_on_interrupt() as stop:
                report = receive_file(asked, stop=stop)
        except NotReadable as error:
            raise CommandError(f"{file}: {error}. Nothing was stored.") from None
        except UnknownAccount as error:
            raise CommandError(f"--map-user: there is no account “{error}”") from None
        except PermissionDenied:
            raise CommandError(f"{by} may not import marks, or not replace those of others") from None
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}") from None
        self.report(report, dry_run=options["dry_run"])

    def report(self, report: Report, *, dry_run: bool):
        if dry_run:
            self.stdout.write("dry run: nothing was stored")
        self.stdout.write(f"articles: {report.articles} found, {report.unknown} refused")
        for fate, label in LABELS.items():
            self.stdout.write(f"{report.fates[fate]:8}  {label}")
        for what, number in sorted(report.left_out.items()):
            self.stdout.write(f"{number:8}  left out: {what}")
        for line in report.lines[:MOST_LINES]:
            words = " · ".join(one for one in (line.article, line.mark, line.words) if one)
            passage = f" → {line.passage}" if line.passage else ""
            self.stderr.write(_shown(f"{line.fate}: {words}: {line.reason}{passage}"))
        if report.interrupted:
            self.stderr.write("interrupted; the same command stores what is left")
            raise SystemExit(130)


def _account(username: str):
    account = get_user_model().objects.filter(username=username, is_active=True).first()
    if account is None:
        raise CommandError(f"--by: there is no active account “{username}”")
    return account


def _pairs(given: list[str]) -> dict[str, str]:
    pairs = {}
    for pair in given:
        name, sign, username = pair.rpartition("=")
        if not (sign and name and username):
            raise CommandError(f"--map-user {pair}: must be NAME=USERNAME")
        pairs[name] = username
    return pairs


def _shown(line: str) -> str:
    """What a file says, on one line of a terminal, without signs that would move its cursor."""
    return "".join(sign if sign.isprintable() else " " for sign in line)
