"""The names that brat's files use for what Newsdesk marks, and the configuration that tells brat of them."""

from collections.abc import Iterable

KINDS = {"quote": "Quote", "speaker": "Speaker", "claim": "Claim"}
ENTITIES = {"person": "Person", "organisation": "Organisation", "place": "Place", "other": "Other"}
CUE, CUE_OF, IN_QUOTE = "Cue", "CueOf", "InQuote"
_ROLES = {"said": "SaidBy", "relayed": "RelayedBy", "joint": "JointlySaidBy"}
_CERTAINTIES = {"confirmed": "", "probable": "Probably", "uncertain": "Uncertainly"}
# Role and certainty of an attribution are its type: brat draws relations without attributes.
LINKS = {
    (role, certainty): f"{sure}{said}" for role, said in _ROLES.items() for certainty, sure in _CERTAINTIES.items()
}
# The field of MarkRecord that an attribute says; Status is written always, the others where there is something to say.
STATUS = "Status"
ATTRIBUTES = {"QuoteType": "quote_type", "Stance": "stance", "Translated": "translated"}
# Types of notes. brat's own editor writes the first.
NOTE, TAG, COMMENT, REMAINDER = "AnnotatorNotes", "Tag", "Comment", "Newsdesk"
NORMALISATION = "Newsdesk"

# All that Python's codecs, with which brat reads files, take for the end of a line.
LINE_ENDS = "\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029"
_OTHER_ENDS = dict.fromkeys(map(ord, "\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029\t"), " ")

_VALUES = {
    STATUS: ("accepted", "suggested", "rejected"),
    "QuoteType": ("direct", "indirect", "mixed"),
    "Stance": (
        *("neutral", "assertive", "revealing", "admitting", "warning"),
        *("demanding", "accusing", "doubting", "denying"),
    ),
}
_SAYINGS = "Quote|Claim"
_LABELS = {
    "Quote": "اقتباس",
    "Speaker": "القائل",
    "Claim": "ادعاء",
    "Cue": "عبارة الإسناد",
    "Person": "شخص",
    "Organisation": "جهة",
    "Place": "مكان",
    "Other": "اسم آخر",
    "SaidBy": "قال",
    "RelayedBy": "نقل",
    "JointlySaidBy": "قول مشترك",
    "CueOf": "إسناد",
    "InQuote": "ضمن اقتباس",
}
_SURE_LABELS = {"Probably": "مرجّح", "Uncertainly": "غير مؤكد"}
_COLOURS = {
    "Quote": "#fff2b3",
    "Speaker": "#cfe3f7",
    "Claim": "#f9d5cc",
    "Cue": "#e6e6e6",
    "Person": "#d9e8d5",
    "Organisation": "#e5d9ee",
    "Place": "#d5ebea",
    "Other": "#eee6d9",
}


def escaped(text: str) -> str:
    """A note is one line: line ends and backslashes as in JSON."""
    return text.replace("\\", "\\\\").replace("\n", "\\n").translate(_OTHER_ENDS)


def unescaped(text: str) -> str:
    return "\\".join(piece.replace("\\n", "\n") for piece in text.split("\\\\"))


def annotation_conf() -> str:
    relations = [
        *(f"{name}\tArg1:{_SAYINGS}, Arg2:Speaker" for name in LINKS.values()),
        f"{CUE_OF}\tArg1:{CUE}, Arg2:{_SAYINGS}",
        f"{IN_QUOTE}\tArg1:Claim, Arg2:Quote",
        # Marks and names lie over each other as they like.
        "<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>",
    ]
    marks = "|".join(KINDS.values())
    attributes = [
        f"{STATUS}\tArg:{marks}, Value:{'|'.join(_VALUES[STATUS])}",
        *(f"{name}\tArg:Quote, Value:{'|'.join(_VALUES[name])}" for name in ("QuoteType", "Stance")),
        "Translated\tArg:Quote",
    ]
    return _sections(
        ("entities", (*KINDS.values(), CUE, *ENTITIES.values())),
        ("relations", relations),
        ("events", ()),
        ("attributes", attributes),
    )


def visual_conf() -> str:
    """Labels in Arabic; a link that is not sure is dashed."""
    labels = [f"{name} | {label}" for name, label in _LABELS.items()]
    drawing = ["SPAN_DEFAULT\tfgColor:black, bgColor:white, borderColor:darken", "ARC_DEFAULT\tcolor:black"]
    drawing += [f"{name}\tbgColor:{colour}" for name, colour in _COLOURS.items()]
    for sure, label in _SURE_LABELS.items():
        labels += [f"{sure}{name} | {_LABELS[name]} ({label})" for name in _ROLES.values()]
        drawing += [f"{sure}{name}\tcolor:#888888, dashArray:3-3" for name in _ROLES.values()]
    return _sections(("labels", labels), ("drawing", drawing))


def tools_conf(site: str) -> str:
    """Text runs from right to left, a line is a sentence, and names lead to their page in Newsdesk."""
    options = ("Tokens\ttokenizer:whitespace", "Sentences\tsplitter:newline", "Text\tdirection:rtl")
    names = (f"{NORMALISATION}\t<URL>:{site}, <URLBASE>:{site}/entities/%s/",) if site else ()
    return _sections(("options", options), ("normalization", names))


def _sections(*sections: tuple[str, Iterable[str]]) -> str:
    return "\n".join(f"[{name}]\n" + "".join(f"{line}\n" for line in lines) for name, lines in sections)
