from annotations.admin.annotations import AnnotationAdmin

__all__ = ["AnnotationAdmin"]
