"""For formats of annotation tools that are read back: what a tool has no words for travels as JSON beside each mark.

What a tool shows and lets people change (the words, the kind, the status, the note, who said it …) is written in its
own words alone, so that a change made there is the truth when the file comes back. The rest is the remainder: JSON in a
note or a feature that the tool keeps as it is. A file that was made elsewhere has none.
"""

import json
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from annotations.exports.format import NotReadable
from annotations.exports.records import AROUND, CONTENT, ArticleRecord, MarkRecord, MentionRecord, TextRecord
from annotations.exports.values import WrongValue, record_of, values_of

Values = dict[str, Any]

_LINE_END = re.compile("[\x7f-\x9f\u2028\u2029]")
_OWN_OF_MARK = ("parts", "kind", "revision")
_OWN_OF_LINK = ("role", "certainty")


def mark_remainder(mark: MarkRecord, *, said: Collection[str], uuids: Collection[str]) -> str:
    """`said` are the fields that the tool has words for, `uuids` the marks of the file, which links can lead to.

    Empty where nothing is left to say.
    """
    values = values_of(replace(mark, parts=()))
    for name in (*_OWN_OF_MARK, *said):
        values.pop(name, None)
    if mark.quote in uuids:
        del values["quote"]
    for link in values.get("attributions", ()):
        if link.get("speaker") in uuids:
            for name in _OWN_OF_LINK:
                link.pop(name, None)
    return written(values)


def article_values(article: ArticleRecord) -> Values:
    """Of an article with one text: everything but that text, the marks and the names."""
    values = values_of(replace(article, marks=(), mentions=()))
    for text in values["texts"]:
        del text["text"], text["sha256"]
    return values


def written(values: Values) -> str:
    """In one line, whatever a program takes for the end of one."""
    line = json.dumps(values, ensure_ascii=False, separators=(",", ":")) if values else ""
    return _LINE_END.sub(lambda end: f"\\u{ord(end[0]):04x}", line)


def loaded(text: str, place: str) -> Values:
    """What `written` wrote. Raises NotReadable with the place."""
    try:
        values = json.loads(text) if text else {}
    except (ValueError, RecursionError):
        values = None
    if not isinstance(values, dict):
        raise NotReadable(f"{place}: the rest of the mark should be a JSON object")
    return values


@dataclass(slots=True, eq=False)
class Found:
    """A mark as a file has it; `place` is where it was found. `said` are fields in the tool's words, as JSON has them.

    `links` are the speakers' marks with role and certainty; `quote` is the mark that a claim stands in.
    """

    kind: str
    place: str
    parts: list[tuple[int, int, str]] = field(default_factory=list)
    said: Values = field(default_factory=dict)
    remainder: Values = field(default_factory=dict)
    links: list[tuple["Found", Values]] = field(default_factory=list)
    quote: "Found | None" = None

    @property
    def uuid(self) -> Any:
        return self.remainder.get("uuid", "")


def join(one: Found | None, other: Found | None, said: Values, *, in_quote: bool, place: str) -> None:
    """A relation of a file: of a claim with its quote, or of what was said with its speaker, from whichever side."""
    if one is None or other is None:
        raise NotReadable(f"{place}: leads to no mark")
    if in_quote and {one.kind, other.kind} == {"claim", "quote"}:
        claim, quote = sorted((one, other), key=lambda mark: mark.kind)
        claim.quote = quote
    elif not in_quote and (one.kind == "speaker") != (other.kind == "speaker"):
        saying, speaker = sorted((one, other), key=lambda mark: mark.kind == "speaker")
        saying.links.append((speaker, said))
    else:
        raise NotReadable(f"{place}: cannot hold between a {one.kind} and a {other.kind}")


def article_of(
    values: Values, text: str, marks: Sequence[Found], mentions: Iterable[Values], place: str
) -> ArticleRecord:
    """The article of a file with its marks in the order of the text. Raises NotReadable.

    `values` as article_values gives them, or nothing: then the first line is the title. `mentions` have start, end,
    entity and recogniser.
    """
    title = text.strip().split("\n", 1)[0].strip()
    if not isinstance(values, dict):
        raise NotReadable(f"{place}: what is said of the article should be a JSON object")
    try:
        (about,) = values.get("texts") or ({"revision": values.get("revision", 1)},)
        plain = TextRecord.of(1, text)
        texts = [{**about, "text": text, "sha256": plain.sha256}]
        article = record_of(ArticleRecord, {"id": None, "title": title, **values, "texts": texts})
    except (WrongValue, TypeError, ValueError) as error:
        raise NotReadable(f"{place}: {_one_line(error)}") from None
    if article.text is None:
        raise NotReadable(f"{place}: the article's revision is not that of its text")
    _name(marks, plain.sha256)
    uuids = {str(one.uuid) for one in marks}
    found = [_mark(one, text, article.revision, uuids) for one in marks]
    return replace(
        article,
        marks=tuple(sorted(found, key=lambda mark: mark.content[0].start)),
        mentions=tuple(_mention(one, text, place) for one in mentions),
    )


def exact(text: str, start: int, end: int, place: str) -> str:
    if not 0 <= start < end <= len(text):
        raise NotReadable(f"{place}: {start} to {end} is not within the text of {len(text)} characters")
    return text[start:end]


def _name(marks: Sequence[Found], sha256: str) -> None:
    """Marks that others lead to need a UUID; without one of their own they get that of their words in this text."""
    for mark in marks:
        for other in (mark.quote, *(speaker for speaker, _ in mark.links)):
            if other and not other.uuid:
                other.remainder["uuid"] = str(uuid5(NAMESPACE_URL, f"{sha256}/{other.kind}/{sorted(other.parts)}"))


def _mark(mark: Found, text: str, revision: int, uuids: Collection[str]) -> MarkRecord:
    if not any(role == CONTENT for _, _, role in mark.parts):
        raise NotReadable(f"{mark.place}: a mark without words of its own")
    parts = [
        {
            "start": start,
            "end": end,
            "exact": exact(text, start, end, mark.place),
            "role": role,
            "prefix": text[max(0, start - AROUND) : start],
            "suffix": text[end : end + AROUND],
        }
        for start, end, role in sorted(mark.parts)
    ]
    own = {"kind": mark.kind, "parts": parts, "revision": revision, "uuid": mark.uuid}
    links = {"attributions": _links(mark, uuids)} if mark.links or mark.remainder.get("attributions") else {}
    quote = {"quote": mark.quote.uuid} if mark.quote else {}
    try:
        return record_of(MarkRecord, {**mark.remainder, **mark.said, **own, **links, **quote})
    except WrongValue as error:
        raise NotReadable(f"{mark.place}: {_one_line(error)}") from None


def _links(mark: Found, uuids: Collection[str]) -> Any:
    """Those of the remainder in their order, with what the file's own links say; then the links that are new.

    One to a mark of the file to which no link leads any more was taken away in the tool.
    """
    kept = mark.remainder.get("attributions", [])
    if not isinstance(kept, list) or not all(isinstance(one, dict) for one in kept):
        return kept
    new: dict[str, list[Values]] = defaultdict(list)
    for speaker, values in mark.links:
        new[str(speaker.uuid)].append({"speaker": speaker.uuid, **values})
    together = []
    for one in kept:
        speaker = str(one.get("speaker"))
        if new.get(speaker):
            together.append(one | new[speaker].pop(0))
        elif speaker not in uuids:
            together.append(one)
    return together + [link for links in new.values() for link in links]


def _mention(values: Values, text: str, place: str) -> MentionRecord:
    try:
        return record_of(MentionRecord, {**values, "exact": exact(text, values["start"], values["end"], place)})
    except WrongValue as error:
        raise NotReadable(f"{place}: {_one_line(error)}") from None


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:200]
