from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from articles.models.entities import Entity


class EntityChange(models.Model):
    """A merge or a split of entities, with all that it moved, so that it can be undone exactly.

    `moved` lists the rows by primary key: {"references": {label: [ids]}, "decided": [mention ids that the split
    decided], "aliases": [aliases that the merge made], "merged": [entities that led to the one merged], "only_in": the
    article that the target of a merge stood for alone}.
    """

    class Kind(models.TextChoices):
        MERGE = "merge", _("دمج")
        SPLIT = "split", _("فصل")

    kind = models.CharField(_("العملية"), max_length=10, choices=Kind)
    # From whom, to whom; an entity that only the split made goes when the split is undone, its name stays here.
    source = models.ForeignKey(
        Entity, on_delete=models.SET_NULL, null=True, related_name="changes_from", verbose_name=_("من")
    )
    target = models.ForeignKey(
        Entity, on_delete=models.SET_NULL, null=True, related_name="changes_to", verbose_name=_("إلى")
    )
    source_name = models.CharField(_("من"), max_length=510)
    target_name = models.CharField(_("إلى"), max_length=510)
    moved = models.JSONField(_("ما نُقل"))
    made_at = models.DateTimeField(_("في"), auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("بواسطة")
    )
    made_by_name = models.CharField(_("بواسطة"), max_length=150)
    undone_at = models.DateTimeField(_("تاريخ التراجع"), null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("تراجع عنه")
    )
    undone_by_name = models.CharField(_("تراجع عنه"), max_length=150, blank=True)

    class Meta:
        verbose_name = _("دمج أو فصل")
        verbose_name_plural = _("دمج الأسماء وفصلها")
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=("merge", "split")), name="entity_change_kind_is_known"),
            models.CheckConstraint(
                condition=~Q(source=F("target")) & ~Q(source_name="") & ~Q(target_name=""),
                name="entity_change_between_two",
            ),
            models.CheckConstraint(condition=~Q(made_by_name=""), name="entity_change_by_somebody"),
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None, undone_by_name="")
                | Q(undone_at__isnull=False) & ~Q(undone_by_name=""),
                name="entity_change_undone_by_whom_and_when",
            ),
        )

    def __str__(self):
        return f"{self.get_kind_display()}: {self.source_name} · {self.target_name}"
