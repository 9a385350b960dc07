"""The words that both sides of the format use: the W3C's and our own. Pure."""

import re
from typing import Any

SCHEMA = 1
STANDARD = "http://www.w3.org/ns/anno.jsonld"
# Own terms are `nd:` and the name of a field of annotations.exports.records. The number is SCHEMA.
OWN, NAMESPACE = "nd:", "urn:newsdesk:terms:"
_DATED = {"@type": "http://www.w3.org/2001/XMLSchema#dateTime"}
_LINK = {"@type": "@id"}
CONTEXT: list[str | dict[str, Any]] = [
    STANDARD,
    {
        "nd": f"{NAMESPACE}{SCHEMA}#",
        "nd:speaker": _LINK | {"@id": "nd:speaker"},
        "nd:reply_to": _LINK | {"@id": "nd:reply_to"},
        "nd:decided_at": _DATED | {"@id": "nd:decided_at"},
        "nd:deleted_at": _DATED | {"@id": "nd:deleted_at"},
        "nd:at": _DATED | {"@id": "nd:at"},
        "nd:changes": {"@id": "nd:changes", "@container": "@list"},
        "nd:texts": {"@id": "nd:texts", "@container": "@list"},
    },
]
URN = "urn:uuid:"
# Fields of a mark that are bodies of their own, by the purpose of these.
CLASSIFYING = ("kind", "quote_type", "stance", "channel", "translated")
DESCRIBING = ("occasion", "said_when", "said_on", "framing")
# What the one body for `translated` says.
TRANSLATED = "translated"
QUOTE, SPEAKER = "quote", "speaker"
_NO_IRI = re.compile(r'[\x00-\x20<>"{}|\\^`]')


def owned(values: Any) -> Any:
    """The same with every key as a term of our own, however deep."""
    if isinstance(values, dict):
        return {OWN + key: owned(value) for key, value in values.items()}
    return [owned(value) for value in values] if isinstance(values, list) else values


def plain(values: Any) -> Any:
    """The own terms of an object, however deep, as they were before `owned`; whatever else is there is left out."""
    if isinstance(values, dict):
        own = ((key, value) for key, value in values.items() if key.startswith(OWN))
        return {key.removeprefix(OWN): plain(value) for key, value in own}
    return [plain(value) for value in values] if isinstance(values, list) else values


def iri(address: str) -> str:
    """An address with what no IRI may hold escaped; its Arabic letters stay."""
    return _NO_IRI.sub(lambda found: f"%{ord(found[0]):02X}", address)
