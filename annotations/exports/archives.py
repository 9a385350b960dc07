"""ZIP files of formats that have a file or more for each article, written as a stream and read within bounds."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, BadZipFile, LargeZipFile, ZipFile, ZipInfo
from zlib import error as ZlibError

from annotations.exports.format import About, NotReadable
from annotations.exports.records import ArticleRecord
from annotations.exports.values import values_of

# Of one file in it, in bytes unpacked: an article of a million words with its marks stays far below.
LARGEST = 32_000_000
# Of marks and what belongs to them, of one article.
MOST = 100_000
ABOUT = "newsdesk.json"
_NOT_ASCII_WORD = re.compile(r"[^a-z0-9]+")
_NAME_LENGTH = 40
_EARLIEST, _LATEST = (1980, 1, 1, 0, 0, 0), (2107, 12, 31, 23, 59, 58)


class Archive:
    """A ZIP that is being written; each file goes out as soon as it is added."""

    def __init__(self, file: BinaryIO, about: About, schema: str) -> None:
        self._zip = ZipFile(file, "w", ZIP_DEFLATED, allowZip64=True)
        self._at = min(max(about.made_at.timetuple()[:6], _EARLIEST), _LATEST)
        self._names: set[str] = set()
        self.add(ABOUT, json.dumps({"schema": schema, **values_of(about)}, ensure_ascii=False, indent=1) + "\n")

    def add(self, name: str, content: str | bytes) -> None:
        entry = ZipInfo(name, self._at)
        entry.compress_type, entry.external_attr = ZIP_DEFLATED, 0o644 << 16
        self._zip.writestr(entry, content)

    def name(self, article: ArticleRecord) -> str:
        """«17-zafaran-example»: the article's number and its outlet in ASCII, given to no other article."""
        outlet = article.source.key if article.source else ""
        short = _NOT_ASCII_WORD.sub("-", outlet.lower())[:_NAME_LENGTH].strip("-") or "article"
        name = f"{'new' if article.id is None else article.id}-{short}"
        if name in self._names:
            name = f"{name}-{len(self._names)}"
        self._names.add(name)
        return name

    def close(self) -> None:
        self._zip.close()


@contextmanager
def archive(file: BinaryIO, about: About, schema: str) -> Iterator[Archive]:
    """`schema` is the format's own name and version; newsdesk.json in the ZIP tells it, with the program's."""
    packed = Archive(file, about, schema)
    try:
        yield packed
    finally:
        packed.close()


class Files:
    """The files of a ZIP, or a single file beside others of its folder, by name, none taken into memory beyond LARGEST.

    A folder of an archive («annotation/17/ليلى.xmi») is part of the name.
    """

    def __init__(self, path: Path, names: list[str], packed: ZipFile | None) -> None:
        self._path, self._zip, self.names = path, packed, names

    def __contains__(self, name: str) -> bool:
        return name in self._zip.NameToInfo if self._zip else (self._path.parent / name).is_file()

    def content(self, name: str) -> bytes:
        """Raises NotReadable for what is damaged, packed with a password or too large."""
        try:
            with self._zip.open(name) if self._zip else (self._path.parent / name).open("rb") as file:
                content = file.read(LARGEST + 1)
        except (BadZipFile, LargeZipFile, ZlibError, EOFError, RuntimeError, NotImplementedError, OSError):
            raise NotReadable(f"{shown(name)}: damaged, cut off or locked") from None
        if len(content) > LARGEST:
            raise NotReadable(f"{shown(name)}: larger than {LARGEST:,} bytes")
        return content

    def text(self, name: str) -> str:
        try:
            return self.content(name).decode()
        except UnicodeDecodeError as error:
            raise NotReadable(f"{shown(name)}: not UTF-8 at byte {error.start + 1}") from None


@contextmanager
def opened(path: Path, suffix: str) -> Iterator[Files]:
    """`names` are those that end in `suffix`: of a ZIP all, in its order; otherwise the file itself."""
    if path.is_dir():
        yield Files(path / suffix, sorted(one.name for one in path.iterdir() if _meant(one.name, suffix)), None)
        return
    with path.open("rb") as file:
        if file.read(2) != b"PK":
            yield Files(path, [path.name], None)
            return
    try:
        packed = ZipFile(path)
    except (BadZipFile, LargeZipFile, OSError, ValueError):
        raise NotReadable(f"{shown(path.name)}: a ZIP that is damaged or cut off") from None
    with packed:
        yield Files(path, [name for name in packed.namelist() if _meant(name, suffix)], packed)


def _meant(name: str, suffix: str) -> bool:
    """Without what macOS puts beside each file of a ZIP."""
    return name.endswith(suffix) and not name.rpartition("/")[2].startswith("._")


def shown(name: str) -> str:
    """A file's name in one short line, whatever whoever made it put there."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in name).split())[:100]
