"""Figures on the hand-annotated articles: with their own names, what detection is worth by itself; and as in use."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from annotations.detection import detect
from articles.language.entities import NamedEntity, recognise

_SHARED = Path(__file__).resolve().parents[2].parent / "shared"
_GOLD = _SHARED / "data" / "gold" / "dev"
_SCORER = _SHARED / "tools" / "score_gold.py"
_KINDS = {"PERS": "person", "ORG": "organisation", "LOC": "place", "MISC": "other"}
_FLOORS = {
    "quote@0.8": 0.97,
    "direct_quote@0.8": 0.98,
    "indirect_quote@0.8": 0.96,
    "cue": 0.99,
    "speaker_mention": 0.97,
    "speaker_name": 0.94,
    "claim_precision": 0.65,
    "claim_recall": 0.80,
}
_FLOORS_WITH_RECOGNISED_NAMES = _FLOORS | {"speaker_name": 0.88}


def _annotated(gold: dict) -> list[NamedEntity]:
    return [
        NamedEntity(entity["start"], entity["end"], _KINDS[entity["type"]], entity["name"], 1.0)
        for entity in sorted(gold["entities"], key=lambda entity: entity["start"])
    ]


def _prediction(text: str, entities: list[NamedEntity]) -> dict:
    found = detect(text, entities)
    return {
        "quotes": [
            {"start": q.start, "end": q.end, "type": q.type, "cue": q.cue, "speaker": q.speaker, "name": q.name}
            for q in found.quotes
        ],
        "claims": [{"start": claim.start, "end": claim.end, "score": claim.score} for claim in found.claims],
    }


@pytest.mark.skipif(not _GOLD.is_dir(), reason="the annotated articles are not beside this checkout (../shared)")
@pytest.mark.parametrize(
    ("names_of", "least"),
    [
        pytest.param(_annotated, _FLOORS, id="names as annotated"),
        pytest.param(lambda gold: recognise(gold["text"]), _FLOORS_WITH_RECOGNISED_NAMES, id="names as recognised"),
    ],
)
def test_figures_on_the_annotated_articles_do_not_drop(
    tmp_path: Path, names_of: Callable[[dict], list[NamedEntity]], least: dict[str, float]
) -> None:
    for path in _GOLD.glob("*.json"):
        gold = json.loads(path.read_text(encoding="utf-8"))
        (tmp_path / path.name).write_text(json.dumps(_prediction(gold["text"], names_of(gold))), encoding="utf-8")
    floors = [f"{figure}={floor}" for figure, floor in least.items()]
    scored = subprocess.run(
        [sys.executable, str(_SCORER), str(tmp_path), str(_GOLD), "--min", *floors], capture_output=True, text=True
    )
    assert scored.returncode == 0, scored.stdout
