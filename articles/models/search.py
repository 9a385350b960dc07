from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from articles.models.articles import Article


class SearchEntry(models.Model):
    """What the search in PostgreSQL knows of an article: derived, deleted and rebuilt at will."""

    article = models.OneToOneField(Article, on_delete=models.CASCADE, primary_key=True, related_name="search_entry")
    vector = SearchVectorField()

    class Meta:
        indexes = (GinIndex("vector", name="search_entry_vector"),)

    def __str__(self):
        return str(self.article_id)
