import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0012_search_in_the_index"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="source",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="source",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="source",
            name="rights",
            field=models.CharField(
                choices=[("full", "النص الكامل"), ("excerpt", "مقتطفات فقط"), ("internal", "للاستعمال الداخلي")],
                db_default="excerpt",
                default="excerpt",
                help_text="النص الكامل: يخرج النص كله في الملفات المصدَّرة. مقتطفات فقط: تخرج كلمات العلامات المقبولة وما حولها والمقاطع القصيرة، ولا يخرج النص كله. للاستعمال الداخلي: لا يخرج شيء منها، ولا يقرؤها إلا الأعضاء. تبدأ كل وسيلة إعلام بـ«مقتطفات فقط»، فالنصوص لأصحابها، وما خرج في ملف لا يعود. اختر «النص الكامل» لما تملكونه أو أُذن لكم بنشره.",
                max_length=10,
                verbose_name="ما يجوز أن يخرج من نصوصها",
            ),
        ),
        migrations.AddField(
            model_name="sourceevent",
            name="rights",
            field=models.CharField(
                choices=[("full", "النص الكامل"), ("excerpt", "مقتطفات فقط"), ("internal", "للاستعمال الداخلي")],
                db_default="excerpt",
                default="excerpt",
                help_text="النص الكامل: يخرج النص كله في الملفات المصدَّرة. مقتطفات فقط: تخرج كلمات العلامات المقبولة وما حولها والمقاطع القصيرة، ولا يخرج النص كله. للاستعمال الداخلي: لا يخرج شيء منها، ولا يقرؤها إلا الأعضاء. تبدأ كل وسيلة إعلام بـ«مقتطفات فقط»، فالنصوص لأصحابها، وما خرج في ملف لا يعود. اختر «النص الكامل» لما تملكونه أو أُذن لكم بنشره.",
                max_length=10,
                verbose_name="ما يجوز أن يخرج من نصوصها",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="source",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "articles_sourceevent" ("id", "key", "kind", "name", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rights") VALUES (NEW."id", NEW."key", NEW."kind", NEW."name", NEW."name_en", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."rights"); RETURN NULL;',
                    hash="fe7d94e5297404e284a3c4781126dd46cf47febc",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_365a8",
                    table="articles_source",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="source",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "articles_sourceevent" ("id", "key", "kind", "name", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rights") VALUES (OLD."id", OLD."key", OLD."kind", OLD."name", OLD."name_en", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."rights"); RETURN NULL;',
                    hash="e4473e3af7dd2da535e517aeb90a00df2a9199cd",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_07439",
                    table="articles_source",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.CheckConstraint(
                condition=models.Q(("rights__in", ("full", "excerpt", "internal"))), name="source_rights_are_known"
            ),
        ),
    ]
