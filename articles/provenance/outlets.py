"""Agencies and outlets by the names that stand in credits, from data/outlets.tsv: pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from articles.language.folding import fold
from articles.provenance.credit_rules import class_word

_OUTLETS = Path(__file__).parent / "data" / "outlets.tsv"
_NEEDS_CONTEXT = "+"
_BETWEEN_LETTERS = re.compile(r"(?<=\b\w)\s*\.\s*(?=\w\b)")
_QUOTED = re.compile(r"[«\"“'](.+)[»\"”']")
_OUTER = re.compile(r"^[\W_]+|[\W_]+$")


class Outlet(NamedTuple):
    """`domains` are host names without www., the first of them its key as a source."""

    kind: str
    name: str
    name_en: str
    domains: tuple[str, ...]


def outlet_named(words: str) -> Outlet | None:
    """The outlet that is meant where these words alone say who wrote or sent a text."""
    folded = _plain(words)
    bare = class_word().sub("", folded, count=1)
    quoted = _QUOTED.fullmatch(bare.strip())
    inner = _OUTER.sub("", quoted[1] if quoted else bare)
    found = _forms().get(_OUTER.sub("", folded)) or _forms().get(inner)
    if found and not found[1]:
        return found[0]
    return found[0] if found and (bare != folded or quoted) else None


def outlet_called(name: str) -> Outlet | None:
    """The outlet with exactly this name, as `Outlet.name` has it."""
    return next((outlet for outlet, _ in _rows() if outlet.name == name), None)


def outlet_of_host(host: str) -> Outlet | None:
    """The outlet whose site has this host name, www. and the like before it or not."""
    labels = host.lower().split(".")
    return next(filter(None, (_domains().get(".".join(labels[start:])) for start in range(len(labels) - 1))), None)


def is_name_of(outlet: Outlet, names: Iterable[str]) -> bool:
    """Whether one of these is the outlet: its name in any form, or its host."""
    for name in filter(None, names):
        found = _forms().get(_OUTER.sub("", _plain(name))) or _forms().get(class_word().sub("", _plain(name), count=1))
        if (found and found[0] == outlet) or outlet_of_host(name) == outlet:
            return True
    return False


def agency_forms() -> list[str]:
    """Folded names by which agencies are known wherever they stand, the longest first."""
    forms = [
        form for form, (outlet, needs_context) in _forms().items() if outlet.kind == "agency" and not needs_context
    ]
    return sorted(forms, key=len, reverse=True)


def _plain(words: str) -> str:
    """Folded, white space collapsed, initials without full stops: «أ.ف.ب» and «أ ف ب» are the same."""
    return " ".join(_BETWEEN_LETTERS.sub(" ", fold(words)).split())


@cache
def _forms() -> Mapping[str, tuple[Outlet, bool]]:
    """Folded form → the outlet, and whether the form means it only beside a class word or in quotation marks."""
    forms: dict[str, tuple[Outlet, bool]] = {}
    for outlet, written in _rows():
        needy = {_plain(form.removesuffix(_NEEDS_CONTEXT)) for form in written if form.endswith(_NEEDS_CONTEXT)}
        names = {_plain(outlet.name), _plain(outlet.name_en)} | {_plain(form) for form in written} - needy
        forms |= {form: (outlet, form in needy) for form in names | needy}
    # «الشرق الأوسط» after «صحيفة» is the newspaper, although an agency's name ends with it too.
    bare = {class_word().sub("", form, count=1): found for form, found in forms.items()}
    return bare | forms


@cache
def _domains() -> Mapping[str, Outlet]:
    return {domain: outlet for outlet, _ in _rows() for domain in outlet.domains}


@cache
def _rows() -> Sequence[tuple[Outlet, Sequence[str]]]:
    """Each outlet with the other forms of its name as the file has them."""
    lines = _OUTLETS.read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [
        (Outlet(kind, name, name_en, tuple(domains.split("|"))), forms.split("|"))
        for kind, name, name_en, forms, domains in rows
    ]
