"""In how many articles each entity is named: derived, counted anew wherever the database says that it changed."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from articles.models.articles import Article
from articles.models.entities import Entity
from articles.models.mentions import Mention


class EntityCountQuerySet(models.QuerySet):
    def counted_for(self, user):
        """With `articles`, the number of articles this person may read that name the entity; the most named first.

        Entities that none of them names are left out. The rule is that of Article.objects.visible_to().
        """
        if user.has_perm("articles.view_unpublished"):
            return self.filter(in_all__gt=0).annotate(articles=F("in_all")).order_by("-in_all", "entity")
        return self.filter(in_published__gt=0).annotate(articles=F("in_published")).order_by("-in_published", "entity")


class EntityCount(models.Model):
    """How many articles name an entity in their current text, all of them and the published ones."""

    entity = models.OneToOneField(Entity, on_delete=models.CASCADE, primary_key=True, related_name="count")
    kind = models.CharField(max_length=20)
    in_all = models.PositiveIntegerField()
    in_published = models.PositiveIntegerField()

    objects = EntityCountQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index("kind", F("in_all").desc(), "entity", name="entity_count_in_all"),
            models.Index("kind", F("in_published").desc(), "entity", name="entity_count_in_published"),
        )
        constraints = (
            models.CheckConstraint(condition=Q(in_published__lte=F("in_all")), name="entity_count_published_in_all"),
        )

    def __str__(self):
        return f"{self.entity_id}: {self.in_published}/{self.in_all}"


class CountDue(models.Model):
    """An entity whose count is out of date; written by the triggers below, so that no change is missed.

    Rows are only added, never updated: two imports that name the same country do not wait for each other.
    """

    entity_id = models.BigIntegerField()

    def __str__(self):
        return str(self.entity_id)


def _due(selection: str) -> str:
    return f"INSERT INTO articles_countdue (entity_id) {selection}; RETURN NULL;"


_OF_ARTICLE = "SELECT DISTINCT entity_id FROM articles_mention WHERE revision_id IN ({revisions})"

MENTION_TRIGGERS = (
    pgtrigger.Trigger(
        name="mention_added_is_counted",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        referencing=pgtrigger.Referencing(new="changed"),
        func=_due("SELECT DISTINCT entity_id FROM changed"),
    ),
    pgtrigger.Trigger(
        name="mention_removed_is_counted",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Delete,
        referencing=pgtrigger.Referencing(old="changed"),
        func=_due("SELECT DISTINCT entity_id FROM changed"),
    ),
    pgtrigger.Trigger(
        name="mention_changed_is_counted",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Update,
        referencing=pgtrigger.Referencing(old="before", new="after"),
        func=_due(
            "SELECT DISTINCT moved.entity_id FROM before JOIN after USING (id),"
            " LATERAL (VALUES (before.entity_id), (after.entity_id)) AS moved (entity_id)"
            " WHERE before.entity_id <> after.entity_id"
        ),
    ),
)
ARTICLE_TRIGGERS = (
    pgtrigger.Trigger(
        name="article_shown_is_counted",
        when=pgtrigger.After,
        operation=pgtrigger.Update,
        condition=pgtrigger.AnyChange("status", "current_revision"),
        func=_due(_OF_ARTICLE.format(revisions="OLD.current_revision_id, NEW.current_revision_id")),
    ),
)
pgtrigger.register(*MENTION_TRIGGERS)(Mention)
pgtrigger.register(*ARTICLE_TRIGGERS)(Article)
