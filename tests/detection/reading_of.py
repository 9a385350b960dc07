"""How the tests of detection write their texts and read the answers."""

from annotations.detection import Quote, detect
from articles.language.entities import NamedEntity


def entity(text: str, surface: str, kind: str = "person", name: str = "", occurrence: int = 0) -> NamedEntity:
    """The nth occurrence of the surface as an entity."""
    start = -1
    for _ in range(occurrence + 1):
        start = text.index(surface, start + 1)
    return NamedEntity(start, start + len(surface), kind, name or surface, 1.0)


def quotes(text: str, *entities: NamedEntity) -> list[Quote]:
    return detect(text, sorted(entities, key=lambda found: found.start)).quotes


def only_quote(text: str, *entities: NamedEntity) -> Quote:
    found = quotes(text, *entities)
    assert len(found) == 1, [text[quote.start : quote.end] for quote in found]
    return found[0]


def words_of(text: str, quote: Quote) -> str:
    return text[quote.start : quote.end]
