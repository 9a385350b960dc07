from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.sources import Source


class BoilerplateLine(models.Model):
    """A line that opens or closes many articles of one source: proposed by its repetition, decided by a moderator.

    Accepted ones are dropped from the source's pages, those already stored by a new revision. `folded` is the line as
    it is compared, `text` as it was first met; `articles` in how many it stood when it was last counted.
    """

    class Place(models.TextChoices):
        OPENING = "opening", _("في أول المادة")
        CLOSING = "closing", _("في آخر المادة")

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("مقترح")
        ACCEPTED = "accepted", _("مقبول")
        REJECTED = "rejected", _("مرفوض")

    source = models.ForeignKey(
        Source, on_delete=models.CASCADE, related_name="boilerplate", verbose_name=_("وسيلة الإعلام")
    )
    place = models.CharField(_("الموضع"), max_length=10, choices=Place)
    text = models.TextField(_("السطر"))
    folded = models.TextField(editable=False)
    articles = models.PositiveIntegerField(_("عدد المواد"), default=0)
    status = models.CharField(_("الحالة"), max_length=10, choices=Status, default=Status.PROPOSED)
    proposed_at = models.DateTimeField(_("اقتُرح في"), auto_now_add=True)
    decided_at = models.DateTimeField(_("بُتّ فيه في"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("بتّ فيه"),
    )
    decided_by_name = models.CharField(_("اسم من بتّ فيه"), max_length=150, blank=True)

    class Meta:
        verbose_name = _("سطر متكرر")
        verbose_name_plural = _("الأسطر المتكررة")
        ordering = ("source", "-articles", "id")
        constraints = (
            models.UniqueConstraint("source", "place", "folded", name="boilerplate_line_once"),
            models.CheckConstraint(condition=~Q(folded="") & ~Q(text=""), name="boilerplate_line_has_text"),
            models.CheckConstraint(
                condition=Q(status="proposed", decided_at=None, decided_by_name="")
                | Q(status__in=("accepted", "rejected"), decided_at__isnull=False) & ~Q(decided_by_name=""),
                name="boilerplate_line_decided_by_whom_and_when",
            ),
        )

    def __str__(self):
        return self.text[:80]
