"""For every test."""

import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from hypothesis import settings

# How long an example takes says more about the machine than about the code.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

_NUMBERS = count(1)


@pytest.fixture(scope="session")
def search_folders(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("search")


@pytest.fixture(autouse=True)
def search_folder(search_folders: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A search index of the test's own, which the processes that it begins share; there is none at first."""
    folder = search_folders / str(next(_NUMBERS))
    monkeypatch.setattr(django_settings, "SEARCH_FOLDER", folder)
    monkeypatch.setenv("NEWSDESK_SEARCH_DIR", str(folder))
    yield folder
    if folder.exists():
        shutil.rmtree(folder)
