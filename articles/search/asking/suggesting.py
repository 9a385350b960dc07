"""«هل تقصد»: another wording of a query, in which words that hardly any article holds are what was probably meant."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from django.db.models.functions import Left
from tantivy import Occur, Query, Searcher

from articles.language.folding import fold
from articles.language.inflections import word_forms
from articles.language.script import CONTROLS, MARKS, TATWEEL
from articles.language.spans import Span
from articles.language.tokens import words
from articles.search.analysing.fields import SURFACE
from articles.search.analysing.words import SoughtWord
from articles.search.asking.compiling import Question
from articles.search.asking.criteria import of
from articles.search.asking.parts import Name, Words, wanted
from articles.search.asking.resolving import question_of
from articles.search.asking.spelling import meant
from articles.search.index import schema as index
from articles.search.query import Reader

# Where more articles than these hold every word nothing needs to be suggested.
FEW = 5
# A word is written as most of so many articles write it, at their beginnings.
_ARTICLES = 3
_BEGINNING = 20_000
_NOT_WRITTEN = re.compile(f"[{CONTROLS}{MARKS}{TATWEEL}]")


def suggested_wording(searcher: Searcher, question: Question) -> str | None:
    """The query as it was typed but for words that are misspelt; only where all of that finds more articles."""
    found = _count(searcher, question)
    if found > FEW:
        return None
    wording = _corrected(searcher, question)
    if wording is None:
        return None
    other = question_of(replace(question.query, text=wording), question.reader)
    return wording if _count(searcher, other) > found else None


def _corrected(searcher: Searcher, question: Question) -> str | None:
    text = question.asked.text
    for at, word in reversed(list(_typed(question))):
        other = meant(searcher, word)
        if other:
            text = text[: at.start] + _as_written(searcher, question.reader, other) + text[at.end :]
    return text if text != question.asked.text else None


def _typed(question: Question) -> Iterator[tuple[Span, SoughtWord]]:
    """The words outside quotation marks that are wanted, with their spans of the query, in order."""
    for part in wanted(question.asked.part):
        typed = part.words if isinstance(part, Name) else part
        if isinstance(typed, Words):
            written = words(question.asked.text[typed.at.start : typed.at.end])
            found = [word for word in written if word_forms(word.text)]
            for word, sought in zip(found, typed.words, strict=False):
                yield Span(typed.at.start + word.start, typed.at.start + word.end), sought


def _as_written(searcher: Searcher, reader: Reader, folded: str) -> str:
    """A folded word as articles that this reader may see write it: إسرائيل, not اسراييل."""
    written = Query.boolean_query([(Occur.Must, of(SURFACE, folded)), (Occur.Must, of(index.STATUS, *reader.statuses))])
    hits = searcher.search(written, _ARTICLES, count=False).hits
    ids = searcher.fast_field_values(index.ID, [address for _score, address in hits])
    visible = reader.articles().filter(pk__in=ids)
    texts = visible.values_list(Left("current_revision__text", _BEGINNING), flat=True)
    forms = Counter(
        _NOT_WRITTEN.sub("", word.text) for text in texts for word in words(text) if fold(word.text) == folded
    )
    return forms.most_common(1)[0][0] if forms else folded


def _count(searcher: Searcher, question: Question) -> int:
    return searcher.search(question.compiled(every=True), 1).count
