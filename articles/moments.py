"""When something was published, in words: no models, so that files are written by it too."""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _


def told_as_known(moment: datetime, precision: str) -> str:
    """In the newsroom's time zone, no more precise than it is known to be (Article.Precision)."""
    # Translators: Django date format strings, for a date with time, a day and a month.
    formats = {"day": _("j F Y"), "month": _("F Y")}
    return date_format(timezone.localtime(moment), formats.get(precision, _("j F Y، H:i")))
