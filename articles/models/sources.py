import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class SourceQuerySet(models.QuerySet):
    def internal(self):
        """Those of which nothing leaves."""
        return self.filter(rights=Source.Rights.INTERNAL)


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Source(models.Model):
    """An outlet: a newspaper, an agency, a broadcaster, or a site that republishes others."""

    class Kind(models.TextChoices):
        PUBLISHER = "publisher", _("ناشر")
        REPUBLISHER = "republisher", _("موقع يعيد النشر")
        AGENCY = "agency", _("وكالة أنباء")

    class Rights(models.TextChoices):
        """What of its texts may leave this Newsdesk. Members read all of every source here."""

        FULL = "full", _("النص الكامل")
        EXCERPT = "excerpt", _("مقتطفات فقط")
        INTERNAL = "internal", _("للاستعمال الداخلي")

    # What an import calls the outlet: its domain, or the name in the input. It stays when the name is made readable.
    key = models.CharField(_("المعرّف"), max_length=200, unique=True)
    name = models.CharField(_("الاسم"), max_length=200)
    name_en = models.CharField(_("الاسم بالإنجليزية"), max_length=200, blank=True)
    kind = models.CharField(_("النوع"), max_length=20, choices=Kind, default=Kind.PUBLISHER)
    rights = models.CharField(
        _("ما يجوز أن يخرج من نصوصها"),
        max_length=10,
        choices=Rights,
        default=Rights.EXCERPT,
        db_default=Rights.EXCERPT,
        help_text=_(
            "النص الكامل: يخرج النص كله في الملفات المصدَّرة. مقتطفات فقط: تخرج كلمات العلامات المقبولة وما حولها "
            "والمقاطع القصيرة، ولا يخرج النص كله. للاستعمال الداخلي: لا يخرج شيء منها، ولا يقرؤها إلا الأعضاء. تبدأ كل "
            "وسيلة إعلام بـ«مقتطفات فقط»، فالنصوص لأصحابها، وما خرج في ملف لا يعود. اختر «النص الكامل» لما تملكونه أو "
            "أُذن لكم بنشره."
        ),
    )

    objects = SourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("وسيلة إعلام")
        verbose_name_plural = _("وسائل الإعلام")
        ordering = ("name",)
        constraints = (
            models.CheckConstraint(condition=~Q(key="") & ~Q(name=""), name="source_has_key_and_name"),
            models.CheckConstraint(
                condition=Q(kind__in=("publisher", "republisher", "agency")), name="source_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(rights__in=("full", "excerpt", "internal")), name="source_rights_are_known"
            ),
        )

    def __str__(self):
        return self.name


class SourceDomain(models.Model):
    """A host name that belongs to one source, without "www."."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="domains")
    domain = models.CharField(_("النطاق"), max_length=253, unique=True)

    class Meta:
        verbose_name = _("نطاق")
        verbose_name_plural = _("النطاقات")
        constraints = (models.CheckConstraint(condition=~Q(domain=""), name="source_domain_is_named"),)

    def __str__(self):
        return self.domain
