"""Writes a trained network with its vocabulary as the file that `articles.language.tagger` reads."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from articles.language.tagger_evidence import LIST_BITS
from articles.language.tagger_words import COUNT_STEP, Vocabulary
from articles.language.training.tagger.network import Network

_DIRECTIONS = ("", "_reverse")
_NEVER = -1e4
_LINEAR = ("meaning", "evidence", "word", "middle", "elsewhere")


def write_model(path: Path, network: Network, head: str, labels: Sequence[str], vocabulary: Vocabulary) -> None:
    """Weights as half floats, vectors as bytes with one scale for each table, texts as UTF-8 with newlines."""
    arrays: dict[str, NDArray[np.generic]] = {
        "w " + name: value.astype(np.float16) for name, value in _weights(network, head, labels).items()
    }
    for name, table in (("meanings", vocabulary.meanings), ("pieces", vocabulary.pieces)):
        scale = np.float32(np.abs(table).max() / 127)
        arrays[name] = np.round(table / scale).astype(np.int8)
        arrays[name + " scale"] = np.array(scale)
    arrays["words"] = _text(vocabulary.numbers)
    arrays["counts"] = np.minimum(np.round(np.array(vocabulary.counts) / COUNT_STEP), 255).astype(np.uint8)
    arrays["list words"] = _text(vocabulary.lists)
    width = (LIST_BITS + 7) // 8
    bits = b"".join(value.to_bytes(width, "little") for value in vocabulary.lists.values())
    arrays["list bits"] = np.frombuffer(bits, dtype=np.uint8).reshape(-1, width)
    arrays["phrases"] = _text(
        " ".join((str(phrase.kind), first, *phrase.rest))
        for first, phrases in vocabulary.phrases.items()
        for phrase in phrases
    )
    arrays["labels"] = _text(labels)
    np.savez_compressed(path, **arrays)


def _weights(network: Network, head: str, labels: Sequence[str]) -> dict[str, NDArray[np.float32]]:
    state = {name: value.detach().numpy() for name, value in network.state_dict().items()}
    weights = {}
    for ours, theirs in (*((name, name) for name in _LINEAR), ("labels", f"labels.{head}")):
        weights[ours + ".weight"] = state[theirs + ".weight"].T
        weights[ours + ".bias"] = state[theirs + ".bias"]
    filters = state["filters.weight"]
    weights["filters.weight"] = filters.transpose(2, 1, 0).reshape(-1, len(filters))
    weights["filters.bias"] = state["filters.bias"]
    weights["letters"], weights["phrases"] = state["letters.weight"], state["phrases.weight"]
    inputs = [_gates(state[f"lstm.weight_ih_l0{way}"]) for way in _DIRECTIONS]
    biases = [_gates(state[f"lstm.bias_ih_l0{way}"] + state[f"lstm.bias_hh_l0{way}"]) for way in _DIRECTIONS]
    weights["lstm.input"], weights["lstm.bias"] = np.concatenate(inputs).T, np.concatenate(biases)
    weights["lstm.recurrent"] = np.stack([_gates(state[f"lstm.weight_hh_l0{way}"]).T for way in _DIRECTIONS])
    weights |= _order(state, head, labels)
    return weights


def _gates(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """Torch's gates (input, forget, candidate, output) in our order; see `tagger_network.contexts`."""
    opening, forgetting, candidate, output = np.split(rows, 4)
    return np.concatenate((opening / 2, forgetting / 2, output / 2, candidate))


def _order(state: dict[str, NDArray[np.float32]], head: str, labels: Sequence[str]) -> dict[str, NDArray[np.float32]]:
    """The transitions between labels; an I- that continues nothing never wins."""
    after, first = (state[f"orders.{head}.{part}"].copy() for part in ("after", "first"))
    for column, label in enumerate(labels):
        if label.startswith("I-"):
            first[column] = _NEVER
            for row, before in enumerate(labels):
                if before[2:] != label[2:]:
                    after[row, column] = _NEVER
    return {"labels.after": after, "labels.first": first, "labels.last": state[f"orders.{head}.last"]}


def _text(lines: Iterable[str]) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(lines).encode(), dtype=np.uint8)
