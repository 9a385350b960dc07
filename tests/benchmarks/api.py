"""How fast the API is in a large archive: python -m tests.benchmarks.api [ARTICLES] [MENTIONS]

The archive is that of entity_pages (31,000 articles, 400,000 mentions, two quotes an article by default), its text free
to leave; prints the 95th percentile and the queries of each list as a program with a token asks for it.
"""

import gc
import sys

from tests.benchmarks.entity_pages import fill, fill_quotes, measure, without_triggers  # it sets Django up

from django.conf import settings  # isort: skip
from django.db import connection  # isort: skip
from django.test import Client  # isort: skip
from django.test.utils import setup_databases, teardown_databases  # isort: skip

from articles.models import Source  # isort: skip
from articles.naming.counting import settle_all_counts  # isort: skip
from newsdesk.api.models import make_token  # isort: skip
from tests.accounts import make_user  # isort: skip

DEEP = f"{1_600_000_000_000_000}_1"
ADDRESSES = [
    "/api/articles/",
    "/api/articles/?limit=100",
    f"/api/articles/?cursor={DEEP}",
    "/api/articles/777/",
    "/api/entities/",
    "/api/entities/?kind=person&limit=100",
    "/api/entities/1/",
    "/api/entities/1/mentions/",
    f"/api/entities/1/mentions/?cursor={DEEP}_1",
    "/api/quotes/",
    "/api/quotes/?limit=100",
    "/api/quotes/?status=accepted&stance=denying&source=3",
    "/api/quotes/?speaker=1",
    "/api/quotes/?speaker=40000",
    "/api/quotes/?since=2020-01-01&until=2020-12-31",
    "/api/claims/",
    "/api/marks/",
    "/api/marks/?format=w3c",
    "/api/sources/",
    "/api/stories/",
    "/api/schema/",
]


def main(articles: int = 31_000, mentions: int = 400_000) -> None:
    settings.ALLOWED_HOSTS = ["testserver"]
    settings.API_RATES = {"user": 1_000_000, "address": 1_000_000}
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        with without_triggers():
            fill(articles, mentions)
            fill_quotes(articles)
        Source.objects.update(rights="full")
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        settle_all_counts()
        gc.collect()
        gc.freeze()
        for role in ("reader", "editor"):
            _row, token = make_token(by=make_user(role), name="bench")
            client = Client(headers={"Authorization": f"Bearer {token}"})
            for address in ADDRESSES:
                measure(f"{role} {address}", lambda client=client, address=address: client.get(address))
    finally:
        teardown_databases(databases, verbosity=0)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
