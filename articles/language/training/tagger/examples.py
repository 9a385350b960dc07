"""Sentences as numbers, in batches of several short texts."""

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from articles.language.tagger_evidence import Phrase, phrase_marks, phrases_after, word_bits
from articles.language.tagger_words import Vocabulary, dense_bits, letter_codes, standard
from articles.language.training.tagger.corpora import Sentence
from articles.language.training.tagger.network import Batch, Words

LONGEST = 100
# Tokens of one text (drawn for each pass, so that the network learns with and without company) and of one batch.
_TEXT_SIZES = (60, 200, 400, 800)
_BATCH_SIZE = 1200
# Share of evidence bits that are lost, and of batches that see no phrases.
_BITS_LOST, _MARKS_LOST = 0.05, 0.15


class Example(NamedTuple):
    words: list[int]
    marks: list[int]
    labels: Mapping[str, Sequence[int]]


class Encoder:
    """Numbers for word types, given in the order in which they are met, and what is known of each."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._numbers: dict[str, int] = {}
        self._phrases: dict[int, list[Phrase]] = {}

    def number(self, token: str) -> int:
        word = standard(token)
        number = self._numbers.setdefault(word, len(self._numbers))
        if number == len(self._numbers) - 1 and (phrases := phrases_after(word, self._vocabulary.phrases)):
            self._phrases[number] = phrases
        return number

    def examples(self, sentence: Sentence, labels: Mapping[str, Sequence[int]]) -> Iterator[Example]:
        """The sentence in stretches of at most LONGEST tokens."""
        numbers = [self.number(token) for token in sentence.tokens]
        places = {place: self._phrases[number] for place, number in enumerate(numbers) if number in self._phrases}
        marks = phrase_marks(sentence.tokens, places)
        for start in range(0, len(numbers), LONGEST):
            part = slice(start, start + LONGEST)
            yield Example(numbers[part], marks[part], {head: values[part] for head, values in labels.items()})

    def knowledge(self) -> Words:
        """What is known of every word type met so far, by number."""
        known, words = self._vocabulary, list(self._numbers)
        keys: dict[str, int] = {}
        bare = [word[known.attached_letters(word) :] for word in words]
        return Words(
            torch.from_numpy(np.stack([known.meaning(word) for word in words]).astype(np.float32)),
            torch.from_numpy(dense_bits([word_bits(word, known.lists) for word in words])),
            torch.tensor([letter_codes(word) for word in words]),
            torch.tensor([keys.setdefault(word, len(keys)) for word in bare]),
        )


class Drawn(NamedTuple):
    """A batch, the word types in it, and for each head the (S, T) labels, -1 in sentences without labels for it."""

    batch: Batch
    words: Words
    labels: dict[str, Tensor]


def drawn(texts: Iterable[Sequence[Example]], known: Words, *, training: bool) -> Drawn:
    rows = [(example, text) for text, examples in enumerate(texts) for example in examples]
    lengths = torch.tensor([len(example.words) for example, _ in rows])
    shape = (len(rows), int(lengths.max()))
    numbers: dict[int, int] = {}
    words, marks = torch.zeros(shape, dtype=torch.long), torch.zeros(shape, dtype=torch.long)
    heads = {head for example, _ in rows for head in example.labels}
    labels = {head: torch.full(shape, -1) for head in heads}
    for row, (example, _) in enumerate(rows):
        size = len(example.words)
        words[row, :size] = torch.tensor([numbers.setdefault(number, len(numbers)) for number in example.words])
        marks[row, :size] = torch.tensor(example.marks)
        for head, values in example.labels.items():
            labels[head][row] = 0
            labels[head][row, :size] = torch.tensor(values)
    there = torch.arange(shape[1])[None] < lengths[:, None]
    chosen = torch.tensor(list(numbers))
    types = Words(*(part[chosen] for part in known))
    if training:
        types, marks = _with_losses(types, marks)
    return Drawn(Batch(words, marks, there, lengths, torch.tensor([text for _, text in rows])), types, labels)


def _with_losses(words: Words, marks: Tensor) -> tuple[Words, Tensor]:
    bits = words.bits * (torch.rand(words.bits.shape) > _BITS_LOST)
    return words._replace(bits=bits), marks * (random.random() > _MARKS_LOST)


def batches(examples: Sequence[Example], share: float = 1.0) -> list[list[list[Example]]]:
    """Texts of consecutive sentences, shuffled, several in a batch; `share` of them are drawn."""
    start = random.randrange(min(20, len(examples)))
    texts = list(_grouped([*examples[start:], *examples[:start]]))
    random.shuffle(texts)
    result: list[list[list[Example]]] = [[]]
    size = 0
    for text in texts[: round(len(texts) * share)]:
        if size > _BATCH_SIZE:
            result.append([])
            size = 0
        result[-1].append(text)
        size += sum(len(example.words) for example in text)
    return result


def _grouped(examples: Sequence[Example]) -> Iterator[list[Example]]:
    text: list[Example] = []
    size, limit = 0, random.choice(_TEXT_SIZES)
    for example in examples:
        if text and size + len(example.words) > limit:
            yield text
            text, size, limit = [], 0, random.choice(_TEXT_SIZES)
        text.append(example)
        size += len(example.words)
    yield text
