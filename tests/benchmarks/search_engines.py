"""The engines whose ranking is compared: each indexes documents once and answers queries."""

import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import tantivy
from tantivy import Occur

from articles.search.analysing import fields
from articles.search.analysing.ranking import ranked_query
from articles.search.analysing.words import sought_words
from tests.benchmarks.search_sets import DEPTH, Answer, Document

JARS = Path("/usr/share/java")
LUCENE = ("core", "analyzers-common", "queryparser", "queries", "sandbox")
Ask = Callable[[tantivy.Schema, str], list[tantivy.Query]]


class Tantivy:
    """`layers` of the document are indexed; the queries of `ask` are tried in order until ten documents are found."""

    def __init__(self, name: str, layers: tuple[str, ...], ask: Ask) -> None:
        self.name, self.layers, self.ask = name, layers, ask

    def index(self, documents: Iterable[Document], folder: Path) -> tuple[float, int]:
        """Processor seconds and bytes."""
        builder = fields.add_text_fields(tantivy.SchemaBuilder()).add_integer_field("number", fast=True)
        index = tantivy.Index(builder.build(), str(folder))
        begun = time.process_time()
        with index.writer(heap_size=200_000_000, num_threads=1) as writer:
            for number, document in enumerate(documents):
                terms = fields.text_fields(*document)
                writer.add_document(tantivy.Document(number=number, **{layer: terms[layer] for layer in self.layers}))
            writer.commit()
            writer.wait_merging_threads()
        seconds = time.process_time() - begun
        index.reload()
        self.schema, self.searcher = index.schema, index.searcher()
        return seconds, sum(file.stat().st_size for file in folder.iterdir())

    def answer(self, text: str) -> Answer:
        begun = time.perf_counter()
        found: list[int] = []
        total = 0
        for query in self.ask(self.schema, text):
            result = self.searcher.search(query, DEPTH)
            addresses = [address for _score, address in result.hits]
            found += [number for number in self.searcher.fast_field_values("number", addresses) if number not in found]
            total = total or result.count
            if len(found) >= DEPTH:
                break
        return Answer(found[:DEPTH], total, (time.perf_counter() - begun) * 1000)

    def answers(self, texts: Iterable[str]) -> list[Answer]:
        return [self.answer(text) for text in texts]


def any_term(layer: str, form: str) -> Ask:
    """Any of the query's words, in one layer."""

    def ask(schema: tantivy.Schema, text: str) -> list[tantivy.Query]:
        terms = dict.fromkeys(term for word in sought_words(text) for term in _terms(getattr(word, form)))
        queries = [tantivy.Query.term_query(schema, layer, term, index_option="freq") for term in terms]
        return [tantivy.Query.boolean_query([(Occur.Should, query) for query in queries])]

    return ask


def _terms(form: str | tuple[str, ...]) -> tuple[str, ...]:
    return (form,) if isinstance(form, str) else form[:1]


def ours(*, every_first: bool) -> Ask:
    """All layers: any of the words, or first the documents that hold all of them."""

    def ask(schema: tantivy.Schema, text: str) -> list[tantivy.Query]:
        words = sought_words(text)
        return [ranked_query(schema, words, every=every) for every in ((True, False) if every_first else (False,))]

    return ask


def tantivy_engines() -> list[Tantivy]:
    layers = (fields.SURFACE, fields.BASE, fields.STEM, fields.LEAD, fields.TITLE, fields.TITLE_STEM)
    return [
        Tantivy("surface only", (fields.SURFACE,), any_term(fields.SURFACE, "surface")),
        Tantivy("light stem only", (fields.STEM,), any_term(fields.STEM, "stems")),
        Tantivy("ours, any word", layers, ours(every_first=False)),
        Tantivy("ours, all words first", layers, ours(every_first=True)),
    ]


class Lucene:
    """Lucene 8's ArabicAnalyzer in a Java process of its own."""

    name = "Lucene 8 ArabicAnalyzer"

    @staticmethod
    def missing() -> str:
        """What stands in the way of running it, if anything."""
        lacking = [part for part in LUCENE if not list(JARS.glob(f"lucene-{part}-8*.jar"))]
        if lacking:
            return "liblucene8-java is not installed"
        return "" if shutil.which("javac") else "there is no JDK"

    def run(self, documents: Iterable[Document], texts: Iterable[str]) -> tuple[int, list[Answer]]:
        """The index's bytes and an answer per query."""
        jars = ":".join(str(jar) for part in LUCENE for jar in JARS.glob(f"lucene-{part}-8*.jar"))
        with tempfile.TemporaryDirectory(prefix="newsdesk-lucene-") as name:
            folder = Path(name)
            _write_lines(folder / "documents", (f"{document.headline} {document.body}" for document in documents))
            _write_lines(folder / "queries", texts)
            source = Path(__file__).parent / "lucene" / "Ranking.java"
            command = [
                "java",
                "-Xmx1g",
                "-cp",
                jars,
                str(source),
                *(str(folder / part) for part in ("documents", "queries", "index")),
            ]
            size, *lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
        return int(size), [_read_answer(line) for line in lines]


def _write_lines(path: Path, texts: Iterable[str]) -> None:
    path.write_text("".join(" ".join(text.split()) + "\n" for text in texts), encoding="utf-8")


def _read_answer(line: str) -> Answer:
    milliseconds, total, *documents = line.split("\t")
    return Answer([int(number) for number in documents], int(total), float(milliseconds))
