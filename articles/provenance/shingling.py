"""Runs of a few words as numbers, many at a time: pure, the part of signatures that needs numpy."""

from collections.abc import Sequence
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]

_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)


def codes_of(words: Sequence[str]) -> Hashes:
    encoded = " ".join(words).encode().split()
    return np.fromiter(map(crc32, encoded), dtype=np.uint64, count=len(encoded))


def runs_of(codes: Hashes, length: int) -> Hashes:
    """The hash of so many words from each word on, as far as there are so many."""
    number = len(codes) - length + 1
    if number < 1:
        return np.empty(0, dtype=np.uint64)
    hashes = np.zeros(number, dtype=np.uint64)
    for place in range(length):
        hashes = hashes * _MULTIPLIER + codes[place : place + number]
    return _mixed(hashes)


def distinct(hashes: Hashes) -> Hashes:
    """In ascending order, each once."""
    return np.unique(hashes)


def lowest(hashes: Hashes, number: int) -> list[int]:
    """So many of the lowest, each once, as PostgreSQL's bigints."""
    return np.unique(hashes)[:number].view(np.int64).tolist()


def number_in_common(one: Hashes, other: Hashes) -> int:
    """Of hashes that are distinct."""
    return np.intersect1d(one, other, assume_unique=True).size


def first_and_last_of(wanted: Hashes, hashes: Hashes) -> tuple[int, int] | None:
    """The places of the first and the last of the hashes that are among the wanted ones; None where none is."""
    places = np.flatnonzero(np.isin(hashes, wanted))
    return (int(places[0]), int(places[-1])) if places.size else None


def _mixed(hashes: Hashes) -> Hashes:
    """Spread evenly over 64 bits (the finaliser of splitmix64), or the lowest would favour certain words."""
    hashes = (hashes ^ (hashes >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    hashes = (hashes ^ (hashes >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return hashes ^ (hashes >> np.uint64(31))
