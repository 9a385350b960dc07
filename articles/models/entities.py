import pghistory
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.language.folding import fold
from articles.models.articles import Article


def in_full(name: str, distinction: str) -> str:
    """An entity's name as it is shown: with what tells it from a namesake."""
    return f"{name} ({distinction})" if distinction else name


class EntityQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Entities named in at least one article that this person may read."""
        mentions = self.model.mentions.rel.related_model.objects.filter(entity=models.OuterRef("pk"))
        readable = Article.objects.visible_to(user).filter(current_revision=models.OuterRef("revision"))
        return self.filter(models.Exists(mentions.filter(models.Exists(readable))))

    def standing(self):
        """Those that were not merged into another one."""
        return self.filter(merged_into=None)


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Entity(models.Model):
    """A person, organisation, place or other named thing.

    `folded` is the name as it is matched. `only_in` is set where the name alone (a surname) says too little to be
    taken for the same person in another article. `distinction` tells known namesakes apart. `merged_into` is always
    the entity that stands, never one that was merged in its turn.
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
        permissions = (
            ("correct_mentions", _("تصحيح مواضع الأسماء في المواد")),
            ("merge_entities", _("دمج الأسماء وفصلها")),
        )
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
        return in_full(self.name, self.distinction)

    def save(self, **kwargs):
        self.folded = fold(self.name)
        super().save(**kwargs)

    def get_absolute_url(self):
        return reverse("entity", args=[self.pk])

    @property
    def standing(self):
        """The entity that stands for this one: itself, or the one that it was merged into."""
        return self.merged_into or self


class Alias(models.Model):
    """Another form of an entity's name, as written; matched folded. Curated forms come from the lexicon."""

    entity = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="aliases")
    form = models.CharField(_("الصيغة"), max_length=300)
    folded = models.CharField(max_length=300, editable=False, db_index=True)
    curated = models.BooleanField(_("من المعجم"), default=False, editable=False)

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
