"""Dates in Arabic news, each with its span, value and precision."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from articles.language.date_mentions import DateMention
from articles.language.date_readers import READERS, Reader
from articles.language.folding import fold_with_map

__all__ = ["DateMention", "find_dates"]


def find_dates(text: str, published: date | None = None) -> list[DateMention]:
    """Dates in order, not overlapping.

    Days without a year and relative days are resolved against the day of publication, in the time zone of the newsroom;
    a day and month to the nearest year, a weekday to the latest one unless the sentence speaks of what is to come.
    Linear in the length of the text.
    """
    day = published.date() if isinstance(published, datetime) else published
    folded = fold_with_map(text)
    found = [mention for pattern, read in READERS for mention in _scan(pattern, read, folded.text, day)]
    mentions = []
    end = 0
    for mention in sorted(found, key=lambda mention: (mention.start, -mention.end)):
        if mention.start >= end:
            end = mention.end
            start, stop = folded.to_original(mention.start, mention.end)
            mentions.append(replace(mention, start=start, end=stop))
    return mentions


def _scan(pattern: re.Pattern[str], read: Reader, text: str, published: date | None) -> Iterator[DateMention]:
    position = 0
    while match := pattern.search(text, position):
        mention = read(match, published)
        if mention is not None:
            yield mention
        # A reader may use less than what matched: the rest is searched again.
        position = mention.end if mention else match.end()
