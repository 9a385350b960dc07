"""The lexicon's well-known names as entities: one canonical name, its other forms, the roles that its note tells."""

from collections.abc import Iterator
from functools import cache

from articles.language.folding import fold
from articles.language.lexicon import known_names, rows
from articles.naming.roles import Role, role_in

_CURATED = ("people.tsv", "organisations.tsv", "places.tsv", "other.tsv")
_NEEDS_CONTEXT = "~"


def canonical_name(kind: str, name: str) -> str:
    """The lexicon's name for a form that is certain and stands for one name only; any other name as it is."""
    return known_names().get((kind, fold(name)), name)


def is_curated(kind: str, folded: str) -> bool:
    """Whether this is a canonical name of the lexicon."""
    return (kind, folded) in _entries()


def curated_forms(kind: str, folded: str) -> list[str]:
    """The other forms of a canonical name, as written in the lexicon; only those that stand for no other name."""
    name, forms, _ = _entries().get((kind, folded), ("", [], ""))
    return [form for form in forms if fold(form) != folded and known_names().get((kind, fold(form))) == name]


def curated_roles(folded: str) -> tuple[Role, ...]:
    """What the lexicon's note says that a person is; empty where it says nothing that begins with a role."""
    role = role_in(_entries().get(("person", folded), ("", [], ""))[2])
    return (role,) if role else ()


@cache
def _entries() -> dict[tuple[str, str], tuple[str, list[str], str]]:
    """(kind, folded canonical name) → (name, forms as written, note)."""
    found: dict[tuple[str, str], tuple[str, list[str], str]] = {}
    for kind, name, forms, note in _rows():
        written = [form.lstrip(_NEEDS_CONTEXT) for form in forms.split("|") if form]
        found.setdefault((kind, fold(name)), (name, written, note))
    return found


def _rows() -> Iterator[tuple[str, str, str, str]]:
    for file in _CURATED:
        for kind, name, forms, note in rows(file):
            yield kind, name, forms, note
    for file in ("countries.tsv", "cities.tsv"):
        for name, *forms in rows(file):
            yield "place", name, "|".join(forms), ""
