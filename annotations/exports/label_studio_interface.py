"""The labelling interface of Label Studio that shows our tasks: labels, links, and what is said of one mark."""

from collections.abc import Iterator, Mapping
from html import escape

from django.utils.translation import get_language_bidi, gettext_lazy
from django.utils.translation import gettext as _

from annotations.exports.format import About
from annotations.exports.wording import CHANNELS, KINDS, QUOTE_TYPES, STANCES

MARK, ENTITY, TEXT = "mark", "entity", "text"
CUE = "cue"
CONTINUES, CUE_OF, SAID_BY, STANDS_IN = "continues", "cue_of", "said_by", "stands_in"
# Fields of a mark of which one of several values is chosen, and those that are written.
CHOICES: Mapping[str, Mapping[str, str]] = {"quote_type": QUOTE_TYPES, "stance": STANCES, "channel": CHANNELS}
WRITTEN: Mapping[str, str] = {
    "speakers": gettext_lazy("القائل"),
    "tags": gettext_lazy("الوسوم"),
    "note": gettext_lazy("ملاحظة"),
}
_ENTITIES: Mapping[str, str] = {
    "person": gettext_lazy("شخص"),
    "organisation": gettext_lazy("جهة"),
    "place": gettext_lazy("مكان"),
    "other": gettext_lazy("أخرى"),
}
_RELATIONS = (CONTINUES, CUE_OF, SAID_BY, STANDS_IN)
_COLOURS = {"quote": "#c98a00", CUE: "#7a6a4f", "speaker": "#1f4e9a", "claim": "#a02c2c"}
_ENTITY_COLOURS = {"person": "#2f6f4f", "organisation": "#5b4a8a", "place": "#8a5a2b", "other": "#6b6b6b"}
# Label Studio lays its texts out from the left.
_STYLE = (
    ".htx-richtext, .lsf-richtext__container {direction: rtl; text-align: right; font-size: 1.2rem; line-height: 2}"
)


def interface(about: About) -> str:
    """As XML. The values of labels are keys, which the tasks have; what people read stands beside them."""
    side = "rtl" if get_language_bidi() else "ltr"
    marks = {**KINDS, CUE: _("عبارة الإسناد")}
    program = escape(f"{about.program} {about.version}").replace("--", "- -")
    lines = [f"<!-- {program} -->", f'<View style="direction: {side}">', *_parts(marks), "</View>", ""]
    return "\n".join(lines)


def _parts(marks: Mapping[str, str]) -> Iterator[str]:
    yield f"  <Style>{_STYLE}</Style>"
    yield '  <Header value="$title"/>'
    yield from _labels(MARK, marks, _COLOURS)
    yield from _labels(ENTITY, _ENTITIES, _ENTITY_COLOURS)
    yield "  <Relations>"
    yield from (f'    <Relation value="{key}"/>' for key in _RELATIONS)
    yield "  </Relations>"
    yield f'  <Text name="{TEXT}" value="$text" granularity="symbol"/>'
    for name, choices in CHOICES.items():
        yield f'  <Choices name="{name}" toName="{TEXT}" perRegion="true" whenTagName="{MARK}" showInline="true">'
        yield from (f'    <Choice value="{escape(str(label))}" alias="{key}"/>' for key, label in choices.items())
        yield "  </Choices>"
    for name, label in WRITTEN.items():
        asked = f'placeholder="{escape(str(label))}" editable="true" maxSubmissions="50"'
        yield f'  <TextArea name="{name}" toName="{TEXT}" perRegion="true" whenTagName="{MARK}" {asked}/>'


def _labels(name: str, labels: Mapping[str, str], colours: Mapping[str, str]) -> Iterator[str]:
    yield f'  <Labels name="{name}" toName="{TEXT}">'
    for key, label in labels.items():
        yield f'    <Label value="{escape(str(label))}" alias="{key}" background="{colours[key]}"/>'
    yield "  </Labels>"
