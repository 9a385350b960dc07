"""The trained tagger: finds the names in a text word by word, with a small neural network computed by numpy.

The network and what it knows of words come from `data/tagger.npz`, made by `articles/language/training/tagger` (see the
README there). It is read on first use and kept. Results are the same on every machine up to rounding.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from articles.language.folding import fold_with_map
from articles.language.tagger_evidence import Phrase, phrase_marks
from articles.language.tagger_network import (
    Floats,
    Sentences,
    Weights,
    arranged,
    best_labels,
    contexts,
    elsewhere,
    label_scores,
)
from articles.language.tagger_words import COUNT_STEP, KEPT, Vocabulary, WordTable

MODEL = Path(__file__).parent / "data" / "tagger.npz"
KINDS = {"PERS": "person", "ORG": "organisation", "LOC": "place", "MISC": "other"}

_TOKEN = re.compile(r"[^\W\d_]+|\d+(?:[.,]\d+)*|\S")
_TOKEN_OR_LINE_END = re.compile(r"[^\W\d_]+|\d+(?:[.,]\d+)*|\n|\S")
_SENTENCE_ENDS = frozenset(".؟!?")
_PAUSES = frozenset("،,؛;:")
# A longer sentence is cut, a longer text is read in pieces; nothing is carried from one piece to the next.
_LONGEST_SENTENCE = 60
_LONGEST_PIECE = 10_000


class TaggedName(NamedTuple):
    """A name at [start, end) of the text, without attached letters; `score` is between 0 and 1."""

    start: int
    end: int
    kind: str
    score: float


class TaggedTokens(NamedTuple):
    """A label (O, B-KIND, I-KIND) for each token and the network's confidence in it."""

    labels: list[str]
    scores: list[float]


def tokens_of(folded: str) -> list[str]:
    """The tokens of a folded text: runs of letters, numbers, and every other sign by itself."""
    return _TOKEN.findall(folded)


def tagged_names(text: str) -> list[TaggedName]:
    """The names of a text in their order; they do not overlap."""
    folded = fold_with_map(text)
    found = [(match[0], *match.span()) for match in _TOKEN_OR_LINE_END.finditer(folded.text)]
    names = []
    for sentences in _pieces([token for token, _, _ in found]):
        first, last = sentences[0][0], sentences[-1][1]
        bounds = [(start - first, end - first) for start, end in sentences]
        tokens = [token for token, _, _ in found[first:last]]
        tagged = tagger().tag(tokens, bounds)
        for start, end, kind in labelled_spans(tagged.labels):
            cut = tagger().vocabulary.attached_letters(tokens[start])
            offsets = folded.to_original(found[first + start][1] + cut, found[first + end - 1][2])
            # Sums of floats depend on what is computed beside them: the same text has the same scores in every import.
            score = round(sum(tagged.scores[start:end]) / (end - start), 4)
            names.append(TaggedName(*offsets, KINDS[kind], score))
    return names


def labelled_spans(labels: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """(start, end, KIND) in tokens for every name that the labels mark."""
    start, kind = 0, ""
    for position, label in enumerate((*labels, "O")):
        if kind and label != f"I-{kind}":
            yield start, position, kind
            kind = ""
        if label[0] == "B" or (label[0] == "I" and not kind):
            start, kind = position, label[2:]


def _sentences(tokens: Sequence[str]) -> Iterator[tuple[int, int]]:
    """[start, end) of sentences among the tokens; line ends belong to none. A long sentence is cut at a pause."""
    start = pause = 0
    for position, token in enumerate(tokens):
        if token == "\n":
            if position > start:
                yield start, position
            start = pause = position + 1
        elif token in _SENTENCE_ENDS and not _abbreviates(tokens, start, position):
            yield start, position + 1
            start = pause = position + 1
        elif token in _PAUSES:
            pause = position + 1
        if position + 1 - start >= _LONGEST_SENTENCE:
            end = pause if pause > start else position + 1
            yield start, end
            start = pause = end
    if start < len(tokens):
        yield start, len(tokens)


def _abbreviates(tokens: Sequence[str], start: int, position: int) -> bool:
    """Whether the sign at `position` follows a single letter of its sentence (أ. ف. ب.)."""
    return position > start and len(tokens[position - 1]) == 1 and tokens[position - 1].isalpha()


def _pieces(tokens: Sequence[str]) -> Iterator[list[tuple[int, int]]]:
    piece: list[tuple[int, int]] = []
    for sentence in _sentences(tokens):
        if piece and sentence[1] - piece[0][0] > _LONGEST_PIECE:
            yield piece
            piece = []
        piece.append(sentence)
    if piece:
        yield piece


class Tagger:
    """The network with its vocabulary; `labels` names the columns of its scores."""

    def __init__(self, vocabulary: Vocabulary, weights: Weights, labels: Sequence[str], room: int = KEPT) -> None:
        self.vocabulary = vocabulary
        self.labels = tuple(labels)
        self._phrase_inputs = weights["phrases"] @ weights["lstm.input"]
        # Most tokens are in no phrase: what that says is part of their bias.
        self.weights = {**weights, "lstm.bias": weights["lstm.bias"] + self._phrase_inputs[0]}
        self._table = WordTable(vocabulary, self.weights, room)

    def tag(self, tokens: Sequence[str], sentences: Sequence[tuple[int, int]], *, alone: bool = False) -> TaggedTokens:
        """Labels for folded tokens; `sentences` are disjoint spans of tokens, the tokens between them are not read.

        Sentences are read as parts of one text, where a name's other occurrences count, unless `alone`.
        """
        sequence = arranged(sentences)
        scores = self.scores(tokens, sequence, alone=alone)
        best = best_labels(self.weights, scores, sequence)
        best[self._between(len(tokens), sequence)] = 0
        scores -= scores.max(axis=1, keepdims=True)
        shares = np.exp(scores)
        chosen = shares[np.arange(len(best)), best] / shares.sum(axis=1)
        return TaggedTokens([self.labels[number] for number in best.tolist()], chosen.tolist())

    def scores(self, tokens: Sequence[str], sentences: Sentences, *, alone: bool = False) -> Floats:
        """(tokens, labels) scores, before the order of labels is considered."""
        rows = np.array(self._table.rows(tokens))
        beginnings = self._table.phrases
        places: dict[int, list[Phrase]] = {
            position: beginnings[row] for position, row in enumerate(rows.tolist()) if row in beginnings
        }
        gates = self._table.inputs(rows)
        marks = np.array(phrase_marks(tokens, places))
        marked = np.flatnonzero(marks)
        gates[marked] += self._phrase_inputs[marks[marked]] - self._phrase_inputs[0]
        states = contexts(self.weights, gates, sentences)
        said = elsewhere(self.weights, states, self._table.keys(rows))
        return label_scores(self.weights, states, said * 0 if alone else said)

    @staticmethod
    def _between(count: int, sentences: Sentences) -> NDArray[np.bool_]:
        depth = np.zeros(count + 1, dtype=np.int64)
        np.add.at(depth, sentences.starts, 1)
        np.add.at(depth, sentences.ends, -1)
        return np.cumsum(depth[:-1]) == 0


@cache
def tagger() -> Tagger:
    """The tagger that ships, read once."""
    return load_tagger(MODEL)


def load_tagger(model: Path, room: int = KEPT) -> Tagger:
    """The tagger of a model file; `room` is how many words it remembers, at least those of one piece of a text."""
    with np.load(model, allow_pickle=False) as stored:
        arrays = dict(stored)
    lists = dict(zip(_lines(arrays["list words"]), _numbers(arrays["list bits"]), strict=True))
    phrases: dict[str, list[Phrase]] = {}
    for line in _lines(arrays["phrases"]):
        kind, first, *rest = line.split(" ")
        phrases.setdefault(first, []).append(Phrase(tuple(rest), int(kind)))
    vocabulary = Vocabulary(
        _lines(arrays["words"]),
        arrays["meanings"],
        arrays["pieces"],
        (arrays["counts"] * np.float32(COUNT_STEP)).tolist(),
        lists,
        phrases,
        (np.float32(arrays["meanings scale"]), np.float32(arrays["pieces scale"])),
    )
    weights = {name[2:]: value.astype(np.float32) for name, value in arrays.items() if name.startswith("w ")}
    return Tagger(vocabulary, weights, _lines(arrays["labels"]), room)


def _lines(stored: NDArray[np.uint8]) -> list[str]:
    return stored.tobytes().decode("utf-8").split("\n")


def _numbers(stored: NDArray[np.uint8]) -> list[int]:
    """Little-endian numbers, one in each row of bytes."""
    width = stored.shape[1]
    raw = stored.tobytes()
    return [int.from_bytes(raw[at : at + width], "little") for at in range(0, len(raw), width)]
