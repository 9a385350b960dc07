import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.articles import Article, Revision
from articles.models.entities import Entity


class MentionQuerySet(models.QuerySet):
    def decided(self):
        """Those that a person added, or whose entity a person chose."""
        return self.filter(decided_at__isnull=False)

    def visible_to(self, user):
        """Mentions in the current text of articles that this person may read."""
        return self.filter(revision__in=Article.objects.visible_to(user).values("current_revision"))


# What a recogniser finds leaves no history, an archive has millions; what people decide does.
@pghistory.track(
    pghistory.InsertEvent(condition=pgtrigger.Q(new__decided_at__isnull=False)),
    pghistory.UpdateEvent(condition=pgtrigger.Q(new__decided_at__isnull=False)),
    pghistory.DeleteEvent(condition=pgtrigger.Q(old__decided_at__isnull=False)),
)
class Mention(models.Model):
    """One place in a revision where an entity is named: code points [start, end) of its text.

    A recogniser found it, or a person added it (`recogniser` is empty then). `decided_…` say who added it or chose its
    entity; the name stays when the account goes. `role` holds the words of office beside the name («وزير الصحة»).
    """

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="mentions", db_index=False)
    # Restricted, not protected: an article that goes takes along the entities that exist in it alone.
    entity = models.ForeignKey(
        Entity, on_delete=models.RESTRICT, related_name="mentions", db_index=False, verbose_name=_("الاسم")
    )
    start = models.PositiveIntegerField(_("البداية"))
    end = models.PositiveIntegerField(_("النهاية"))
    surface = models.CharField(_("كما ورد"), max_length=500)
    role = models.CharField(_("الصفة كما وردت"), max_length=120, blank=True)
    recogniser = models.CharField(_("أداة التعرّف"), max_length=50, blank=True)
    score = models.FloatField(_("الدرجة"))
    decided_at = models.DateTimeField(_("بُتّ فيه في"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("بتّ فيه"),
    )
    decided_by_name = models.CharField(_("اسم من بتّ فيه"), max_length=150, blank=True)

    objects = MentionQuerySet.as_manager()

    class Meta:
        verbose_name = _("ورود")
        verbose_name_plural = _("مواضع الورود")
        ordering = ("revision", "start")
        indexes = (
            models.Index("entity", "revision", name="mention_of_entity"),
            # The roles under which somebody was named, read from the index alone.
            models.Index("entity", "role", condition=~Q(role=""), name="mention_role_of_entity"),
        )
        constraints = (
            # Names of a revision are read by the hundred thousand when it is counted who appears with whom.
            models.UniqueConstraint(fields=("revision", "start", "end"), include=("entity",), name="mention_once"),
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="mention_spans_text"),
            models.CheckConstraint(condition=Q(end=F("start") + Length("surface")), name="mention_surface_fits_span"),
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None, decided_by_name="")
                | Q(decided_at__isnull=False) & ~Q(decided_by_name=""),
                name="mention_decided_by_whom_and_when",
            ),
            models.CheckConstraint(
                condition=~Q(recogniser="") | Q(decided_at__isnull=False), name="mention_found_or_added"
            ),
        )

    def __str__(self):
        return self.surface

    def get_absolute_url(self):
        return f"{self.revision.article.get_absolute_url()}#mention-{self.pk}"


@pghistory.track(pghistory.DeleteEvent())
class RemovedMention(models.Model):
    """Words that a person said are no name at this place; no recogniser may name them there again."""

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="removed_mentions")
    start = models.PositiveIntegerField(_("البداية"))
    end = models.PositiveIntegerField(_("النهاية"))
    surface = models.CharField(_("كما ورد"), max_length=500)
    # What it was taken for; the entity itself may go.
    name = models.CharField(_("الاسم"), max_length=300)
    removed_at = models.DateTimeField(_("أُزيل في"), default=timezone.now, editable=False)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("أزاله")
    )
    removed_by_name = models.CharField(_("اسم من أزاله"), max_length=150)

    class Meta:
        verbose_name = _("ورود أُزيل")
        verbose_name_plural = _("مواضع أُزيلت")
        constraints = (
            models.UniqueConstraint("revision", "start", "end", name="removed_mention_once"),
            models.CheckConstraint(
                condition=Q(start__lt=F("end")) & Q(end=F("start") + Length("surface")),
                name="removed_mention_fits_span",
            ),
            models.CheckConstraint(condition=~Q(removed_by_name=""), name="removed_mention_by_somebody"),
        )

    def __str__(self):
        return self.surface
