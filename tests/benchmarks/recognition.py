"""Words a second of the recognisers, one core: python -m tests.benchmarks.recognition [WORDS]

The embedded recogniser reads sample articles, then shorter texts of WORDS words (400 by default) that a BERT-base with
random weights reads too, through camel-tools' NERecognizer: its speed does not depend on what the weights say. Medians
over samples, none read before, so that nothing is remembered of them; loading is measured apart.
"""

import gzip
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.util import find_spec
from itertools import islice
from pathlib import Path

# Before numpy and torch are imported: they start as many threads as there are cores.
os.environ |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}

from articles.language.entities import recognise
from articles.language.tokens import sentences, words
from tests.language.bert import save_bert, write_catalogue

REPOSITORY = Path(__file__).parents[2]
CORPUS = REPOSITORY.parent / "shared" / "data" / "articles" / "ant-corpus.jsonl.gz"
ARTICLES = 300
SAMPLES, SHORT_SAMPLES = 7, 3


def samples() -> list[list[str]]:
    """Disjoint samples: of the ANT corpus where it is there, else of the project's few own articles."""
    if CORPUS.is_file():
        with gzip.open(CORPUS, "rt", encoding="utf-8") as lines:
            records = [json.loads(line) for line in islice(lines, ARTICLES * (SAMPLES + SHORT_SAMPLES))]
        texts = [f"{record['title']}\n{record['text']}" for record in records]
    else:
        texts = [file.read_text(encoding="utf-8") for file in sorted((REPOSITORY / "fixtures" / "text").glob("*.txt"))]
    number = min(SAMPLES + SHORT_SAMPLES, len(texts))
    return [texts[first::number] for first in range(number)]


def beginning(texts: list[str], number: int) -> list[str]:
    """The first texts that hold so many words, or all."""
    chosen, count = [], 0
    for text in texts:
        if count >= number:
            break
        chosen.append(text)
        count += len(words(text))
    return chosen


def measure(title: str, read: Callable[[list[str]], object], chosen: list[list[str]]) -> float:
    """Median words a second over the samples, in processor time of this process; printed too."""
    numbers = [sum(len(words(text)) for text in texts) for texts in chosen]
    speeds = []
    for texts, number in zip(chosen, numbers, strict=True):
        begin = time.process_time()
        read(texts)
        speeds.append(number / (time.process_time() - begin))
    median = statistics.median(speeds)
    print(f"{title:52} {median:9,.0f} words/s (median of {len(chosen)}; {sum(numbers):,} words)")  # noqa: T201
    return median


def read_embedded(texts: list[str]) -> None:
    for text in texts:
        recognise(text)


def neural_reader(vocabulary: set[str], data: Path) -> Callable[[list[str]], object]:
    """A BERT-base in camel-tools' own class. Its vocabulary has every word, so that none costs more than one piece."""
    import torch  # noqa: PLC0415 - an extra that is not everywhere
    from transformers.utils.logging import disable_progress_bar  # noqa: PLC0415

    torch.set_num_threads(1)
    disable_progress_bar()
    folder = write_catalogue(data, "random-base")
    os.environ["CAMELTOOLS_DATA"] = str(data)
    save_bert(folder, words=vocabulary)
    from camel_tools.ner import NERecognizer  # noqa: PLC0415 - imports torch

    recogniser = NERecognizer(str(folder), use_gpu=False)

    def read(texts: list[str]) -> None:
        spans = [text[start:end] for text in texts for start, end in sentences(text)]
        recogniser.predict([[word.text for word in words(sentence)] for sentence in spans])

    read(["باريس"])
    return read


def main(number: int = 400) -> None:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    chosen = samples()
    short = [beginning(texts, number) for texts in chosen[:SHORT_SAMPLES]]
    begin = time.perf_counter()
    recognise("باريس")
    print(f"the embedded recogniser is loaded in {time.perf_counter() - begin:.2f} s")  # noqa: T201
    measure("embedded", read_embedded, chosen[SHORT_SAMPLES:])
    embedded = measure("embedded, the texts that BERT reads", read_embedded, short)
    missing = [name for name in ("torch", "transformers") if not find_spec(name)]
    if missing:
        print(f"BERT-base is not measured: {', '.join(missing)} not installed (make neural)")  # noqa: T201
        return
    with tempfile.TemporaryDirectory() as folder:
        read = neural_reader({word.text for texts in short for text in texts for word in words(text)}, Path(folder))
        neural = measure("BERT-base, random weights, camel-tools' NERecognizer", read, short)
    print(f"embedded / BERT-base: {embedded / neural:,.0f}")  # noqa: T201


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
