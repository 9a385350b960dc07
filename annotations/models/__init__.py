from annotations.models.annotations import Annotation
from annotations.models.attributions import Attribution
from annotations.models.parts import Part
from annotations.models.placements import Placement, WaitingMark

__all__ = ["Annotation", "Attribution", "Part", "Placement", "WaitingMark"]
