"""The tagger's network, computed with numpy: vectors for words, a bidirectional LSTM, label scores, the best labels.

Sizes: V word types at once, N tokens of a text, S its sentences, P the width of a word's vector, H of one direction,
L labels. Arrays are float32.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]
Weights = Mapping[str, Floats]


# A shift to the right copies the sign into the bits below it.
_NO_COPIES_OF_SIGN = np.int32(~0x70000000)
_EXPONENT_SHIFT = np.float32(2.0**112)


class Sentences(NamedTuple):
    """Where sentences begin and end among the tokens, longest first, and how many are longer than each step."""

    starts: Integers
    ends: Integers
    active: list[int]


def widened(halves: NDArray[np.float16]) -> Floats:
    """The same numbers in single precision, at a quarter of what numpy's own conversion takes; not for infinities.

    The bits are moved to where single precision has them; its exponents begin 112 lower.
    """
    bits = halves.view(np.int16).astype(np.int32)
    bits <<= np.int32(16)
    bits >>= np.int32(3)
    bits &= _NO_COPIES_OF_SIGN
    floats = bits.view(np.float32)
    floats *= _EXPONENT_SHIFT
    return floats


def arranged(bounds: Sequence[tuple[int, int]]) -> Sentences:
    spans = np.array(bounds, dtype=np.int64)
    spans = spans[np.argsort(spans[:, 0] - spans[:, 1], kind="stable")]
    lengths = spans[:, 1] - spans[:, 0]
    longest = int(lengths[0])
    active = np.searchsorted(-lengths, -np.arange(longest), side="left").tolist()
    return Sentences(spans[:, 0], spans[:, 1], active)


def word_inputs(weights: Weights, meanings: Floats, bits: Floats, letters: Integers) -> Floats:
    """(V, 8 H) what each word says to the LSTM's gates, by its distributional vector, evidence and letters."""
    spelled = _letter_features(weights, letters)
    parts = (
        meanings @ weights["meaning.weight"] + weights["meaning.bias"],
        bits @ weights["evidence.weight"] + weights["evidence.bias"],
        spelled,
    )
    hidden = np.maximum(np.concatenate(parts, axis=1), 0.0)
    vectors = np.tanh(hidden @ weights["word.weight"] + weights["word.bias"])
    return vectors @ weights["lstm.input"] + weights["lstm.bias"]


def _letter_features(weights: Weights, letters: Integers) -> Floats:
    """(V, features): the strongest answer of each three-letter filter anywhere in the word; letter 0 is padding."""
    width = letters.shape[1]
    embedded = weights["letters"][np.pad(letters, ((0, 0), (1, 1)))]
    windows = np.concatenate([embedded[:, step : step + width] for step in range(3)], axis=2)
    answers = windows @ weights["filters.weight"] + weights["filters.bias"]
    answers[letters == 0] = -1e4
    return answers.max(axis=1)


def contexts(weights: Weights, gates: Floats, sentences: Sentences) -> Floats:
    """(N, 2 H): each token's state after reading its sentence from the left and from the right, 0 outside sentences."""
    width = gates.shape[1] // 8
    states = np.zeros((len(gates), 2 * width), dtype=np.float32)
    recurrent = weights["lstm.recurrent"]
    hidden = np.zeros((2, len(sentences.starts), width), dtype=np.float32)
    memory = np.zeros_like(hidden)
    for step, count in enumerate(sentences.active):
        left, right = sentences.starts[:count] + step, sentences.ends[:count] - 1 - step
        answer = np.matmul(hidden[:, :count], recurrent)
        answer[0] += gates[left, : 4 * width]
        answer[1] += gates[right, 4 * width :]
        # Gates are stored as input, forget, output (halved, so that tanh gives the logistic function), candidate.
        np.tanh(answer, out=answer)
        opened = answer[:, :, : 3 * width]
        opened *= 0.5
        opened += 0.5
        memory = memory[:, :count] * opened[:, :, width : 2 * width]
        memory += opened[:, :, :width] * answer[:, :, 3 * width :]
        hidden = np.tanh(memory)
        hidden *= opened[:, :, 2 * width :]
        states[left, :width] = hidden[0]
        states[right, width:] = hidden[1]
    return states


def elsewhere(weights: Weights, states: Floats, keys: Integers) -> Floats:
    """(N, pooled): the mean of what the other tokens with the same key (the same bare word) say, zero if none."""
    said = np.maximum(states @ weights["elsewhere.weight"] + weights["elsewhere.bias"], 0.0)
    order = np.argsort(keys, kind="stable")
    first = np.flatnonzero(np.diff(keys[order], prepend=-1))
    counts = np.diff(np.append(first, len(keys)))
    sums = np.add.reduceat(said[order], first, axis=0)
    group = np.empty(len(keys), dtype=np.int64)
    group[order] = np.repeat(np.arange(len(first)), counts)
    others = sums[group] - said
    return others / np.maximum(counts[group] - 1, 1)[:, None].astype(np.float32)


def label_scores(weights: Weights, states: Floats, said: Floats) -> Floats:
    """(N, L) scores before the labels' order is considered."""
    seen = np.concatenate((states, said), axis=1)
    middle = np.maximum(seen @ weights["middle.weight"] + weights["middle.bias"], 0.0)
    return middle @ weights["labels.weight"] + weights["labels.bias"]


def best_labels(weights: Weights, scores: Floats, sentences: Sentences) -> NDArray[np.int64]:
    """(N,) the most probable sequence of labels of each sentence (Viterbi)."""
    transitions = weights["labels.after"]
    labels = np.zeros(len(scores), dtype=np.int64)
    count = previous = len(sentences.starts)
    total = weights["labels.first"] + scores[sentences.starts]
    came_from = np.zeros((len(sentences.active), count, scores.shape[1]), dtype=np.int64)
    final = np.empty_like(total)
    for step, active in enumerate(sentences.active):
        if step:
            final[active:previous] = total[active:previous]
            paths = total[:active, :, None] + transitions
            came_from[step, :active] = paths.argmax(axis=1)
            total = paths.max(axis=1) + scores[sentences.starts[:active] + step]
        previous = active
    final[:previous] = total
    best = (final + weights["labels.last"]).argmax(axis=1)
    for step in range(len(sentences.active) - 1, -1, -1):
        active = sentences.active[step]
        labels[sentences.starts[:active] + step] = best[:active]
        best[:active] = came_from[step, np.arange(active), best[:active]]
    return labels
