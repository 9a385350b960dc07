"""Articles as an import leaves them, and what the detectors proposed in them."""

from annotations.carrying import carry_marks
from annotations.models import Annotation
from annotations.suggesting import suggest_annotations
from articles.models import Article
from articles.recognition import record_mentions
from tests.articles.factories import make_article


def imported(article: Article) -> Article:
    """As an import leaves it: with names recognised, marks carried over and quotes suggested."""
    record_mentions(article.current_revision)
    carry_marks(article.current_revision)
    suggest_annotations(article.current_revision)
    return article


def telling(*paragraphs: str, **facts) -> Article:
    """An imported article of these paragraphs."""
    return imported(make_article(title="الميناء باق", paragraphs=paragraphs, **facts))


def proposed(article: Article, kind: str = "quote") -> list[Annotation]:
    found = article.current_revision.annotations.suggested().filter(kind=kind)
    return sorted(found, key=lambda mark: mark.content[0].start)
