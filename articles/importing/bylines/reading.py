"""Who wrote an article, where, and after which agencies, out of the one line in which newspapers say it."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from articles.importing.bylines.parts import Kind, Part, parts_of
from articles.importing.bylines.words import (
    is_agency,
    is_job,
    is_nobody,
    is_outlet,
    is_person,
    is_place,
    is_town,
    plain,
    without_ending,
)
from articles.importing.dates.published import Published, read_dateline


@dataclass(frozen=True, slots=True)
class Byline:
    """Names, places and agencies as written, several joined by «، ». An outlet that is not the page's is an agency."""

    name: str = ""
    place: str = ""
    agencies: str = ""


_LONGEST_NAME = 80
# No name of a person and none of a place has more words.
_MOST_WORDS, _MOST_WORDS_OF_PLACE = 8, 4
# Openings of texts: a dateline is not longer, and ends with one of these.
_LONGEST_OPENING = 90
_OPENING_END = re.compile(r"\s*(?:-{1,2}|[–—ـ:/])\s*(?=\S)")
_LONGEST_LINE = 80
_LETTER = re.compile(r"[^\W\d_]")
_OF_DATELINES = ("place", "agency", "own", "nobody")
_QUOTES = ("«", "{", "“", '"')


def read_byline(raw: str, *, outlets: Iterable[str] = ()) -> Byline:
    """What a byline says. `outlets` are names of the page's own outlet, which signs nothing.

    «لندن: رنيم حنوش» is a place and a name, «الرياض – واس» a place and an agency, «كتب: سامر النوري» a name.
    """
    parts = _decided(_parts(raw, _own(outlets)))
    if any(_words_in(part) > _MOST_WORDS for part in parts):
        return Byline()  # a sentence
    names = _texts(parts, "person") or _texts(parts, "photographer")
    return Byline("، ".join(names), "، ".join(_places(parts)), "، ".join(dict.fromkeys(_texts(parts, "agency"))))


def read_opening(line: str, *, outlets: Iterable[str] = ()) -> Byline:
    """The dateline that a text begins with, «القاهرة (رويترز) -»، «رام الله/ 3 أيار/ وفا», or that is its first line.

    Only places and agencies that are known count, so that running text is never taken for one.
    """
    outlets = list(outlets)
    return _whole(line, outlets) or _dateline(line, outlets)[0]


def date_of_opening(line: str, *, seen_at: datetime | None = None) -> Published | None:
    """The date in that dateline, where it names an agency; `seen_at` as in `read_dateline`."""
    whole = _whole(line, ())
    found, end = (whole, len(line)) if whole else _dateline(line, ())
    return read_dateline(line[:end], seen_at=seen_at) if found.agencies else None


def _whole(line: str, outlets: Iterable[str]) -> Byline | None:
    """A line that is nothing but a byline with a place."""
    if len(line) > _LONGEST_LINE:
        return None
    whole = read_byline(line, outlets=outlets)
    is_sure = is_person(whole.name) if whole.name else bool(whole.agencies)
    return whole if is_sure and is_town(whole.place) else None


def _dateline(line: str, outlets: Iterable[str]) -> tuple[Byline, int]:
    """The dateline that a text begins with, and where it ends."""
    found, length, own = Byline(), 0, _own(outlets)
    for end in _OPENING_END.finditer(line[:_LONGEST_OPENING]):
        parts = _with_own_town(_parts(line[: end.start()], own))
        if not parts or any(part.kind not in _OF_DATELINES or _words_in(part) > 4 for part in parts):
            continue
        places, agencies = _places(parts), _texts(parts, "agency")
        is_place_alone = len(parts) == 1 and is_town(parts[0].text) and end.group().strip() not in (":", "/")
        is_of_outlet = bool(places) and any(part.kind != "place" for part in parts)
        if agencies or is_place_alone or is_of_outlet:
            found, length = Byline(place="، ".join(places), agencies="، ".join(agencies)), end.end()
    return found, length


def signature(raws: Iterable[str], *, opening: str = "", outlets: Iterable[str] = ()) -> Byline:
    """What all that a page says of its author comes to: the first name, place and agencies that are found.

    `opening` is the text's first line.
    """
    outlets = list(outlets)
    said = [*(read_byline(raw, outlets=outlets) for raw in raws if raw), read_opening(opening, outlets=outlets)]
    return Byline(
        name=next((byline.name for byline in said if byline.name), ""),
        place=next((byline.place for byline in said if byline.place), ""),
        agencies=next((byline.agencies for byline in said if byline.agencies), ""),
    )


def _own(outlets: Iterable[str]) -> frozenset[str]:
    return frozenset(key for name in outlets for key in (plain(name), without_ending(name)) if key)


def _parts(raw: str, own: frozenset[str]) -> list[Part]:
    return [_classified(part, own) for part in parts_of(raw, own)]


def _classified(part: Part, own: frozenset[str]) -> Part:
    text, key = part.text, plain(part.text)
    kind: Kind = part.kind
    if key in own or without_ending(text) in own:
        kind = "own"
    elif is_agency(text):
        kind = "agency"
    elif is_nobody(text):
        kind = "nobody"
    elif is_place(text) and part.opened not in _QUOTES:
        kind = "place"
    elif is_outlet(text) or (part.opened in _QUOTES and not is_person(text)):
        kind = "agency"
    elif kind == "photographer":
        pass
    elif is_job(text):
        kind = "nobody"
    elif is_person(text):
        kind = "person"
    return replace(part, kind=kind)


def _decided(parts: Sequence[Part]) -> list[Part]:
    """What the known parts make of those that are not: beside a name a place, beside a place a name."""
    parts = _with_own_town(parts)
    kinds = {part.kind for part in parts}
    return [
        replace(part, kind=_kind_of_unknown(number, parts, kinds)) if part.kind == "unknown" else part
        for number, part in enumerate(parts)
    ]


def _with_own_town(parts: Sequence[Part]) -> list[Part]:
    """The newspaper الرياض is made in الرياض."""
    if len(parts) < 2 or any(part.kind == "place" for part in parts):
        return list(parts)
    return [replace(part, kind="place") if _is_own_town(part) else part for part in parts]


def _is_own_town(part: Part) -> bool:
    return part.kind == "own" and not part.opened and is_place(part.text)


def _kind_of_unknown(number: int, parts: Sequence[Part], kinds: Collection[str]) -> Kind:
    part, words = parts[number], _words_in(parts[number])
    following = parts[number + 1] if number + 1 < len(parts) else None
    if len(_LETTER.findall(part.text)) < 2 or len(part.text) > _LONGEST_NAME:
        return "nobody"
    if part.signs:
        return "person"
    can_be_place: Kind = "place" if words <= _MOST_WORDS_OF_PLACE else "nobody"
    if following and (part.closing == ":" or (words == 1 and following.opened == "(" and following.kind == "place")):
        return can_be_place
    others = kinds - {"unknown", "nobody"}
    if others & {"person", "photographer"}:
        return can_be_place if "place" not in others else "person" if words > 1 else "nobody"
    if "place" in others:
        # «نيون - لندن: الشرق الأوسط»
        is_before_place = number == 0 and following is not None and following.kind == "place"
        return "place" if is_before_place and others - {"place"} and words <= 2 else "person"
    if others:  # an agency or the outlet itself
        return "place" if words <= 2 or part.opened == "(" else "person"
    unknown = [other for other in parts if other.kind == "unknown"]
    return "person" if part is max(unknown, key=_words_in) else can_be_place


def _words_in(part: Part) -> int:
    return len(part.text.split())


def _texts(parts: Sequence[Part], kind: Kind) -> list[str]:
    return [part.text for part in parts if part.kind == kind]


def _places(parts: Sequence[Part]) -> list[str]:
    """«قندوز (أفغانستان)» is one place."""
    places: list[str] = []
    for number, part in enumerate(parts):
        if part.kind != "place":
            continue
        is_inside = part.opened == "(" and number and parts[number - 1].kind == "place" and places
        if is_inside:
            places[-1] += f" ({part.text})"
        else:
            places.append(part.text)
    return list(dict.fromkeys(places))
