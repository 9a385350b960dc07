"""Bringing a generation up to the database by what was changed since."""

from collections.abc import Callable
from dataclasses import replace

from articles.search.index.database import changes, horizon
from articles.search.index.documents import documents_of
from articles.search.index.folder import Generation, State
from articles.search.index.writing import Writer

# Articles that are read, written and committed together; a killed process does at most these again.
BATCH = 500


def replay(generation: Generation, writer: Callable[[], Writer], state: State) -> State:
    """Write what transactions that are over changed since the state's cursor; the state that the index has then.

    Done twice it changes nothing: documents are replaced, and the state is written after them. `writer` is asked for
    only where there is something to write.
    """
    settled = horizon().settled
    for batch in changes(state.cursor, settled, batch=BATCH):
        articles = sorted({change.article for change in batch})
        documents = documents_of(articles)
        writer().remove(articles)
        writer().add(documents)
        writer().commit()
        # The transaction of the last change may have changed more.
        state = replace(state, cursor=batch[-1].changed)
        generation.write_state(state)
    return replace(state, cursor=max(state.cursor, settled))
