"""Changes of marks are noted on their articles, for the search index tells of marks (annotations.searching)."""

import pgtrigger

from annotations.models.annotations import Annotation
from annotations.models.attributions import Attribution
from annotations.models.parts import Part
from annotations.models.placements import Placement
from articles.models.changes import OF_BOTH, OF_ROWS, noting_triggers

# Row by row: a plan that was made when there were few marks would read them all when there are many.
_OF_MARKS = (
    "SELECT DISTINCT mark.revision_id FROM (SELECT annotation_id FROM {rows}) AS one"
    " CROSS JOIN LATERAL (SELECT revision_id FROM annotations_annotation WHERE id = one.annotation_id OFFSET 0) AS mark"
)
_OF_ROWS_MARKS = _OF_MARKS.format(rows="rows GROUP BY annotation_id")
_OF_BOTHS_MARKS = _OF_MARKS.format(rows="before UNION SELECT annotation_id FROM after")

pgtrigger.register(*noting_triggers("mark", added=OF_ROWS, removed=OF_ROWS, changed=OF_BOTH))(Annotation)
pgtrigger.register(*noting_triggers("placement", added=OF_ROWS, removed=OF_ROWS, changed=OF_BOTH))(Placement)
for name, model in (("part", Part), ("attribution", Attribution)):
    triggers = noting_triggers(name, added=_OF_ROWS_MARKS, removed=_OF_ROWS_MARKS, changed=_OF_BOTHS_MARKS)
    pgtrigger.register(*triggers)(model)
