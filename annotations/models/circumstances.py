"""How, where and when quoted words were said, as far as the text tells."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Stance(models.TextChoices):
    """What the verb that brings the words says of them; never what the outlet means by it."""

    NEUTRAL = "neutral", _("محايدة")
    ASSERTIVE = "assertive", _("تأكيد")
    REVEALING = "revealing", _("كشف")
    ADMITTING = "admitting", _("إقرار")
    WARNING = "warning", _("تحذير")
    DEMANDING = "demanding", _("مطالبة")
    ACCUSING = "accusing", _("اتهام")
    DOUBTING = "doubting", _("تشكيك")
    DENYING = "denying", _("نفي")


class Channel(models.TextChoices):
    """How the words reached the reporter: the kinds of annotations/detection/data/channels.tsv."""

    STATEMENT = "statement", _("بيان")
    REMARKS = "remarks", _("تصريح")
    POST = "post", _("منشور")
    INTERVIEW = "interview", _("مقابلة")
    PRESS_CONFERENCE = "press_conference", _("مؤتمر صحفي")
    SPEECH = "speech", _("خطاب")
    CALL = "call", _("اتصال")
    LETTER = "letter", _("رسالة")
    ARTICLE = "article", _("مقال")
    RECORDING = "recording", _("تسجيل")
    REPORT = "report", _("تقرير")
    TESTIMONY = "testimony", _("شهادة")


class Circumstances(models.Model):
    """Fields of a quote, empty where nothing is known and on whatever is no quote.

    `said_when` and `framing` are words of the text: those for the day, and those with which the reporter keeps a
    distance. `said_on` is the day where it is sure. `translated` is a guess until a person has decided.
    """

    stance = models.CharField(_("نبرة الفعل"), max_length=10, choices=Stance, blank=True)
    channel = models.CharField(_("قناة القول"), max_length=20, choices=Channel, blank=True)
    occasion = models.CharField(_("المناسبة"), max_length=300, blank=True)
    said_when = models.CharField(_("وقت القول في النص"), max_length=100, blank=True)
    said_on = models.DateField(_("تاريخ القول"), null=True, blank=True)
    translated = models.BooleanField(_("مترجم"), default=False)
    framing = models.CharField(_("تحفّظ الناقل"), max_length=100, blank=True)

    class Meta:
        abstract = True


UNKNOWN: dict[str, Any] = {
    "stance": "",
    "channel": "",
    "occasion": "",
    "said_when": "",
    "said_on": None,
    "translated": False,
    "framing": "",
}
"""What these fields are where nothing is known."""

CONSTRAINTS = (
    models.CheckConstraint(condition=Q(stance__in=("", *Stance.values)), name="annotation_stance_is_known"),
    models.CheckConstraint(condition=Q(channel__in=("", *Channel.values)), name="annotation_channel_is_known"),
    models.CheckConstraint(condition=Q(kind="quote") | Q(**UNKNOWN), name="annotation_only_quotes_have_circumstances"),
)
