"""What an annotation is of: the page and the words, in the many ways in which clients say it."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from annotations.exports.values import WrongValue
from annotations.exports.w3c.items import Item
from annotations.exports.w3c.terms import OWN, plain


class Target(NamedTuple):
    """`values` are those of a part, empty where the page as a whole is meant; `described` what is said of the page."""

    order: int
    source: str
    values: dict[str, Any]
    described: dict[str, Any]
    revision: Any


def targets_of(item: Item) -> list[Target]:
    """In the order of the file. Raises WrongValue."""
    found = _listed(item.get("target", item.get("uri")))
    # Hypothesis puts the page beside its targets, too.
    return [_target(number, target, item.get("uri")) for number, target in enumerate(found)]


def _several(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _listed(targets: Any) -> Iterator[Any]:
    """One or several, or a set of them as {"type": "List", "items": […]}."""
    for target in _several(targets):
        if isinstance(target, dict) and isinstance(target.get("items"), list):
            yield from _listed(target["items"])
        elif target is not None:
            yield target


def _target(number: int, target: Any, page: Any) -> Target:
    if isinstance(target, str):
        return Target(number, _address(target), {}, {}, None)
    if not isinstance(target, dict):
        raise WrongValue("should be an address or an object", "target")
    source = target.get("source", target.get("id", page))
    described = source if isinstance(source, dict) else {}
    address = _address(described.get("id") if described else source)
    state = target.get("state")
    revision = state.get(f"{OWN}revision") if isinstance(state, dict) else None
    return Target(number, address, _part(target), described, revision)


def _address(address: Any) -> str:
    if not isinstance(address, str) or not address:
        raise WrongValue("should have an address", "target.source")
    return address


def _part(target: Item) -> dict[str, Any]:
    """Position and words as the selectors have them; none of both where they say neither."""
    values: dict[str, Any] = {}
    for selector in _selectors(target.get("selector")):
        kinds = _several(selector.get("type"))
        if "TextQuoteSelector" in kinds and "exact" in selector:
            values |= {key: selector[key] for key in ("exact", "prefix", "suffix") if selector.get(key) is not None}
        elif "TextPositionSelector" in kinds:
            values |= {"start": selector.get("start"), "end": selector.get("end")}
    if not values:
        return {}
    start, end = values.get("start"), values.get("end")
    if isinstance(start, int) and isinstance(end, int) and start > end:
        raise WrongValue("starts behind its end", "target.selector")
    own = {key: value for key, value in plain(target).items() if key in ("role", "places")}
    return {"start": 0, "end": 0, "exact": "", **values, **own}


def _selectors(selector: Any) -> Iterator[Item]:
    """One or several, each perhaps refined by others; alternatives («Choice») one after another."""
    for one in _several(selector):
        if isinstance(one, dict):
            yield one
            yield from _selectors(one.get("refinedBy"))
            yield from _selectors(one.get("items"))
