"""W3C Web Annotation: each mark an Annotation of one AnnotationCollection in JSON-LD, written and read as a stream.

https://www.w3.org/TR/annotation-model/. What the model has no term for stands under `nd:` (terms). Positions count code
points. `writing` makes annotations of records; `items` finds annotations in a file of whatever shape, `targets` and
`bodies` say what one is of and what it says, `reading` makes records of them, also of those that others wrote.
"""

from annotations.exports.w3c.reading import read
from annotations.exports.w3c.writing import write

__all__ = ["read", "write"]
