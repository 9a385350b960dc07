"""What the tests of annotation tools' formats share: writing a file, and the sample as it can come back at best."""

from dataclasses import fields
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from annotations.exports.format import About, Write
from annotations.exports.records import (
    ArticleRecord,
    EntityRecord,
    Losses,
    MarkRecord,
    MentionRecord,
    PartRecord,
    TextRecord,
)

ABOUT = About("Newsdesk", "0.1.0", datetime(2026, 3, 25, 9, tzinfo=UTC), "ليلى", "كل المواد", "https://desk.example")


def written(write: Write, *articles: ArticleRecord) -> tuple[bytes, dict[str, int]]:
    file, losses = BytesIO(), Losses()
    write(iter(articles), file, ABOUT, losses)
    return file.getvalue(), losses.counted


def stored(folder: Path, content: bytes, name: str = "marks.zip") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def packed(folder: Path, **files: str | bytes) -> Path:
    """A ZIP of these files; «a_ann» is a.ann."""
    path = folder / "made.zip"
    with ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("_", "."), content)
    return path


def entries(content: bytes, suffix: str) -> dict[str, bytes]:
    with ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name.endswith(suffix)}


def article(text: str, *marks: MarkRecord, names: tuple[tuple[str, str], ...] = ()) -> ArticleRecord:
    """An article of this text; `names` are kinds of entities with the words that name them."""
    found = [(kind, words, text.index(words)) for kind, words in names]
    mentions = [MentionRecord(at, at + len(words), words, EntityRecord(kind, words)) for kind, words, at in found]
    title = text.split("\n")[0]
    return ArticleRecord(5, title, texts=(TextRecord.of(1, text),), marks=marks, mentions=tuple(mentions))


def mark(text: str, kind: str, *words: str, uuid: str = "", **said: Any) -> MarkRecord:
    parts = (PartRecord(text.index(one), text.index(one) + len(one), one) for one in words)
    return MarkRecord(uuid, kind, tuple(parts), **said)


def differences(before: Any, after: Any) -> set[str]:
    """The fields in which two records of a kind differ, those inside them named by their own kind."""
    found = set()
    for field in fields(before):
        one, other = getattr(before, field.name), getattr(after, field.name)
        if one == other:
            continue
        many = isinstance(one, tuple) and isinstance(other, tuple) and len(one) == len(other)
        inner = [differences(a, b) for a, b in zip(one, other, strict=True) if a != b] if many and one else []
        found |= set().union(*inner) if inner else {f"{type(before).__name__}.{field.name}"}
    return found
