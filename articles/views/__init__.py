from articles.views.corrections import change_name, mention, new_mention, remove_name
from articles.views.entities import entity, entity_list
from articles.views.lists import article_list
from articles.views.pasting import paste
from articles.views.reading import article

__all__ = [
    "article",
    "article_list",
    "change_name",
    "entity",
    "entity_list",
    "mention",
    "new_mention",
    "paste",
    "remove_name",
]
