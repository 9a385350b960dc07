"""Train the tagger.

    python -m articles.language.training.tagger.train DATA VECTORS.kv OUTPUT.npz [--seed N] [--teacher MODEL.npz …]

Every corpus has its own labels and its own output layer over one network; the layer of ANERcorp is the one that ships.
With teachers, unlabelled news that they label together is trained on too. Prints the figures on the held-out tenth.
"""

import argparse
import math
import random
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from gensim.models.fasttext import FastTextKeyedVectors

from articles.language.tagger_words import MEANING_LENGTH, Vocabulary
from articles.language.training.tagger.corpora import Corpora, Sentence, read_corpora
from articles.language.training.tagger.examples import Encoder, Example, batches, drawn
from articles.language.training.tagger.export import write_model
from articles.language.training.tagger.name_lists import known_phrases, name_lists
from articles.language.training.tagger.network import Network, Words
from articles.language.training.tagger.scores import held_out_figures
from articles.language.training.tagger.silver import silver_sentences

MAIN = "anercorp"
# Share of each corpus read in the first pass and in the last, between them in proportion: from broad to the news.
SHARES = {"anercorp": (1.0, 1.0), "wikifane": (0.9, 0.1), "aqmar": (1.0, 0.3), "silver": (0.5, 0.2)}
_RATE, _WARMING, _LOWEST_RATE = 3e-3, 300, 0.02
_STEEPEST = 5.0


class Task(NamedTuple):
    """Examples of each corpus, the labels of each head, and what is known of the words."""

    examples: dict[str, list[Example]]
    heads: dict[str, list[str]]
    words: Words


def vocabulary_of(corpora: Corpora, vectors: FastTextKeyedVectors, gazetteers: Path) -> Vocabulary:
    """All words with vectors, which are given the same length."""
    words = list(vectors.key_to_index)
    lengths = np.linalg.norm(vectors.vectors, axis=1, keepdims=True)
    meanings = vectors.vectors * (MEANING_LENGTH / np.maximum(lengths, 1e-3))
    counts = [math.log1p(corpora.counts[word]) for word in words]
    return Vocabulary(words, meanings, vectors.vectors_ngrams, counts, name_lists(gazetteers), known_phrases())


def task_of(corpora: Corpora, silver: Sequence[Sentence], vocabulary: Vocabulary) -> Task:
    labelled = dict(corpora.labelled)
    heads = {corpus: _labels(s.labels for s in sentences) for corpus, sentences in labelled.items()}
    heads["newsfane"] = _labels(corpora.finer.values())
    numbers = {head: {label: number for number, label in enumerate(labels)} for head, labels in heads.items()}
    if silver:
        labelled["silver"] = list(silver)
    encoder = Encoder(vocabulary)
    examples: dict[str, list[Example]] = {}
    for corpus, sentences in labelled.items():
        head = MAIN if corpus == "silver" else corpus
        examples[corpus] = []
        for sentence in sentences:
            values = {head: [numbers[head].get(label, 0) for label in sentence.labels]}
            if head == MAIN and (finer := corpora.finer.get(sentence.tokens)):
                values["newsfane"] = [numbers["newsfane"].get(label, 0) for label in finer]
            examples[corpus].extend(encoder.examples(sentence, values))
    return Task(examples, heads, encoder.knowledge())


def _labels(sentences: Iterable[Sequence[str]]) -> list[str]:
    return ["O", *sorted({label for labels in sentences for label in labels} - {"O", "?"})]


def trained(task: Task, passes: int) -> Network:
    """The network after this many passes over the shares of each corpus; the learning rate falls to nearly nothing."""
    network = Network({head: len(labels) for head, labels in task.heads.items()})
    optimiser = torch.optim.AdamW(network.parameters(), lr=_RATE, weight_decay=0.0, fused=True)
    plans = [_plan(task.examples, number / max(passes - 1, 1)) for number in range(passes)]
    steps, step, began = sum(map(len, plans)), 0, time.monotonic()
    for number, plan in enumerate(plans, start=1):
        total = 0.0
        for texts in plan:
            step += 1
            rate = _RATE * min(1.0, step / _WARMING) * max(_LOWEST_RATE, 1 - step / steps)
            for group in optimiser.param_groups:
                group["lr"] = rate
            total += _learn(network, optimiser, texts, task.words)
        sys.stderr.write(f"pass {number}: loss {total / len(plan):.4f}, {time.monotonic() - began:.0f} s\n")
    return network.eval()


def _plan(examples: Mapping[str, Sequence[Example]], progress: float) -> list[list[list[Example]]]:
    """The batches of a pass in the order in which they are read; `progress` is 0 for the first, 1 for the last."""
    plan = []
    for corpus, part in examples.items():
        first, last = SHARES[corpus]
        plan += batches(part, first + (last - first) * progress)
    random.shuffle(plan)
    return plan


def _learn(network: Network, optimiser: torch.optim.Optimizer, texts: list[list[Example]], words: Words) -> float:
    batch, types, labels = drawn(texts, words, training=True)
    network.train()
    judged = network(types, batch)
    loss = torch.zeros(())
    for head, values in labels.items():
        known = values[:, 0] >= 0
        scores = network.labels[head](judged[known])
        loss = loss + network.orders[head].loss(scores, values[known].clamp(min=0), batch.there[known])
    loss = loss * (10 / int(batch.lengths.sum()))
    optimiser.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(network.parameters(), _STEEPEST)
    optimiser.step()
    return loss.item()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("vectors", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--passes", type=int, default=10)
    parser.add_argument("--teacher", type=Path, action="append", default=[])
    parser.add_argument("--tenth", type=int, default=10, help="the tenth of ANERcorp to hold out; what ships: 10")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    random.seed(arguments.seed)
    torch.manual_seed(arguments.seed)
    corpora = read_corpora(arguments.data, tenth=arguments.tenth)
    vectors = FastTextKeyedVectors.load(str(arguments.vectors))
    vocabulary = vocabulary_of(corpora, vectors, arguments.data / "gazetteers")
    silver = silver_sentences(arguments.teacher, corpora.raw) if arguments.teacher else []
    task = task_of(corpora, silver, vocabulary)
    network = trained(task, arguments.passes)
    write_model(arguments.output, network, MAIN, task.heads[MAIN], vocabulary)
    sys.stdout.write(held_out_figures(arguments.output, corpora.held_out) + "\n")


if __name__ == "__main__":
    main()
