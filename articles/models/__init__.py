from articles.models.articles import Article, Original, Revision
from articles.models.entities import Alias, Entity, Mention
from articles.models.imports import ImportItem, ImportRun
from articles.models.search import SearchEntry
from articles.models.sources import Source, SourceDomain

__all__ = [
    "Alias",
    "Article",
    "Entity",
    "ImportItem",
    "ImportRun",
    "Mention",
    "Original",
    "Revision",
    "SearchEntry",
    "Source",
    "SourceDomain",
]
