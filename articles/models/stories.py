import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


# What follows from dates and credits leaves no history; what a person decides does.
@pghistory.track(
    pghistory.UpdateEvent(condition=pgtrigger.Q(new__origin_by="decided") | pgtrigger.Q(old__origin_by="decided")),
    pghistory.DeleteEvent(condition=pgtrigger.Q(old__origin_by="decided")),
)
class Story(models.Model):
    """Near-identical articles of several sources. `origin` is where the text came from, as far as it can be known.

    It is the copy that others credit, else the earliest one; `origin_by` says which, or that a person decided.
    """

    class OriginBy(models.TextChoices):
        CREDITED = "credited", _("تنسب إليها المواد الأخرى نصها")
        EARLIEST = "earliest", _("أقدمها تاريخاً")
        DECIDED = "decided", _("قرار محرر")

    origin = models.ForeignKey(
        "articles.Article",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("المادة الأصل"),
    )
    origin_by = models.CharField(_("سبب عدّها أصلاً"), max_length=10, choices=OriginBy, blank=True)
    created_at = models.DateTimeField(_("تاريخ الإنشاء"), auto_now_add=True)

    class Meta:
        verbose_name = _("قصة خبرية")
        verbose_name_plural = _("القصص الخبرية")
        constraints = (
            models.CheckConstraint(
                condition=Q(origin_by__in=("", "credited", "earliest", "decided")), name="story_origin_by_is_known"
            ),
        )

    def __str__(self):
        return str(self.origin or self.pk)

    def get_absolute_url(self):
        return reverse("story", args=[self.pk])
