"""trafilatura by itself, which the import is compared with. Spawned processes import no more than this."""

import warnings
from pathlib import Path

import trafilatura


def begin_bare() -> None:
    """Once in each process."""
    warnings.simplefilter("ignore")


def extract_bare(file: Path, **how: bool) -> int:
    """How long the text is that it finds."""
    found = trafilatura.bare_extraction(file.read_bytes(), **how)
    return len(found.text or "") if found else 0
