"""Quotes as they may be cited: accepted, of a sure place, with what tells whether the words are the speaker's own."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from annotations.exports.dropped import count_dropped, dropped_words
from annotations.exports.records import ArticleRecord, AttributionRecord, Losses, MarkRecord
from annotations.exports.wording import (
    CHANNELS,
    CONFIRMED,
    ROLES,
    SAID,
    STANCES,
    called,
    name_of,
    quoted,
    runs_from_right,
    speakers_in,
)
from articles.delivering.plain_text import printable, web_address
from articles.language.folding import fold
from articles.moments import told_as_known

MOST_QUOTES = 2_000
OTHER_KINDS, UNDECIDED = "mark that is no quote", "quote that is not accepted"
DOUBTFUL, BEYOND = "quote whose place is doubtful or lost", f"quote beyond the first {MOST_QUOTES:,}"
MENTIONS, TEXTS = "place where an entity is named", "text of an article"
_KEPT = {
    "url", "address", "source", "published_at", "published_precision", "quote_type", "stance", "channel", "occasion",
    "said_when", "said_on", "translated", "framing", "attributions",
}  # fmt: skip
DROPS = (OTHER_KINDS, UNDECIDED, DOUBTFUL, BEYOND, MENTIONS, TEXTS, *dropped_words(kept=_KEPT))


class Speaker(NamedTuple):
    """`key` tells people apart; «» for whoever is not confirmed."""

    key: tuple[str, ...]
    name: str


class Quote(NamedTuple):
    """A quote in the words of a document, so that its article need not be kept. `address` is of the web, or empty."""

    speaker: Speaker
    words: str
    facts: tuple[str, ...]
    title: str
    address: str
    where: str
    rtl: bool


_NOBODY = Speaker((), "")


def quotes_of(article: ArticleRecord, losses: Losses) -> Iterator[Quote]:
    """Those that may be cited, in the words that the article has now."""
    quotes = [mark for mark in article.marks if mark.kind == "quote"]
    accepted = [mark for mark in quotes if mark.status == "accepted"]
    losses.count(OTHER_KINDS, len(article.marks) - len(quotes))
    losses.count(UNDECIDED, len(quotes) - len(accepted))
    losses.count(MENTIONS, len(article.mentions))
    losses.count(TEXTS, sum(text.text is not None for text in article.texts))
    count_dropped(replace(article, marks=tuple(accepted)), losses, kept=_KEPT)
    sure = {mark.uuid for mark in accepted if mark.standing not in ("doubtful", "lost")}
    cited = [mark for mark in article.standing().marks if mark.uuid in sure]
    losses.count(DOUBTFUL, len(accepted) - len(cited))
    speakers = speakers_in(article)
    for mark in cited:
        yield _quote(mark, article, speakers)


def _quote(mark: MarkRecord, article: ArticleRecord, speakers: Mapping[str, str]) -> Quote:
    source = (article.source.name or article.source.key) if article.source else ""
    return Quote(
        _speaker(mark, article, speakers),
        printable(quoted(mark)),
        tuple(printable(fact) for fact in _facts(mark, speakers)),
        printable(article.title),
        web_address(article.url) or web_address(article.address),
        printable(" · ".join(fact for fact in (source, _published(article)) if fact)),
        rtl=runs_from_right(article.language),
    )


def _speaker(mark: MarkRecord, article: ArticleRecord, speakers: Mapping[str, str]) -> Speaker:
    """Whom the words are put under: the first one named, where a person confirmed that it was them.

    A name of one word is joined with no other article's: surnames alone tell nobody apart.
    """
    link = next(iter(mark.attributions), None)
    if link is None or link.certainty != CONFIRMED:
        return _NOBODY
    name = name_of(link, speakers)
    if link.entity:
        known = (link.entity.kind, link.entity.name, link.entity.distinction)
        shown = f"{name} — {link.entity.distinction}" if link.entity.distinction else name
        return Speaker(("entity", str(link.entity.id)) if link.entity.id else known, printable(shown))
    folded = " ".join(fold(name).split())
    return Speaker((folded,) if " " in folded else (folded, str(article.id), article.url), printable(name))


def _facts(mark: MarkRecord, speakers: Mapping[str, str]) -> Iterator[str]:
    """What a reader has to know of the words: whether they are the speaker's own, and who else stands behind them."""
    if mark.quote_type == "indirect":
        yield _("بالمعنى، لا باللفظ")
    if mark.quote_type == "mixed":
        yield _("بعضه بلفظه وبعضه بالمعنى")
    if mark.translated:
        yield _("مترجم")
    first, others = mark.attributions[:1], mark.attributions[1:]
    if first and first[0].certainty != CONFIRMED:
        yield _unsure(first[0], speakers)
    elif first and first[0].role not in (SAID, "joint"):
        yield called(ROLES, first[0].role)
    yield from (_other(link, speakers) for link in others)
    if mark.cues:
        yield _("عبارة الإسناد: %(words)s") % {"words": " … ".join(part.exact for part in mark.cues)}
    if mark.channel:
        yield _("قناة القول: %(channel)s") % {"channel": called(CHANNELS, mark.channel)}
    yield from (fact for fact in (mark.occasion, _said(mark)) if fact)
    if mark.stance not in ("", "neutral"):
        yield _("نبرة الفعل: %(stance)s") % {"stance": called(STANCES, mark.stance)}
    if mark.framing:
        yield _("تحفّظ الناقل: %(words)s") % {"words": mark.framing}


def _other(link: AttributionRecord, speakers: Mapping[str, str]) -> str:
    if link.certainty != CONFIRMED:
        return _unsure(link, speakers)
    if link.role == "joint":
        return _("مع %(name)s") % {"name": name_of(link, speakers)}
    if link.role == "relayed":
        return _("نقلاً عن %(name)s") % {"name": name_of(link, speakers)}
    return name_of(link, speakers)


def _unsure(link: AttributionRecord, speakers: Mapping[str, str]) -> str:
    """Nobody has confirmed it: said so, whatever a detector thinks of it."""
    name = name_of(link, speakers)
    told = f"{name} ({called(ROLES, link.role)})" if link.role != SAID else name
    if link.certainty == "probable":
        return _("على الأرجح: %(name)s") % {"name": told}
    return _("ربما: %(name)s") % {"name": told}


def _said(mark: MarkRecord) -> str:
    day = date_format(mark.said_on, _("j F Y")) if mark.said_on else ""
    return f"{mark.said_when} ({day})" if mark.said_when and day else mark.said_when or day


def _published(article: ArticleRecord) -> str:
    """In the newsroom's time zone and as precisely as it is known."""
    if article.published_at is None:
        return _("بلا تاريخ")
    return told_as_known(article.published_at, article.published_precision)


def by_speaker(quotes: Iterable[Quote]) -> list[tuple[Speaker, list[Quote]]]:
    """Who has most first, then by name; the unconfirmed after all. Inside as they came."""
    groups: dict[tuple[str, ...], list[Quote]] = {}
    for quote in quotes:
        groups.setdefault(quote.speaker.key, []).append(quote)
    order = sorted(groups.values(), key=lambda group: (not group[0].speaker.key, -len(group), group[0].speaker.name))
    return [(group[0].speaker, group) for group in order]
