"""How fast the pages of checks are in a large archive: python -m tests.benchmarks.checks [ARTICLES] [MENTIONS]

The archive of tests.benchmarks.entity_pages, in which a third of the quotes are claims; of every ten accepted claims
four are in checks, two a check, of every state. Prints of each page what web and database compute for it, and its
queries.
"""

import sys
import time

from tests.benchmarks.entity_pages import BEGINNING, copied, fill, fill_quotes, measure, without_triggers

# isort: split

from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.test.utils import setup_databases, teardown_databases

from annotations.checking.likeness import telling_stems
from annotations.models import Annotation, Check, Rating, Verdict
from articles.language.folding import fold
from tests.accounts import make_user

STATES = ["new", "checking", "waiting", "checked", "published", "published", "published", "withdrawn"]
COLUMNS = ["id", "wording", "folded", "stems", "status", "opened_at", "opened_by_name", "changed_at", "published_at",
           "closed_at", "closed_by_name", "verdict_id"]  # fmt: skip


def fill_checks() -> int:
    """Every third quote becomes a claim, and checks are opened of some; how many checks there are."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE annotations_annotation SET kind = 'claim', quote_type = '', stance = ''"
            " WHERE kind = 'quote' AND id % 3 = 0"
        )
    accepted = Annotation.objects.filter(kind="claim", status="accepted").order_by("pk")
    rows = list(accepted.values_list("pk", "parts__exact")[: accepted.count() * 2 // 5])
    pairs = list(enumerate(zip(rows[::2], rows[1::2], strict=False), 1))
    rating = Rating.objects.first().pk
    with connection.cursor() as cursor:
        # As the owner of a large archive restores it: nothing that triggers keep.
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    verdicts = [(pk, pk, rating, "أسباب", BEGINNING, "one", BEGINNING, "two") for pk, _ in pairs if _judged(pk)]
    copied("annotations_check", COLUMNS, (_check(pk, one[1][:400]) for pk, (one, _) in pairs))
    columns = ["id", "case_id", "rating_id", "reasons", "at", "by_name", "signed_off_at", "signed_off_by_name"]
    copied("annotations_verdict", columns, iter(verdicts))
    copied("annotations_checkedclaim", ["case_id", "mark_id"], ((pk, mark) for pk, some in pairs for mark, _ in some))
    return len(pairs)


def _judged(pk: int) -> bool:
    return STATES[pk % len(STATES)] in ("checked", "published")


def _check(pk: int, wording: str) -> tuple:
    state = STATES[pk % len(STATES)]
    closed = state in ("published", "withdrawn")
    return (
        pk, wording, fold(wording), sorted(telling_stems(wording)), state, BEGINNING, "bench", BEGINNING,
        BEGINNING if state == "published" else None, BEGINNING if closed else None, "bench" if closed else "",
        pk if _judged(pk) else None,
    )  # fmt: skip


def main(articles: int = 31_000, mentions: int = 400_000) -> None:
    settings.ALLOWED_HOSTS, settings.PUBLIC_READING = ["testserver"], True
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        begin = time.perf_counter()
        with without_triggers():
            fill(articles, mentions)
            fill_quotes(articles)
            with transaction.atomic():
                number = fill_checks()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        marks = Annotation.objects.count()
        size = f"{articles:,} articles, {marks:,} marks, {number:,} checks"
        print(f"filled in {time.perf_counter() - begin:.0f} s: {size}")  # noqa: T201
        client = Client()
        client.force_login(make_user("editor"))
        word = fold(Check.objects.get(pk=5).wording).split()[0]
        assert Verdict.objects.exists()
        for address in (
            "/claims/", "/claims/?status=waiting", f"/claims/?q={word}", "/claims/?claimant=سالم",
            "/claims/?claimant=1",
            "/claims/?source=3", "/claims/?rating=1", f"/claims/?before={number // 2}", "/claims/?show=suggestions",
            "/claims/?show=claims", "/claims/board/", "/claims/4/", "/claims/4/history/", "/claims/feed/",
        ):  # fmt: skip
            measure(address, lambda address=address: client.get(address))
        measure("/claims/ for visitors", lambda: Client().get("/claims/"))
        measure("/claims/4/ for visitors", lambda: Client().get("/claims/4/"))
    finally:
        teardown_databases(databases, verbosity=0)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
