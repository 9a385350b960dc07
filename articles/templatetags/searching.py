"""What a search found, and what it was asked, on a page."""

from collections.abc import Iterable
from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe

from articles.language.spans import Span

register = template.Library()


@register.simple_tag
def marked(text: str, marks: Iterable[Span]) -> SafeString:
    """The text with <mark> over the spans, which are in order; no character is added between."""
    written, reached = [], 0
    for start, end in marks:
        written += [escape(text[reached:start]), "<mark>", escape(text[start:end]), "</mark>"]
        reached = end
    return mark_safe("".join([*written, escape(text[reached:])]))
