import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from annotations.models.annotations import Annotation
from articles.models import Entity


# Entities are merged and split elsewhere; whoever saw the mark with another one has not seen this state of it.
@pgtrigger.register(
    pgtrigger.Trigger(
        name="mark_has_another_entity",
        when=pgtrigger.After,
        operation=pgtrigger.Update,
        condition=pgtrigger.Q(old__entity__df=pgtrigger.F("new__entity")),
        func="UPDATE annotations_annotation SET version = version + 1 WHERE id = NEW.annotation_id; RETURN NULL;",
    )
)
@pghistory.track(
    pghistory.InsertEvent(condition=pgtrigger.Q(new__certainty="confirmed")),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(condition=pgtrigger.Q(old__certainty="confirmed")),
)
class Attribution(models.Model):
    """A quote's or claim's link to who said it: the words that name the speaker, the entity, or at least a name.

    The first is whose words they are. Where that one tells what another said («قال فلان إن الوزير أكد أن …»), the role
    is relayed and the other follows as who said it, at second hand. Where the first said it, whoever relays it follows
    («نقلت الوكالة عن الوزير»). Several who said it together are joint.
    """

    class Role(models.TextChoices):
        SAID = "said", _("قال")
        RELAYED = "relayed", _("نقل")
        JOINT = "joint", _("قول مشترك")

    class Certainty(models.TextChoices):
        CONFIRMED = "confirmed", _("مؤكد")
        PROBABLE = "probable", _("مرجّح")
        UNCERTAIN = "uncertain", _("غير مؤكد")

    annotation = models.ForeignKey(Annotation, on_delete=models.CASCADE, related_name="attributions")
    order = models.PositiveSmallIntegerField(_("الترتيب"))
    speaker = models.ForeignKey(
        Annotation,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="attributed",
        verbose_name=_("علامة القائل"),
    )
    # Restricted, not protected: an article that goes takes along the entities that exist in it alone.
    entity = models.ForeignKey(
        Entity, on_delete=models.RESTRICT, null=True, blank=True, related_name="attributions", verbose_name=_("الاسم")
    )
    name = models.CharField(_("القائل كما فُهم"), max_length=300, blank=True)
    role = models.CharField(_("الدور"), max_length=10, choices=Role, default=Role.SAID)
    certainty = models.CharField(_("اليقين"), max_length=10, choices=Certainty)

    class Meta:
        verbose_name = _("إسناد")
        verbose_name_plural = _("الإسنادات")
        ordering = ("annotation", "order")
        constraints = (
            models.UniqueConstraint("annotation", "order", name="attribution_order_in_annotation"),
            models.CheckConstraint(
                condition=Q(speaker__isnull=False) | Q(entity__isnull=False) | ~Q(name=""),
                name="attribution_names_someone",
            ),
            models.CheckConstraint(
                condition=Q(role__in=("said", "relayed", "joint")), name="attribution_role_is_known"
            ),
            models.CheckConstraint(
                condition=Q(certainty__in=("confirmed", "probable", "uncertain")), name="attribution_certainty_is_known"
            ),
        )

    def __str__(self):
        return self.display_name

    @property
    def speaks(self) -> bool:
        """Whether the words are this one's, as far as the text goes."""
        return self.order == 0 or self.role == Attribution.Role.JOINT

    @property
    def is_relay(self) -> bool:
        """Who passes on what the speaker said, and speaks not in these words."""
        return self.order > 0 and self.role == Attribution.Role.RELAYED

    @property
    def is_second_hand(self) -> bool:
        """Whom the speaker says to have said it: the text has it from the speaker alone."""
        return self.order > 0 and self.role == Attribution.Role.SAID

    @property
    def display_name(self) -> str:
        """Who said it, as the ledger shows it: the entity's name, else the name understood, else the marked words."""
        if self.entity:
            return self.entity.name
        return self.name or self.speaker.exact
