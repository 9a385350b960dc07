from annotations.models.annotations import Annotation
from annotations.models.attributions import Attribution
from annotations.models.parts import Part

__all__ = ["Annotation", "Attribution", "Part"]
