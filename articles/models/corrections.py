from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.articles import Revision


class Correction(models.Model):
    """That a revision is a person's correction of the article, and of what: its text, title or date.

    `before` and `after` hold the fields that were changed beside the text: title, published_at (ISO 8601, UTC; empty
    for none), published_precision. By number, `before` also says which `revision` was current and `after` which was
    `restored`. An import that brings a new text later adds its revision and leaves this one current.
    """

    revision = models.OneToOneField(
        Revision, on_delete=models.CASCADE, primary_key=True, related_name="correction", verbose_name=_("الإصدار")
    )
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    note = models.TextField(_("سبب التصحيح"), blank=True)
    at = models.DateTimeField(_("تاريخ التصحيح"), auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("المصحّح"),
    )
    by_name = models.CharField(_("اسم المصحّح"), max_length=150)

    class Meta:
        verbose_name = _("تصحيح")
        verbose_name_plural = _("التصحيحات")
        constraints = (models.CheckConstraint(condition=~Q(by_name=""), name="correction_has_author"),)

    def __str__(self):
        return str(self.revision)

    @property
    def previous_number(self) -> int:
        """The revision that was corrected."""
        return self.before["revision"]
