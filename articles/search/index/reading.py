"""The index as this process searches it: opened once, and again when a commit or a new generation has appeared."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import tantivy
from django.utils.translation import gettext

from articles.search.index.database import identity
from articles.search.index.folder import Folder, Generation, search_folder
from articles.search.index.schema import SCHEMA_VERSION
from articles.search.index.writing import IndexDamaged, reading_engine

# A commit that comes between reading and opening the list of segments is met again at once.
_ATTEMPTS = 3
# What changes with every replacement of a file, even within the same tick of the clock.
Stamp = tuple[int, int, int]


class SearchUnavailable(Exception):
    """There is no index to search; `why` is a line for the page."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class _Opened(NamedTuple):
    folder: str
    pointer: Stamp
    generation: Generation
    index: tantivy.Index
    meta: Path
    commit: Stamp


_opened: _Opened | None = None
_opening = threading.Lock()


def searcher() -> tantivy.Searcher:
    """Of what is committed by now. Asked for anew by each request, at the price of two looks at the disk.

    Raises SearchUnavailable.
    """
    opened = _opened
    if opened and _is_what_is_there(opened):
        return opened.index.searcher()
    with _opening:
        return _open_again().index.searcher()


@contextmanager
def searching() -> Iterator[tantivy.Searcher]:
    """A searcher for one request. What the engine raises in the block, its panics too, becomes SearchUnavailable.

    The process that follows looks at the index then.
    """
    found = searcher()
    generation = _opened.generation if _opened else None
    try:
        with reading_engine():
            yield found
    except IndexDamaged as damage:
        if generation:
            generation.suspect(str(damage))
        raise SearchUnavailable(gettext("تعذّرت قراءة فهرس البحث، وسيُفحص ويُصلح تلقائياً")) from damage


def _is_what_is_there(opened: _Opened) -> bool:
    folder = search_folder()
    try:
        commit, pointer = _stamp(opened.meta), _stamp(folder.pointer)
    except OSError:
        return False
    return (opened.folder, opened.commit, opened.pointer) == (str(folder.path), commit, pointer)


def _open_again() -> _Opened:
    """What is current by now: another thread may have opened it meanwhile."""
    global _opened
    folder = search_folder()
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            _opened = _opened_now(folder)
            return _opened
        except (IndexDamaged, OSError) as error:
            _opened = None
            if attempt == _ATTEMPTS:
                raise _unavailable(folder, error) from error
    raise AssertionError("unreachable")


def _opened_now(folder: Folder) -> _Opened:
    """The stamps are taken before what they are of is read: what comes between is noticed the next time."""
    pointer = _stamp(folder.pointer)
    if _opened and (_opened.folder, _opened.pointer) == (str(folder.path), pointer):
        commit = _stamp(_opened.meta)
        if commit != _opened.commit:
            with reading_engine():
                _opened.index.reload()
        return _opened._replace(commit=commit)
    generation = folder.current()
    if generation is None:
        raise FileNotFoundError(folder.pointer)
    _require_ours(generation)
    meta = generation.index / "meta.json"
    commit = _stamp(meta)
    with reading_engine():
        index = tantivy.Index.open(str(generation.index))
        # It would watch the folder from a thread of its own, which no fork inherits.
        index.config_reader(reload_policy="manual")
        index.reload()
    return _Opened(str(folder.path), pointer, generation, index, meta, commit)


def _require_ours(generation: Generation) -> None:
    """An index of other articles is not searched. One of another analysis is, until the next one is built."""
    state = generation.state()
    if state is None or state.schema != SCHEMA_VERSION or state.database.has_other_articles(identity()):
        raise SearchUnavailable(gettext("يُعاد بناء فهرس البحث الآن، وسيعود البحث بعد قليل"))


def _unavailable(folder: Folder, error: Exception) -> SearchUnavailable:
    generation = folder.current()
    if generation is None:
        return SearchUnavailable(gettext("لم يُبنَ فهرس البحث بعد، وسيعمل البحث فور بنائه"))
    generation.suspect(str(error))
    return SearchUnavailable(gettext("تعذّرت قراءة فهرس البحث، وسيُفحص ويُصلح تلقائياً"))


def _stamp(path: Path) -> Stamp:
    status = os.stat(path)
    return status.st_ino, status.st_mtime_ns, status.st_size
