"""Articles for tests, stored as an import stores them: the headline is the first block, each block is one line."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import count

from articles.language.folding import fold
from articles.models import Article, Entity, Mention, Revision, Source

NUMBERS = count(1)


def make_source(name: str = "صحيفة الميناء", *, key: str = "", kind: str = Source.Kind.PUBLISHER) -> Source:
    """The source of this key, made when there is none; its name serves as the key where none is given."""
    return Source.objects.get_or_create(key=key or name, defaults={"name": name, "kind": kind})[0]


def make_article(
    *,
    title: str = "افتتاح جسر جديد على نهر الوادي",
    paragraphs: Sequence[str | tuple[str, str]] = ("افتتحت البلدية صباح الاثنين الجسر الجديد أمام حركة السير.",),
    status: str = Article.Status.PUBLISHED,
    source: Source | None = None,
    published_at: datetime | None = datetime(2024, 3, 27, 9, 30, tzinfo=UTC),
    precision: str = Article.Precision.MINUTE,
    url: str | None = None,
    byline: str = "",
    language: str = "ar",
) -> Article:
    """An article with its current revision; a paragraph may be a pair (kind, text) for another kind of block."""
    number = next(NUMBERS)
    article = Article.objects.create(
        source=source or make_source(),
        url=url or f"https://news.example/{number}",
        title=title,
        byline=byline,
        published_at=published_at,
        published_precision=precision if published_at else "",
        language=language,
        status=status,
    )
    add_revision(article, title=title, paragraphs=paragraphs)
    return article


def add_revision(article: Article, *, title: str, paragraphs: Sequence[str | tuple[str, str]]) -> Revision:
    """The article's next state, which becomes its current one."""
    lines = [("heading", title), *((line if isinstance(line, tuple) else ("paragraph", line)) for line in paragraphs)]
    text, blocks = "\n".join(line for _, line in lines), []
    start = 0
    for kind, line in lines:
        blocks.append({"kind": kind, "start": start, "end": start + len(line)})
        start += len(line) + 1
    revision = Revision.objects.create(
        article=article,
        number=article.revisions.count() + 1,
        text=text,
        blocks=blocks,
        content_hash=hashlib.sha256(text.encode()).hexdigest(),
        cleaner_version="test",
    )
    article.current_revision = revision
    article.save(update_fields=["current_revision"])
    return revision


def make_entity(name: str, *, kind: str = Entity.Kind.PERSON) -> Entity:
    """The entity of this name, which matches as names do: «إيمان» and «ايمان» are one."""
    return Entity.objects.get_or_create(folded=fold(name), kind=kind, defaults={"name": name})[0]


def make_mention(article: Article, surface: str, *, entity: Entity | None = None, occurrence: int = 0) -> Mention:
    """A mention of the words `surface` at their nth occurrence in the article's current text."""
    text, start = article.current_revision.text, -1
    for _ in range(occurrence + 1):
        start = text.index(surface, start + 1)
    return Mention.objects.create(
        revision=article.current_revision,
        entity=entity or make_entity(surface),
        start=start,
        end=start + len(surface),
        surface=surface,
        recogniser="test/1",
        score=1,
    )
