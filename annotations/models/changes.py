import uuid

import pgtrigger
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models import Revision


@pgtrigger.register(pgtrigger.ReadOnly(name="mark_change_is_final", exclude=["by"]))
class MarkChange(models.Model):
    """One act of a person on an article's marks: told as their history, and taken back whole.

    `revision` is the text that the article had then. An act that takes back another one is a change itself.
    """

    class Act(models.TextChoices):
        MARKED = "marked", _("وُضعت العلامة")
        CHANGED = "changed", _("عُدّلت العلامة")
        DELETED = "deleted", _("حُذفت العلامة")
        ACCEPTED = "accepted", _("قُبل المقترح")
        REJECTED = "rejected", _("رُفضت العلامة")
        CONNECTED = "connected", _("رُبط القائل")
        DISCONNECTED = "disconnected", _("أُلغي ربط القائل")
        LINKED = "linked", _("رُبط الادعاء باقتباسه")
        UNLINKED = "unlinked", _("فُصل الادعاء عن اقتباسه")
        TAGGED = "tagged", _("تغيّرت الوسوم")
        PLACED = "placed", _("ثُبّت موضع العلامة")
        DROPPED = "dropped", _("تُركت العلامة للنص السابق")
        UNDONE = "undone", _("تراجع")
        REDONE = "redone", _("إعادة بعد تراجع")
        RESTORED = "restored", _("استُعيدت حال سابقة")
        IMPORTED = "imported", _("استُوردت")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    revision = models.ForeignKey(
        Revision, on_delete=models.CASCADE, related_name="mark_changes", verbose_name=_("الإصدار")
    )
    act = models.CharField(_("الإجراء"), max_length=20, choices=Act)
    at = models.DateTimeField(_("وقت التغيير"), auto_now_add=True)
    # The name stays when the account goes.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("بواسطة")
    )
    by_name = models.CharField(_("بواسطة"), max_length=150)
    undoes = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, related_name="undone_by", verbose_name=_("تراجع عن")
    )

    class Meta:
        verbose_name = _("تغيير في العلامات")
        verbose_name_plural = _("سجل العلامات")
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(condition=~Q(by_name=""), name="mark_change_by_somebody"),
            models.CheckConstraint(
                condition=Q(undoes=None) | Q(act__in=("undone", "redone")), name="mark_change_undoes_or_acts"
            ),
        )

    def __str__(self):
        return f"{self.get_act_display()} · {self.by_name}"


@pgtrigger.register(pgtrigger.ReadOnly(name="changed_mark_is_final", exclude=["owner", "seen_at"]))
class ChangedMark(models.Model):
    """A mark before and after a change: its rows as annotations.states reads them, nothing where there was no mark.

    By uuid, so that the history of a mark outlives it. `owner` is whose mark somebody else changed; it waits for them
    until they have seen it. A change that an imported file tells of says neither what was nor what became: who did it
    had no account here.
    """

    change = models.ForeignKey(MarkChange, on_delete=models.CASCADE, related_name="marks")
    mark = models.UUIDField(db_index=True)
    before = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    after = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False
    )
    seen_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("علامة تغيّرت")
        verbose_name_plural = _("علامات تغيّرت")
        ordering = ("change", "id")
        indexes = (models.Index("owner", "id", condition=Q(owner__isnull=False), name="changed_mark_of_owner"),)
        constraints = (models.UniqueConstraint("change", "mark", name="mark_once_in_change"),)

    def __str__(self):
        return f"{self.change} · {self.mark}"

    @property
    def is_told(self) -> bool:
        """Whether an imported file tells of it, and no more than that it was."""
        return self.before is None and self.after is None
