"""How, where and when a quote was said, as a person reads and corrects it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from annotations.models import Annotation, Channel, Stance
from annotations.refusals import MarkRefused

# The framing is not among them: it is the text's.
CHANGEABLE = ("stance", "channel", "occasion", "said_on", "translated")


def changed_circumstances(mark: Annotation, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a quote as they are to be, from those among CHANGEABLE that a person gave.

    The text's words for the day go with a day that was not meant: where it was another, or is to be none.
    """
    if mark.kind != Annotation.Kind.QUOTE:
        raise MarkRefused("not_a_quote", _("نبرة القول وظروفه تُسجَّل للاقتباسات وحدها."))
    if wanted.get("stance", "") not in ("", *Stance.values):
        raise MarkRefused("unknown_stance", _("نبرة الفعل غير معروفة."))
    if wanted.get("channel", "") not in ("", *Channel.values):
        raise MarkRefused("unknown_channel", _("قناة القول غير معروفة."))
    fields = {name: wanted[name] for name in CHANGEABLE if name in wanted}
    if "said_on" in fields:
        day = fields["said_on"]
        keeps_words = day is not None and mark.said_on in (None, day)
        fields["said_when"] = mark.said_when if keeps_words else ""
    return fields


def day_told(words: str, day: date | None) -> str:
    """The text's words for the day, and the day where they do not name it themselves: «الثلاثاء (26 مارس 2024)»."""
    if day is None:
        return words
    shown = date_format(day, _("j F Y"))
    return f"{words} ({shown})" if words and not any(map(str.isdigit, words)) else shown
