"""A published check as schema.org has it: a ClaimReview, for the page that shows it.

https://schema.org/ClaimReview · what is not known is left out; only what visitors may read of is in it.
"""

import json
from collections.abc import Callable
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from annotations.checking.cases import Appearance, Case, Claimant
from annotations.models import Rating
from articles.delivering.plain_text import web_address

CONTEXT = "https://schema.org"
PUBLISHER = "Newsdesk"
_TYPES = {"person": "Person", "organisation": "Organization"}
# Inside a script element nothing may end it, and no reader may take it for markup.
_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}

Values = dict[str, Any]


def claim_review(case: Case, *, absolute: Callable[[str], str], best: int | None) -> SafeString:
    """The JSON-LD of a published check, as it may stand in a script element; empty where none is published.

    `absolute` makes an address of a path; `best` is the best number of the scale.
    """
    check = case.check
    if not (check.is_published and check.verdict):
        return mark_safe("")
    page = absolute(check.get_absolute_url())
    publisher = {"@type": "Organization", "name": PUBLISHER, "url": absolute("/")}
    told = {
        "@context": CONTEXT,
        "@type": "ClaimReview",
        "@id": page,
        "url": page,
        "datePublished": check.published_at.isoformat(),
        "dateModified": check.verdict.signed_off_at.isoformat(),
        "author": publisher,
        "claimReviewed": check.wording,
        "reviewBody": check.verdict.reasons,
        "reviewRating": review_rating(check.verdict.rating, best),
        "itemReviewed": _claim(case),
    }
    return mark_safe(json.dumps(told, ensure_ascii=False).translate(_ESCAPES))


def review_rating(rating: Rating, best: int | None) -> Values:
    """With its number among those of the scale; one outside of better and worse has its name alone."""
    told: Values = {"@type": "Rating", "alternateName": rating.alternate_name or str(rating)}
    if rating.value is None:
        return told
    return told | {"ratingValue": rating.value, "bestRating": max(best or 1, rating.value), "worstRating": 1}


def _claim(case: Case) -> Values:
    public = [appearance for appearance in case.appearances if appearance.is_public]
    confirmed = [one for appearance in public for one in appearance.claimants if one.is_confirmed]
    authors = [_author(one) for one in {one.entity or one.name: one for one in confirmed}.values()]
    first = next((one.mark.said_on for one in public if one.mark.said_on), None)
    told = {
        "@type": "Claim",
        "text": case.check.wording,
        "author": authors[0] if len(authors) == 1 else authors,
        "datePublished": first.isoformat() if first else "",
        "appearance": [_article(one) for one in public if web_address(one.article.url)],
    }
    return {key: value for key, value in told.items() if value}


def _author(claimant: Claimant) -> Values:
    return {"@type": _TYPES.get(claimant.kind, "Thing") if claimant.kind else "Person", "name": claimant.name}


def _article(appearance: Appearance) -> Values:
    article = appearance.article
    told = {
        "@type": "NewsArticle",
        "headline": article.title,
        "url": web_address(article.url),
        "publisher": {"@type": "Organization", "name": article.source.name},
        "inLanguage": article.language,
    }
    return {key: value for key, value in told.items() if value}
