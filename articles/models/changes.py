"""The change log that the search index follows: when an article, or what belongs to it, was changed last.

Triggers keep it: admin, bulk edits and SQL by hand are in it too. articles_note_changes (migration 0010) notes what
changed for some revisions on the rows of their articles; an import, whose transaction made or changed the article
itself, has nothing to write any more.
"""

import pgtrigger
from django.db import models

from articles.models.articles import Article
from articles.models.entities import Entity
from articles.models.mentions import Mention
from articles.models.transactions import changed_field


class ArticleChange(models.Model):
    """That an article changed whose row could not say so: it was deleted, or somebody else held it at that moment.

    Written by triggers, and without content, so that it may stay when the article had to go.
    """

    article_id = models.BigIntegerField()
    changed = changed_field()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("changed", "article_id"), name="article_change_once"),)

    def __str__(self):
        return f"{self.article_id}: {self.changed}"


def noting_triggers(name: str, *, added: str, removed: str, changed: str) -> tuple[pgtrigger.Trigger, ...]:
    """Triggers that note changes when rows are added, removed or changed, a statement at a time.

    Each is a query of revision ids over the transition table `rows`, or `before` and `after` for what is changed.
    """

    def trigger(what: str, query: str, operation: pgtrigger.Operation, **tables: str) -> pgtrigger.Trigger:
        return pgtrigger.Trigger(
            name=f"{name}_{what}_is_noted",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=operation,
            referencing=pgtrigger.Referencing(**tables),
            func=f"PERFORM articles_note_changes(ARRAY({query})); RETURN NULL;",
        )

    return (
        trigger("added", added, pgtrigger.Insert, new="rows"),
        trigger("removed", removed, pgtrigger.Delete, old="rows"),
        trigger("changed", changed, pgtrigger.Update, old="before", new="after"),
    )


OF_ROWS = "SELECT DISTINCT revision_id FROM rows"
OF_BOTH = "SELECT revision_id FROM before UNION SELECT revision_id FROM after"

ARTICLE_TRIGGERS = (
    pgtrigger.Trigger(
        name="article_change_is_noted",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func="NEW.changed = pg_current_xact_id(); RETURN NEW;",
    ),
    pgtrigger.Trigger(
        name="article_removed_is_noted",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Delete,
        referencing=pgtrigger.Referencing(old="rows"),
        func="INSERT INTO articles_articlechange (article_id) SELECT id FROM rows ON CONFLICT DO NOTHING; RETURN NULL;",
    ),
)
MENTION_TRIGGERS = noting_triggers("mention", added=OF_ROWS, removed=OF_ROWS, changed=OF_BOTH)
# The index keeps who is named by kind.
ENTITY_TRIGGERS = (
    pgtrigger.Trigger(
        name="entity_kind_is_noted",
        when=pgtrigger.After,
        operation=pgtrigger.Update,
        condition=pgtrigger.AnyChange("kind"),
        func=(
            "PERFORM articles_note_changes(ARRAY(SELECT DISTINCT revision_id FROM articles_mention"
            " WHERE entity_id = NEW.id)); RETURN NULL;"
        ),
    ),
)
pgtrigger.register(*ARTICLE_TRIGGERS)(Article)
pgtrigger.register(*MENTION_TRIGGERS)(Mention)
pgtrigger.register(*ENTITY_TRIGGERS)(Entity)
