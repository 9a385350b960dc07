"""How dates, addresses, numbers and the text itself are written on a page."""

from collections.abc import Iterable
from datetime import datetime
from html import escape
from urllib.parse import unquote, urlsplit

from django import template
from django.conf.locale import LANG_INFO
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from articles.layers import Panel
from articles.models import Article
from articles.moments import told_as_known
from articles.rendering import Segment

register = template.Library()


@register.filter
def dated(moment: datetime | None, precision: str) -> SafeString:
    """A moment in the newsroom's time zone, no more precise than it is known to be."""
    if moment is None:
        return mark_safe("")
    local = timezone.localtime(moment)
    machine = {Article.Precision.DAY: "%Y-%m-%d", Article.Precision.MONTH: "%Y-%m"}.get(precision)
    stamp = local.strftime(machine) if machine else local.isoformat(timespec="minutes")
    return format_html('<time datetime="{}">{}</time>', stamp, told_as_known(moment, precision))


@register.filter
def grouped(number: int) -> str:
    """European digits with a comma at the thousands, whatever the interface's language."""
    return f"{number:,}"


@register.filter
def direction(language: str) -> str:
    """The direction that a language is written in; an unknown one is taken for Arabic's, as most texts here are."""
    return "rtl" if LANG_INFO.get(language.split("-")[0], {}).get("bidi", True) else "ltr"


@register.filter
def readable_address(url: str) -> SafeString:
    """An address as people read it: without scheme, Arabic letters instead of percent signs.

    Every part is isolated, or an Arabic word and the number after it would change places.
    """
    parts = urlsplit(url)
    names = [parts.netloc.removeprefix("www."), *(name for name in parts.path.split("/") if name)]
    path = format_html_join("/", "<bdi>{}</bdi>", ((unquote(name),) for name in names))
    return format_html("{}?<bdi>{}</bdi>", path, unquote(parts.query)) if parts.query else path


@register.simple_tag
def drawn(segments: Iterable[Segment]) -> SafeString:
    """Segments as text and flat <span> elements, with no character added between them."""
    return mark_safe("".join(_element(segment) for segment in segments))


def _element(segment: Segment) -> str:
    # html.escape rather than Django's: a long article has a thousand segments, and none of them is marked safe.
    text = escape(segment.text)
    if not (segment.classes or segment.attributes):
        return text
    attributes = ({"class": segment.classes} if segment.classes else {}) | segment.attributes
    written = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
    return f"<span{written}>{text}</span>"


@register.simple_tag(takes_context=True)
def show_panel(context: template.Context, panel: Panel) -> SafeString:
    """A panel's template, with what the panel gives beside what the page knows."""
    with context.push(**panel.context):
        return context.template.engine.get_template(panel.template).render(context)
