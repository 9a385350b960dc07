import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from annotations.models.annotations import Annotation
from articles.language.folding import fold


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Tag(models.Model):
    """A label of the vocabulary that all share; «إقتصاد» and «اقتصاد» are one."""

    name = models.CharField(_("الوسم"), max_length=80)
    folded = models.CharField(max_length=80, unique=True, editable=False)
    description = models.CharField(_("متى يوضع"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("تاريخ الإنشاء"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("أنشأه"),
    )
    created_by_name = models.CharField(_("اسم المنشئ"), max_length=150, blank=True, editable=False)

    marks = models.ManyToManyField(Annotation, through="Tagging", related_name="tags")

    class Meta:
        verbose_name = _("وسم")
        verbose_name_plural = _("الوسوم")
        ordering = ("name",)
        permissions = (("merge_tags", _("دمج الوسوم")),)
        constraints = (models.CheckConstraint(condition=~Q(name="") & ~Q(folded=""), name="tag_is_named"),)

    def __str__(self):
        return self.name

    def save(self, **kwargs):
        self.name = " ".join(self.name.split())
        self.folded = folded_tag(self.name)
        super().save(**kwargs)


def folded_tag(name: str) -> str:
    """By what names of tags are the same."""
    return " ".join(fold(name).split())


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Tagging(models.Model):
    """One tag on one mark."""

    annotation = models.ForeignKey(Annotation, on_delete=models.CASCADE, related_name="taggings")
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="taggings", verbose_name=_("الوسم"))

    class Meta:
        verbose_name = _("وسم علامة")
        verbose_name_plural = _("وسوم العلامات")
        ordering = ("annotation", "id")
        constraints = (models.UniqueConstraint("annotation", "tag", name="tag_once_on_mark"),)

    def __str__(self):
        return str(self.tag)
