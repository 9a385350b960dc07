import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from articles.importing.decoding.encoding import decode
from articles.importing.pages import Refused
from articles.search.answering import Answer, answer
from articles.search.finding import EVERYTHING, MOST_RESULTS
from articles.search.index.following import catch_up
from articles.search.index.reading import SearchUnavailable
from articles.search.index.writing import IndexDamaged
from articles.search.query import Reader

PUBLISHED = Reader(("published",), member=False)
# Seconds: longer than the first nobody waits without being told why; as long as the second a first index of some
# hundred thousand articles may take.
SOON, LONGEST_WAIT = 5, 1800


class Command(BaseCommand):
    help = "Search the articles from a terminal, or for a file of queries, a query a line."

    def add_arguments(self, parser):
        parser.add_argument("words", nargs="*", metavar="WORDS", help="a query; one with -exclusions after --")
        parser.add_argument("--queries", type=Path, metavar="FILE", help="a file with a query a line")
        parser.add_argument("--json", action="store_true", help="a JSON line per query: query, total, took_ms, hits")
        parser.add_argument("--limit", type=int, default=10, help="how many articles per query (10)")
        parser.add_argument("--all", action="store_true", help="unpublished articles and suggestions too")

    def handle(self, *, words, queries, limit, **options):
        if not 1 <= limit <= MOST_RESULTS:
            raise CommandError(f"--limit must be 1 to {MOST_RESULTS}")
        if bool(words) == bool(queries):
            raise CommandError("give either words or --queries FILE")
        asked = _lines(queries) if queries else [_typed(words)]
        self.catch_up()
        show = self.write_json if options["json"] else self.write_list
        try:
            for line in asked:
                show(answer(line, reader=EVERYTHING if options["all"] else PUBLISHED, limit=limit))
        except SearchUnavailable as unavailable:
            raise CommandError(unavailable.why) from None

    def catch_up(self):
        try:
            behind = "" if self.is_level() else "see manage.py search_index"
        except IndexDamaged as damage:
            behind = f"it cannot be written: {damage}"
        if behind:
            self.stderr.write(f"the index is behind the database; {behind}")

    def is_level(self) -> bool:
        if catch_up(wait=SOON):
            return True
        self.stderr.write("waiting for the search index, which another process keeps: is it as new as this one?")
        return catch_up(wait=LONGEST_WAIT)

    def write_json(self, given: Answer):
        self.stdout.write(json.dumps(given.fields(), ensure_ascii=False))

    def write_list(self, given: Answer):
        self.stdout.write(f"{given.query}: {given.total} ({given.took_ms:.1f} ms)")
        for note in given.notes:
            self.stdout.write(f"  {note}")
        for hit, title in zip(given.hits, given.titles, strict=True):
            self.stdout.write(f"  {hit.id}  {title}  {hit.url or ''}".rstrip())


def _typed(words: list[str]) -> str:
    """Bytes that were no text in the terminal's encoding are shown as such."""
    return " ".join(words).encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _lines(path: Path) -> list[str]:
    try:
        text = decode(path.read_bytes())
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from None
    except Refused as refused:
        raise CommandError(f"{path}: {refused}") from None
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return lines[:-1] if not lines[-1] else lines
