"""What an annotation says of its words: bodies as the fields of a mark, or of a mention."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from annotations.exports.values import WrongValue
from annotations.exports.w3c.items import Item
from annotations.exports.w3c.terms import CLASSIFYING, DESCRIBING, OWN, QUOTE, URN, plain

_KINDS = {
    "quote": "quote",
    "quotation": "quote",
    "اقتباس": "quote",
    "claim": "claim",
    "ادعاء": "claim",
    "speaker": "speaker",
    "القائل": "speaker",
}
_NOTES = {"commenting", "replying", "describing", "assessing", "questioning", "highlighting", ""}


class Told(NamedTuple):
    """Fields of a MarkRecord as a dict, or those of a MentionRecord."""

    values: dict[str, Any]
    mention: dict[str, Any]


def told_by(item: Item, *, own: bool) -> Told:
    """Raises WrongValue."""
    bodies = list(_bodies(item))
    if own:
        mention = next((body for body in bodies if f"{OWN}mention" in body), None)
        if mention:
            return Told({}, _object(mention[f"{OWN}mention"], "nd:mention") | _recogniser(item))
        return Told(_made(item) | _own(bodies), {})
    return Told(_made(item) | _foreign(bodies, _maker(item)), {})


def _bodies(item: Item) -> Iterator[Item]:
    """Each as an object: a plain string is text (or an address), `bodyValue` and Hypothesis's `text` and `tags` too."""
    given = item.get("body", [])
    for body in given if isinstance(given, list) else [given]:
        if isinstance(body, str):
            yield {"value": body}
        elif isinstance(body, dict):
            yield body
        elif body is not None:
            raise WrongValue("should be text or an object", "body")
    for name in ("bodyValue", "text"):
        if item.get(name):
            yield {"value": item[name]}
    tags = item.get("tags")
    for tag in tags if isinstance(tags, list) else []:
        yield {"purpose": "tagging", "value": tag}


def _made(item: Item) -> dict[str, Any]:
    """By whom and when; a program is no maker, its marks name it under terms of their own."""
    maker = _maker(item)
    created = item.get("created")
    return {**({"created_by": maker} if maker else {}), **({"created_at": created} if created else {})}


def _maker(item: Item) -> str:
    creator = item.get("creator", item.get("user"))
    creator = creator[0] if isinstance(creator, list) and creator else creator
    if not isinstance(creator, dict):
        return creator if isinstance(creator, str) else ""
    name = creator.get("name") or creator.get("nickname") or creator.get("id") or ""
    return name if isinstance(name, str) and creator.get("type") != "Software" else ""


def _recogniser(item: Item) -> dict[str, str]:
    creator = item.get("creator")
    return {"recogniser": creator.get("name", "")} if isinstance(creator, dict) else {}


def _own(bodies: list[Item]) -> dict[str, Any]:
    values: dict[str, Any] = {"tags": [], "comments": [], "attributions": []}
    for body in bodies:
        field, purpose = body.get(f"{OWN}field"), body.get("purpose")
        if field in (*CLASSIFYING, *DESCRIBING, "note"):
            values[field] = True if field == "translated" else body.get("value")
        elif purpose == "tagging":
            values["tags"].append(body.get("value"))
        elif f"{OWN}attribution" in body:
            values["attributions"].append(_attribution(body[f"{OWN}attribution"]))
        elif purpose in ("commenting", "replying"):
            values["comments"].append(_comment(body))
        elif body.get(f"{OWN}relation") == QUOTE:
            values["quote"] = _named(body.get("source"))
    return values


def _attribution(body: Any) -> dict[str, Any]:
    link = _object(body, "nd:attribution")
    return link | ({"speaker": _named(link["speaker"])} if link.get("speaker") else {})


def _object(value: Any, name: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise WrongValue("should be an object", f"body.{name}")
    return plain(value)


def _comment(body: Item) -> dict[str, Any]:
    answered = body.get(f"{OWN}reply_to")
    comment = {key: value for key, value in plain(body).items() if key != "reply_to"}
    comment |= {"author": _maker(body), "text": body.get("value", "")}
    if answered is not None:
        number = str(answered).rpartition("#comment-")[2]
        if not (number.isascii() and number.isdigit()):
            raise WrongValue("should name a comment", "body.nd:reply_to")
        comment["reply_to"] = int(number[:9])
    times = {"created_at": body.get("created"), "edited_at": body.get("modified")}
    return comment | {key: value for key, value in times.items() if value}


def _named(name: Any) -> Any:
    return name.removeprefix(URN) if isinstance(name, str) else name


def _foreign(bodies: Iterable[Item], maker: str) -> dict[str, Any]:
    """Tags, the kind where one of them names it, what the maker wrote as the note, what others did as comments."""
    kind, tags, notes, comments = "", [], [], []
    for body in bodies:
        words, purpose, author = _words(body), _purpose(body), _maker(body)
        if not words:
            continue
        if purpose in ("tagging", "classifying"):
            kind = kind or _KINDS.get(words.strip().casefold(), "")
            tags += [words] if purpose == "tagging" else []
        elif author and author != maker:
            comments.append({"author": author, "text": words})
        elif purpose in _NOTES:
            notes.append(words)
    tags = list(dict.fromkeys(tags))
    return {"kind": kind, "tags": tags, "note": "\n\n".join(notes), "comments": comments}


def _purpose(body: Item) -> str:
    """The first where there are several; what is none counts as one that says nothing."""
    purpose = body.get("purpose")
    purpose = purpose[0] if isinstance(purpose, list) and purpose else purpose
    return purpose if isinstance(purpose, str) else ""


def _words(body: Item) -> str:
    """Of a text its words, of a resource its address."""
    words = next((body[key] for key in ("value", "source", "id") if body.get(key)), "")
    if isinstance(words, dict):
        words = words.get("id", "")
    if not isinstance(words, str):
        raise WrongValue("should be text", "body.value")
    return words
