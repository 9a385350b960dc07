from annotations.views.ledger import accept_in_ledger, delete_in_ledger, ledger, reject_in_ledger
from annotations.views.marks import accept_mark, article_marks, mark, mark_speaker, reject_mark

__all__ = [
    "accept_in_ledger",
    "accept_mark",
    "article_marks",
    "delete_in_ledger",
    "ledger",
    "mark",
    "mark_speaker",
    "reject_in_ledger",
    "reject_mark",
]
