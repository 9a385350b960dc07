from django.db import models

from articles.models.articles import Revision


class Analysis(models.Model):
    """Which versions of the steps that follow a new revision ran over it: {dotted path: version}."""

    revision = models.OneToOneField(Revision, on_delete=models.CASCADE, primary_key=True, related_name="analysis")
    versions = models.JSONField()
    analysed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name_plural = "analyses"

    def __str__(self):
        return f"{self.revision_id}: {self.versions}"
