"""The entities that the archive knows by a name, in one query: an import asks for every article."""

import json
from collections import Counter, defaultdict
from collections.abc import Collection

from django.db import connection

from articles.models import Entity

Key = tuple[str, str]
"""Kind and folded canonical name."""

# Namesakes that stand for one article each are looked at newest first; beyond these nobody could tell them apart.
_MOST_ALONE = 20

_FIELDS = tuple(field.attname for field in Entity._meta.concrete_fields)
# Those of this name, the newest first, then those with this form, the oldest form first. Looked up name by name, which
# OFFSET 0 sees to: before the planner has statistics it would read every entity that holds in all articles instead.
_BEARERS = f"""
    SELECT named.kind, named.folded, named.only_in_id, named.by_form, named.written,
           {", ".join(f"standing.{name}" for name in _FIELDS)}
    FROM (
        SELECT own.id, own.kind, own.folded, own.only_in_id, own.merged_into_id,
               FALSE AS by_form, FALSE AS written, -own.id AS place
        FROM json_array_elements_text(%(folded)s) AS wanted (name)
        CROSS JOIN LATERAL (SELECT * FROM articles_entity WHERE folded = wanted.name OFFSET 0) AS own
        WHERE own.only_in_id IS NULL OR own.only_in_id = %(article)s
              OR own.kind = 'person' AND own.folded = ANY(ARRAY(SELECT json_array_elements_text(%(full)s)))
        UNION ALL
        SELECT entity.id, entity.kind, alias.folded, NULL, entity.merged_into_id, TRUE, NOT alias.curated, alias.id
        FROM json_array_elements_text(%(folded)s) AS wanted (name)
        CROSS JOIN LATERAL (SELECT * FROM articles_alias WHERE folded = wanted.name OFFSET 0) AS alias
        CROSS JOIN LATERAL (SELECT * FROM articles_entity WHERE id = alias.entity_id OFFSET 0) AS entity
        WHERE entity.only_in_id IS NULL
    ) AS named
    CROSS JOIN LATERAL (
        SELECT * FROM articles_entity WHERE id = COALESCE(named.merged_into_id, named.id) OFFSET 0
    ) AS standing
    ORDER BY named.by_form, named.place
"""


def known_bearers(folded: Collection[str], full: Collection[str], article: int) -> defaultdict[Key, dict[Entity, bool]]:
    """The standing entities that bear each folded name, each with whether a person wrote that form down.

    Those that stand for another article alone are left out, but for people with `full` names.
    """
    found: defaultdict[Key, dict[Entity, bool]] = defaultdict(dict)
    alone: Counter[Key] = Counter()
    entities: dict[int, Entity] = {}
    with connection.cursor() as cursor:
        # As JSON: arrays take ten times as long to write.
        named = {"folded": json.dumps(list(folded)), "full": json.dumps(list(full)), "article": article}
        cursor.execute(_BEARERS, named)
        for kind, name, only_in, by_form, written, *values in cursor.fetchall():
            entity = entities.setdefault(values[0], Entity.from_db(connection.alias, _FIELDS, values))
            key = (kind, name)
            if by_form:
                found[key][entity] = written or found[key].get(entity, False)
            elif only_in in (None, article):
                found[key].setdefault(entity, False)
            elif alone[key] < _MOST_ALONE:
                alone[key] += 1
                found[key].setdefault(entity, False)
    return found
