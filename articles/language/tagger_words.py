"""The words the tagger knows, and the vector of any word, computed when it is first met and kept."""

from collections.abc import Sequence
from itertools import count

import numpy as np
from numpy.typing import NDArray

from articles.language.tagger_evidence import (
    CURATED_BITS,
    NAME_BITS,
    WORD_BITS,
    Phrase,
    phrases_after,
    word_bits,
)
from articles.language.tagger_network import Floats, Weights, widened, word_inputs

# Words kept at once (1.5 KB each); when there are more, those met only once lately are forgotten.
KEPT = 1 << 15
_LETTERS = 'ءابتثجحخدذرزسشصضطظعغفقكلمنهوي0"abcdefghijklmnopqrstuvwxyz.,-()'
_LETTER_CODES = {letter: code for code, letter in enumerate(_LETTERS, start=2)}
_UNKNOWN_LETTER = 1
_READ_LETTERS = 14
_DIGITS = str.maketrans("123456789", "000000000")
_QUOTES = dict.fromkeys("«»“”„", '"')
# What speaks for letters being attached to a name, in units of the natural logarithm of a word's count.
_ATTACHED_PRIOR = {"و": 3.0, "ف": 0.0, "ب": 0.0, "ل": 0.0, "ك": -2.0}
_LIST_WEIGHT = 2.0
_SHORTEST = 3
# Counts are stored as logarithms in steps of this size.
COUNT_STEP = 1 / 16
PIECES = (3, 5)
_HASH_START, _HASH_FACTOR = 2166136261, 16777619
# The length that distributional vectors were given before training.
MEANING_LENGTH = 3.0


def standard(token: str) -> str:
    """The token as the vocabulary has it: digits as 0, one kind of quotation mark."""
    return _QUOTES.get(token, token.translate(_DIGITS))


def letter_codes(word: str) -> list[int]:
    """The codes of a word's first and last letters; 0 fills up."""
    half = _READ_LETTERS // 2
    read = word if len(word) <= _READ_LETTERS else word[:half] + word[-half:]
    codes = [_LETTER_CODES.get(letter, _UNKNOWN_LETTER) for letter in read]
    return codes + [0] * (_READ_LETTERS - len(codes))


def dense_bits(values: Sequence[int]) -> Floats:
    """(V, WORD_BITS) of zeros and ones from as many numbers."""
    width = (WORD_BITS + 7) // 8
    packed = np.frombuffer(b"".join(value.to_bytes(width, "little") for value in values), dtype=np.uint8)
    return np.unpackbits(packed.reshape(-1, width), axis=1, count=WORD_BITS, bitorder="little").astype(np.float32)


def piece_numbers(word: str, buckets: int) -> list[int]:
    """The buckets of a word's pieces of three to five letters, ends marked: fastText's hash (FNV-1a, signed)."""
    letters = [letter.encode("utf-8", "surrogatepass") for letter in f"<{word}>"]
    numbers = []
    for start in range(len(letters) - PIECES[0] + 1):
        value = _HASH_START
        for size, letter in enumerate(letters[start : start + PIECES[1]], start=1):
            for byte in letter:
                value = ((value ^ (byte | 0xFFFFFF00 if byte > 127 else byte)) * _HASH_FACTOR) & 0xFFFFFFFF
            if size >= PIECES[0]:
                numbers.append(value % buckets)
    return numbers


def _cuts(word: str) -> list[int]:
    """The numbers of letters that may be attached: a conjunction, a preposition, or both."""
    cuts = [1] if word[0] in "وف" else []
    for cut in (0, *cuts):
        rest = word[cut:]
        if rest[0] in "بلك" and not rest.startswith("لل") and len(rest) > _SHORTEST:
            cuts.append(cut + 1)
    return cuts


class Vocabulary:
    """Everything the model file says about words.

    Words have a distributional vector (`meanings`) and the logarithm of their count in the training texts (`counts`).
    The vectors of a word's `pieces` stand for a word that is not there. `lists` has the name lists of a word as bits.
    Both tables may be whole numbers of one byte, a quarter of the memory, which are multiplied by `scales` when read.
    """

    def __init__(
        self,
        words: Sequence[str],
        meanings: NDArray[np.number],
        pieces: NDArray[np.number],
        counts: Sequence[float],
        lists: dict[str, int],
        phrases: dict[str, list[Phrase]],
        scales: tuple[np.float32, np.float32] = (np.float32(1), np.float32(1)),
    ) -> None:
        self.numbers = {word: number for number, word in enumerate(words)}
        self.meanings = meanings
        self.pieces = pieces
        self.counts = counts
        self.lists = lists
        self.phrases = phrases
        self._meanings_scale, self._pieces_scale = scales

    def meaning(self, word: str) -> Floats:
        """The distributional vector of a standard word, from its pieces if it is unknown."""
        number = self.numbers.get(word)
        if number is not None:
            return self.meanings[number] * self._meanings_scale
        pieces = piece_numbers(word, len(self.pieces))
        if not pieces:
            return np.zeros(self.meanings.shape[1], dtype=np.float32)
        mean = (self.pieces[pieces] * self._pieces_scale).mean(axis=0)
        return mean * (MEANING_LENGTH / max(float(np.linalg.norm(mean)), 1e-3))

    def attached_letters(self, word: str) -> int:
        """How many letters at a name's beginning are و ف ب ل ك written together with it; لل belongs to the name."""
        if len(word) <= _SHORTEST or word[0] not in _ATTACHED_PRIOR:
            return 0
        best, chosen = self._support(word), 0
        for cut in _cuts(word):
            support = self._support(word[cut:]) + _ATTACHED_PRIOR[word[cut - 1]]
            if support > best:
                best, chosen = support, cut
        return chosen

    def _support(self, name: str) -> float:
        word = "ال" + name[2:] if name.startswith("لل") else name
        number = self.numbers.get(word)
        count = self.counts[number] if number is not None else 0.0
        lists = self.lists.get(word, 0) & NAME_BITS
        return count + _LIST_WEIGHT * (lists.bit_count() + (lists & CURATED_BITS).bit_count())


# What computes a word's row.
_WORD_WEIGHTS = ("meaning.", "evidence.", "letters", "filters.", "word.", "lstm.input", "lstm.bias")


class WordTable:
    """Rows for words: what they say to the network, what names they may begin, the number all forms of a name share."""

    def __init__(self, vocabulary: Vocabulary, weights: Weights, room: int = KEPT) -> None:
        self._vocabulary = vocabulary
        # The last digits of a product depend on its size. In double precision they are gone when a row is rounded to
        # be kept: it depends on its word, and not on the words that are learned beside it.
        self._weights = {
            name: weight.astype(np.float64) for name, weight in weights.items() if name.startswith(_WORD_WEIGHTS)
        }
        self._room = room
        self._inputs = np.empty((room, weights["lstm.bias"].shape[0]), dtype=np.float16)
        self._keys = np.empty(room, dtype=np.int64)
        self._uses = np.zeros(room, dtype=np.int64)
        self._key_numbers: dict[str, int] = {}
        self._next_key = count()
        self._rows: dict[str, int] = {}
        self.phrases: dict[int, list[Phrase]] = {}

    def rows(self, tokens: Sequence[str]) -> list[int]:
        """A row for each token, to be used before the next call. ValueError if they are too many at once."""
        rows = self._rows
        try:
            return [rows[token] for token in tokens]
        except KeyError:
            self._learn(tokens)
        return [self._rows[token] for token in tokens]

    def inputs(self, rows: NDArray[np.int64]) -> Floats:
        """(N, 8 H) for rows of the text at hand."""
        np.add.at(self._uses, rows, 1)
        return widened(self._inputs[rows])

    def keys(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        return self._keys[rows]

    def _learn(self, tokens: Sequence[str]) -> None:
        new = self._new(tokens)
        if len(self._rows) + len(new) > self._room:
            self._forget(self._room - len(set(tokens)))
            new = self._new(tokens)
        first = len(self._rows)
        words = [standard(token) for token in new]
        self._inputs[first : first + len(new)] = self._encoded(words)
        for row, word in enumerate(words, start=first):
            bare = word[self._vocabulary.attached_letters(word) :]
            if bare not in self._key_numbers:
                self._key_numbers[bare] = next(self._next_key)
            self._keys[row] = self._key_numbers[bare]
            if phrases := phrases_after(word, self._vocabulary.phrases):
                self.phrases[row] = phrases
        self._rows.update(zip(new, range(first, first + len(new)), strict=True))

    def _new(self, tokens: Sequence[str]) -> list[str]:
        return list(dict.fromkeys(token for token in tokens if token not in self._rows))

    def _forget(self, room: int) -> None:
        """Keeps the words met more than once since the last time, at most `room`, the most frequent ones."""
        if room < 0:
            raise ValueError(f"a piece of text has more than {self._room} different words")
        uses = self._uses[: len(self._rows)]
        order = np.argsort(-uses, kind="stable")[: min(int((uses > 1).sum()), room)]
        kept = np.sort(order)
        self._inputs[: len(kept)] = self._inputs[kept]
        self._keys[: len(kept)] = self._keys[kept]
        self._uses[:] = 0
        moved = {old: new for new, old in enumerate(kept.tolist())}
        self._rows = {word: moved[row] for word, row in self._rows.items() if row in moved}
        used = set(self._keys[: len(kept)].tolist())
        self._key_numbers = {bare: key for bare, key in self._key_numbers.items() if key in used}
        self.phrases = {moved[row]: phrases for row, phrases in self.phrases.items() if row in moved}

    def _encoded(self, words: Sequence[str]) -> Floats:
        known = self._vocabulary
        meanings = np.stack([known.meaning(word) for word in words])
        bits = dense_bits([word_bits(word, known.lists) for word in words])
        letters = np.array([letter_codes(word) for word in words])
        return word_inputs(self._weights, meanings, bits, letters)
