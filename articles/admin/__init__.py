from articles.admin.articles import ArticleAdmin
from articles.admin.entities import EntityAdmin
from articles.admin.entity_changes import EntityChangeAdmin
from articles.admin.imports import ImportRunAdmin
from articles.admin.sources import SourceAdmin

__all__ = ["ArticleAdmin", "EntityAdmin", "EntityChangeAdmin", "ImportRunAdmin", "SourceAdmin"]
