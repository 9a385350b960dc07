import pghistory
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.utils.translation import gettext_lazy as _

from annotations.models.annotations import Annotation


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Part(models.Model):
    """One stretch of an annotation: code points [start, end) of the revision's text, with the words around it.

    A quote interrupted by «قال» has two content parts; the words that attribute it are a part with the cue's role.
    `prefix` and `suffix` hold up to 32 code points on either side, to find the words again when the text changes.
    """

    class Role(models.TextChoices):
        CONTENT = "content", _("المضمون")
        CUE = "cue", _("عبارة الإسناد")

    annotation = models.ForeignKey(Annotation, on_delete=models.CASCADE, related_name="parts")
    order = models.PositiveSmallIntegerField(_("الترتيب"))
    role = models.CharField(_("الدور"), max_length=10, choices=Role, default=Role.CONTENT)
    start = models.PositiveIntegerField(_("البداية"))
    end = models.PositiveIntegerField(_("النهاية"))
    exact = models.TextField(_("النص"))
    prefix = models.CharField(max_length=32, blank=True)
    suffix = models.CharField(max_length=32, blank=True)

    class Meta:
        verbose_name = _("جزء")
        verbose_name_plural = _("الأجزاء")
        ordering = ("annotation", "order")
        constraints = (
            models.UniqueConstraint("annotation", "order", name="part_order_in_annotation"),
            models.CheckConstraint(condition=Q(role__in=("content", "cue")), name="part_role_is_known"),
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="part_spans_text"),
            models.CheckConstraint(condition=Q(end=F("start") + Length("exact")), name="part_exact_fits_span"),
        )

    def __str__(self):
        return self.exact[:80]
