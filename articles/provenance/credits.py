"""Whom a page names as where its text comes from: pure, the rules in the order of their certainty.

A name inside running text is no credit: «قالت رويترز» says whose words are told, «الشرق الأوسط» is mostly the region.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple, Protocol
from urllib.parse import urlsplit

from articles.language.folding import FoldedText, fold
from articles.provenance.credit_rules import LineRule, leaves_unnamed, line_rules, names_nobody
from articles.provenance.outlets import agency_forms, is_name_of, outlet_named, outlet_of_host

_LONGEST_LINE, _LONGEST_NAME, _MOST_WORDS, _MOST_IN_LIST = 200, 80, 6, 3
# How many lines at either end of a text may be credits, and how far into it a dateline reaches (in characters).
_EDGE_LINES, _DATELINE = 2, 70

_IN_PARENTHESES = re.compile(r".*[(\[](?P<name>[^()\[\]]{2,60})[)\]][\W_]*")
_AFTER_LAST_SENTENCE = re.compile(r"[.!\u061f?»\"”…]\s*[(\[]\s*(?P<name>[^()\[\]]{2,60}?)\s*[)\]][\W_]*$")
_BARE = re.compile(r"(?P<name>.+)")
# Between names that share a credit: a comma, a plus, a dash with space beside it, a letter waw that stands alone.
_BETWEEN = re.compile(r"\s*[\u060c,/|+&\u061b;]\s*|\s+[-–—]+\s*|\s*[-–—]+\s+|\s+\u0648\s+")
_ADDRESS = re.compile(r"(?:https?://)?(?:www\.)?(?P<host>[\w-]+(?:\.[\w-]+)+)(?:/\S*)?", re.ASCII)


class Line(Protocol):
    @property
    def text(self) -> str: ...


class CreditingPage(Protocol):
    """What is read of a page that may say where its text comes from (articles.importing.pages.Page)."""

    @property
    def url(self) -> str | None: ...
    @property
    def source_key(self) -> str: ...
    @property
    def source_name(self) -> str: ...
    @property
    def byline(self) -> str: ...
    @property
    def agencies(self) -> str: ...
    @property
    def blocks(self) -> Sequence[Line]: ...
    @property
    def credit_lines(self) -> Sequence[str]: ...
    @property
    def metadata(self) -> Mapping[str, Any]: ...


class Credit(NamedTuple):
    """`name` is the outlet's, as the list of outlets has it where it is known; `words` are what the page says.

    It is empty where the page only says that the text is others', as «المصدر: وكالات» does.
    `rule` is one of canonical, based_on, credit_line, byline, opening, closing, publisher.
    """

    name: str
    rule: str
    words: str


def credit_of(page: CreditingPage) -> Credit | None:
    """The first credit that names somebody other than the page's own outlet, else the first that names nobody."""
    own = (page.source_name, page.source_key, urlsplit(page.url or "").hostname or "")
    unnamed = None
    for rule, words, name in _claims(page):
        outlet = outlet_named(name) or outlet_of_host(_host(name))
        if outlet and is_name_of(outlet, own):
            continue
        if outlet:
            return Credit(outlet.name, rule, words)
        if rule == "credit_line" and unnamed is None and _is_unnamed(name):
            unnamed = Credit("", rule, words)
        elif rule != "publisher" and _may_be_outlet(name) and fold(name) not in {fold(one) for one in own}:
            return Credit(_host(name) or name, rule, words)
    return unnamed


def names_no_origin(words: str) -> bool:
    """Whether these words of a credit leave unnamed whose the text is."""
    names = [name for _, _, name in _in_line(words, _credit_line_rules())]
    return bool(names) and all(map(_is_unnamed, names))


def _claims(page: CreditingPage) -> Iterator[tuple[str, str, str]]:
    """(rule, the page's words, the name in them) for all that may name an origin, the surest first."""
    for rule, key in (("canonical", "canonical_elsewhere"), ("based_on", "based_on")):
        for said in _strings(page.metadata.get(key)):
            yield rule, said, said
    for line in page.credit_lines:
        yield from _in_line(line, _credit_line_rules())
    lines = [block.text for block in page.blocks]
    for line in [*lines[:_EDGE_LINES], *lines[-_EDGE_LINES:]]:
        yield from _in_line(line, line_rules())
    for words in (page.agencies, page.byline):
        yield from (("byline", words.strip(), name) for name in _names(words) if _is_known(name))
    if lines:
        yield from _in_opening(lines[0])
        yield from _in_closing(lines[-1])
    for key in ("author_organisation", "publisher"):
        for said in _strings(page.metadata.get(key)):
            yield "publisher", said, said


def _in_line(line: str, rules: Sequence[LineRule]) -> Iterator[tuple[str, str, str]]:
    """The names in a line that is a credit from end to end. A sentence is none, however it begins."""
    if len(line) > _LONGEST_LINE:
        return
    folded = FoldedText(line)
    for pattern, known_only in rules:
        match = pattern.fullmatch(folded.text)
        if match:
            names = _names(line[slice(*folded.to_original(*match.span("name")))])
            if _are_outlets(names):
                yield from (("credit_line", line.strip(), name) for name in names if not known_only or _is_sure(name))
            return


@cache
def _credit_line_rules() -> Sequence[LineRule]:
    """For lines that are known to be credits: these may be a name alone."""
    return (*line_rules(), LineRule(_IN_PARENTHESES, True), LineRule(_BARE, True))


def _are_outlets(names: list[str]) -> bool:
    """Whether these may be the names of a credit line. Several are a list of outlets, or the clauses of a sentence."""
    if len(names) < 2:
        return True
    return any(map(_is_sure, names)) and all(_is_known(name) or len(name.split()) <= _MOST_IN_LIST for name in names)


def _in_opening(line: str) -> Iterator[tuple[str, str, str]]:
    """«القاهرة (رويترز) -», «واس – الرياض:», «رام الله - وفا -»: an agency in what stands before the first sentence."""
    folded = FoldedText(line[:_DATELINE])
    match = _opening().match(folded.text)
    if match:
        start, end = folded.to_original(*match.span("first" if match["first"] else "second"))
        stop = folded.to_original(*match.span())[1]
        yield "opening", line[:stop].strip(" -–—:/"), line[start:end]


def _in_closing(line: str) -> Iterator[tuple[str, str, str]]:
    """«… حتى إشعار آخر. (رويترز)»: after the last sentence."""
    folded = FoldedText(line)
    match = _AFTER_LAST_SENTENCE.search(folded.text)
    if match:
        start, end = folded.to_original(*match.span("name"))
        yield from (("closing", line[start:end], name) for name in _names(line[start:end]) if _is_known(name))


@cache
def _opening() -> re.Pattern[str]:
    agency = "|".join(re.escape(form).replace(r"\ ", r"[\s.]+") for form in agency_forms())
    place = r"[^\W\d][^.:\u061b\u060c()\n]{1,40}?"
    return re.compile(
        rf"[\W_]*(?:[(\[«]?(?P<first>{agency})[)\]»]?\s*[-–—/:]\s*(?:{place})\s*[-–—:/)]"
        rf"|{place}\s*(?:[-–—/]+\s*|(?=[(\[«]))[(\[«]?\s*(?P<second>{agency})\s*[)\]»]?\s*[-–—:/])"
    )


def _names(words: str) -> list[str]:
    """The parts of a credit that several share; an address is one."""
    if _host(words):
        return [words.strip()]
    return [part for part in (part.strip(" .:*()[]") for part in _BETWEEN.split(words.strip())) if part]


def _is_known(name: str) -> bool:
    return outlet_named(name) is not None or outlet_of_host(_host(name)) is not None


def _is_unnamed(name: str) -> bool:
    """Whether this stands for outlets that it does not name, and is no known outlet's name by chance."""
    return _is_short(name) and not _is_known(name) and leaves_unnamed(name)


def _is_sure(name: str) -> bool:
    return _is_known(name) or _is_unnamed(name)


def _may_be_outlet(name: str) -> bool:
    """Whether a credit may mean a single outlet by this: no sentence, and not "agencies"."""
    return len(name) > 1 and _is_short(name) and not names_nobody(name) and not leaves_unnamed(name)


def _is_short(name: str) -> bool:
    return len(name) <= _LONGEST_NAME and len(name.split()) <= _MOST_WORDS


def _host(words: str) -> str:
    match = _ADDRESS.fullmatch(words.strip())
    return match["host"].lower() if match else ""


def _strings(value: object) -> list[str]:
    """What metadata says, as far as it is text."""
    values = value if isinstance(value, list | tuple) else [value]
    return [said.strip() for said in values if isinstance(said, str) and said.strip()]
