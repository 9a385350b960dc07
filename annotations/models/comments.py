import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from annotations.models.annotations import Annotation


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Comment(models.Model):
    """What a member says about a mark. One that was deleted keeps its place, without its words, for its replies."""

    annotation = models.ForeignKey(
        Annotation, on_delete=models.CASCADE, related_name="comments", verbose_name=_("العلامة")
    )
    # The name stays when the account goes.
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("الكاتب"),
    )
    author_name = models.CharField(_("اسم الكاتب"), max_length=150)
    text = models.TextField(_("التعليق"), blank=True)
    reply_to = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="replies", verbose_name=_("رداً على")
    )
    created_at = models.DateTimeField(_("تاريخ الكتابة"), auto_now_add=True)
    edited_at = models.DateTimeField(_("عُدّل في"), null=True, blank=True)
    deleted_at = models.DateTimeField(_("حُذف في"), null=True, blank=True)
    deleted_by_name = models.CharField(_("حذفه"), max_length=150, blank=True)

    class Meta:
        verbose_name = _("تعليق")
        verbose_name_plural = _("التعليقات")
        ordering = ("annotation", "id")
        constraints = (
            models.CheckConstraint(condition=~Q(author_name=""), name="comment_by_somebody"),
            models.CheckConstraint(
                condition=Q(deleted_at=None, deleted_by_name="") & ~Q(text="")
                | Q(deleted_at__isnull=False, text="") & ~Q(deleted_by_name=""),
                name="comment_says_something_unless_deleted",
            ),
        )

    def __str__(self):
        return self.text[:80] or str(_("تعليق محذوف"))


class CommentMention(models.Model):
    """A member whom a comment names as @name; it waits for them until they have seen it."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="mentions")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("المذكور")
    )
    seen_at = models.DateTimeField(_("اطّلع عليه في"), null=True, blank=True)

    class Meta:
        verbose_name = _("ذكر في تعليق")
        verbose_name_plural = _("المذكورون في التعليقات")
        ordering = ("comment", "id")
        constraints = (models.UniqueConstraint("comment", "member", name="member_once_in_comment"),)
        indexes = (models.Index("member", condition=Q(seen_at=None), name="comment_mention_waiting"),)

    def __str__(self):
        return f"@{self.member}"
