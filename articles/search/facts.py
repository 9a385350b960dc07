"""What the index holds of an article beside its own rows: other apps tell it through settings.SEARCH_FACTS."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.utils.module_loading import import_string

# What `has:` asks for. Of the article itself:
IMAGE, TABLE, POST, BYLINE, COPIES = "image", "table", "post", "byline", "copies"
# Of marks on its current text:
MARK, QUOTE, CLAIM = "mark", "quote", "claim"


@dataclass
class Facts:
    """`has` holds words of this module; `speakers` primary keys of entities. `…suggested`: for members alone."""

    has: set[str] = field(default_factory=set)
    has_suggested: set[str] = field(default_factory=set)
    speakers: set[int] = field(default_factory=set)
    speakers_suggested: set[int] = field(default_factory=set)

    def add(self, other: "Facts") -> None:
        self.has |= other.has
        self.has_suggested |= other.has_suggested
        self.speakers |= other.speakers
        self.speakers_suggested |= other.speakers_suggested


def facts_of(articles: Sequence[int]) -> dict[int, Facts]:
    """Facts per article id, from all apps together; ids without any are left out."""
    told: dict[int, Facts] = {}
    for path in settings.SEARCH_FACTS:
        tell: Callable[[Sequence[int]], dict[int, Facts]] = import_string(path)
        for article, facts in tell(articles).items():
            told.setdefault(article, Facts()).add(facts)
    return told
