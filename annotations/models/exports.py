import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class ExportQuerySet(models.QuerySet):
    def of(self, user):
        """A person's own; nobody sees or takes away what another one asked for."""
        return self.filter(by=user) if user.is_authenticated else self.none()

    def going_on(self):
        return self.filter(state__in=(Export.State.WAITING, Export.State.RUNNING))


class Export(models.Model):
    """A file of marks that a person asked for, made in the background and kept for some days.

    `scope` and `options` are those of annotations.exporting (Scope.stored, Wanted.options); `title` says the scope in
    words. `done` of `total` articles were gone through. `losses` is what was left out: {"articles without marks": 3}.
    `site` and `language` are those of the page that it was asked for on.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("في الانتظار")
        RUNNING = "running", _("جارٍ")
        DONE = "done", _("جاهز")
        FAILED = "failed", _("تعذّر")
        CANCELLED = "cancelled", _("أُلغي")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="exports", verbose_name=_("بواسطة")
    )
    format = models.CharField(_("صيغة الملف"), max_length=30)
    scope = models.JSONField(_("ما صُدّر"))
    options = models.JSONField(_("الخيارات"), default=dict)
    title = models.TextField(_("ما صُدّر"))
    site = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=10)
    state = models.CharField(_("الحالة"), max_length=10, choices=State, default=State.WAITING)
    total = models.PositiveIntegerField(null=True)
    done = models.PositiveIntegerField(default=0)
    articles = models.PositiveIntegerField(_("المواد"), default=0)
    marks = models.PositiveIntegerField(_("العلامات"), default=0)
    losses = models.JSONField(default=dict)
    file_name = models.CharField(_("الملف"), max_length=200, blank=True)
    size = models.PositiveBigIntegerField(_("الحجم"), null=True)
    created_at = models.DateTimeField(_("طُلب في"), auto_now_add=True)
    started_at = models.DateTimeField(_("بدأ في"), null=True)
    finished_at = models.DateTimeField(_("انتهى في"), null=True)
    failure = models.TextField(_("سبب التعذّر"), blank=True)

    objects = ExportQuerySet.as_manager()

    class Meta:
        verbose_name = _("تصدير")
        verbose_name_plural = _("عمليات التصدير")
        ordering = ("-id",)
        indexes = (models.Index("by", F("id").desc(), name="export_of_person"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=("waiting", "running", "done", "failed", "cancelled")),
                name="export_state_is_known",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("waiting", "running"), finished_at=None)
                | Q(state__in=("done", "failed", "cancelled"), finished_at__isnull=False),
                name="export_finished_when_over",
            ),
            models.CheckConstraint(
                condition=Q(state="failed") & ~Q(failure="") | ~Q(state="failed") & Q(failure=""),
                name="export_failed_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(state="done", size__isnull=False) & ~Q(file_name="") | ~Q(state="done"),
                name="export_done_has_file",
            ),
        )

    def __str__(self):
        return self.title[:80]

    @property
    def is_over(self) -> bool:
        return self.finished_at is not None
