"""Two texts word by word: what the second adds, drops, moves and spells otherwise; pure.

Words are compared folded, so that tashkeel, hamza and the like make no change of words, but are told. Punctuation is
shown as the second text has it and not compared.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal, NamedTuple

from articles.aligning import Run, aligned, moved
from articles.language.folding import fold
from articles.language.tokens import Word, words

Kind = Literal["same", "added", "dropped", "moved_here", "moved_away", "respelt"]
_WEIGHTY = Path(__file__).parent / "data" / "weighty_words.tsv"
# What the list's words may have written onto them, folded.
_CONJUNCTIONS = ("\u0648", "\u0641")  # waw and feh


class Side(NamedTuple):
    """A text with its blocks, as Revision has them."""

    text: str
    blocks: Sequence[Mapping]


class Piece(NamedTuple):
    """Words in a row with the same fate, with their punctuation, and the space after them.

    `was` is how the first text spells what is respelt. `weighty`: a number or a negation, whose change turns the sense.
    `move` numbers what moved, in both places alike, from 1 on; `begins`: it is the first piece of it in its place.
    """

    kind: Kind
    text: str
    after: str = ""
    was: str = ""
    weighty: bool = False
    move: int = 0
    begins: bool = False


class Passage(NamedTuple):
    """A line of the second text, or one that only the first has (`dropped`); `kind` as in Revision.blocks."""

    kind: str
    dropped: bool
    pieces: list[Piece]


class Comparison(NamedTuple):
    """`counts` are of words by kind; `weighty` the numbers and negations that were added or dropped."""

    passages: list[Passage]
    counts: Mapping[str, int]
    weighty: list[Piece]

    @property
    def is_same(self) -> bool:
        return set(self.counts) <= {"same"}


def compare(old: Side, new: Side) -> Comparison:
    """What becomes of the first text in the second."""
    first, second = _Words(old), _Words(new)
    kept = aligned(first.folded, second.folded)
    weaving = _Weaving(first, second, moved(first.folded, second.folded, kept))
    before = Run(0, 0, 0)
    for run in [*kept, Run(len(first.folded), len(second.folded), 0)]:
        weaving.exchange((before.old + before.size, run.old), (before.new + before.size, run.new))
        weaving.keep(run)
        before = run
    return weaving.comparison()


class _Words:
    """A text's words with the lines they stand in: offsets are places in `words`."""

    def __init__(self, side: Side) -> None:
        self.text, self.blocks = side
        self.words: list[Word] = []
        self.line: list[int] = []
        self.bounds: list[tuple[int, int]] = []  # of each line
        for number, block in enumerate(side.blocks):
            found = words(side.text[block["start"] : block["end"]])
            self.bounds.append((len(self.words), len(self.words) + len(found)))
            self.words += [Word(block["start"] + at, block["start"] + to, text) for at, to, text in found]
            self.line += [number] * len(found)
        self.folded = [fold(word.text) or word.text for word in self.words]

    def begins_line(self, place: int) -> bool:
        return place == len(self.words) or self.bounds[self.line[place]][0] == place

    def is_whole_line(self, start: int, end: int) -> bool:
        return self.bounds[self.line[start]] == (start, end)

    def cut(self, start: int, end: int, marks: Mapping[int, int] = MappingProxyType({})) -> Iterator[tuple[int, int]]:
        """The stretch in parts that lie in one line each and, by `marks` of the words, are marked alike."""
        begin = start
        for place in range(start + 1, end + 1):
            if place == end or self.line[place] != self.line[begin] or marks.get(place) != marks.get(begin):
                yield begin, place
                begin = place

    def written(self, start: int, end: int) -> tuple[str, str]:
        """The words of one line as they stand, and the space after them; with what stands around them in the line."""
        line = self.line[start]
        first, last = self.bounds[line]
        begin = self.blocks[line]["start"] if first == start else self.words[start].start
        stop = self.blocks[line]["end"] if last == end else self.words[end].start
        text = self.text[begin:stop]
        return text.rstrip(), text[len(text.rstrip()) :]


class _Weaving:
    """Puts both texts together: the second's lines, with what the first alone has where it would stand."""

    def __init__(self, old: _Words, new: _Words, moves: Sequence[Run]) -> None:
        self.old, self.new = old, new
        # The number of the move of each word that moved.
        self.moved_away: dict[int, int] = {}
        self.moved_here: dict[int, int] = {}
        for number, run in enumerate(moves, 1):
            self.moved_away.update(dict.fromkeys(range(run.old, run.old + run.size), number))
            self.moved_here.update(dict.fromkeys(range(run.new, run.new + run.size), number))
        self.lines: list[list[Piece]] = [[] for _ in new.blocks]
        self.dropped_before: list[list[Passage]] = [[] for _ in range(len(new.blocks) + 1)]
        self.counts: Counter[str] = Counter()
        self.weighty: list[Piece] = []
        self.begun: set[tuple[Kind, int]] = set()

    def keep(self, run: Run) -> None:
        """Words that both have, letter for letter or spelt otherwise."""
        respelt = {
            run.new + place: self.old.words[run.old + place].text
            for place in range(run.size)
            if self.old.words[run.old + place].text != self.new.words[run.new + place].text
        }
        marks = {place: place for place in respelt}
        for start, end in self.new.cut(run.new, run.new + run.size, marks):
            text, after = self.new.written(start, end)
            kind: Kind = "respelt" if start in respelt else "same"
            piece = Piece(kind, text, after, was=respelt.get(start, ""))
            self._add(self.lines[self.new.line[start]], piece, end - start)

    def exchange(self, olds: tuple[int, int], news: tuple[int, int]) -> None:
        """What the first alone has between two places, and what the second has there instead."""
        later: list[tuple[int, int]] = []
        for number, (start, end) in enumerate(self.old.cut(*olds)):
            whole = self.old.is_whole_line(start, end)
            if whole and self._border(news) is not None:
                passage = Passage(self.old.blocks[self.old.line[start]]["kind"], True, [])
                self.dropped_before[self._border(news)].append(passage)
                self._drop(passage.pieces, start, end, weighs=False)
            elif number == 0 and not self.new.begins_line(news[0]):
                self._drop(self.lines[self.new.line[news[0]]], start, end)
            else:
                later.append((start, end))
        for start, end in self.new.cut(*news, self.moved_here):
            move = self.moved_here.get(start, 0)
            kind: Kind = "moved_here" if move else "added"
            whole = self.new.is_whole_line(start, end)
            self._change(self.new, self.lines[self.new.line[start]], start, end, kind, move, weighs=not whole)
        for start, end in later:
            self._drop(self._line_at(news[1]), start, end)

    def comparison(self) -> Comparison:
        passages: list[Passage] = []
        for number, (block, pieces) in enumerate(zip(self.new.blocks, self.lines, strict=True)):
            passages += self.dropped_before[number]
            bare = Piece("same", self.new.text[block["start"] : block["end"]])  # a line without words
            passages.append(Passage(block["kind"], False, pieces or [bare]))
        return Comparison([*passages, *self.dropped_before[-1]], self.counts, self.weighty)

    def _border(self, news: tuple[int, int]) -> int | None:
        """Before which line of the second text a whole line would stand; None inside a line."""
        if self.new.begins_line(news[0]):
            return self.new.line[news[0]] if news[0] < len(self.new.words) else len(self.new.blocks)
        return self.new.line[news[0]] + 1 if self.new.begins_line(news[1]) or self._spans(news) else None

    def _spans(self, news: tuple[int, int]) -> bool:
        return news[1] > news[0] and self.new.line[news[0]] != self.new.line[news[1] - 1]

    def _line_at(self, place: int) -> list[Piece]:
        """The line whose words continue here, else the last one."""
        return self.lines[self.new.line[place]] if place < len(self.new.words) else self.lines[-1]

    def _drop(self, pieces: list[Piece], start: int, end: int, *, weighs: bool = True) -> None:
        for first, last in self.old.cut(start, end, self.moved_away):
            move = self.moved_away.get(first, 0)
            kind: Kind = "moved_away" if move else "dropped"
            self._change(self.old, pieces, first, last, kind, move, weighs=weighs)

    def _change(
        self, side: _Words, pieces: list[Piece], start: int, end: int, kind: Kind, move: int, *, weighs: bool
    ) -> None:
        """Numbers and negations become pieces of their own, to be shown louder; not those of a line that is all new."""
        marks = (
            {} if move or not weighs else {place: 1 for place in range(start, end) if is_weighty(side.folded[place])}
        )
        for first, last in side.cut(start, end, marks):
            text, after = side.written(first, last)
            begins = bool(move) and (kind, move) not in self.begun
            self.begun.add((kind, move))
            piece = Piece(kind, text, after or " ", weighty=first in marks, move=move, begins=begins)
            self._add(pieces, piece, last - first)
            self.weighty += [piece] * piece.weighty

    def _add(self, pieces: list[Piece], piece: Piece, number: int) -> None:
        pieces.append(piece)
        self.counts[piece.kind] += number


def is_weighty(folded: str) -> bool:
    """Whether a folded word is a number or a negation, also after a conjunction."""
    bare = folded[1:] if folded.startswith(_CONJUNCTIONS) else folded
    return any(letter.isdigit() for letter in folded) or not _weighty_words().isdisjoint((folded, bare))


@cache
def _weighty_words() -> frozenset[str]:
    lines = _WEIGHTY.read_text("utf-8").splitlines()
    return frozenset(fold(line.split("\t")[1]) for line in lines if line and not line.startswith("#"))
