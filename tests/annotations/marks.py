"""Marks for tests: spans by their words, suggestions as a detector stores them, marks as people make them."""

from django.contrib.auth.models import User

from annotations.detection import DETECTOR, VERSION
from annotations.marking import create_mark
from annotations.models import Annotation, Attribution, Part
from annotations.spans import MarkedSpan, parts_of
from articles.models import Article, Entity


def span(article: Article, words: str, *, role: str = Part.Role.CONTENT, occurrence: int = 0) -> MarkedSpan:
    """Where these words stand in the article's current text."""
    text, start = article.current_revision.text, -1
    for _ in range(occurrence + 1):
        start = text.index(words, start + 1)
    return MarkedSpan(start, start + len(words), words, role)


def make_mark(article: Article, words: str, *, by: User, kind: str = "quote", cue: str = "") -> Annotation:
    """A mark that a person made on the article's current text."""
    spans = [span(article, words), *([span(article, cue, role=Part.Role.CUE)] if cue else [])]
    return create_mark(revision=article.current_revision, kind=kind, spans=spans, by=by)


def suggest(article: Article, words: str, *, kind: str = "quote", confidence: float = 0.9) -> Annotation:
    """An undecided suggestion over these words."""
    mark = Annotation.objects.create(
        revision=article.current_revision,
        kind=kind,
        status=Annotation.Status.SUGGESTED,
        quote_type="direct" if kind == "quote" else "",
        detector=DETECTOR,
        detector_version=VERSION,
        rule="test",
        confidence=confidence,
    )
    Part.objects.bulk_create(parts_of(mark, article.current_revision.text, [span(article, words)]))
    return mark


def suggest_said(
    article: Article, words: str, speaker: str, *, entity: Entity | None = None, certainty: str = "probable"
) -> tuple[Annotation, Annotation]:
    """A suggested quote with its suggested speaker."""
    quote, said_by = suggest(article, words), suggest(article, speaker, kind="speaker")
    Attribution.objects.create(
        annotation=quote, order=0, speaker=said_by, entity=entity, name=speaker, certainty=certainty
    )
    return quote, said_by
