from django.db import models

from articles.models.imports import ImportRun


class Upload(models.Model):
    """A file that somebody sent to be imported, kept in the database until it was divided, for a worker on any host."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="uploads")
    name = models.CharField(max_length=300)
    size = models.BigIntegerField()

    def __str__(self):
        return self.name


class UploadPart(models.Model):
    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    data = models.BinaryField()

    class Meta:
        ordering = ("upload", "number")
        constraints = (models.UniqueConstraint("upload", "number", name="upload_part_once"),)

    def __str__(self):
        return f"{self.upload} · {self.number}"


class ImportChunk(models.Model):
    """Some of a run's records, the work of one job; `payload` goes when the chunk is finished.

    `done` is how many of the records are done with. It moves, and the counts with it, in the transaction that stores
    a record: a job that was killed and is taken up again neither does one twice nor counts it twice.
    """

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="chunks")
    number = models.PositiveIntegerField()
    payload = models.BinaryField(null=True)
    records = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    weight_done = models.BigIntegerField(default=0)

    class Meta:
        ordering = ("run", "number")
        constraints = (models.UniqueConstraint("run", "number", name="import_chunk_once"),)

    def __str__(self):
        return f"{self.run_id} · {self.number}"
