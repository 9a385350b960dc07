"""Distributional word vectors (fastText skip-gram) from openly licensed raw text, trained with gensim.

python -m articles.language.training.tagger.vectors DATA OUTPUT.kv
"""

import argparse
from collections.abc import Iterable
from pathlib import Path

from gensim.models import FastText
from gensim.models.fasttext import FastTextKeyedVectors

from articles.language.tagger_words import PIECES, standard
from articles.language.training.tagger.corpora import open_text

WIDTH = 96
# A narrow window groups words that take each other's place (cities with cities) rather than words of one subject.
WINDOW = 3
BUCKETS = 100_000
EPOCHS = 12
SEED = 1


def trained_vectors(sentences: Iterable[list[str]]) -> FastTextKeyedVectors:
    """Vectors of all words seen twice, and of the pieces of any other word. Deterministic (one thread)."""
    text = [[standard(token) for token in sentence] for sentence in sentences]
    model = FastText(
        vector_size=WIDTH,
        window=WINDOW,
        min_count=2,
        sg=1,
        negative=8,
        sample=1e-4,
        min_n=PIECES[0],
        max_n=PIECES[1],
        bucket=BUCKETS,
        epochs=EPOCHS,
        workers=1,
        seed=SEED,
    )
    model.build_vocab(text)
    model.train(text, total_examples=len(text), epochs=EPOCHS)
    return model.wv


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("output", type=Path)
    arguments = parser.parse_args()
    trained_vectors(open_text(arguments.data)).save(str(arguments.output))


if __name__ == "__main__":
    main()
