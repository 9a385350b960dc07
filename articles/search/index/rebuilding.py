"""Building the next generation while the current one is searched."""

import os
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context

from django.db import connection
from django.utils import translation

from articles.importing.worker_process import begin
from articles.models import Article
from articles.search.index.database import horizon, identity
from articles.search.index.documents import Fields, batches_of_ids, document, fields_of
from articles.search.index.folder import State, search_folder
from articles.search.index.replaying import replay
from articles.search.index.writing import IndexDamaged, Writer

Progress = Callable[[int, int], None]
# Articles that are read together, and batches on their way for each process.
_BATCH = 200
_AHEAD = 3
# What is worth starting processes for: each takes a second or two to begin.
_MANY = 5_000
# Bytes of new documents in memory: large first segments are merged less often.
_MEMORY = 200_000_000


def rebuild(progress: Progress | None = None, *, processes: int = 0) -> int:
    """Index every article anew, and let the result be searched when it is whole; how many there are.

    Inside a transaction it holds what that transaction sees. `progress` is called with how many of how many are done.
    With `processes` 0 there are as many as the machine has processors, where the archive is worth it. Raises
    FolderLocked where another process builds, IndexDamaged where the files cannot be written.
    """
    folder = search_folder()
    with folder.building():
        generation = folder.begin_generation()
        state = State.now(identity(), horizon().settled)
        writer = Writer(generation, memory=_MEMORY)
        total, number = Article.objects.exclude(current_revision=None).count(), 0
        for fields in _all_fields(_processes_for(total, processes)):
            writer.add(map(document, fields))
            number += len(fields)
            if progress:
                progress(number, total)
        writer.commit()
        generation.write_state(state)
        generation.write_state(replay(generation, lambda: writer, state))
        writer.close()
        folder.make_current(generation)
    return number


def _processes_for(articles: int, wanted: int) -> int:
    """Others would not see what this connection's transaction has not committed."""
    if connection.in_atomic_block or articles < _MANY:
        return 1
    return wanted or os.cpu_count() or 1


def _all_fields(processes: int) -> Iterator[list[Fields]]:
    """Those of every article, a batch at a time, in the order of their keys."""
    batches = batches_of_ids(_BATCH)
    if processes == 1:
        yield from map(fields_of, batches)
        return
    context, begun_with = get_context("spawn"), (translation.get_language(), connection.settings_dict["NAME"])
    with ProcessPoolExecutor(processes, context, begin, begun_with) as pool:
        under_way: deque[Future[list[Fields]]] = deque()
        try:
            for ids in batches:
                under_way.append(pool.submit(fields_of, ids))
                if len(under_way) >= processes * _AHEAD:
                    yield under_way.popleft().result()
            while under_way:
                yield under_way.popleft().result()
        except BrokenProcessPool:
            raise IndexDamaged("a process that helped to build it was ended") from None
