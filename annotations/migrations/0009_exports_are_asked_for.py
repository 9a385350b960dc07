import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0008_how_words_were_said"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Export",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("format", models.CharField(max_length=30, verbose_name="صيغة الملف")),
                ("scope", models.JSONField(verbose_name="ما صُدّر")),
                ("options", models.JSONField(default=dict, verbose_name="الخيارات")),
                ("title", models.TextField(verbose_name="ما صُدّر")),
                ("site", models.CharField(blank=True, max_length=300)),
                ("language", models.CharField(max_length=10)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "في الانتظار"),
                            ("running", "جارٍ"),
                            ("done", "جاهز"),
                            ("failed", "تعذّر"),
                            ("cancelled", "أُلغي"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="الحالة",
                    ),
                ),
                ("total", models.PositiveIntegerField(null=True)),
                ("done", models.PositiveIntegerField(default=0)),
                ("articles", models.PositiveIntegerField(default=0, verbose_name="المواد")),
                ("marks", models.PositiveIntegerField(default=0, verbose_name="العلامات")),
                ("losses", models.JSONField(default=dict)),
                ("file_name", models.CharField(blank=True, max_length=200, verbose_name="الملف")),
                ("size", models.PositiveBigIntegerField(null=True, verbose_name="الحجم")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="طُلب في")),
                ("started_at", models.DateTimeField(null=True, verbose_name="بدأ في")),
                ("finished_at", models.DateTimeField(null=True, verbose_name="انتهى في")),
                ("failure", models.TextField(blank=True, verbose_name="سبب التعذّر")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="exports",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="بواسطة",
                    ),
                ),
            ],
            options={
                "verbose_name": "تصدير",
                "verbose_name_plural": "عمليات التصدير",
                "ordering": ("-id",),
                "indexes": [
                    models.Index(
                        models.F("by"), models.OrderBy(models.F("id"), descending=True), name="export_of_person"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ("waiting", "running", "done", "failed", "cancelled"))),
                        name="export_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("finished_at", None), ("state__in", ("waiting", "running"))),
                            models.Q(("finished_at__isnull", False), ("state__in", ("done", "failed", "cancelled"))),
                            _connector="OR",
                        ),
                        name="export_finished_when_over",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "failed"), models.Q(("failure", ""), _negated=True)),
                            models.Q(models.Q(("state", "failed"), _negated=True), ("failure", "")),
                            _connector="OR",
                        ),
                        name="export_failed_with_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("size__isnull", False), ("state", "done"), models.Q(("file_name", ""), _negated=True)
                            ),
                            models.Q(("state", "done"), _negated=True),
                            _connector="OR",
                        ),
                        name="export_done_has_file",
                    ),
                ],
            },
        ),
    ]
