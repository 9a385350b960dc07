from annotations.views.comments import comment, comments_seen, mark_comments, members
from annotations.views.deciding import decide_marks
from annotations.views.entities import entities
from annotations.views.exports import cancel_export, delete_export, export_file, export_list, export_row, new_export
from annotations.views.imports import (
    confirm_mark_import,
    forget_mark_import,
    mark_import,
    mark_import_aside,
    mark_import_state,
    mark_imports,
)
from annotations.views.ledger import accept_in_ledger, delete_in_ledger, ledger, reject_in_ledger
from annotations.views.marks import (
    accept_mark,
    article_marks,
    mark,
    mark_quote,
    mark_speaker,
    mark_tags,
    reject_mark,
)
from annotations.views.places import confirm_mark_place, drop_mark_place, mark_place
from annotations.views.proposals import mark_mentions, mentions_of, proposals
from annotations.views.queue import next_in_queue, queue, queue_seen
from annotations.views.speaking import entity_quotes, entity_quotes_about, entity_quotes_feed, entity_quotes_feed_of
from annotations.views.tags import tags
from annotations.views.undoing import (
    history_page,
    mark_history,
    restore_from_history,
    restore_mark,
    undo_change,
)

__all__ = [
    "accept_in_ledger",
    "accept_mark",
    "article_marks",
    "cancel_export",
    "comment",
    "comments_seen",
    "confirm_mark_import",
    "confirm_mark_place",
    "decide_marks",
    "delete_export",
    "delete_in_ledger",
    "drop_mark_place",
    "entities",
    "entity_quotes",
    "entity_quotes_about",
    "entity_quotes_feed",
    "entity_quotes_feed_of",
    "export_file",
    "export_list",
    "export_row",
    "forget_mark_import",
    "history_page",
    "ledger",
    "mark",
    "mark_comments",
    "mark_history",
    "mark_import",
    "mark_import_aside",
    "mark_import_state",
    "mark_imports",
    "mark_mentions",
    "mark_place",
    "mark_quote",
    "mark_speaker",
    "mark_tags",
    "members",
    "mentions_of",
    "new_export",
    "next_in_queue",
    "proposals",
    "queue",
    "queue_seen",
    "reject_in_ledger",
    "reject_mark",
    "restore_from_history",
    "restore_mark",
    "tags",
    "undo_change",
]
