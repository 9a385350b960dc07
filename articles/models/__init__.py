from articles.models.analyses import Analysis
from articles.models.articles import Article, Original, Revision
from articles.models.boilerplate import BoilerplateLine
from articles.models.changes import ArticleChange
from articles.models.corrections import Correction
from articles.models.entities import Alias, Entity
from articles.models.entity_changes import EntityChange
from articles.models.entity_counts import CountDue, EntityCount
from articles.models.import_chunks import ImportChunk, Upload, UploadPart
from articles.models.imports import FeedEntry, FeedSubscription, ImportItem, ImportRun, Quarantined
from articles.models.mentions import Mention, RemovedMention
from articles.models.saved_searches import Release, SavedSearch
from articles.models.signatures import Signature, SignatureKey, StoryDue
from articles.models.sources import Source, SourceDomain
from articles.models.stories import Story

__all__ = [
    "Alias",
    "Analysis",
    "Article",
    "ArticleChange",
    "BoilerplateLine",
    "Correction",
    "CountDue",
    "Entity",
    "EntityChange",
    "EntityCount",
    "FeedEntry",
    "FeedSubscription",
    "ImportChunk",
    "ImportItem",
    "ImportRun",
    "Mention",
    "Original",
    "Quarantined",
    "Release",
    "RemovedMention",
    "Revision",
    "SavedSearch",
    "Signature",
    "SignatureKey",
    "Source",
    "SourceDomain",
    "Story",
    "StoryDue",
    "Upload",
    "UploadPart",
]
