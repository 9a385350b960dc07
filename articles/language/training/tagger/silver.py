"""Unlabelled news with the labels that several trained taggers give it together."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from articles.language.tagger import Tagger, load_tagger
from articles.language.tagger_network import arranged, best_labels
from articles.language.training.tagger.corpora import Sentence
from articles.language.training.tagger.examples import LONGEST

# Texts that are labelled at once; their sentences count as each other's company.
_TOGETHER = 12
# The least probability that the teachers together may give to any label of a sentence that is kept.
_SURE = 0.5


def silver_sentences(teachers: Iterable[Path], raw: Sequence[Sequence[str]]) -> list[Sentence]:
    """Paragraphs in which every label is sure, by the mean of the teachers' scores."""
    taggers = [load_tagger(path) for path in teachers]
    paragraphs = [list(tokens[:LONGEST]) for tokens in raw if len(tokens) > 3]
    kept: list[Sentence] = []
    for start in range(0, len(paragraphs), _TOGETHER):
        kept.extend(_labelled(taggers, paragraphs[start : start + _TOGETHER]))
    return kept


def _labelled(taggers: Sequence[Tagger], paragraphs: Sequence[list[str]]) -> Iterable[Sentence]:
    tokens = [token for paragraph in paragraphs for token in paragraph]
    ends = np.cumsum([len(paragraph) for paragraph in paragraphs]).tolist()
    bounds = list(zip([0, *ends], ends, strict=False))
    sentences = arranged(bounds)
    scores = np.mean([tagger.scores(tokens, sentences) for tagger in taggers], axis=0)
    parts = ("labels.after", "labels.first", "labels.last")
    order = {name: np.mean([tagger.weights[name] for tagger in taggers], axis=0) for name in parts}
    best = best_labels(order, scores, sentences)
    shares = np.exp(scores - scores.max(axis=1, keepdims=True))
    sure = shares[np.arange(len(best)), best] / shares.sum(axis=1)
    for first, last in bounds:
        if sure[first:last].min() > _SURE:
            labels = tuple(taggers[0].labels[number] for number in best[first:last].tolist())
            yield Sentence(tuple(tokens[first:last]), labels, (-1,) * (last - first))
