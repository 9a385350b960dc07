"""What stands beside an article's text: figures, tables and embedded posts."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django import template
from django.utils.translation import gettext_lazy as _

from articles import rendering

register = template.Library()
# What people call the platforms of embedded posts.
PLATFORM_NAMES = {
    "x": _("إكس (تويتر)"),
    "facebook": _("فيسبوك"),
    "instagram": _("إنستغرام"),
    "telegram": _("تيليغرام"),
    "youtube": _("يوتيوب"),
    "tiktok": _("تيك توك"),
}


@register.filter
def with_evidence(
    body: Sequence[rendering.RenderedBlock], evidence: Sequence[Mapping[str, Any]]
) -> list[rendering.RenderedBlock | rendering.RenderedEvidence]:
    """The text's blocks with the evidence between them."""
    return rendering.with_evidence(body, evidence)


class Cell(NamedTuple):
    text: str
    rows: int
    columns: int


@register.filter
def table_rows(piece: Mapping[str, Any]) -> list[list[Cell]]:
    """The cells of each row of a table, those apart that a cell before or above them reaches over."""
    spans = {(row, column): (rows, columns) for row, column, rows, columns in piece.get("spans", [])}
    covered: set[tuple[int, int]] = set()
    shown: list[list[Cell]] = []
    for row, texts in enumerate(piece["rows"]):
        shown.append([])
        for column, text in enumerate(texts):
            if (row, column) in covered:
                continue
            rows, columns = spans.get((row, column), (1, 1))
            # A heading reaches over no more than headings, however the page says which rows these are.
            rows = min(rows, piece["heads"] - row) if row < piece["heads"] else rows
            covered |= {(row + down, column + along) for down in range(rows) for along in range(columns)}
            shown[-1].append(Cell(text, rows, columns))
    return shown


@register.filter
def web_address(address: str) -> str:
    """An address that may be linked to, or nothing."""
    return address if address.startswith(("https://", "http://")) else ""


@register.filter
def host(address: str) -> str:
    """Where an address leads, without "www."."""
    return urlsplit(address).netloc.removeprefix("www.")


@register.filter
def platform_name(platform: str) -> str:
    return PLATFORM_NAMES.get(platform, platform)
