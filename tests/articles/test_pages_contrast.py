"""Colours of both themes against WCAG AA: 4.5 to 1 for text, 3 to 1 for bars, borders and what else carries meaning."""

import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).resolve().parents[2] / "static" / "css" / "tokens.css"
PAPERS = ("paper", "paper-raised", "paper-sunken")
KINDS = ("person", "organisation", "place", "other")
TEXT = [(text, paper) for text in ("ink", "ink-soft", "accent") for paper in PAPERS]
TEXT += [("on-accent", "accent"), ("warning", "warning-tint"), *(("ink", f"{kind}-tint") for kind in KINDS)]
MARKS = [("rule-strong", paper) for paper in PAPERS] + [(kind, paper) for kind in KINDS for paper in PAPERS]


def colours(theme: int) -> dict[str, str]:
    found = re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", TOKENS.read_text(encoding="utf-8"))
    return {name: both[theme] for name, *both in found}


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    channels = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("pairs", "least"), [(TEXT, 4.5), (MARKS, 3)], ids=["text", "marks"])
def test_colours_stand_out(theme, pairs, least):
    colour = colours(theme)
    faint = {pair: round(contrast(colour[pair[0]], colour[pair[1]]), 2) for pair in pairs}
    assert {pair: ratio for pair, ratio in faint.items() if ratio < least} == {}
