"""CoNLL-U Plus: a token a line, with entities, quotes, cues, speakers and claims as BIO tags in columns of their own.

The first line names the columns, as https://universaldependencies.org/ext-format.html asks for; the token's number is
the first of them because a token may be «#», with which comments begin.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from annotations.exports.dropped import BLOCKS, DISTINCTION, ENTITY, RECOGNISER, REJECTED, count_dropped, standing
from annotations.exports.format import About
from annotations.exports.offsets import Sentence, tokenised
from annotations.exports.records import CUE, ArticleRecord, Losses, MarkRecord
from annotations.exports.tool_drops import CONLL_KEPT, CUT, GROWN, INTERRUPTED, OVERLAP

SCHEMA = "newsdesk-conll 1"
ENTITIES = {"person": "PERS", "organisation": "ORG", "place": "LOC", "other": "MISC"}
COLUMNS = ("ENTITY", "QUOTE", "CUE", "SPEAKER", "CLAIM")

# Column, label, start, end.
Stretch = tuple[str, str, int, int]


def write(articles: Iterable[ArticleRecord], file: BinaryIO, about: About, losses: Losses) -> None:
    """Rejected marks are left out: what reads this takes each tag for true."""
    head = (
        f"# global.columns = ID FORM START END {' '.join(f'NEWSDESK:{column}' for column in COLUMNS)}",
        f"# generator = {_line(f'{about.program} {about.version}')}",
        f"# schema = {SCHEMA}",
        f"# made_at = {about.made_at.isoformat()}",
        f"# site = {_line(about.site)}",
    )
    file.write("".join(f"{line}\n" for line in head).encode())
    for article in articles:
        if now := standing(article, losses):
            file.write("".join(_lines(now, losses)).encode())


def _lines(article: ArticleRecord, losses: Losses) -> Iterator[str]:
    sentences = tokenised(article.text)
    tags = _tags(article, sentences, losses)
    count_dropped(article, losses, kept=CONLL_KEPT)
    about = "".join(_about(article))
    for number, sentence in enumerate(sentences, 1):
        yield (
            about
            + f"# sent_id = {article.id}-{number}\n# text = {_line(article.text[sentence.start : sentence.end])}\n"
        )
        about = ""
        for position, (start, end) in enumerate(sentence.tokens, 1):
            found = "\t".join([tags.get((column, start), "O") for column in COLUMNS])
            yield f"{position}\t{article.text[start:end]}\t{start}\t{end}\t{found}\n"
        yield "\n"


def _about(article: ArticleRecord) -> Iterator[str]:
    """Comments may stand in front of sentences only, so that an article without a word says nothing of itself."""
    said = {
        "newdoc id": article.id,
        "revision": article.revision,
        "sha256": article.current.sha256,
        "url": article.url,
        "title": article.title,
        "source": article.source.key if article.source else "",
        "published_at": article.published_at.isoformat() if article.published_at else "",
        "language": article.language,
    }
    yield from (f"# {key} = {_line(str(value))}\n" for key, value in said.items() if value)


def _tags(article: ArticleRecord, sentences: list[Sentence], losses: Losses) -> dict[tuple[str, int], str]:
    """The tags other than O by column and by where the token starts. Of two that overlap the first one stays."""
    tokens = [token for sentence in sentences for token in sentence.tokens]
    starts, ends = [start for start, _ in tokens], [end for _, end in tokens]
    first_ones = {sentence.start for sentence in sentences}
    tags: dict[tuple[str, int], str] = {}
    for column, label, start, end in sorted(_stretches(article, losses), key=lambda one: one[2]):
        first, last = bisect_right(ends, start), bisect_left(starts, end)
        covered = starts[first:last]
        if not covered or any((column, one) in tags for one in covered):
            losses.count(OVERLAP)
            continue
        losses.count(GROWN, covered[0] < start or ends[last - 1] > end)
        losses.count(CUT, any(one in first_ones for one in covered[1:]))
        for one in covered:
            tags[column, one] = f"{'B' if one == covered[0] or one in first_ones else 'I'}-{label}"
    return tags


def _stretches(article: ArticleRecord, losses: Losses) -> Iterator[Stretch]:
    losses.count(BLOCKS, len(article.current.blocks))
    for mention in article.mentions:
        losses.count(ENTITY)
        losses.count(DISTINCTION, mention.entity.distinction != "")
        losses.count(RECOGNISER, mention.recogniser != "")
        yield "ENTITY", ENTITIES.get(mention.entity.kind, "MISC"), mention.start, mention.end
    for mark in article.marks:
        if mark.status == "rejected":
            losses.count(REJECTED)
            continue
        losses.count(INTERRUPTED, len(mark.parts) - 1)
        column, label = _column(mark)
        for part in mark.parts:
            yield ("CUE", "CUE", part.start, part.end) if part.role == CUE else (column, label, part.start, part.end)


def _column(mark: MarkRecord) -> tuple[str, str]:
    if mark.kind == "quote":
        return "QUOTE", mark.quote_type.upper() or "QUOTE"
    return mark.kind.upper(), mark.kind.upper()


def _line(text: str) -> str:
    return " ".join(text.split())
