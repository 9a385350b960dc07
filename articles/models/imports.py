from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.articles import Article
from articles.models.sources import Source


class ImportRun(models.Model):
    """One run of an import, with its counts; inputs that changed nothing are counted here and written nowhere.

    `options` are those of ReadingOptions and the source, by which the run can be done again. `weight` is how many bytes
    there are to read, where that is known, and `weight_done` how many of them are done with. `alive_at` is when the
    run last wrote its counts: one that says it is running and has been silent for long was killed.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("في الانتظار")
        RUNNING = "running", _("جارية")
        FINISHED = "finished", _("انتهت")
        STOPPED = "stopped", _("أُوقفت")
        FAILED = "failed", _("تعطّلت")

    inputs = models.TextField(_("المدخلات"))
    options = models.JSONField(_("الخيارات"), default=dict, blank=True)
    state = models.CharField(_("الحالة"), max_length=10, choices=State, default=State.RUNNING)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("بواسطة"),
    )
    by_name = models.CharField(_("اسم المستورد"), max_length=150, blank=True)
    retry_of = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="retries", verbose_name=_("إعادة لعملية")
    )
    subscription = models.ForeignKey(
        "articles.FeedSubscription",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="runs",
        verbose_name=_("الاشتراك"),
    )
    started_at = models.DateTimeField(_("بدأ في"), auto_now_add=True)
    alive_at = models.DateTimeField(_("آخر نشاط"), null=True, blank=True)
    finished_at = models.DateTimeField(_("انتهى في"), null=True, blank=True)
    failure = models.TextField(_("سبب التعطل"), blank=True)
    weight = models.BigIntegerField(null=True, blank=True)
    weight_done = models.BigIntegerField(default=0)
    created = models.PositiveIntegerField(_("جديدة"), default=0)
    updated = models.PositiveIntegerField(_("محدّثة"), default=0)
    unchanged = models.PositiveIntegerField(_("بلا تغيير"), default=0)
    refused = models.PositiveIntegerField(_("مرفوضة"), default=0)

    class Meta:
        verbose_name = _("عملية استيراد")
        verbose_name_plural = _("عمليات الاستيراد")
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=("waiting", "running", "finished", "stopped", "failed")),
                name="import_run_state_is_known",
            ),
            models.CheckConstraint(
                condition=Q(state="failed") & ~Q(failure="") | ~Q(state="failed") & Q(failure=""),
                name="import_run_failed_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("waiting", "running"), finished_at=None)
                | Q(state__in=("finished", "stopped", "failed"), finished_at__isnull=False),
                name="import_run_finished_when_over",
            ),
        )

    def __str__(self):
        return self.inputs[:80]


class Quarantined(models.Model):
    """An input that failed, kept as it was so that it can be tried again.

    `record` is what a Record holds beside its bytes: format, key, address, final_url, headers. There are no bytes of
    what could not be had at all: an address is fetched again, a file is read again. The same input that fails the same
    way in ten runs is kept once, by `fingerprint`.
    """

    fingerprint = models.CharField(max_length=64, unique=True)
    record = models.JSONField(default=dict)
    options = models.JSONField(default=dict, blank=True)
    compressed = models.BinaryField(null=True)
    kept_at = models.DateTimeField(_("حُفظ في"), auto_now_add=True)

    class Meta:
        verbose_name = _("مدخل محجوز")
        verbose_name_plural = _("المدخلات المحجوزة")

    def __str__(self):
        return self.fingerprint


class ImportItem(models.Model):
    """What became of one input of a run: created, updated, or refused with the reason.

    A refused one that can be tried again has its `quarantined` input; once a later run took it in, it has that run in
    `taken_in_by` and is no longer in quarantine.
    """

    class Outcome(models.TextChoices):
        CREATED = "created", _("جديدة")
        UPDATED = "updated", _("محدّثة")
        REFUSED = "refused", _("مرفوضة")

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="items")
    input = models.TextField(_("المدخل"))
    outcome = models.CharField(_("النتيجة"), max_length=10, choices=Outcome)
    reason = models.TextField(_("السبب"), blank=True)
    article = models.ForeignKey(Article, on_delete=models.SET_NULL, null=True, blank=True, related_name="import_items")
    quarantined = models.ForeignKey(Quarantined, on_delete=models.SET_NULL, null=True, blank=True, related_name="items")
    taken_in_by = models.ForeignKey(
        ImportRun,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("استُورد لاحقاً في"),
    )

    class Meta:
        verbose_name = _("مدخل")
        verbose_name_plural = _("المدخلات")
        ordering = ("run", "id")
        indexes = (models.Index("run", "outcome", "id", name="import_item_by_outcome"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(outcome="refused", article=None) & ~Q(reason="")
                | Q(outcome__in=("created", "updated"), reason="", quarantined=None, taken_in_by=None),
                name="import_item_refused_with_reason",
            ),
        )

    def __str__(self):
        return self.input


class FeedSubscription(models.Model):
    """A feed that is fetched on a schedule. `etag` and `last_modified` are of the state that was read last."""

    address = models.CharField(_("عنوان الخلاصة"), max_length=2000, unique=True)
    title = models.CharField(_("الاسم"), max_length=300, blank=True)
    source = models.ForeignKey(
        Source, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("وسيلة الإعلام")
    )
    every = models.PositiveIntegerField(_("كل كم دقيقة"), default=30)
    active = models.BooleanField(_("مفعّل"), default=True)
    created_at = models.DateTimeField(_("تاريخ الإنشاء"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("أنشأه"),
    )
    created_by_name = models.CharField(_("اسم المنشئ"), max_length=150, blank=True)
    etag = models.CharField(max_length=600, blank=True)
    last_modified = models.CharField(max_length=600, blank=True)
    fetched_at = models.DateTimeField(_("آخر جلب"), null=True, blank=True)
    next_at = models.DateTimeField(_("الجلب القادم"), null=True, blank=True, db_index=True)
    # In a row, since the last time that it could be read: the schedule slows down with them.
    failures = models.PositiveIntegerField(_("إخفاقات متتالية"), default=0)
    failure = models.TextField(_("سبب الإخفاق"), blank=True)

    class Meta:
        verbose_name = _("خلاصة مشترك بها")
        verbose_name_plural = _("الخلاصات المشترك بها")
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(condition=~Q(address=""), name="feed_subscription_has_address"),
            models.CheckConstraint(condition=Q(every__gte=5, every__lte=10_080), name="feed_subscription_every"),
        )

    def __str__(self):
        return self.title or self.address


class FeedEntry(models.Model):
    """An entry of a subscribed feed that was dealt with: `stamp` is what the feed said of its last change."""

    subscription = models.ForeignKey(FeedSubscription, on_delete=models.CASCADE, related_name="entries")
    link = models.CharField(max_length=2000)
    stamp = models.CharField(max_length=100, blank=True)
    attempts = models.PositiveSmallIntegerField(default=1)
    seen_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = (models.UniqueConstraint("subscription", "link", name="feed_entry_once"),)

    def __str__(self):
        return self.link
