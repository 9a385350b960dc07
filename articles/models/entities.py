import pghistory
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.language.folding import fold
from articles.models.articles import Article, Revision


class EntityQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Entities named in at least one article that this person may read."""
        readable = Article.objects.visible_to(user).filter(current_revision=models.OuterRef("revision"))
        return self.filter(
            models.Exists(Mention.objects.filter(entity=models.OuterRef("pk")).filter(models.Exists(readable)))
        )


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Entity(models.Model):
    """A person, organisation, place or other named thing.

    `folded` is the name as it is matched. `only_in` is set where the name alone (a surname) says too little to be
    taken for the same person in another article. `distinction` tells known namesakes apart.
    """

    class Kind(models.TextChoices):
        PERSON = "person", _("شخص")
        ORGANISATION = "organisation", _("جهة")
        PLACE = "place", _("مكان")
        OTHER = "other", _("أخرى")

    kind = models.CharField(_("النوع"), max_length=20, choices=Kind)
    name = models.CharField(_("الاسم"), max_length=300)
    folded = models.CharField(max_length=300, editable=False)
    distinction = models.CharField(_("ما يميّزه عن سميّه"), max_length=200, blank=True)
    only_in = models.ForeignKey(
        Article,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("في هذه المادة وحدها"),
    )
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged", verbose_name=_("دُمج في")
    )

    objects = EntityQuerySet.as_manager()

    class Meta:
        verbose_name = _("اسم")
        verbose_name_plural = _("الأسماء")
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(
                "folded", "kind", "distinction", "only_in", name="entity_once", nulls_distinct=False
            ),
            models.CheckConstraint(condition=~Q(name="") & ~Q(folded=""), name="entity_is_named"),
            models.CheckConstraint(
                condition=Q(kind__in=("person", "organisation", "place", "other")), name="entity_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")), name="entity_not_into_itself"
            ),
        )

    def __str__(self):
        return f"{self.name} ({self.distinction})" if self.distinction else self.name

    def save(self, **kwargs):
        self.folded = fold(self.name)
        super().save(**kwargs)

    def get_absolute_url(self):
        return f"{reverse('article_list')}?entity={self.pk}"


class Alias(models.Model):
    """Another form of an entity's name, as written; matched folded."""

    entity = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="aliases")
    form = models.CharField(_("الصيغة"), max_length=300)
    folded = models.CharField(max_length=300, editable=False, db_index=True)

    class Meta:
        verbose_name = _("صيغة أخرى")
        verbose_name_plural = _("الصيغ الأخرى")
        constraints = (
            models.UniqueConstraint("entity", "folded", name="alias_once"),
            models.CheckConstraint(condition=~Q(form="") & ~Q(folded=""), name="alias_is_written"),
        )

    def __str__(self):
        return self.form

    def save(self, **kwargs):
        self.folded = fold(self.form)
        super().save(**kwargs)


class Mention(models.Model):
    """One place in a revision where an entity is named: code points [start, end) of its text."""

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="mentions")
    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="mentions", verbose_name=_("الاسم"))
    start = models.PositiveIntegerField(_("البداية"))
    end = models.PositiveIntegerField(_("النهاية"))
    surface = models.CharField(_("كما ورد"), max_length=500)
    recogniser = models.CharField(_("أداة التعرّف"), max_length=50)
    score = models.FloatField(_("الدرجة"))

    class Meta:
        verbose_name = _("ورود")
        verbose_name_plural = _("مواضع الورود")
        ordering = ("revision", "start")
        constraints = (
            models.UniqueConstraint("revision", "start", "end", name="mention_once"),
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="mention_spans_text"),
            models.CheckConstraint(condition=Q(end=F("start") + Length("surface")), name="mention_surface_fits_span"),
        )

    def __str__(self):
        return self.surface
