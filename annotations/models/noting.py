"""Changes of marks are noted on their articles, for the search index tells of marks (annotations.searching)."""

import pgtrigger

from annotations.models.annotations import Annotation
from annotations.models.attributions import Attribution
from annotations.models.parts import Part
from annotations.models.placements import Placement
from articles.models.changes import OF_BOTH, OF_ROWS, noting_triggers

_OF_MARKS = "SELECT DISTINCT revision_id FROM annotations_annotation WHERE id IN (SELECT annotation_id FROM {rows})"
_OF_ROWS_MARKS = _OF_MARKS.format(rows="rows")
_OF_BOTHS_MARKS = _OF_MARKS.format(rows="before UNION SELECT annotation_id FROM after")

pgtrigger.register(*noting_triggers("mark", added=OF_ROWS, removed=OF_ROWS, changed=OF_BOTH))(Annotation)
pgtrigger.register(*noting_triggers("placement", added=OF_ROWS, removed=OF_ROWS, changed=OF_BOTH))(Placement)
for name, model in (("part", Part), ("attribution", Attribution)):
    triggers = noting_triggers(name, added=_OF_ROWS_MARKS, removed=_OF_ROWS_MARKS, changed=_OF_BOTHS_MARKS)
    pgtrigger.register(*triggers)(model)
