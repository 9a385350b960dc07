from articles.admin.articles import ArticleAdmin
from articles.admin.boilerplate import BoilerplateLineAdmin
from articles.admin.entities import EntityAdmin
from articles.admin.entity_changes import EntityChangeAdmin
from articles.admin.imports import FeedSubscriptionAdmin, ImportItemAdmin, ImportRunAdmin, QuarantinedAdmin
from articles.admin.saved_searches import SavedSearchAdmin
from articles.admin.sources import SourceAdmin
from articles.admin.stories import StoryAdmin

__all__ = [
    "ArticleAdmin",
    "BoilerplateLineAdmin",
    "EntityAdmin",
    "EntityChangeAdmin",
    "FeedSubscriptionAdmin",
    "ImportItemAdmin",
    "ImportRunAdmin",
    "QuarantinedAdmin",
    "SavedSearchAdmin",
    "SourceAdmin",
    "StoryAdmin",
]
