"""What a search found, and what it was asked, on a page."""

from collections.abc import Iterable
from datetime import date
from html import escape

from django import template
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from articles.language.spans import Span

register = template.Library()


@register.filter
def period(day: date, unit: str) -> str:
    """The day, month or year (as articles.timelines names them) that begins with this day."""
    # Translators: Django date format strings, for a day, a month and a year.
    return date_format(day, {"day": _("j F Y"), "month": _("F Y"), "year": "Y"}[unit])


@register.simple_tag
def marked(text: str, marks: Iterable[Span]) -> SafeString:
    """The text with <mark> over the spans, which are in order; no character is added between."""
    written, reached = [], 0
    for start, end in marks:
        written += [escape(text[reached:start]), "<mark>", escape(text[start:end]), "</mark>"]
        reached = end
    return mark_safe("".join([*written, escape(text[reached:])]))
