"""What the trained tagger adds to the rules: names that no rule explains, where its kind and its certainty allow."""

from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

from articles.language.lexicon import glued_names, heads, known_forms, word_set
from articles.language.name_candidates import Candidate, candidate
from articles.language.name_complements import begins_town
from articles.language.name_tokens import Token, ends_in_tanwin
from articles.language.name_words import is_unknown

if TYPE_CHECKING:
    from articles.language.tagger import TaggedName

# How sure the tagger must be of names of several words and of one; chosen on annotated articles, beside the rules.
# What it calls other names (currencies, faiths, diseases) are mostly none for a newsroom.
_SURE_OF_SEVERAL = {"organisation": 0.4, "person": 0.6, "place": 0.8}
_SURE_OF_ONE = {"organisation": 0.4, "person": 0.8, "place": 0.8}
# Below every rule: the rules decide where both found a name.
_DISCOUNT = 0.6

_SENTENCE_ENDS = frozenset(".؟!?\n")
_NEIGHBOURS = 4
_CACHED = 1 << 15


def tagged_candidates(text: str, tokens: list[Token], found: list[Candidate]) -> list[Candidate]:
    """The tagger's names as candidates; it reads only around words that `found` leaves unexplained."""
    from articles.language.tagger import tagged_names  # noqa: PLC0415 - numpy comes with it, which not all need

    explained = {index for item in found for index in range(item.first, item.last)}
    pieces = list(_doubtful_pieces(tokens, explained))
    bounds = [(tokens[first].start, tokens[last - 1].end) for first, last in pieces]
    lines = [text[start:end].replace("\n", " ") for start, end in bounds]
    begins = [0, *accumulate(len(line) + 1 for line in lines)]
    starts = [token.start for token in tokens]
    candidates = []
    for name in tagged_names("\n".join(lines)):
        piece = bisect_right(begins, name.start) - 1
        shift = bounds[piece][0] - begins[piece]
        moved = name._replace(start=name.start + shift, end=name.end + shift)
        item = _candidate(tokens, starts, moved)
        if item is not None:
            candidates.append(item)
    return candidates


def _doubtful_pieces(tokens: list[Token], explained: set[int]) -> Iterator[tuple[int, int]]:
    """[first, last) of the words around each one that may be a name, or announce one, and is left unexplained."""
    begun = ended = -1
    for index, token in enumerate(tokens):
        if index in explained or not _may_name(token):
            continue
        first, last = _around(tokens, index)
        if first > ended:
            if begun >= 0:
                yield begun, ended
            begun = first
        ended = max(ended, last)
    if begun >= 0:
        yield begun, ended


def _around(tokens: list[Token], index: int) -> tuple[int, int]:
    """The word's neighbours in its sentence, as far as the tagger needs them."""
    first = index
    while first > 0 and index - first < _NEIGHBOURS and not _begins_sentence(tokens[first]):
        first -= 1
    last = index + 1
    while last < len(tokens) and last - index <= _NEIGHBOURS and not _begins_sentence(tokens[last]):
        last += 1
    return first, last


def _begins_sentence(token: Token) -> bool:
    return not token.near and not _SENTENCE_ENDS.isdisjoint(token.gap)


@lru_cache(_CACHED)
def _announces(stem: str) -> bool:
    head = heads().get(stem)
    return head is not None and head.kind == "organisation"


def _may_name(token: Token) -> bool:
    return is_unknown(token.key) or token.opened or any(_announces(reading.stem) for reading in token.readings)


def _candidate(tokens: list[Token], starts: list[int], name: "TaggedName") -> Candidate | None:
    first, last = bisect_right(starts, name.start) - 1, bisect_right(starts, name.end - 1)
    if first < 0 or first >= last or tokens[last - 1].end != name.end:
        return None
    cut = name.start - tokens[first].start
    stem = next((reading.stem for reading in tokens[first].readings if reading.cut == cut), None)
    if stem is not None and name.kind == "person":
        last = _person_end(tokens, first, last)
    if stem is None or first >= last or not stem.isalpha() or not _is_sure(name, stem, last - first):
        return None
    is_town = name.kind == "person" and begins_town(tokens[first])
    item = candidate(tokens, first, last, cut, stem, "place" if is_town else name.kind, name.score * _DISCOUNT)
    return None if last - first > 1 and all(_is_indefinite(word) for word in item.words) else item


def _person_end(tokens: list[Token], first: int, last: int) -> int:
    """و joins another person (كريستيانو | وراميريس), and a particle never ends a name (فان در | كلاوزن)."""
    for index in range(first + 1, last):
        token = tokens[index]
        if ends_in_tanwin(token):
            # A noun in the accusative: how he spoke (ضاحكاً), or what was counted (ديناراً).
            return index if index - first > 1 else first
        if token.key.startswith("و") and len(token.readings) > 1 and token.key not in glued_names():
            return index
    dangling = tokens[last - 1].key in word_set("family_particles")
    return last + 1 if dangling and last < len(tokens) and tokens[last].near else last


def _is_indefinite(word: str) -> bool:
    """Whether it is an ordinary word without ال; several such (فرقة إسعافية) name nothing."""
    return not word.startswith("ال") and not is_unknown(word) and word not in known_forms()


def _is_sure(name: "TaggedName", stem: str, length: int) -> bool:
    if length > 1:
        return name.score >= _SURE_OF_SEVERAL.get(name.kind, 2)
    if name.score < _SURE_OF_ONE.get(name.kind, 2):
        return False
    # Where the lexicon has the word, the rules had their reasons: بقطر 800 ملم.
    return name.kind == "organisation" or (is_unknown(stem) and stem not in known_forms())
