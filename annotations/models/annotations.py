import uuid

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from annotations.models.circumstances import CONSTRAINTS, Circumstances
from articles.models import Article, Revision


class AnnotationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Marks on articles that this person may read; what nobody has decided yet is for members only.

        So is a mark whose place in the article's text is doubtful: it would put words into a named person's mouth.
        """
        readable = Article.objects.visible_to(user).filter(pk=models.OuterRef("revision__article"))
        marks = self.filter(models.Exists(readable)).exclude(status=Annotation.Status.REJECTED)
        return marks if user.is_authenticated else marks.accepted()._of_sure_place()

    def suggested(self):
        return self.filter(status=Annotation.Status.SUGGESTED)

    def accepted(self):
        return self.filter(status=Annotation.Status.ACCEPTED)

    def on_current_text(self):
        """Marks made on the text that their article has now, or found in it (where they stand, or may stand)."""
        found = self._places_now().exclude(state="lost")
        return self.filter(Q(revision__article__current_revision=F("revision")) | models.Exists(found))

    def _of_sure_place(self):
        """Without those that stand in their article's text while a part of their words waits for a person."""
        found = self._places_now().exclude(state="lost")
        waiting = self._places_now().filter(state__in=("doubtful", "lost"), decided_at=None)
        return self.exclude(models.Exists(found) & models.Exists(waiting))

    def _places_now(self):
        """The places of each mark's words in the text that its article has now, for a subquery."""
        return self.model._meta.apps.get_model("annotations", "Placement").objects.filter(
            part__annotation=models.OuterRef("pk"),
            part__role="content",
            revision=models.OuterRef("revision__article__current_revision"),
        )

    def with_article(self):
        """With revision and article, but without the text, which would be loaded for each of many marks."""
        related = self.select_related("revision__article")
        return related.defer("revision__text", "revision__blocks", "revision__evidence")

    def with_spans(self):
        """The parts and attributions that a page shows, two queries however many marks."""
        return self.prefetch_related("parts", "attributions__speaker__parts", models.Prefetch("attributions__entity"))


# A suggestion leaves history from its first decision on: an archive has millions that nobody has looked at.
@pghistory.track(
    pghistory.InsertEvent(condition=pgtrigger.Q(new__detector="")),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(condition=~pgtrigger.Q(old__status="suggested")),
    exclude=["version"],
)
class Annotation(Circumstances, models.Model):
    """What a person made or confirmed on a span, or what a detector proposed and nobody has decided yet."""

    class Kind(models.TextChoices):
        QUOTE = "quote", _("اقتباس")
        SPEAKER = "speaker", _("القائل")
        CLAIM = "claim", _("ادعاء")

    class Status(models.TextChoices):
        SUGGESTED = "suggested", _("مقترح")
        ACCEPTED = "accepted", _("مقبول")
        REJECTED = "rejected", _("مرفوض")

    class QuoteType(models.TextChoices):
        DIRECT = "direct", _("مباشر")
        INDIRECT = "indirect", _("غير مباشر")
        MIXED = "mixed", _("مختلط")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    revision = models.ForeignKey(
        Revision, on_delete=models.CASCADE, related_name="annotations", verbose_name=_("الإصدار")
    )
    kind = models.CharField(_("النوع"), max_length=10, choices=Kind)
    status = models.CharField(_("الحالة"), max_length=10, choices=Status)
    quote_type = models.CharField(_("نوع الاقتباس"), max_length=10, choices=QuoteType, blank=True)
    note = models.TextField(_("ملاحظة"), blank=True)
    # The quote that a claim stands in.
    quote = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        db_index=False,
        related_name="claims",
        verbose_name=_("الاقتباس الذي يرد فيه"),
    )
    # Grows with each change of the mark, its parts, attributions, tags and links (annotations.recording), so that
    # nobody overwrites what they have not seen.
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)
    # A detector's name and version, or both empty for a mark that a person made.
    detector = models.CharField(_("أداة الرصد"), max_length=50, blank=True)
    detector_version = models.CharField(_("إصدار أداة الرصد"), max_length=20, blank=True)
    rule = models.CharField(_("القاعدة"), max_length=50, blank=True)
    confidence = models.FloatField(_("الثقة"), null=True, blank=True)
    # The names stay when the accounts go.
    created_at = models.DateTimeField(_("تاريخ الإنشاء"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("أنشأها"),
    )
    created_by_name = models.CharField(_("اسم المنشئ"), max_length=150, blank=True)
    decided_at = models.DateTimeField(_("بُتّ فيها في"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("بتّ فيها"),
    )
    decided_by_name = models.CharField(_("اسم من بتّ فيها"), max_length=150, blank=True)

    # How sure it is where the mark stands in the text that it is shown over; annotations.standing sets it.
    standing = "exact"
    # What annotations.reading adds: the quote that a claim stands in, as far as it is shown, the names of the tags, how
    # many comments there are, and whether the claim is in a check.
    within = None
    tag_names = ()
    comment_count = 0
    in_check = False

    objects = AnnotationQuerySet.as_manager()

    class Meta:
        verbose_name = _("علامة")
        verbose_name_plural = _("العلامات")
        permissions = (
            ("decide_annotation", _("قبول المقترحات ورفضها")),
            ("change_others_annotation", _("تعديل علامات الآخرين")),
        )
        indexes = (
            models.Index("revision", "status", name="annotation_of_revision"),
            models.Index("quote", condition=Q(quote__isnull=False), name="annotation_claims_in_quote"),
            models.Index(
                F("id").desc(), condition=Q(kind="claim", status="suggested"), name="annotation_claims_waiting"
            ),
            models.Index(
                F("id").desc(), condition=Q(kind="claim", status="accepted"), name="annotation_claims_accepted"
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=("quote", "speaker", "claim")), name="annotation_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(kind="quote", quote_type__in=("direct", "indirect", "mixed"))
                | ~Q(kind="quote") & Q(quote_type=""),
                name="annotation_quote_has_type",
            ),
            models.CheckConstraint(condition=Q(quote=None) | Q(kind="claim"), name="annotation_claim_stands_in_quote"),
            models.CheckConstraint(
                condition=Q(detector="", detector_version="", rule="", confidence=None) & ~Q(created_by_name="")
                | ~Q(detector="")
                & ~Q(detector_version="")
                & Q(confidence__gte=0, confidence__lte=1, created_by_name=""),
                name="annotation_by_person_or_detector",
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by_name="") | Q(decided_at__isnull=False) & ~Q(decided_by_name=""),
                name="annotation_decided_by_whom_and_when",
            ),
            models.CheckConstraint(
                condition=Q(status="suggested", decided_at=None) & ~Q(detector="")
                | Q(status__in=("accepted", "rejected"), decided_at__isnull=False),
                name="annotation_decided_unless_suggested",
            ),
            *CONSTRAINTS,
        )

    def __str__(self):
        return f"{self.get_kind_display()} {self.uuid}"

    def get_absolute_url(self):
        return f"{reverse('article', args=[self.revision.article_id])}#mark-{self.uuid}"

    @property
    def content(self):
        """The parts that hold what was said, in order, without the cue."""
        return [part for part in self.all_parts if part.role == "content"]

    @property
    def all_parts(self):
        """The parts in order, prefetched or not; a manager for each look at them would cost a page most of its time."""
        return self._rows("parts")

    @property
    def links(self):
        """The attributions in order, likewise."""
        return self._rows("attributions")

    @property
    def said_by(self):
        """The attributions to those whose words they are, without who only relays them."""
        return [link for link in self.links if link.speaks]

    def _rows(self, name: str):
        fetched = getattr(self, "_prefetched_objects_cache", {})
        return fetched[name] if name in fetched else getattr(self, name).all()

    @property
    def exact(self) -> str:
        """The marked words; the parts of an interrupted quote with an ellipsis between them."""
        return " … ".join(part.exact for part in self.content)
