from annotations.models import noting  # noqa: F401 - registers triggers
from annotations.models.annotations import Annotation
from annotations.models.attributions import Attribution
from annotations.models.backlog import Backlog
from annotations.models.changes import ChangedMark, MarkChange
from annotations.models.circumstances import Channel, Stance
from annotations.models.comments import Comment, CommentMention
from annotations.models.exports import Export
from annotations.models.imports import MarkImport, MarkImportPart
from annotations.models.parts import Part
from annotations.models.placements import Placement, WaitingMark
from annotations.models.tags import Tag, Tagging

__all__ = [
    "Annotation",
    "Attribution",
    "Backlog",
    "ChangedMark",
    "Channel",
    "Comment",
    "CommentMention",
    "Export",
    "MarkChange",
    "MarkImport",
    "MarkImportPart",
    "Part",
    "Placement",
    "Stance",
    "Tag",
    "Tagging",
    "WaitingMark",
]
