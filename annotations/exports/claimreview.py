"""Claims as schema.org has them: a line of JSON-LD each, after one that says what the file is.

A ClaimReview is a verdict on a claim; records hold none (published checks have theirs in their pages): what leaves are
the `Claim` objects that a ClaimReview has as its `itemReviewed`, with where they appeared. A rating is never made up.
https://schema.org/Claim
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, BinaryIO

from django.utils import timezone

from annotations.exports.dropped import count_dropped, dropped_words
from annotations.exports.format import About
from annotations.exports.records import ArticleRecord, AttributionRecord, Losses, MarkRecord
from annotations.exports.wording import CONFIRMED, name_of, speakers_in
from articles.delivering.plain_text import web_address

SCHEMA = 1
CONTEXT = "https://schema.org"
OTHER_KINDS, UNDECIDED = "mark that is no claim", "claim that is not accepted"
DOUBTFUL = "claim whose place is doubtful or lost"
UNCONFIRMED, RELAYING = "claimant whom nobody confirmed", "who relays a claim"
MENTIONS, TEXTS = "place where an entity is named", "text of an article"
SPANS = "place of a claim in the text"
_KEPT = {
    "url", "address", "source", "byline", "published_at", "published_precision", "language", "uuid", "said_on",
    "attributions",
}  # fmt: skip
DROPS = (
    OTHER_KINDS, UNDECIDED, DOUBTFUL, UNCONFIRMED, RELAYING, MENTIONS, TEXTS, SPANS, *dropped_words(kept=_KEPT)
)  # fmt: skip
_TYPES = {"person": "Person", "organisation": "Organization"}
# ISO 8601 as precisely as a day or a month is known.
_DATES = {"day": "%Y-%m-%d", "month": "%Y-%m"}

Values = dict[str, Any]


def write(articles: Iterable[ArticleRecord], file: BinaryIO, about: About, losses: Losses) -> None:
    file.write(_line(_dataset(about)))
    for article in articles:
        speakers = speakers_in(article)
        for claim in _claims(article, losses):
            file.write(_line(_claim(claim, article, speakers, about, losses)))


def _line(values: Values) -> bytes:
    return json.dumps({"@context": CONTEXT, **values}, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _dataset(about: About) -> Values:
    program = {"@type": "SoftwareApplication", "name": about.program, "softwareVersion": about.version}
    told = {"description": about.scope, "url": about.site}
    return {
        "@type": "Dataset",
        "name": f"{about.program} claims",
        "version": str(SCHEMA),
        "dateCreated": about.made_at.isoformat(),
        "creator": program,
        **({"maintainer": {"@type": "Person", "name": about.made_by}} if about.made_by else {}),
        **{key: value for key, value in told.items() if value},
    }


def _claims(article: ArticleRecord, losses: Losses) -> Iterable[MarkRecord]:
    """The accepted ones that surely stand in the article's present text, in its words."""
    claims = [mark for mark in article.marks if mark.kind == "claim"]
    accepted = {mark.uuid: mark for mark in claims if mark.status == "accepted"}
    losses.count(OTHER_KINDS, len(article.marks) - len(claims))
    losses.count(UNDECIDED, len(claims) - len(accepted))
    losses.count(MENTIONS, len(article.mentions))
    losses.count(TEXTS, sum(text.text is not None for text in article.texts))
    sure = [
        mark
        for mark in article.standing().marks
        if mark.uuid in accepted and accepted[mark.uuid].standing not in ("doubtful", "lost")
    ]
    losses.count(DOUBTFUL, len(accepted) - len(sure))
    count_dropped(replace(article, marks=tuple(sure)), losses, kept=_KEPT)
    return sure


def _claim(
    mark: MarkRecord, article: ArticleRecord, speakers: Mapping[str, str], about: About, losses: Losses
) -> Values:
    losses.count(SPANS, len(mark.parts))
    losses.count(UNCONFIRMED, sum(link.certainty != CONFIRMED for link in mark.attributions))
    sure = [link for link in mark.attributions if link.certainty == CONFIRMED]
    claimants = [_claimant(link, speakers) for link in sure if link.role != "relayed"]
    losses.count(RELAYING, len(sure) - len(claimants))
    page = web_address(article.address)
    publisher = {"@type": "Organization", "name": about.program}
    return {
        "@type": "Claim",
        "@id": f"urn:uuid:{mark.uuid}",
        "text": mark.exact,
        "inLanguage": article.language,
        **({"url": f"{page}#mark-{mark.uuid}"} if page else {}),
        **({"author": claimants[0] if len(claimants) == 1 else claimants} if claimants else {}),
        **({"datePublished": mark.said_on.isoformat()} if mark.said_on else {}),
        "appearance": _appearance(article),
        "sdPublisher": publisher | ({"url": about.site} if about.site else {}),
        "sdDatePublished": about.made_at.isoformat(),
    }


def _claimant(link: AttributionRecord, speakers: Mapping[str, str]) -> Values:
    """A person unless it is known what else."""
    kind = _TYPES.get(link.entity.kind, "Thing") if link.entity else "Person"
    about = {"disambiguatingDescription": link.entity.distinction} if link.entity and link.entity.distinction else {}
    return {"@type": kind, "name": name_of(link, speakers), **about}


def _appearance(article: ArticleRecord) -> Values:
    url = web_address(article.url) or web_address(article.address)
    source = article.source
    outlet = {"@type": "Organization", "name": source.name or source.key} if source else None
    told = {
        "headline": article.title,
        "url": url,
        "publisher": outlet,
        "creditText": article.byline,
        "datePublished": _published(article),
        "inLanguage": article.language,
    }
    return {"@type": "NewsArticle", **{key: value for key, value in told.items() if value}}


def _published(article: ArticleRecord) -> str:
    """In the newsroom's time zone, as precisely as it is known."""
    if article.published_at is None:
        return ""
    moment = timezone.localtime(article.published_at)
    precision = _DATES.get(article.published_precision)
    return moment.strftime(precision) if precision else moment.isoformat()
