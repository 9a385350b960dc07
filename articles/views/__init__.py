from articles.views.entities import entity, entity_list
from articles.views.lists import article_list
from articles.views.pasting import paste
from articles.views.reading import article

__all__ = ["article", "article_list", "entity", "entity_list", "paste"]
