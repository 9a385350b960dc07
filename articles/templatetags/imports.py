"""How durations and sizes are written on an import's pages."""

from datetime import timedelta

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def clock(duration: timedelta) -> SafeString:
    """A duration as a clock counts it, 0:42 or 1:02:07, in every language alike."""
    seconds = int(duration.total_seconds())
    minutes, second = divmod(seconds, 60)
    hours, minute = divmod(minutes, 60)
    shown = f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"
    return format_html('<time datetime="PT{}S" dir="ltr">{}</time>', seconds, shown)


@register.filter
def megabytes(size: int) -> str:
    """A number of bytes in megabytes, fewer than a million of them in kilobytes."""
    if size < 1_000_000:
        return _("%(number)s كيلوبايت") % {"number": max(1, round(size / 1000))}
    return _("%(number)s ميغابايت") % {"number": f"{size // 1_000_000:,}"}
