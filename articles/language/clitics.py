"""Letters written onto a word: the conjunctions and prepositions before it, the article, the pronoun after it.

What can be split off is ambiguous by nature (وزير is a minister, وزيارة is "and a visit"), so candidates are ranked and
the word as it stands is always one of them. The ranking compares how often stems occur in open Arabic text
(`data/stems.tsv`, made by `articles.language.training.stems`).
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from articles.language.folding import fold, fold_with_map

STEMS_FILE = Path(__file__).parent / "data" / "stems.tsv"

# How often each clitic is written, per word. و ف and the pronouns as counted in NewsFANE and WikiFANE, where they are
# cut off by hand; the prepositions as counted there before words that are common without them; س among the words that
# begin like the verbs it stands before, a fifth of all.
_CONJUNCTIONS = {"": 0.907, "و": 0.087, "ف": 0.006}
_PREPOSITIONS = {
    **{"": 0.64, "ب": 0.028, "ك": 0.002, "ل": 0.024, "س": 0.03},
    **{"ال": 0.275, "بال": 0.012, "كال": 0.001, "لل": 0.012},
}
PREFIXES = {
    conjunction + preposition: often * rate
    for conjunction, often in _CONJUNCTIONS.items()
    for preposition, rate in _PREPOSITIONS.items()
}
PRONOUNS = {
    **{"": 0.943, "ه": 0.025, "ها": 0.02, "هم": 0.006, "هن": 0.0001, "هما": 0.001},
    **{"ك": 0.0005, "كم": 0.0005, "نا": 0.002, "ي": 0.0015, "ني": 0.0004},
}
_LONGEST_PREFIX = max(map(len, PREFIXES))
_LONGEST_PRONOUN = max(map(len, PRONOUNS))
# The future's س stands before an imperfect verb only.
_IMPERFECT_LETTERS = frozenset("يتنا")
# Expected count of a stem that the lexicon does not know: low enough that splitting a letter off an unknown word
# needs evidence for what is left.
_UNKNOWN = 0.002
# How often a final ة is written without its dots.
_HEH_FOR_TEH = 0.02
# A longer run of letters (in characters, with tashkeel) is no Arabic word, and not worth remembering.
_LONGEST_WORD = 48
# Letters that fold to one letter each.
_PLAIN = re.compile("[\u0621-\u063a\u0641-\u064a]*")


class Split(NamedTuple):
    """prefix + stem + suffix is the word exactly as written, so len(prefix) is the stem's offset in it."""

    prefix: str
    stem: str
    suffix: str


class Analysis(NamedTuple):
    """One way to read a word: its cuts, and the lexicon's keys that its stem may stand for."""

    prefix: str
    suffix: str
    keys: tuple[str, ...]


# Stand-ins that folding leaves alone: an ending ة is no pronoun ه, and ى is no pronoun ي.
_TA, _YA = "\ue000", "\ue001"


def skeleton(word: str) -> str:
    """The word folded, but for ة and ى, which stay apart from ه and ي as private code points."""
    return fold(word.replace("ة", _TA).replace("ى", _YA))


def stem_key(letters: str) -> str:
    """How the lexicon lists a stem: folded, but for ة, which tells دورة (course) from دور and ه (its role)."""
    return letters.replace(_TA, "ة").replace(_YA, "ي")


def _keys(stem: str, suffix: str) -> tuple[str, ...]:
    """What the lexicon may list a stem under: before a pronoun ة is written ت, ى ا and ء ؤ; قالوا loses its alef."""
    key = stem_key(stem)
    if not suffix:
        return (key,)
    last = key[-1]
    if last == "ت":
        return key, key[:-1] + "ة"
    if last == "ا":
        return key, key[:-1] + "ي"
    if last in "وي" and key[-2:-1] == "ا":
        return key, key[:-1] + "ء"
    return (key, key + "ا") if last == "و" else (key,)


def _may_stand(prefix: str, stem: str, suffix: str) -> bool:
    if len(stem) < 2:
        return stem in ("ل", "ب") and suffix != "" and prefix in _CONJUNCTIONS
    if prefix.endswith("س") and stem[0] not in _IMPERFECT_LETTERS:
        return False
    # لهم is the preposition with its pronoun, not a preposition before هم (they).
    if stem in PRONOUNS and prefix not in _CONJUNCTIONS:
        return False
    article = prefix.endswith(("ال", "لل"))
    return not (article and (suffix or stem.startswith("ال"))) and _TA not in stem[:-1]


def analyses(letters: str) -> Iterator[Analysis]:
    """Every way to cut a skeleton that spelling allows, the uncut one first."""
    prefixes = [letters[:cut] for cut in range(min(_LONGEST_PREFIX, len(letters) - 1) + 1)]
    for prefix in filter(PREFIXES.__contains__, prefixes):
        rest = letters[len(prefix) :]
        for cut in range(len(rest), max(0, len(rest) - _LONGEST_PRONOUN - 1), -1):
            stem, suffix = rest[:cut], rest[cut:]
            if not prefix and not suffix:
                yield Analysis("", "", (stem_key(stem),))
            elif suffix in PRONOUNS and _may_stand(prefix, stem, suffix):
                yield Analysis(prefix, suffix, _keys(stem, suffix))


@cache
def _stems() -> dict[str, float]:
    """Expected counts of stems by key."""
    with STEMS_FILE.open(encoding="utf-8") as lines:
        rows = (line.rstrip("\n").split("\t") for line in lines if not line.startswith("#"))
        return {stem: float(number) for stem, number in rows}


def _weight(reading: Analysis) -> float:
    stems = _stems()
    stem = sum(stems.get(key, 0.0) for key in reading.keys)
    if not reading.suffix and reading.keys[0].endswith("ه"):
        stem += _HEH_FOR_TEH * stems.get(reading.keys[0][:-1] + "ة", 0.0)
    stem = stem or _UNKNOWN
    return PREFIXES[reading.prefix] * stem * PRONOUNS[reading.suffix]


def _ranked(letters: str) -> list[Analysis]:
    weights = {reading: _weight(reading) for reading in analyses(letters)}
    for reading, weight in list(weights.items()):
        # The article stays with its noun, as in names: a reading that cuts it off comes right after one that does not.
        if reading.prefix.endswith("ال"):
            whole = reading._replace(prefix=reading.prefix[:-2], keys=("ال" + reading.keys[0],))
            weights[whole] = max(weights[whole], weight * (1 + 1e-9))
    return sorted(weights, key=weights.__getitem__, reverse=True)


def clitic_splits(word: str) -> list[Split]:
    """The ways to read a word, likeliest first; the uncut word is among them, and alone when nothing can be cut off.

    و ف ب ل ك س, ال and لل (which stands for ل and ال) are cut off before the stem, pronoun endings after it.
    """
    return list(_splits(word)) if len(word) <= _LONGEST_WORD else [Split("", word, "")]


@lru_cache(maxsize=1 << 15)
def _splits(word: str) -> tuple[Split, ...]:
    letters = skeleton(word)
    if not letters:
        return (Split("", word, ""),)
    offsets = _offsets(word, letters)
    cuts = ((len(reading.prefix), len(letters) - len(reading.suffix)) for reading in _ranked(letters))
    places = [(offsets[start], offsets[end]) for start, end in cuts if start in offsets and end in offsets]
    return tuple(Split(word[:start], word[start:end], word[end:]) for start, end in dict.fromkeys(places))


def _offsets(word: str, letters: str) -> dict[int, int]:
    """Offsets in the word by place in its skeleton, without places inside what one character (ﻻ) folds to."""
    if _PLAIN.fullmatch(word):
        return dict(zip(range(len(word) + 1), range(len(word) + 1), strict=True))
    folded = fold_with_map(word)
    sources = [folded.to_original(place, place)[0] for place in range(len(letters))]
    inner = (place for place in range(1, len(letters)) if sources[place] > sources[place - 1])
    return {0: 0, **{place: sources[place] for place in inner}, len(letters): len(word)}
