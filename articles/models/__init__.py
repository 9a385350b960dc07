from articles.models.analyses import Analysis
from articles.models.articles import Article, Original, Revision
from articles.models.entities import Alias, Entity
from articles.models.entity_changes import EntityChange
from articles.models.entity_counts import CountDue, EntityCount
from articles.models.imports import ImportItem, ImportRun
from articles.models.mentions import Mention, RemovedMention
from articles.models.search import SearchEntry
from articles.models.sources import Source, SourceDomain

__all__ = [
    "Alias",
    "Analysis",
    "Article",
    "CountDue",
    "Entity",
    "EntityChange",
    "EntityCount",
    "ImportItem",
    "ImportRun",
    "Mention",
    "Original",
    "RemovedMention",
    "Revision",
    "SearchEntry",
    "Source",
    "SourceDomain",
]
