"""Which of two states of a page is the later one, by when they were captured."""

from collections.abc import Mapping

from articles.importing.dates.capture import captured_at
from articles.models import Article, Original


def is_later(headers: Mapping[str, str], article: Article) -> bool | None:
    """Whether these headers came later than those of the article's current text; None where nobody can tell."""
    kept = Original.objects.filter(pk=article.current_revision.original_id).values_list("headers", flat=True).first()
    now, before = captured_at(headers), captured_at(kept or {})
    return None if now is None or before is None else now > before
