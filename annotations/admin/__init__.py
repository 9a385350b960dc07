from annotations.admin.annotations import AnnotationAdmin
from annotations.admin.waiting import WaitingMarkAdmin

__all__ = ["AnnotationAdmin", "WaitingMarkAdmin"]
