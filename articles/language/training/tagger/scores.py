"""Entity figures as CoNLL counts them: a name is right when its words and its kind are."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from articles.language.tagger import labelled_spans, load_tagger
from articles.language.training.tagger.corpora import Sentence

# Consecutive sentences read together as one text; ANERcorp does not say where its articles begin.
TEXT = 40


class Figures(NamedTuple):
    precision: float
    recall: float
    f1: float


def figures(gold: Sequence[Sequence[str]], found: Sequence[Sequence[str]]) -> Figures:
    """Micro-averaged over sentences of labels."""
    hits = wanted = given = 0
    for theirs, ours in zip(gold, found, strict=True):
        right, made = set(labelled_spans(theirs)), set(labelled_spans(ours))
        hits, wanted, given = hits + len(right & made), wanted + len(right), given + len(made)
    precision, recall = hits / max(given, 1), hits / max(wanted, 1)
    return Figures(precision, recall, 2 * hits / max(wanted + given, 1))


def held_out_figures(model: Path, sentences: Sequence[Sentence]) -> str:
    """One line for sentences read alone and one for sentences read as parts of texts of TEXT sentences."""
    tagger = load_tagger(model)
    gold = [sentence.labels for sentence in sentences]
    lines = []
    for name, alone in (("each sentence alone", True), (f"texts of {TEXT} sentences", False)):
        found: list[list[str]] = []
        for start in range(0, len(sentences), TEXT):
            text = sentences[start : start + TEXT]
            tokens = [token for sentence in text for token in sentence.tokens]
            ends = [sum(len(s.tokens) for s in text[: number + 1]) for number in range(len(text))]
            bounds = list(zip([0, *ends], ends, strict=False))
            labels = tagger.tag(tokens, bounds, alone=alone).labels
            found.extend(labels[first:last] for first, last in bounds)
        lines.append(f"{name}: P %.4f R %.4f F1 %.4f" % figures(gold, found))
    return "\n".join(lines)
