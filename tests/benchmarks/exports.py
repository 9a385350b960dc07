"""How fast each format says the same marks, and reads them: python -m tests.benchmarks.exports [--articles N] [KEY …]

Articles of some 300 words with 20 marks and 15 names, made here from the tests' sample; a pass of every format in turn,
three times, the best one told, in CPU time and as a ratio to the project's own format. No database takes part.
"""

import argparse
import os
import resource
import tempfile
import time
import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from annotations.exports.format import About, Format  # noqa: E402 - the settings come first
from annotations.exports.formats import FORMATS  # noqa: E402
from annotations.exports.records import (  # noqa: E402
    ArticleRecord,
    AttributionRecord,
    Losses,
    MarkRecord,
    MentionRecord,
    PartRecord,
    TextRecord,
)
from tests.annotations.exports.samples import TEXT, whole  # noqa: E402

ABOUT = About("Newsdesk", "0.1.0", datetime(2026, 1, 1, tzinfo=UTC))
MARKS, COPIES, PASSES = 20, 3, 3
OWN = "jsonl"
Place = TypeVar("Place", PartRecord, MentionRecord)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("formats", nargs="*", metavar="KEY", choices=[[], *FORMATS], default=[])
    parser.add_argument("--articles", type=int, default=500)
    asked = parser.parse_args()
    chosen = [FORMATS[key] for key in dict.fromkeys((OWN, *(asked.formats or FORMATS)))]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        best: dict[str, tuple[float, float, int]] = {}
        for _ in range(PASSES):
            for form in chosen:
                best[form.key] = min(best.get(form.key, (1e9, 1e9, 0)), _pass(form, asked.articles, path))
    _tell(best, asked.articles * MARKS)


def _pass(form: Format, articles: int, path: Path) -> tuple[float, float, int]:
    """CPU seconds to write and to read, and the size of the file in bytes."""
    began = time.process_time()
    with path.open("wb") as file:
        form.write(_articles(articles), file, ABOUT, Losses())
    written = time.process_time() - began - _making(articles)
    began = time.process_time()
    if form.read:
        found = sum(len(article.marks) for article in form.read(path))
        assert found == articles * MARKS, f"{form.key}: {found} marks came back"
    return written, time.process_time() - began if form.read else 0, path.stat().st_size


def _making(articles: int) -> float:
    """What making the records costs, which is no format's."""
    began = time.process_time()
    for _ in _articles(articles):
        pass
    return time.process_time() - began


def _articles(number: int) -> Iterator[ArticleRecord]:
    sample = _sample()
    for article in range(1, number + 1):
        names = {mark.uuid: str(uuid.UUID(int=article << 64 | place)) for place, mark in enumerate(sample.marks)}
        yield replace(sample, id=article, marks=tuple(_named(mark, names) for mark in sample.marks))


def _named(mark: MarkRecord, names: dict[str, str]) -> MarkRecord:
    links = tuple(replace(link, speaker=names.get(link.speaker or "")) for link in mark.attributions)
    return replace(mark, uuid=names[mark.uuid], quote=names.get(mark.quote or ""), attributions=links)


def _sample() -> ArticleRecord:
    """The sample's text three times over, with the marks of all three as far as there are twenty."""
    one = whole().standing()
    marks: list[MarkRecord] = []
    mentions: list[MentionRecord] = []
    for copy in range(COPIES):
        shift = copy * (len(TEXT) + 1)
        for mark in one.marks:
            parts = tuple(_moved(part, shift) for part in mark.parts)
            links: tuple[AttributionRecord, ...] = mark.attributions if copy == 0 else ()
            marks.append(
                replace(mark, uuid=f"{copy}/{mark.uuid}" if copy else mark.uuid, parts=parts, attributions=links)
            )
        mentions += [_moved(mention, shift) for mention in one.mentions]
    text = TextRecord.of(one.revision, "\n".join([TEXT] * COPIES))
    return replace(one, texts=(text,), marks=tuple(marks[:MARKS]), mentions=tuple(mentions))


def _moved(place: Place, shift: int) -> Place:
    return replace(place, start=place.start + shift, end=place.end + shift)


def _tell(best: dict[str, tuple[float, float, int]], marks: int) -> None:
    lines = [f"{marks:,} marks; CPU time; ratios to {OWN}"]
    lines.append(f"{'format':14}{'written':>14}{'ratio':>8}{'read':>14}{'ratio':>8}{'bytes a mark':>14}")
    for key, (written, read, size) in best.items():
        line = f"{key:14}{marks / written:>12,.0f}/s{best[OWN][0] / written:>8.2f}"
        line += f"{marks / read:>12,.0f}/s{best[OWN][1] / read:>8.2f}" if read else " " * 22
        lines.append(f"{line}{size / marks:>14,.0f}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    lines.append(f"most memory of the process, libraries and all: {peak:,.0f} MB")
    print("\n".join(lines))  # noqa: T201


if __name__ == "__main__":
    main()
