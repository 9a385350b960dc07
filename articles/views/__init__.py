from articles.views.comparing import compare_articles, compare_revisions
from articles.views.correcting import correct, restore
from articles.views.corrections import change_name, mention, new_mention, remove_name
from articles.views.entities import entity, entity_list
from articles.views.export import export
from articles.views.facets import article_facets
from articles.views.feeds_out import public_feed, search_feed
from articles.views.importing.feeds import feed_list, fetch_feed, pause_feed, remove_feed, resume_feed
from articles.views.importing.runs import import_progress, import_refusals, import_run, retry_import, stop_import
from articles.views.importing.starting import import_list
from articles.views.lists import article_list
from articles.views.pasting import paste
from articles.views.reading import article
from articles.views.searches import (
    delete_search,
    mail_search,
    open_search,
    rename_search,
    renew_feed,
    save_search,
    search_list,
    unsubscribe,
)
from articles.views.stories import story

__all__ = [
    "article",
    "article_facets",
    "article_list",
    "change_name",
    "compare_articles",
    "compare_revisions",
    "correct",
    "delete_search",
    "entity",
    "entity_list",
    "export",
    "feed_list",
    "fetch_feed",
    "import_list",
    "import_progress",
    "import_refusals",
    "import_run",
    "mail_search",
    "mention",
    "new_mention",
    "open_search",
    "paste",
    "pause_feed",
    "public_feed",
    "remove_feed",
    "remove_name",
    "rename_search",
    "renew_feed",
    "restore",
    "resume_feed",
    "retry_import",
    "save_search",
    "search_feed",
    "search_list",
    "stop_import",
    "story",
    "unsubscribe",
]
