"""The scale that a newsroom begins with; it changes it in the admin."""

from django.db import migrations

# Position, label, its English, value of 4 (1 is the worst; none: outside of better and worse), colour.
SCALE = (
    (1, "صحيح", "True", 4, "green"),
    (2, "صحيح جزئياً", "Partly true", 3, "blue"),
    (3, "مضلل", "Misleading", 2, "amber"),
    (4, "غير مثبت", "Unproven", None, "grey"),
    (5, "خاطئ", "False", 1, "red"),
)


def make_scale(apps, schema_editor):
    Rating = apps.get_model("annotations", "Rating")
    for position, label, label_en, value, colour in SCALE:
        Rating.objects.create(position=position, label=label, label_en=label_en, value=value, colour=colour)


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0012_claims_are_checked"),
    ]

    operations = [
        migrations.RunPython(make_scale, migrations.RunPython.noop),
    ]
