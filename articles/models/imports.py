from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.articles import Article


class ImportRun(models.Model):
    """One run of an import, with its counts; inputs that changed nothing are counted here and written nowhere."""

    inputs = models.TextField(_("المدخلات"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("بواسطة"),
    )
    by_name = models.CharField(_("اسم المستورد"), max_length=150, blank=True)
    started_at = models.DateTimeField(_("بدأ في"), auto_now_add=True)
    finished_at = models.DateTimeField(_("انتهى في"), null=True, blank=True)
    created = models.PositiveIntegerField(_("جديدة"), default=0)
    updated = models.PositiveIntegerField(_("محدّثة"), default=0)
    unchanged = models.PositiveIntegerField(_("بلا تغيير"), default=0)
    refused = models.PositiveIntegerField(_("مرفوضة"), default=0)

    class Meta:
        verbose_name = _("عملية استيراد")
        verbose_name_plural = _("عمليات الاستيراد")
        ordering = ("-id",)

    def __str__(self):
        return self.inputs[:80]


class ImportItem(models.Model):
    """What became of one input of a run: created, updated, or refused with the reason."""

    class Outcome(models.TextChoices):
        CREATED = "created", _("جديدة")
        UPDATED = "updated", _("محدّثة")
        REFUSED = "refused", _("مرفوضة")

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="items")
    input = models.TextField(_("المدخل"))
    outcome = models.CharField(_("النتيجة"), max_length=10, choices=Outcome)
    reason = models.TextField(_("السبب"), blank=True)
    article = models.ForeignKey(Article, on_delete=models.SET_NULL, null=True, blank=True, related_name="import_items")

    class Meta:
        verbose_name = _("مدخل")
        verbose_name_plural = _("المدخلات")
        ordering = ("run", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(outcome="refused", article=None) & ~Q(reason="")
                | Q(outcome__in=("created", "updated"), reason=""),
                name="import_item_refused_with_reason",
            ),
        )

    def __str__(self):
        return self.input
