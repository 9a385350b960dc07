"""The papers of a check: what the claim was held against, whom it was put to, and what had to be corrected."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from annotations.models.checks import Check, account
from articles.models import Article


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Evidence(models.Model):
    """Something the claim was checked against, on the web or an article of ours. Anyone who marks may propose it; it
    counts, and is published, once somebody who decides has accepted it.
    """

    class Stance(models.TextChoices):
        SUPPORTS = "supports", _("يؤيد الادعاء")
        REFUTES = "refutes", _("ينقض الادعاء")
        CONTEXT = "context", _("سياق")

    case = models.ForeignKey(Check, on_delete=models.CASCADE, related_name="evidence", verbose_name=_("ملف التحقق"))
    url = models.URLField(_("عنوان الدليل"), max_length=2000, blank=True)
    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("مادة من الأرشيف")
    )
    title = models.CharField(_("العنوان المقروء"), max_length=300, blank=True)
    archived_url = models.URLField(_("عنوان النسخة المؤرشفة"), max_length=2000, blank=True)
    stance = models.CharField(_("ما يقوله الدليل"), max_length=10, choices=Stance)
    quote = models.TextField(_("من نص الدليل"), blank=True)
    note = models.TextField(_("ملاحظة"), blank=True)
    at = models.DateTimeField(_("أضيف في"), auto_now_add=True)
    by = account(_("أضافه"))
    by_name = models.CharField(_("اسم من أضافه"), max_length=150)
    accepted_at = models.DateTimeField(_("قُبل في"), null=True, blank=True)
    accepted_by = account(_("قبله"))
    accepted_by_name = models.CharField(_("اسم من قبله"), max_length=150, blank=True)

    class Meta:
        verbose_name = _("دليل")
        verbose_name_plural = _("الأدلة")
        ordering = ("case", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(url="", article__isnull=False) | ~Q(url="") & Q(article=None),
                name="evidence_stands_somewhere",
            ),
            models.CheckConstraint(
                condition=Q(stance__in=("supports", "refutes", "context")), name="evidence_stance_is_known"
            ),
            models.CheckConstraint(condition=~Q(by_name=""), name="evidence_by_somebody"),
            models.CheckConstraint(
                condition=Q(accepted_at=None, accepted_by=None, accepted_by_name="")
                | Q(accepted_at__isnull=False) & ~Q(accepted_by_name=""),
                name="evidence_accepted_by_whom_and_when",
            ),
        )

    def __str__(self):
        return self.title or self.url or str(self.article)

    @property
    def is_accepted(self) -> bool:
        return self.accepted_at is not None


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Reply(models.Model):
    """The right of reply: who was asked about the claim, how and until when, and what they answered."""

    class Channel(models.TextChoices):
        MAIL = "mail", _("بريد إلكتروني")
        CALL = "call", _("اتصال")
        MESSAGE = "message", _("رسالة")
        MEETING = "meeting", _("لقاء")

    case = models.ForeignKey(Check, on_delete=models.CASCADE, related_name="replies", verbose_name=_("ملف التحقق"))
    asked = models.CharField(_("من سُئل"), max_length=300)
    channel = models.CharField(_("كيف سُئل"), max_length=10, choices=Channel)
    asked_at = models.DateTimeField(_("سُئل في"), auto_now_add=True)
    asked_by = account(_("سأله"))
    asked_by_name = models.CharField(_("اسم السائل"), max_length=150)
    deadline = models.DateField(_("مهلة الرد"), null=True, blank=True)
    answer = models.TextField(_("الرد"), blank=True)
    answered_at = models.DateTimeField(_("ورد الرد في"), null=True, blank=True)

    class Meta:
        verbose_name = _("حق رد")
        verbose_name_plural = _("حق الرد")
        ordering = ("case", "id")
        constraints = (
            models.CheckConstraint(condition=~Q(asked="") & ~Q(asked_by_name=""), name="reply_asked_whom_by_whom"),
            models.CheckConstraint(
                condition=Q(channel__in=("mail", "call", "message", "meeting")), name="reply_channel_is_known"
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | ~Q(answer="") & Q(answered_at__isnull=False),
                name="reply_answered_when",
            ),
        )

    def __str__(self):
        return self.asked


@pgtrigger.register(
    pgtrigger.ReadOnly(name="notice_is_final", exclude=["by"]),
    pgtrigger.Protect(name="notice_stays", operation=pgtrigger.Delete),
)
class CorrectionNotice(models.Model):
    """What we published and was wrong, told to whoever has the address. It stays for good."""

    case = models.ForeignKey(Check, on_delete=models.PROTECT, related_name="notices", verbose_name=_("ملف التحقق"))
    text = models.TextField(_("التصويب"))
    at = models.DateTimeField(_("نُشر في"), auto_now_add=True)
    by = account(_("نشره"))
    by_name = models.CharField(_("اسم من نشره"), max_length=150)

    class Meta:
        verbose_name = _("تصويب")
        verbose_name_plural = _("التصويبات")
        ordering = ("case", "id")
        constraints = (models.CheckConstraint(condition=~Q(text="") & ~Q(by_name=""), name="notice_by_whom"),)

    def __str__(self):
        return self.text[:80]
