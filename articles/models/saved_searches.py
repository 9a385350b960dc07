"""Searches that somebody keeps, and which articles came to readers after they were imported."""

import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import MD5
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.articles import Article


class SavedSearch(models.Model):
    """A search as it stands in the address (articles.delivering.wording.address_of), its feed and its mails.

    Articles are new to its owner when their primary key is above `seen_article` or they were released after
    `last_seen`; what is new to the next mail is told by `mailed_article` and `mailed_until` likewise. `last_mailed` is
    when a mail was due the last time, whether or not there was anything to send. `hour` (0 … 23) and `weekday`
    (ISO: Monday is 1) are in the newsroom's time zone. Who knows `token` may read the feed.
    """

    class Mail(models.TextChoices):
        NONE = "none", _("لا ترسل")
        DAILY = "daily", _("كل يوم")
        WEEKLY = "weekly", _("كل أسبوع")

    class Weekday(models.IntegerChoices):
        SUNDAY = 7, _("الأحد")
        MONDAY = 1, _("الاثنين")
        TUESDAY = 2, _("الثلاثاء")
        WEDNESDAY = 3, _("الأربعاء")
        THURSDAY = 4, _("الخميس")
        FRIDAY = 5, _("الجمعة")
        SATURDAY = 6, _("السبت")

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches", verbose_name=_("صاحبه")
    )
    name = models.CharField(_("الاسم"), max_length=200)
    query = models.TextField(_("ما يُبحث عنه"), blank=True)
    created_at = models.DateTimeField(_("تاريخ الحفظ"), auto_now_add=True)
    last_seen = models.DateTimeField(_("آخر اطّلاع"), default=timezone.now)
    seen_article = models.PositiveBigIntegerField(default=0)
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    mail = models.CharField(_("الإرسال بالبريد الإلكتروني"), max_length=10, choices=Mail, default=Mail.NONE)
    hour = models.PositiveSmallIntegerField(_("الساعة"), default=7)
    weekday = models.PositiveSmallIntegerField(_("اليوم"), choices=Weekday, default=Weekday.SUNDAY)
    last_mailed = models.DateTimeField(_("آخر موعد إرسال"), null=True, blank=True)
    mailed_article = models.PositiveBigIntegerField(default=0)
    mailed_until = models.DateTimeField(null=True, blank=True)
    # In a row, since the last mail that was sent; it is tried again at `retry_at`.
    mail_failures = models.PositiveSmallIntegerField(_("إخفاقات متتالية"), default=0)
    mail_failure = models.TextField(_("سبب الإخفاق"), blank=True)
    retry_at = models.DateTimeField(_("المحاولة القادمة"), null=True, blank=True)

    class Meta:
        verbose_name = _("بحث محفوظ")
        verbose_name_plural = _("عمليات البحث المحفوظة")
        ordering = ("-id",)
        constraints = (
            # A long search is longer than an index may hold.
            models.UniqueConstraint(F("owner"), MD5("query"), name="saved_search_once_per_owner"),
            models.CheckConstraint(condition=~Q(name=""), name="saved_search_has_name"),
            models.CheckConstraint(
                condition=Q(mail__in=("none", "daily", "weekly")), name="saved_search_mail_is_known"
            ),
            models.CheckConstraint(
                condition=Q(hour__lte=23, weekday__gte=1, weekday__lte=7), name="saved_search_mail_has_time"
            ),
            models.CheckConstraint(
                condition=Q(mail="none") | Q(last_mailed__isnull=False, mailed_until__isnull=False),
                name="saved_search_mail_has_beginning",
            ),
        )

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("open_search", args=[self.pk])


class Release(models.Model):
    """That an article waited for review and was published then; written by a trigger, once for each article."""

    article = models.OneToOneField(Article, on_delete=models.CASCADE, primary_key=True, related_name="release")
    released_at = models.DateTimeField(db_index=True)

    def __str__(self):
        return str(self.article_id)


pgtrigger.register(
    pgtrigger.Trigger(
        name="article_is_released",
        when=pgtrigger.After,
        operation=pgtrigger.Update,
        condition=pgtrigger.Q(old__status="pending", new__status="published"),
        func=(
            "INSERT INTO articles_release (article_id, released_at) VALUES (NEW.id, now())"
            " ON CONFLICT (article_id) DO NOTHING; RETURN NULL;"
        ),
    )
)(Article)
