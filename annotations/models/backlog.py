"""How much waits in each article for a person to decide, so that a queue need not count an archive's suggestions.

Triggers keep it, a statement at a time: a detector's run, admin and SQL by hand are in it too.
"""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from annotations.models.annotations import Annotation
from articles.models import Article, Revision


class BacklogQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Of texts that articles which this person may read have now."""
        readable = Article.objects.visible_to(user).filter(current_revision=models.OuterRef("revision"))
        return self.filter(models.Exists(readable))

    def most_first(self):
        return self.order_by("-number", "-best", "-revision")

    def after(self, number: int, best: float, revision: int):
        """Those that follow a place in the order of `most_first`."""
        return self.filter(
            Q(number__lt=number) | Q(number=number, best__lt=best) | Q(number=number, best=best, revision__lt=revision)
        )


class Backlog(models.Model):
    """Suggestions of a kind on a revision, with the highest confidence among them; an empty kind counts all of them.

    Speakers are decided with their quotes, and are not counted.
    """

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="backlog")
    kind = models.CharField(_("النوع"), max_length=10, blank=True)
    number = models.PositiveIntegerField(_("المقترحات"))
    best = models.FloatField(_("أعلى ثقة"))

    objects = BacklogQuerySet.as_manager()

    class Meta:
        verbose_name = _("مقترحات تنتظر")
        verbose_name_plural = _("مقترحات تنتظر")
        default_permissions = ()
        indexes = (models.Index("kind", "number", "best", "revision", name="backlog_most_first"),)
        constraints = (
            models.UniqueConstraint(fields=("revision", "kind"), name="backlog_once"),
            models.CheckConstraint(condition=Q(kind__in=("", "quote", "claim")), name="backlog_kind_is_known"),
            models.CheckConstraint(condition=Q(number__gt=0), name="backlog_is_something"),
        )

    def __str__(self):
        return f"{self.revision}: {self.number}"


def _counting(what: str, revisions: str, operation: pgtrigger.Operation, **tables: str) -> pgtrigger.Trigger:
    """A trigger that counts anew what waits on the revisions of a query over the transition tables."""
    return pgtrigger.Trigger(
        name=f"backlog_{what}_is_counted",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=pgtrigger.Referencing(**tables),
        func=f"PERFORM annotations_count_backlog(ARRAY({revisions})); RETURN NULL;",
    )


_OF_WAITING = "SELECT DISTINCT revision_id FROM rows WHERE status = 'suggested'"
_OF_CHANGED = """
    SELECT revision_id FROM (
        (SELECT id, revision_id, kind, confidence FROM before WHERE status = 'suggested'
            EXCEPT SELECT id, revision_id, kind, confidence FROM after WHERE status = 'suggested')
        UNION ALL
        (SELECT id, revision_id, kind, confidence FROM after WHERE status = 'suggested'
            EXCEPT SELECT id, revision_id, kind, confidence FROM before WHERE status = 'suggested')
    ) AS counted GROUP BY revision_id
"""
pgtrigger.register(
    _counting("added", _OF_WAITING, pgtrigger.Insert, new="rows"),
    _counting("removed", _OF_WAITING, pgtrigger.Delete, old="rows"),
    _counting("changed", " ".join(_OF_CHANGED.split()), pgtrigger.Update, old="before", new="after"),
)(Annotation)
