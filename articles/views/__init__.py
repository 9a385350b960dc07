from articles.views.comparing import compare_articles, compare_revisions
from articles.views.correcting import correct, restore
from articles.views.corrections import change_name, mention, new_mention, remove_name
from articles.views.entities import entity, entity_list
from articles.views.importing.feeds import feed_list, fetch_feed, pause_feed, remove_feed, resume_feed
from articles.views.importing.runs import import_progress, import_refusals, import_run, retry_import, stop_import
from articles.views.importing.starting import import_list
from articles.views.lists import article_list
from articles.views.pasting import paste
from articles.views.reading import article
from articles.views.stories import story

__all__ = [
    "article",
    "article_list",
    "change_name",
    "compare_articles",
    "compare_revisions",
    "correct",
    "entity",
    "entity_list",
    "feed_list",
    "fetch_feed",
    "import_list",
    "import_progress",
    "import_refusals",
    "import_run",
    "mention",
    "new_mention",
    "paste",
    "pause_feed",
    "remove_feed",
    "remove_name",
    "restore",
    "resume_feed",
    "retry_import",
    "stop_import",
    "story",
]
