"""What the machine finds in a text, without any database: the form that detection is measured in."""

import json
from pathlib import Path
from typing import Any

from annotations.detection import Claim, Quote, detect
from articles.language.spans import Span
from articles.recognising import recognise

TYPES = {"person": "PERS", "organisation": "ORG", "place": "LOC", "other": "MISC"}


def analyse(text: str) -> dict[str, list[dict[str, Any]]]:
    """Entities, quotes and claims of a text whose first line is its headline; offsets are code points."""
    entities = recognise(text)
    found = detect(text, entities)
    return {
        "entities": [
            {"start": entity.start, "end": entity.end, "type": TYPES[entity.kind], "name": entity.name}
            for entity in entities
        ],
        "quotes": [_quote(quote) for quote in found.quotes],
        "claims": [_claim(claim) for claim in found.claims],
    }


def _quote(quote: Quote) -> dict[str, Any]:
    """`name` sums up who said it; `voices` are they, and who relays it, one by one."""
    told = quote.circumstances
    return {
        "start": quote.start,
        "end": quote.end,
        "type": quote.type,
        "cue": _span(quote.cue),
        "speaker": _span(quote.speaker),
        "name": quote.name,
        "confidence": quote.confidence,
        "stance": quote.stance,
        "continues": quote.continues,
        "voices": [voice._asdict() | {"span": _span(voice.span)} for voice in quote.voices],
        "circumstances": {
            "channel": told.channel,
            "channel_words": _span(told.channel_words),
            "occasion": _span(told.occasion),
            "said_on": _span(told.said_on),
            "translated": told.translated,
        },
        "framing": _span(quote.framing),
    }


def _claim(claim: Claim) -> dict[str, Any]:
    return {
        "start": claim.start,
        "end": claim.end,
        "score": claim.score,
        "reasons": list(claim.reasons),
        "claimant": claim.claimant,
    }


def _span(span: Span | None) -> list[int] | None:
    return list(span) if span else None


def analyse_file(file: Path, target: Path) -> None:
    """Write what is found in a text file to `target`.

    Raises OSError where a file cannot be read or written, ValueError with one line where it is not UTF-8 text. Line
    ends are read as they stand: every code point of the file counts.
    """
    try:
        text = file.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise ValueError(f"not UTF-8 text (byte {error.start})") from None
    target.write_text(json.dumps(analyse(text), ensure_ascii=False, indent=1), encoding="utf-8")
