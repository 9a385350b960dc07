from annotations.views.ledger import accept_in_ledger, delete_in_ledger, ledger, reject_in_ledger
from annotations.views.marks import accept_mark, article_marks, mark, mark_speaker, reject_mark
from annotations.views.places import confirm_mark_place, drop_mark_place, mark_place

__all__ = [
    "accept_in_ledger",
    "accept_mark",
    "article_marks",
    "confirm_mark_place",
    "delete_in_ledger",
    "drop_mark_place",
    "ledger",
    "mark",
    "mark_place",
    "mark_speaker",
    "reject_in_ledger",
    "reject_mark",
]
