"""The tagger's network in torch, for training; `articles.language.tagger_network` computes the same with numpy.

Shapes: V word types, S sentences, T their longest length, L labels.
"""

from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from articles.language.tagger_evidence import PHRASE_MARKS, WORD_BITS

MEANING, EVIDENCE, LETTER, FILTERS, WORD, STATE, ELSEWHERE = 96, 48, 24, 48, 144, 128, 64
LETTER_CODES = 96
_NEVER = -1e4


class Words(NamedTuple):
    """What is known of V word types; types with the same key are forms of one word."""

    meanings: Tensor
    bits: Tensor
    letters: Tensor
    keys: Tensor


class Batch(NamedTuple):
    """(S, T) numbers of word types, phrase marks, which are there; (S,) lengths, the text each is from."""

    words: Tensor
    marks: Tensor
    there: Tensor
    lengths: Tensor
    texts: Tensor


class Order(nn.Module):
    """Scores of labels following each other: a linear-chain CRF's transitions."""

    def __init__(self, labels: int) -> None:
        super().__init__()
        self.after = nn.Parameter(torch.zeros(labels, labels))
        self.first = nn.Parameter(torch.zeros(labels))
        self.last = nn.Parameter(torch.zeros(labels))

    def loss(self, scores: Tensor, labels: Tensor, there: Tensor) -> Tensor:
        """The negative log-probability of the labels, summed over sentences."""
        return (self._all_paths(scores, there) - self._path(scores, labels, there)).sum()

    def _path(self, scores: Tensor, labels: Tensor, there: Tensor) -> Tensor:
        mask = there.float()
        chosen = scores.gather(2, labels[:, :, None]).squeeze(2)
        ends = labels.gather(1, there.sum(1, keepdim=True) - 1).squeeze(1)
        steps = (self.after[labels[:, :-1], labels[:, 1:]] * mask[:, 1:]).sum(1)
        return (chosen * mask).sum(1) + steps + self.first[labels[:, 0]] + self.last[ends]

    def _all_paths(self, scores: Tensor, there: Tensor) -> Tensor:
        after = self.after.exp()
        total = self.first + scores[:, 0]
        for step in range(1, scores.shape[1]):
            peak = total.max(1, keepdim=True).values
            longer = torch.log((total - peak).exp() @ after) + peak + scores[:, step]
            total = torch.where(there[:, step : step + 1], longer, total)
        return torch.logsumexp(total + self.last, 1)


def _same_for_sentence(values: Tensor, share: float, training: bool) -> Tensor:
    """Dropout that removes the same features from every token of a sentence."""
    if not training:
        return values
    kept = torch.bernoulli(torch.full((values.shape[0], 1, values.shape[2]), 1 - share))
    return values * kept / (1 - share)


class Network(nn.Module):
    """Words → bidirectional LSTM → what the same name's other occurrences say → scores, for each corpus its own."""

    def __init__(self, heads: dict[str, int], dropout: float = 0.4) -> None:
        super().__init__()
        self.dropout = dropout
        self.meaning = nn.Linear(MEANING, MEANING)
        self.evidence = nn.Linear(WORD_BITS, EVIDENCE)
        self.letters = nn.Embedding(LETTER_CODES, LETTER, padding_idx=0)
        self.filters = nn.Conv1d(LETTER, FILTERS, 3, padding=1)
        self.word = nn.Linear(MEANING + EVIDENCE + FILTERS, WORD)
        self.phrases = nn.Embedding(PHRASE_MARKS, WORD)
        nn.init.normal_(self.phrases.weight, std=0.1)
        self.lstm = nn.LSTM(WORD, STATE, batch_first=True, bidirectional=True)
        self.elsewhere = nn.Linear(2 * STATE, ELSEWHERE)
        self.middle = nn.Linear(2 * STATE + ELSEWHERE, STATE)
        self.labels = nn.ModuleDict({name: nn.Linear(STATE, size) for name, size in heads.items()})
        self.orders = nn.ModuleDict({name: Order(size) for name, size in heads.items()})

    def _spelled(self, words: Words) -> Tensor:
        answers = self.filters(self.letters(words.letters).transpose(1, 2))
        return answers.masked_fill((words.letters == 0)[:, None], _NEVER).amax(2)

    def word_vectors(self, words: Words) -> Tensor:
        """(V, WORD)"""
        parts = (self.meaning(words.meanings), self.evidence(words.bits), self._spelled(words))
        hidden = nn.functional.dropout(torch.cat(parts, 1), 0.1, self.training)
        return torch.tanh(self.word(torch.relu(hidden)))

    def forward(self, words: Words, batch: Batch) -> Tensor:
        """(S, T, STATE): what the labels are judged by."""
        read = self.word_vectors(words)[batch.words] + self.phrases(batch.marks)
        read = _same_for_sentence(read, 0.75 * self.dropout, self.training)
        packed = pack_padded_sequence(read, batch.lengths, batch_first=True, enforce_sorted=False)
        states, _ = pad_packed_sequence(self.lstm(packed)[0], batch_first=True)
        states = _same_for_sentence(states, self.dropout, self.training)
        seen = torch.cat((states, self._said_elsewhere(states, words.keys[batch.words], batch)), 2)
        return nn.functional.dropout(torch.relu(self.middle(seen)), 0.5 * self.dropout, self.training)

    def _said_elsewhere(self, states: Tensor, keys: Tensor, batch: Batch) -> Tensor:
        """(S, T, ELSEWHERE): the mean over the other tokens of the text with the same key, zero if there are none."""
        said = torch.relu(self.elsewhere(states))
        apart = keys + (batch.texts * (int(keys.max()) + 1))[:, None]
        groups = torch.unique(apart, return_inverse=True)[1]
        count = int(groups.max()) + 1
        inside = groups[batch.there]
        sums = torch.zeros(count, ELSEWHERE).index_add(0, inside, said[batch.there])
        sizes = torch.zeros(count).index_add(0, inside, torch.ones(len(inside)))
        others = (sums[groups] - said) / (sizes[groups] - 1).clamp(min=1)[:, :, None]
        if self.training:
            others = others * (torch.rand(len(others), 1, 1) > 0.2)
        return others
