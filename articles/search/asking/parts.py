"""What a query consists of, once it is read: words, phrases, criteria, and how they are joined."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from articles.language.spans import Span
from articles.search.analysing.words import SoughtWord


class Field(StrEnum):
    """What stands before the colon. Its names in queries are in articles.search.asking.fields."""

    SOURCE = "source"
    TITLE = "title"
    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"
    SPEAKER = "speaker"
    BEFORE = "before"
    AFTER = "after"
    HAS = "has"
    LANGUAGE = "language"
    STATUS = "status"


@dataclass(frozen=True)
class Words:
    """Words typed without a space between them: mostly one; #غزة_الآن is two. `at`: their span of Asked.text."""

    words: tuple[SoughtWord, ...]
    at: Span = field(compare=False)


@dataclass(frozen=True)
class Phrase:
    """Words side by side, each in its written form, folded."""

    words: tuple[SoughtWord, ...]


@dataclass(frozen=True)
class Exact:
    """=word: one written form, folded; not its relatives, and nothing attached to it."""

    words: tuple[SoughtWord, ...]


@dataclass(frozen=True)
class Prefix:
    """Words that begin with these folded letters, attached letters aside."""

    letters: str


@dataclass(frozen=True)
class Title:
    """Words of the headline; with `phrase` side by side as written."""

    words: tuple[SoughtWord, ...]
    phrase: bool


@dataclass(frozen=True)
class Days:
    """Articles from the first to the last of these days, in the newsroom's time zone; None is open."""

    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class Value:
    """A criterion of which the values are known: Field.HAS, LANGUAGE or STATUS. `words`: the value as it was typed."""

    field: Field
    value: str
    words: Words


@dataclass(frozen=True)
class Name:
    """A criterion of which the values are in the database: Field.SOURCE, PERSON, ORGANISATION, PLACE or SPEAKER."""

    field: Field
    text: str
    words: Words


@dataclass(frozen=True)
class Not:
    part: "Part"


@dataclass(frozen=True)
class Either:
    parts: tuple["Part", ...]


@dataclass(frozen=True)
class Every:
    parts: tuple["Part", ...]


Part = Words | Phrase | Exact | Prefix | Title | Days | Value | Name | Not | Either | Every


@dataclass(frozen=True)
class Marking:
    """What is marked in the texts that were found; excluded words never are. Prefixes and `exact` are folded."""

    words: list[SoughtWord]
    phrases: list[list[SoughtWord]]
    prefixes: list[str]
    exact: list[str]


@dataclass(frozen=True)
class Asked:
    """A query as it was understood. `notes` tell the reader, a line each, what in it was not."""

    text: str
    part: Every
    notes: tuple[str, ...] = ()

    @property
    def says_nothing(self) -> bool:
        """Whether something was typed in which there is nothing to look for: signs alone."""
        return bool(self.text.strip()) and not self.part.parts

    @property
    def marking(self) -> Marking:
        marking = Marking([], [], [], [])
        for part in wanted(self.part):
            match part:
                case Phrase(words) | Title(words, phrase=True):
                    marking.phrases.append(list(words))
                case Exact(words):
                    marking.exact.extend(word.surface for word in words)
                case Prefix(letters):
                    marking.prefixes.append(letters)
                case Words(words) | Title(words):
                    marking.words.extend(words)
                case Name(field, _, words) if field is not Field.SOURCE:
                    marking.words.extend(words.words)
        return marking


def wanted(part: Part) -> Iterator[Part]:
    """The parts that are no group, in order, without what is excluded."""
    match part:
        case Either(parts) | Every(parts):
            for inner in parts:
                yield from wanted(inner)
        case Not():
            return
        case _:
            yield part
