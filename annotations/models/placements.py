import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from annotations.models.annotations import Annotation
from annotations.models.parts import Part
from articles.models import Revision


class PlacementQuerySet(models.QuerySet):
    def on_current_text(self):
        return self.filter(revision__article__current_revision=F("revision"))

    def waiting(self):
        """Those of accepted marks that a person has to look at: their words have changed, or are not to be found."""
        return self.on_current_text().filter(
            state__in=(Placement.State.DOUBTFUL, Placement.State.LOST),
            decided_at=None,
            part__role=Part.Role.CONTENT,
            part__annotation__status=Annotation.Status.ACCEPTED,
        )


@pghistory.track(pghistory.UpdateEvent())
class Placement(models.Model):
    """Where a part of a mark stands in another revision than the one it was made on: code points [start, end).

    `score` is how much of its words is the same. A person may decide a doubtful or lost one: who confirms it says that
    these are its words now (it has moved), who drops it that the text has none (lost, decided).
    """

    class State(models.TextChoices):
        EXACT = "exact", _("في موضعها")
        MOVED = "moved", _("انتقلت")
        DOUBTFUL = "doubtful", _("موضع غير مؤكد")
        LOST = "lost", _("لم يُعثر عليها")

    part = models.ForeignKey(Part, on_delete=models.CASCADE, related_name="placements")
    revision = models.ForeignKey(
        Revision, on_delete=models.CASCADE, related_name="placements", verbose_name=_("الإصدار")
    )
    start = models.PositiveIntegerField(_("البداية"), null=True)
    end = models.PositiveIntegerField(_("النهاية"), null=True)
    state = models.CharField(_("الحالة"), max_length=10, choices=State)
    score = models.FloatField(_("التطابق"))
    decided_at = models.DateTimeField(_("بُتّ فيها في"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("بتّ فيها"),
    )
    decided_by_name = models.CharField(_("اسم من بتّ فيها"), max_length=150, blank=True)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        verbose_name = _("موضع علامة")
        verbose_name_plural = _("مواضع العلامات")
        indexes = (
            models.Index(
                "revision", condition=Q(state__in=("doubtful", "lost"), decided_at=None), name="placement_waiting"
            ),
        )
        constraints = (
            models.UniqueConstraint("part", "revision", name="placement_once_in_revision"),
            models.CheckConstraint(
                condition=Q(state="lost", start=None, end=None, score=0)
                | Q(state__in=("exact", "moved", "doubtful"), start__lt=F("end"), score__gt=0, score__lte=1),
                name="placement_stands_unless_lost",
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by_name="")
                | Q(decided_at__isnull=False, state__in=("moved", "lost")) & ~Q(decided_by_name=""),
                name="placement_decided_by_whom_and_when",
            ),
        )

    def __str__(self):
        return f"{self.part} · {self.get_state_display()}"

    @property
    def stands(self) -> bool:
        return self.state != Placement.State.LOST

    @property
    def is_settled(self) -> bool:
        """Whether it is sure where the part stands, or that it does not."""
        return self.decided_at is not None or self.state in (Placement.State.EXACT, Placement.State.MOVED)


class WaitingMark(Annotation):
    """A mark that waits for a person since its article's text changed; the same rows, for the moderators' desk."""

    class Meta:
        proxy = True
        default_permissions = ()
        verbose_name = _("علامة تحتاج إلى مراجعة بعد تعديل النص")
        verbose_name_plural = _("علامات تحتاج إلى مراجعة بعد تعديل النص")
