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
from articles.search.analysing.words import sought_words
from articles.search.asking import question_of
from articles.search.finding import page_of
from articles.search.index import schema
from articles.search.query import Reader, SearchQuery
from tests.benchmarks.search_sets import DEPTH, Answer, Document

JARS = Path("/usr/share/java")
LUCENE = ("core", "analyzers-common", "queryparser", "queries", "sandbox")
LAYERS = (fields.SURFACE, fields.BASE, fields.STEM, fields.LEAD, fields.TITLE, fields.TITLE_STEM)
# The ten best and the total.
Found = tuple[list[int], int]
Ask = Callable[[tantivy.Searcher, str], Found]
READER = Reader(("published",), member=False)


class Tantivy:
    """`layers` of the documents are indexed; `asks` are the ways to ask them, by name."""

    def __init__(self, layers: tuple[str, ...], asks: dict[str, Ask]) -> None:
        self.layers, self.asks = layers, asks

    def index(self, documents: Iterable[Document], folder: Path) -> tuple[float, int]:
        """Processor seconds and bytes."""
        index = tantivy.Index(schema.schema(), str(folder))
        begun = time.process_time()
        with index.writer(heap_size=200_000_000, num_threads=1) as writer:
            for number, document in enumerate(documents):
                terms = fields.text_fields(*document)
                held = {layer: terms[layer] for layer in self.layers}
                writer.add_document(tantivy.Document(id=number, appeared=number, status="published", **held))
            writer.commit()
            writer.wait_merging_threads()
        seconds = time.process_time() - begun
        index.reload()
        self.searcher = index.searcher()
        return seconds, sum(file.stat().st_size for file in folder.iterdir())

    def answers(self, name: str, texts: Iterable[str]) -> list[Answer]:
        return [self._answer(self.asks[name], text) for text in texts]

    def _answer(self, ask: Ask, text: str) -> Answer:
        begun = time.perf_counter()
        found, total = ask(self.searcher, text)
        return Answer(found, total, (time.perf_counter() - begun) * 1000)


def any_term(layer: str, form: str) -> Ask:
    """Any of the query's words, in one layer."""

    def ask(searcher: tantivy.Searcher, text: str) -> Found:
        terms = dict.fromkeys(term for word in sought_words(text) for term in _terms(getattr(word, form)))
        queries = [tantivy.Query.term_query(schema.schema(), layer, term, index_option="freq") for term in terms]
        return _best(searcher, tantivy.Query.boolean_query([(Occur.Should, query) for query in queries]))

    return ask


def any_word(searcher: tantivy.Searcher, text: str) -> Found:
    """All layers, any of the words."""
    return _best(searcher, question_of(SearchQuery(text), READER).compiled(every=False))


def search(searcher: tantivy.Searcher, text: str) -> Found:
    """What the program itself answers: first the documents that hold all of the words."""
    page = page_of(searcher, question_of(SearchQuery(text), READER), limit=DEPTH)
    return page.ids, page.total


def tantivy_engines() -> list[Tantivy]:
    return [
        Tantivy((fields.SURFACE,), {"surface only": any_term(fields.SURFACE, "surface")}),
        Tantivy((fields.STEM,), {"light stem only": any_term(fields.STEM, "stems")}),
        Tantivy(LAYERS, {"ours, any word": any_word, "ours, all words first": search}),
    ]


def _terms(form: str | tuple[str, ...]) -> tuple[str, ...]:
    return (form,) if isinstance(form, str) else form[:1]


def _best(searcher: tantivy.Searcher, query: tantivy.Query) -> Found:
    result = searcher.search(query, DEPTH)
    return searcher.fast_field_values(schema.ID, [address for _score, address in result.hits]), result.count


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
