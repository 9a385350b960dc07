"""What the tests of annotation tools' formats share: files written, stored and unpacked, and small articles."""

from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from annotations.exports.format import Write
from annotations.exports.records import (
    ArticleRecord,
    EntityRecord,
    Losses,
    MarkRecord,
    MentionRecord,
    PartRecord,
    TextRecord,
)
from tests.annotations.exports.compared import ABOUT


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
