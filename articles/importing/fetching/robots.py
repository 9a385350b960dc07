"""robots.txt as RFC 9309 reads it: the group of our name, else everyone's; the longest rule that fits decides.

Only what concerns us is kept while reading: a hostile file of n names and n rules must not cost n² of anything.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite

_NAME = re.compile(r"[a-z_-]+")
_ENCODED = re.compile(r"%([0-9A-Fa-f]{2})")
_ILLEGAL = re.compile(rb"[^\x21-\x7e]")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


@dataclass(frozen=True, slots=True)
class Robots:
    """`rules` are (pattern, whether it allows), the ones that decide first; `pause` is Crawl-delay in seconds."""

    rules: tuple[tuple[str, bool], ...] = ()
    pause: float = 0

    def allows(self, path: str) -> bool:
        """`path` has its query with it. The file itself may always be read."""
        path = _normal(path)
        if path == "/robots.txt":
            return True
        return next((allowed for pattern, allowed in self.rules if _fits(pattern, path)), True)


EVERYTHING = Robots()


def read_robots(text: str, product: str) -> Robots:
    """What it says to `product` (the name alone, without version)."""
    ours = _rules_for(product.lower(), text)
    found = _rules_for("*", text) if ours is None else ours
    return found or EVERYTHING


def _rules_for(name: str, text: str) -> Robots | None:
    """The groups of this name joined into one; None when it is not named."""
    rules: list[tuple[str, bool]] = []
    pause, named, in_group, naming = 0.0, False, False, False
    for field, value in _lines(text):
        if field == "user-agent":
            in_group = (naming and in_group) or _product(value) == name
            named, naming = named or in_group, True
            continue
        naming = naming and field not in ("allow", "disallow", "crawl-delay")
        if in_group and field in ("allow", "disallow") and value:
            rules.append((_normal(value), field == "allow"))
        elif in_group and field == "crawl-delay":
            pause = max(pause, _seconds(value))
    # The longest decides; of two as long the one that allows.
    rules.sort(key=lambda rule: (len(rule[0]), rule[1]), reverse=True)
    return Robots(tuple(dict.fromkeys(rules)), pause) if named else None


def _lines(text: str) -> Iterator[tuple[str, str]]:
    for line in text.lstrip("\ufeff").splitlines():
        field, colon, value = line.partition("#")[0].partition(":")
        if colon:
            yield field.strip().lower(), value.strip()


def _product(value: str) -> str:
    match = _NAME.match(value.lower())
    return match[0] if match else value


def _seconds(value: str) -> float:
    try:
        seconds = float(value)
    except ValueError:
        return 0
    return seconds if isfinite(seconds) and seconds > 0 else 0


def _normal(path: str) -> str:
    """Arabic letters as they are and as %D8… become the same."""

    def decode(match: re.Match[str]) -> str:
        letter = chr(int(match[1], 16))
        return letter if letter in _UNRESERVED else match[0].upper()

    ascii_path = _ILLEGAL.sub(lambda match: b"%%%02X" % match[0][0], path.encode("utf-8", "replace")).decode("ascii")
    return _ENCODED.sub(decode, ascii_path)


def _fits(pattern: str, path: str) -> bool:
    """* stands for anything, $ at the end for the end. Each part is looked for once, from where the last one ended."""
    anchored = pattern.endswith("$")
    first, *parts = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    if not parts:
        return not anchored or path == first
    position = len(first)
    last = parts.pop() if anchored else ""
    for part in parts:
        position = path.find(part, position)
        if position < 0:
            return False
        position += len(part)
    return not anchored or (path.endswith(last) and len(path) - len(last) >= position)
