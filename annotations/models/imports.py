import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

# Bytes of a file that are one row.
PART = 1_000_000


class MarkImportQuerySet(models.QuerySet):
    def of(self, user):
        """A person's own."""
        return self.filter(by=user) if user.is_authenticated else self.none()

    def going_on(self):
        return self.filter(state__in=(MarkImport.State.CHECKING, MarkImport.State.STORING))


class MarkImport(models.Model):
    """A file of marks that a person sent: gone through first without storing anything, stored once they confirm it.

    `found` is what storing it would do and `report` what it did, both as annotations.receiving.report has them. `kind`
    is that of marks whose file names none. `language` is that of the page that it was sent from.
    """

    class State(models.TextChoices):
        CHECKING = "checking", _("تُفحص")
        CHECKED = "checked", _("تنتظر تأكيدك")
        STORING = "storing", _("تُستورد")
        DONE = "done", _("تمّ الاستيراد")
        FAILED = "failed", _("تعذّر الاستيراد")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mark_imports", verbose_name=_("بواسطة")
    )
    format = models.CharField(_("صيغة الملف"), max_length=30)
    file_name = models.CharField(_("الملف"), max_length=200)
    kind = models.CharField(_("النوع"), max_length=10, blank=True)
    replace = models.BooleanField(_("استبدال العلامات المختلفة"), default=False)
    language = models.CharField(max_length=10)
    state = models.CharField(_("الحالة"), max_length=10, choices=State, default=State.CHECKING)
    done = models.PositiveIntegerField(default=0)
    found = models.JSONField(null=True)
    report = models.JSONField(null=True)
    created_at = models.DateTimeField(_("أُرسل في"), auto_now_add=True)
    finished_at = models.DateTimeField(_("انتهى في"), null=True)
    failure = models.TextField(_("سبب التعذّر"), blank=True)

    objects = MarkImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("استيراد علامات")
        verbose_name_plural = _("عمليات استيراد العلامات")
        ordering = ("-id",)
        default_permissions = ()
        permissions = (("import_annotation", _("استيراد العلامات من الملفات")),)
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=("checking", "checked", "storing", "done", "failed")),
                name="mark_import_state_is_known",
            ),
        )

    def __str__(self):
        return self.file_name

    @property
    def is_going_on(self) -> bool:
        return self.state in (MarkImport.State.CHECKING, MarkImport.State.STORING)


class MarkImportPart(models.Model):
    """A piece of a file on its way to a worker on whichever host, or of what the worker did not take (`is_aside`)."""

    mark_import = models.ForeignKey(MarkImport, on_delete=models.CASCADE, related_name="parts")
    is_aside = models.BooleanField(default=False)
    number = models.PositiveIntegerField()
    data = models.BinaryField()

    class Meta:
        default_permissions = ()
        ordering = ("number",)
        constraints = (models.UniqueConstraint("mark_import", "is_aside", "number", name="mark_import_part_once"),)

    def __str__(self):
        return f"{self.mark_import} · {self.number}"
