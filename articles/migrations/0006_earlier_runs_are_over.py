from django.db import migrations
from django.db.models import F


def end_earlier_runs(apps, schema_editor):
    """Runs from before they had a state: over, as finished where they said so, else as broken off."""
    ImportRun = apps.get_model("articles", "ImportRun")
    ImportRun.objects.filter(finished_at=None).update(state="stopped", finished_at=F("started_at"))
    ImportRun.objects.filter(state="running").update(state="finished")


class Migration(migrations.Migration):
    dependencies = [("articles", "0005_imports_resume_and_retry")]

    operations = [migrations.RunPython(end_earlier_runs, migrations.RunPython.noop)]
