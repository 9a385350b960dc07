"""Claims as cases that a newsroom checks: the case, the claims that it gathers, and what it found."""

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from annotations.checking.likeness import telling_stems
from annotations.models.annotations import Annotation
from articles.language.folding import fold
from articles.models import Article


def account(label: str, **more) -> models.ForeignKey:
    """Who did something; a name that is kept beside it stays when the account goes."""
    options = {"on_delete": models.SET_NULL, "null": True, "blank": True, "related_name": "+", "verbose_name": label}
    return models.ForeignKey(settings.AUTH_USER_MODEL, **options | more)


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Rating(models.Model):
    """One step of the scale that the newsroom rates claims on. `value` is its number, 1 for the worst; none where it
    is outside of better and worse («غير مثبت»).
    """

    class Colour(models.TextChoices):
        GREEN = "green", _("أخضر")
        BLUE = "blue", _("أزرق")
        AMBER = "amber", _("كهرماني")
        VIOLET = "violet", _("بنفسجي")
        RED = "red", _("أحمر")
        GREY = "grey", _("رمادي")

    position = models.PositiveSmallIntegerField(_("الترتيب"), unique=True)
    label = models.CharField(_("التقدير"), max_length=60)
    label_en = models.CharField(_("التقدير بالإنجليزية"), max_length=60)
    alternate_name = models.CharField(
        _("الاسم في ClaimReview"), max_length=60, blank=True, help_text=_("إن بقي فارغاً فالتقدير نفسه.")
    )
    value = models.PositiveSmallIntegerField(
        _("الدرجة"), null=True, blank=True, help_text=_("1 لأسوئها. اتركها فارغة لما لا يُقاس بدرجة، مثل «غير مثبت».")
    )
    colour = models.CharField(_("اللون"), max_length=10, choices=Colour, default=Colour.GREY)
    is_offered = models.BooleanField(_("متاح لنتائج جديدة"), default=True)

    class Meta:
        verbose_name = _("تقدير")
        verbose_name_plural = _("سلّم التقديرات")
        ordering = ("position",)
        constraints = (
            models.UniqueConstraint("label", name="rating_once"),
            models.CheckConstraint(condition=~Q(label="") & ~Q(label_en=""), name="rating_is_named"),
            models.CheckConstraint(condition=Q(value=None) | Q(value__gte=1), name="rating_counts_from_one"),
            models.CheckConstraint(
                condition=Q(colour__in=("green", "blue", "amber", "violet", "red", "grey")),
                name="rating_colour_is_known",
            ),
        )

    def __str__(self):
        return self.label_en if (get_language() or "").startswith("en") else self.label


class CheckQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Visitors see what was published once, where reading is open; a page that was shared stays at its address.

        Members see the rest, too, unless all its claims stand in articles that they may not read; who decides sees all.
        """
        if user.has_perm("annotations.decide_check"):
            return self
        public = Q(published_at__isnull=False)
        if not user.is_authenticated:
            return self.filter(public) if settings.PUBLIC_READING else self.none()
        readable = Article.objects.visible_to(user).filter(pk=models.OuterRef("mark__revision__article"))
        claims = CheckedClaim.objects.filter(models.Exists(readable), case=models.OuterRef("pk"))
        return self.filter(public | models.Exists(claims))


@pgtrigger.register(
    pgtrigger.Trigger(
        name="check_verdict_is_signed_off",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        condition=pgtrigger.Q(new__verdict__isnull=False),
        func=(
            "IF NOT EXISTS (SELECT FROM annotations_verdict WHERE id = NEW.verdict_id AND case_id = NEW.id"
            " AND signed_off_at IS NOT NULL) THEN"
            " RAISE EXCEPTION 'verdict % of check % is not signed off', NEW.verdict_id, NEW.id; END IF; RETURN NEW;"
        ),
    ),
    pgtrigger.Protect(
        name="check_stays_once_published",
        operation=pgtrigger.Delete,
        condition=pgtrigger.Q(old__published_at__isnull=False),
    ),
)
@pghistory.track(
    pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), exclude=["folded", "stems", "changed_at"]
)
class Check(models.Model):
    """A case: one claim as it is checked, wherever it was made. `verdict` is the one in force, signed off by two.

    `published_at` is when it was first published and stays: whoever has its address finds what became of it.
    """

    class Status(models.TextChoices):
        NEW = "new", _("جديد")
        CHECKING = "checking", _("قيد التحقق")
        WAITING = "waiting", _("بانتظار الرد")
        CHECKED = "checked", _("اكتمل التحقق")
        PUBLISHED = "published", _("نُشر")
        WITHDRAWN = "withdrawn", _("مسحوب")

    wording = models.CharField(_("الادعاء كما نتحقق منه"), max_length=500)
    folded = models.TextField(editable=False)
    stems = ArrayField(models.CharField(max_length=100), default=list, editable=False)
    status = models.CharField(_("الحالة"), max_length=10, choices=Status, default=Status.NEW)
    assignee = account(_("المكلّف"))
    verdict = models.ForeignKey(
        "Verdict",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("النتيجة المعتمدة"),
    )
    opened_at = models.DateTimeField(_("فُتح في"), auto_now_add=True)
    opened_by = account(_("فتحه"))
    opened_by_name = models.CharField(_("اسم من فتحه"), max_length=150)
    changed_at = models.DateTimeField(_("آخر تغيير"), auto_now=True)
    published_at = models.DateTimeField(_("نُشر في"), null=True, blank=True)
    closed_at = models.DateTimeField(_("أُغلق في"), null=True, blank=True)
    closed_by = account(_("أغلقه"))
    closed_by_name = models.CharField(_("اسم من أغلقه"), max_length=150, blank=True)
    marks = models.ManyToManyField(Annotation, through="CheckedClaim", related_name="checks")

    objects = CheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("ملف تحقق")
        verbose_name_plural = _("ملفات التحقق")
        ordering = ("-id",)
        permissions = (("decide_check", _("تكليف ملفات التحقق والبتّ فيها")),)
        indexes = (
            models.Index("status", F("id").desc(), name="check_of_status"),
            models.Index("assignee", F("id").desc(), name="check_of_assignee"),
            GinIndex(OpClass("folded", name="gin_trgm_ops"), name="check_words"),
            GinIndex("stems", name="check_stems"),
        )
        constraints = (
            models.CheckConstraint(condition=~Q(wording=""), name="check_has_wording"),
            models.CheckConstraint(condition=~Q(opened_by_name=""), name="check_opened_by_somebody"),
            models.CheckConstraint(
                condition=Q(status__in=("new", "checking", "waiting", "checked"), closed_at=None, closed_by_name="")
                | Q(status__in=("published", "withdrawn"), closed_at__isnull=False) & ~Q(closed_by_name=""),
                name="check_closed_by_whom_and_when",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=("checked", "published")) | Q(verdict__isnull=False),
                name="check_done_has_verdict",
            ),
            models.CheckConstraint(
                condition=~Q(status="published") | Q(published_at__isnull=False), name="check_published_when"
            ),
        )

    def __str__(self):
        return self.wording

    def save(self, **kwargs):
        self.wording = " ".join(self.wording.split())
        self.folded, self.stems = fold(self.wording), sorted(telling_stems(self.wording))
        super().save(**kwargs)

    def get_absolute_url(self):
        return reverse("check", args=[self.pk])

    @property
    def is_published(self) -> bool:
        return self.status == Check.Status.PUBLISHED

    @property
    def was_published(self) -> bool:
        return self.published_at is not None

    @property
    def rating(self) -> Rating | None:
        """The rating in force."""
        return self.verdict.rating if self.verdict else None


@pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent())
class CheckedClaim(models.Model):
    """One place where the claim was made: a claim mark, which is in one case at most."""

    case = models.ForeignKey(Check, on_delete=models.CASCADE, related_name="claims", verbose_name=_("ملف التحقق"))
    mark = models.OneToOneField(Annotation, on_delete=models.CASCADE, related_name="checked", verbose_name=_("العلامة"))

    class Meta:
        verbose_name = _("ادعاء في ملف تحقق")
        verbose_name_plural = _("ادعاءات في ملفات التحقق")
        ordering = ("case", "id")

    def __str__(self):
        return f"{self.case} · {self.mark}"


@pgtrigger.register(
    pgtrigger.ReadOnly(name="verdict_is_final", exclude=["by", "signed_off_by", "signed_off_by_name", "signed_off_at"]),
    pgtrigger.Protect(
        name="verdict_is_signed_off_once",
        operation=pgtrigger.Update,
        condition=pgtrigger.Q(old__signed_off_at__isnull=False)
        & (
            pgtrigger.Q(old__signed_off_at__df=pgtrigger.F("new__signed_off_at"))
            | pgtrigger.Q(old__signed_off_by_name__df=pgtrigger.F("new__signed_off_by_name"))
        ),
    ),
)
@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Verdict(models.Model):
    """What a check found, with its reasons. Never edited: a new one stands in its place once another person signs it
    off; until then the one before is in force.
    """

    case = models.ForeignKey(Check, on_delete=models.PROTECT, related_name="verdicts", verbose_name=_("ملف التحقق"))
    rating = models.ForeignKey(Rating, on_delete=models.PROTECT, related_name="+", verbose_name=_("التقدير"))
    reasons = models.TextField(_("الأسباب"))
    at = models.DateTimeField(_("صدرت في"), auto_now_add=True)
    by = account(_("أصدرها"))
    by_name = models.CharField(_("اسم من أصدرها"), max_length=150)
    signed_off_at = models.DateTimeField(_("اعتُمدت في"), null=True, blank=True)
    signed_off_by = account(_("اعتمدها"))
    signed_off_by_name = models.CharField(_("اسم من اعتمدها"), max_length=150, blank=True)

    class Meta:
        verbose_name = _("نتيجة تحقق")
        verbose_name_plural = _("نتائج التحقق")
        ordering = ("case", "id")
        constraints = (
            models.CheckConstraint(condition=~Q(reasons="") & ~Q(by_name=""), name="verdict_by_whom_and_why"),
            models.CheckConstraint(
                condition=Q(signed_off_at=None, signed_off_by=None, signed_off_by_name="")
                | Q(signed_off_at__isnull=False) & ~Q(signed_off_by_name=""),
                name="verdict_signed_off_by_whom_and_when",
            ),
            models.CheckConstraint(
                condition=~Q(signed_off_by_name=F("by_name"))
                & (Q(by=None) | Q(signed_off_by=None) | ~Q(signed_off_by=F("by"))),
                name="verdict_signed_off_by_another",
            ),
        )

    def __str__(self):
        return f"{self.rating} · {self.by_name}"

    @property
    def is_signed_off(self) -> bool:
        return self.signed_off_at is not None
