"""What the machine finds in a text, without any database: the form that detection is measured in."""

import json
from pathlib import Path
from typing import Any

from annotations.detection import detect
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
        "quotes": [
            {
                "start": quote.start,
                "end": quote.end,
                "type": quote.type,
                "cue": list(quote.cue) if quote.cue else None,
                "speaker": list(quote.speaker) if quote.speaker else None,
                "name": quote.name,
            }
            for quote in found.quotes
        ],
        "claims": [{"start": claim.start, "end": claim.end, "score": claim.score} for claim in found.claims],
    }


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
