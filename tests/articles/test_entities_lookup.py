import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.inserting import insert_all
from articles.language.folding import fold
from articles.models import Entity
from articles.naming.known import known_bearers

pytestmark = pytest.mark.django_db

MANY = 2000


def rows_read(plan: dict) -> float:
    """By this step and those below it, however often each was taken."""
    own = (plan["Actual Rows"] + plan.get("Rows Removed by Filter", 0)) * plan["Actual Loops"]
    return own + sum(map(rows_read, plan.get("Plans", [])))


def test_a_few_names_are_found_among_many_without_reading_the_others_also_before_there_are_statistics():
    entities = [Entity(kind="organisation", name=f"شركة {number}", folded=f"شركه {number}") for number in range(MANY)]
    insert_all(entities)
    wanted = [fold(entity.name) for entity in entities[:5]]
    with CaptureQueriesContext(connection) as queries:
        found = known_bearers(wanted, [], 0)
    assert {key[1] for key, bearers in found.items() if bearers} == set(wanted)
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {queries[0]['sql']}")
        (told,) = cursor.fetchone()
    (explained,) = json.loads(told) if isinstance(told, str) else told
    assert rows_read(explained["Plan"]) < MANY / 10
