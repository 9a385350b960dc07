from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0006_earlier_runs_are_over")]

    operations = [
        migrations.AddConstraint(
            model_name="importrun",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ("waiting", "running", "finished", "stopped", "failed"))),
                name="import_run_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="importrun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "failed"), models.Q(("failure", ""), _negated=True)),
                    models.Q(models.Q(("state", "failed"), _negated=True), ("failure", "")),
                    _connector="OR",
                ),
                name="import_run_failed_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="importrun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("finished_at", None), ("state__in", ("waiting", "running"))),
                    models.Q(("finished_at__isnull", False), ("state__in", ("finished", "stopped", "failed"))),
                    _connector="OR",
                ),
                name="import_run_finished_when_over",
            ),
        ),
    ]
