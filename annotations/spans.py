"""The places a person marks, checked against the text, and the parts they become."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from django.utils.translation import gettext as _

from annotations.models import Annotation, Part
from annotations.refusals import MarkRefused, TextChanged

# Code points kept on either side of a part, to find it again when the text changes; the width of Part.prefix.
CONTEXT = 32
# An interrupted quote has two or three parts; more than this is a mistake or an attack.
MOST_PARTS = 20


class MarkedSpan(NamedTuple):
    """Code points [start, end) of a revision's text, and the words that whoever marked them saw there."""

    start: int
    end: int
    exact: str
    role: str = Part.Role.CONTENT


def check_spans(text: str, kind: str, spans: Sequence[MarkedSpan]) -> None:
    """Refuse spans that are not in the text, hold other words than were seen, or do not fit the kind of mark."""
    content = sorted(span[:2] for span in spans if span.role == Part.Role.CONTENT)
    if not content or len(spans) > MOST_PARTS:
        raise MarkRefused("no_words", _("اختر الكلمات أولاً."))
    if kind != Annotation.Kind.QUOTE and len(spans) > 1:
        raise MarkRefused("one_part", _("لا توضع هذه العلامة إلا على كلمات متصلة."))
    if any(left[1] > right[0] for left, right in pairwise(content)):
        raise MarkRefused("parts_overlap", _("أجزاء العلامة متداخلة."))
    for span in spans:
        _check_span(text, span)


def _check_span(text: str, span: MarkedSpan) -> None:
    if not 0 <= span.start < span.end <= len(text):
        raise MarkRefused("outside_text", _("الموضع خارج نص المادة."))
    if text[span.start : span.end] != span.exact:
        raise TextChanged
    if not span.exact.strip():
        raise MarkRefused("no_words", _("اختر الكلمات أولاً."))


def parts_of(annotation: Annotation, text: str, spans: Iterable[MarkedSpan]) -> list[Part]:
    """Unsaved parts in the order of the text, whatever their role."""
    ordered = sorted(spans, key=lambda span: span.start)
    return [part_at(annotation, text, span, order) for order, span in enumerate(ordered)]


def part_at(annotation: Annotation, text: str, span: MarkedSpan, order: int) -> Part:
    """An unsaved part with the words around it."""
    return Part(
        annotation=annotation,
        order=order,
        role=span.role,
        start=span.start,
        end=span.end,
        exact=span.exact,
        prefix=text[max(0, span.start - CONTEXT) : span.start],
        suffix=text[span.end : span.end + CONTEXT],
    )
