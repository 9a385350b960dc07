"""Figures on the hand-annotated articles, with their own entities: what detection is worth by itself."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from annotations.detection import detect
from articles.language.entities import NamedEntity

_SHARED = Path(__file__).resolve().parents[2].parent / "shared"
_GOLD = _SHARED / "data" / "gold" / "dev"
_SCORER = _SHARED / "tools" / "score_gold.py"
_KINDS = {"PERS": "person", "ORG": "organisation", "LOC": "place", "MISC": "other"}
_FLOORS = {
    "quote@0.8": 0.91,
    "direct_quote@0.8": 0.90,
    "indirect_quote@0.8": 0.92,
    "cue": 0.97,
    "speaker_mention": 0.93,
    "speaker_name": 0.90,
    "claim_precision": 0.60,
    "claim_recall": 0.75,
}


def _prediction(gold: dict) -> dict:
    entities = [
        NamedEntity(entity["start"], entity["end"], _KINDS[entity["type"]], entity["name"], 1.0)
        for entity in sorted(gold["entities"], key=lambda entity: entity["start"])
    ]
    found = detect(gold["text"], entities)
    return {
        "quotes": [
            {"start": q.start, "end": q.end, "type": q.type, "cue": q.cue, "speaker": q.speaker, "name": q.name}
            for q in found.quotes
        ],
        "claims": [{"start": claim.start, "end": claim.end, "score": claim.score} for claim in found.claims],
    }


@pytest.mark.skipif(not _GOLD.is_dir(), reason="the annotated articles are not beside this checkout (../shared)")
def test_figures_on_the_annotated_articles_do_not_drop(tmp_path: Path) -> None:
    for path in _GOLD.glob("*.json"):
        prediction = _prediction(json.loads(path.read_text(encoding="utf-8")))
        (tmp_path / path.name).write_text(json.dumps(prediction), encoding="utf-8")
    floors = [f"{figure}={floor}" for figure, floor in _FLOORS.items()]
    scored = subprocess.run(
        [sys.executable, str(_SCORER), str(tmp_path), str(_GOLD), "--min", *floors], capture_output=True, text=True
    )
    assert scored.returncode == 0, scored.stdout
