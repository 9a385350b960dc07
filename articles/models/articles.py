import gzip

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.models.sources import Source
from articles.models.stories import Story
from articles.models.transactions import changed_field


class ArticleQuerySet(models.QuerySet):
    def published(self):
        return self.filter(status=Article.Status.PUBLISHED)

    def visible_to(self, user):
        """What this person may read: everything for those who may see the unpublished, else what is published.

        Internal sources are for members, also where reading is open.
        """
        if user.has_perm("articles.view_unpublished"):
            return self
        if user.is_authenticated:
            return self.published()
        return self.published().of_open_sources() if settings.PUBLIC_READING else self.none()

    def of_open_sources(self):
        """Without those of which nothing may leave."""
        return self.exclude(source__in=Source.objects.internal())

    def with_text_beyond_correction(self):
        """Articles that a person corrected, for which an import has brought another text since: moderators decide."""
        imported = Revision.objects.filter(
            article=models.OuterRef("pk"), number__gt=models.OuterRef("current_revision__number"), correction=None
        )
        return self.exclude(current_revision__correction=None).filter(models.Exists(imported))

    def newest_first(self):
        return self.order_by("-appeared_at", "-id")


@pghistory.track(
    pghistory.UpdateEvent(condition=pghistory.AnyChange("status", "title", "byline", "published_at", "source")),
    pghistory.DeleteEvent(),
    exclude=["changed"],
)
class Article(models.Model):
    """One page of one source, under one canonical URL, or under a key where the input had no URL."""

    class Status(models.TextChoices):
        PENDING = "pending", _("قيد المراجعة")
        PUBLISHED = "published", _("منشورة")
        HIDDEN = "hidden", _("محجوبة")

    class Precision(models.TextChoices):
        MINUTE = "minute", _("بالدقيقة")
        DAY = "day", _("باليوم")
        MONTH = "month", _("بالشهر")

    class DateFrom(models.TextChoices):
        """Where the date of publication was read, the surest first."""

        PERSON = "person", _("تصحيح محرر")
        JSON_LD = "json-ld", _("بيانات الصفحة المنظمة")
        META = "meta", _("وسوم الصفحة")
        TEXT = "text", _("نص الصفحة")
        ADDRESS = "address", _("رابط الصفحة")
        INPUT = "input", _("الملف المستورد")
        FEED = "feed", _("الخلاصة")
        GUESS = "guess", _("تخمين")

    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, related_name="articles", verbose_name=_("وسيلة الإعلام")
    )
    url = models.CharField(_("الرابط"), max_length=2000, null=True, blank=True, unique=True)
    key = models.CharField(_("المفتاح"), max_length=500, blank=True)
    title = models.TextField(_("العنوان"))
    byline = models.TextField(_("الكاتب"), blank=True)
    published_at = models.DateTimeField(_("تاريخ النشر"), null=True, blank=True)
    published_precision = models.CharField(_("دقة التاريخ"), max_length=10, choices=Precision, blank=True)
    published_from = models.CharField(_("مصدر التاريخ"), max_length=10, choices=DateFrom, blank=True)
    # As the page has them: where the report was written, and the agencies that it names at its opening or byline.
    place = models.CharField(_("مكان كتابة الخبر"), max_length=200, blank=True)
    agencies = models.CharField(_("الوكالات"), max_length=300, blank=True)
    # Whom the page itself names as where its text comes from, and the words or the element that name it.
    credited_source = models.ForeignKey(
        Source, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("منقولة عن")
    )
    credit = models.TextField(_("عبارة النقل"), blank=True)
    story = models.ForeignKey(
        Story,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name=_("القصة الخبرية"),
    )
    language = models.CharField(_("اللغة"), max_length=10, default="ar")
    status = models.CharField(_("الحالة"), max_length=10, choices=Status, default=Status.PUBLISHED)
    current_revision = models.ForeignKey(
        "articles.Revision", on_delete=models.RESTRICT, null=True, related_name="+", verbose_name=_("الإصدار الحالي")
    )
    metadata = models.JSONField(_("بيانات أخرى"), default=dict, blank=True)
    # What the last import read for title, byline, date and language, and which cleaner read it. A field that differs
    # was corrected by a person.
    as_read = models.JSONField(default=dict, editable=False)
    imported_at = models.DateTimeField(_("تاريخ الاستيراد"), auto_now_add=True)
    # What lists sort and filter by: most inputs have a date, and those that have none still need a place.
    appeared_at = models.GeneratedField(
        expression=Coalesce(F("published_at"), F("imported_at")), output_field=models.DateTimeField(), db_persist=True
    )
    # The row, its names or marks: set by triggers alone (articles.models.changes).
    changed = changed_field()

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("مادة")
        verbose_name_plural = _("المواد")
        permissions = (
            ("view_unpublished", _("الاطلاع على المواد غير المنشورة")),
            ("import_articles", _("استيراد المواد")),
        )
        indexes = (
            models.Index(F("appeared_at").desc(), F("id").desc(), name="article_newest"),
            models.Index("source", F("appeared_at").desc(), F("id").desc(), name="article_source_newest"),
            models.Index("changed", "id", name="article_changed"),
        )
        constraints = (
            models.UniqueConstraint("source", "key", condition=Q(url=None), name="article_key_in_source"),
            models.CheckConstraint(condition=(Q(url=None) | ~Q(url="")) & ~Q(title=""), name="article_is_identified"),
            models.CheckConstraint(condition=~Q(url=None) | ~Q(key=""), name="article_without_url_has_key"),
            models.CheckConstraint(
                condition=Q(published_at=None, published_precision="")
                | Q(published_at__isnull=False, published_precision__in=("minute", "day", "month")),
                name="article_date_has_precision",
            ),
            models.CheckConstraint(
                condition=Q(status__in=("pending", "published", "hidden")), name="article_status_is_known"
            ),
        )

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("article", args=[self.pk])

    def next_revision_number(self) -> int:
        """Under the article's lock nobody else takes it."""
        return (self.revisions.aggregate(latest=models.Max("number"))["latest"] or 0) + 1


class Original(models.Model):
    """What was fetched or read, byte by byte, kept compressed; never shown as a page."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="originals")
    fetched_at = models.DateTimeField(_("وقت الجلب"), auto_now_add=True)
    final_url = models.TextField(_("الرابط النهائي"), blank=True)
    media_type = models.CharField(_("نوع الملف"), max_length=100)
    headers = models.JSONField(_("ترويسات الاستجابة"), default=dict, blank=True)
    sha256 = models.CharField(max_length=64)
    compressed = models.BinaryField()

    class Meta:
        verbose_name = _("صفحة محفوظة")
        verbose_name_plural = _("الصفحات المحفوظة")
        constraints = (models.UniqueConstraint("article", "sha256", name="original_once_per_article"),)
        # An input that was taken in before is recognised without reading it again.
        indexes = (models.Index("sha256", name="original_by_content"),)

    def __str__(self):
        return self.sha256

    @property
    def body(self) -> bytes:
        return gzip.decompress(self.compressed)


@pgtrigger.register(pgtrigger.Protect(name="revision_is_final", operation=pgtrigger.Update))
class Revision(models.Model):
    """One state of an article's text; never edited, a changed import adds one.

    `blocks` is a list of {"kind", "start", "end"} in code points of `text`, in order, one line of the text each; the
    first is the headline. Kinds: heading (the headline too), paragraph, quotation, list_item. `evidence` is what stands
    in the page beside the running text, each {"kind": "figure" | "table" | "post", "after": the number of the block
    that it follows, …}; see articles.importing.evidence for their other keys.
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="revisions", verbose_name=_("المادة"))
    number = models.PositiveIntegerField(_("الرقم"))
    text = models.TextField(_("النص"))
    blocks = models.JSONField(_("الأجزاء"))
    evidence = models.JSONField(_("الصور والجداول والمنشورات"), default=list, blank=True)
    content_hash = models.CharField(max_length=64)
    cleaner_version = models.CharField(max_length=20)
    # The page may be purged one day; the text read from it stays.
    original = models.ForeignKey(Original, on_delete=models.RESTRICT, null=True, related_name="revisions")
    created_at = models.DateTimeField(_("تاريخ الإنشاء"), auto_now_add=True)
    # No column: said of the first text of an article while the transaction that stores it runs the steps. They need not
    # ask what was found in it, or decided about it, before.
    is_new = False

    class Meta:
        verbose_name = _("إصدار")
        verbose_name_plural = _("الإصدارات")
        ordering = ("article", "number")
        # What has neither URL nor a certain key is found again by its content.
        indexes = (models.Index("content_hash", name="revision_by_content"),)
        constraints = (
            models.UniqueConstraint("article", "number", name="revision_number_in_article"),
            models.CheckConstraint(condition=~Q(text="") & ~Q(blocks=[]), name="revision_has_text"),
        )

    def __str__(self):
        return f"{self.article} · {self.number}"
