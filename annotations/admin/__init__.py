from annotations.admin.annotations import AnnotationAdmin
from annotations.admin.changes import MarkChangeAdmin
from annotations.admin.checks import CheckAdmin, RatingAdmin
from annotations.admin.comments import CommentAdmin
from annotations.admin.exports import MarkedArticleAdmin
from annotations.admin.tags import TagAdmin
from annotations.admin.waiting import WaitingMarkAdmin

__all__ = [
    "AnnotationAdmin",
    "CheckAdmin",
    "CommentAdmin",
    "MarkChangeAdmin",
    "MarkedArticleAdmin",
    "RatingAdmin",
    "TagAdmin",
    "WaitingMarkAdmin",
]
