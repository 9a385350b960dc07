import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0010_changes_are_followed"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Release",
            fields=[
                (
                    "article",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="release",
                        serialize=False,
                        to="articles.article",
                    ),
                ),
                ("released_at", models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name="SavedSearch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, verbose_name="الاسم")),
                ("query", models.TextField(blank=True, verbose_name="ما يُبحث عنه")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="تاريخ الحفظ")),
                ("last_seen", models.DateTimeField(default=django.utils.timezone.now, verbose_name="آخر اطّلاع")),
                ("seen_article", models.PositiveBigIntegerField(default=0)),
                ("token", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "mail",
                    models.CharField(
                        choices=[("none", "لا ترسل"), ("daily", "كل يوم"), ("weekly", "كل أسبوع")],
                        default="none",
                        max_length=10,
                        verbose_name="الإرسال بالبريد الإلكتروني",
                    ),
                ),
                ("hour", models.PositiveSmallIntegerField(default=7, verbose_name="الساعة")),
                (
                    "weekday",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (7, "الأحد"),
                            (1, "الاثنين"),
                            (2, "الثلاثاء"),
                            (3, "الأربعاء"),
                            (4, "الخميس"),
                            (5, "الجمعة"),
                            (6, "السبت"),
                        ],
                        default=7,
                        verbose_name="اليوم",
                    ),
                ),
                ("last_mailed", models.DateTimeField(blank=True, null=True, verbose_name="آخر موعد إرسال")),
                ("mailed_article", models.PositiveBigIntegerField(default=0)),
                ("mailed_until", models.DateTimeField(blank=True, null=True)),
                ("mail_failures", models.PositiveSmallIntegerField(default=0, verbose_name="إخفاقات متتالية")),
                ("mail_failure", models.TextField(blank=True, verbose_name="سبب الإخفاق")),
                ("retry_at", models.DateTimeField(blank=True, null=True, verbose_name="المحاولة القادمة")),
            ],
            options={
                "verbose_name": "بحث محفوظ",
                "verbose_name_plural": "عمليات البحث المحفوظة",
                "ordering": ("-id",),
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="article",
            trigger=pgtrigger.compiler.Trigger(
                name="article_is_released",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NEW.\"status\" = 'published' AND OLD.\"status\" = 'pending')",
                    func="INSERT INTO articles_release (article_id, released_at) VALUES (NEW.id, now()) ON CONFLICT (article_id) DO NOTHING; RETURN NULL;",
                    hash="b0d107bdee95bba8d3f3d21e23bb99d9e8f7d31d",
                    operation="UPDATE",
                    pgid="pgtrigger_article_is_released_6801c",
                    table="articles_article",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="savedsearch",
            name="owner",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="saved_searches",
                to=settings.AUTH_USER_MODEL,
                verbose_name="صاحبه",
            ),
        ),
        migrations.AddConstraint(
            model_name="savedsearch",
            constraint=models.UniqueConstraint(
                models.F("owner"), django.db.models.functions.text.MD5("query"), name="saved_search_once_per_owner"
            ),
        ),
        migrations.AddConstraint(
            model_name="savedsearch",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="saved_search_has_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="savedsearch",
            constraint=models.CheckConstraint(
                condition=models.Q(("mail__in", ("none", "daily", "weekly"))), name="saved_search_mail_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="savedsearch",
            constraint=models.CheckConstraint(
                condition=models.Q(("hour__lte", 23), ("weekday__gte", 1), ("weekday__lte", 7)),
                name="saved_search_mail_has_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="savedsearch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("mail", "none"),
                    models.Q(("last_mailed__isnull", False), ("mailed_until__isnull", False)),
                    _connector="OR",
                ),
                name="saved_search_mail_has_beginning",
            ),
        ),
    ]
