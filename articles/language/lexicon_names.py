"""Finding the lexicon's names in a text, and deciding which uncertain forms the text itself confirms."""

from collections.abc import Iterator

from articles.language.lexicon import Form, Head, heads, known_forms, name_counts, titles
from articles.language.name_candidates import Candidate, candidate
from articles.language.name_tokens import Reading, Token

CERTAIN, IN_CONTEXT = 0.95, 0.75


def lexicon_candidates(tokens: list[Token]) -> list[Candidate]:
    """Certain forms wherever they stand, and uncertain ones that their surroundings or the text confirm."""
    certain: list[Candidate] = []
    uncertain: list[Candidate] = []
    for item, form in _matches(tokens):
        (certain if form.certain or _fits(tokens, item) else uncertain).append(item)
    mentioned = {(item.kind, name) for item in certain for name in item.names}
    confirmed = [item for item in uncertain if any((item.kind, name) in mentioned for name in item.names)]
    return certain + [item for item in confirmed if not _is_risky(tokens, item)]


def _matches(tokens: list[Token]) -> Iterator[tuple[Candidate, Form]]:
    forms = known_forms()
    for index, token in enumerate(tokens):
        for reading in token.readings:
            for form in forms.get(reading.stem, ()):
                last = index + 1 + len(form.rest)
                if _continues(tokens, index + 1, form.rest):
                    score = CERTAIN if form.certain else IN_CONTEXT
                    yield (
                        candidate(
                            tokens, index, last, reading.cut, reading.stem, form.kind, score - 0.01 * (reading.cut > 0), form.names
                        ),
                        form,
                    )


def _continues(tokens: list[Token], index: int, rest: tuple[str, ...]) -> bool:
    if index + len(rest) > len(tokens):
        return False
    return all(tokens[index + offset].near and tokens[index + offset].key == word for offset, word in enumerate(rest))


def _fits(tokens: list[Token], item: Candidate) -> bool:
    """Whether the words or the marks beside an uncertain form say that it is the name."""
    token, before = tokens[item.first], tokens[item.first - 1] if item.first else None
    if item.kind == "organisation" and token.opened and tokens[item.last - 1].closed:
        return True
    if before is None or item.cut or not (token.near or token.opened):
        return False
    if item.kind == "person":
        return token.near and any(_introduces(reading) for reading in before.readings)
    return any(_is_head_of(reading, item.kind) for reading in before.readings)


def _introduces(reading: Reading) -> bool:
    return "personal" in titles().get(reading.stem, ()) and reading.stem.startswith("ال")


def _is_head_of(reading: Reading, kind: str) -> bool:
    head: Head | None = heads().get(reading.stem)
    return head is not None and head.kind == kind


def _is_risky(tokens: list[Token], item: Candidate) -> bool:
    """A surname that another name's word stands before belongs to that name: أحمد الأسد is not بشار الأسد."""
    if item.kind != "person" or item.first == 0 or not tokens[item.first].near:
        return False
    return tokens[item.first - 1].key in name_counts() and tokens[item.first - 1].key not in titles()
