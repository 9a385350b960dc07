from annotations.models import noting  # noqa: F401 - registers triggers
from annotations.models.annotations import Annotation
from annotations.models.attributions import Attribution
from annotations.models.backlog import Backlog
from annotations.models.changes import ChangedMark, MarkChange
from annotations.models.checks import Check, CheckedClaim, Rating, Verdict
from annotations.models.circumstances import Channel, Stance
from annotations.models.comments import Comment, CommentMention
from annotations.models.exports import Export
from annotations.models.imports import MarkImport, MarkImportPart
from annotations.models.papers import CorrectionNotice, Evidence, Reply
from annotations.models.parts import Part
from annotations.models.placements import Placement, WaitingMark
from annotations.models.tags import Tag, Tagging

__all__ = [
    "Annotation",
    "Attribution",
    "Backlog",
    "ChangedMark",
    "Channel",
    "Check",
    "CheckedClaim",
    "Comment",
    "CommentMention",
    "CorrectionNotice",
    "Evidence",
    "Export",
    "MarkChange",
    "MarkImport",
    "MarkImportPart",
    "Part",
    "Placement",
    "Rating",
    "Reply",
    "Stance",
    "Tag",
    "Tagging",
    "Verdict",
    "WaitingMark",
]
