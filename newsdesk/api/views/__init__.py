from newsdesk.api.views.articles import article, article_list
from newsdesk.api.views.entities import entity, entity_list, entity_mentions
from newsdesk.api.views.marks import claim_list, mark_list, quote_list
from newsdesk.api.views.root import documentation, root
from newsdesk.api.views.sources import source_list
from newsdesk.api.views.stories import story, story_list
from newsdesk.api.views.tokens import revoke_token, token_list

__all__ = [
    "article",
    "article_list",
    "claim_list",
    "documentation",
    "entity",
    "entity_list",
    "entity_mentions",
    "mark_list",
    "quote_list",
    "revoke_token",
    "root",
    "source_list",
    "story",
    "story_list",
    "token_list",
]
