"""Makes data/stems.tsv, the evidence by which `articles.language.clitics` ranks splits.

    python -m articles.language.training.stems DATA

DATA is a folder with the openly licensed corpora named in `SOURCES`. A word is a prefix, a stem and a pronoun, drawn
independently; expectation maximisation finds the stem and clitic counts that explain the corpora best. The FANE
corpora come with و, ف and the pronouns already cut off by hand, which tells the rest apart.
"""

import argparse
import gzip
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from pathlib import Path

from articles.language.clitics import PREFIXES, PRONOUNS, STEMS_FILE, Analysis, analyses, skeleton, stem_key
from articles.language.tokens import words

SOURCES = (
    "ANT Corpus 1.1 (Apache-2.0); ANERcorp, CAMeL Lab split (CC BY-SA 4.0); NewsFANE Gold and WikiFANE Gold"
    " (CC BY-SA 3.0); AQMAR (CC BY-SA 3.0); names: Newsdesk, Wikidata (CC0), GeoNames and arabnamer (CC BY 4.0)"
)
ROUNDS = 8
# A name counts as if it had been read so often: one of a gazetteer, and one of those that news is about.
NAME_COUNT, NEWSWORTHY_COUNT = 3.0, 30.0
# Stems expected less often than this stay out of the file.
LEAST_COUNT = 1.5
CITY_POPULATION = 100_000
# A verb's forms are believed when each was read so often.
LEAST_READ = 3
# Expected count of a stem that no other word type holds.
UNSEEN = 0.05
# Cuts that hand annotation is expected to have missed, per word.
SLIPS = 0.1

_ARABIC = re.compile("[\u0621-\u064a\ue000\ue001]+")
_ARTICLE_ON_STEM = re.compile("ال...")

Counts = Counter[str]  # of words, or the expected, fractional counts of their parts


def conll_words(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8") as lines:
        yield from (line.split()[0] for line in lines if line.strip())


def raw_words(data: Path) -> Iterator[str]:
    """Words as written in running text."""
    with gzip.open(data / "articles/ant-corpus.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            article = json.loads(line)
            yield from (word.text for word in words(f"{article['title']}\n{article['text']}"))
    for name in ("anercorp-train.conll", "aqmar.conll"):
        yield from conll_words(data / "ner" / name)


def rejoined_words(tokens: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """(word as it would be written, its conjunction, its pronoun) of text whose clitics were cut off by hand."""
    conjunction, held = "", ""
    for token in tokens:
        if held and token in PRONOUNS:
            yield conjunction + _before_pronoun(held) + token, conjunction, token
            conjunction, held = "", ""
            continue
        if held:
            yield conjunction + held, conjunction, ""
            conjunction, held = "", ""
        if token in ("و", "ف"):
            conjunction = token
        elif _ARABIC.fullmatch(skeleton(token)):
            # ل with the article is spelled لال there.
            held = "لل" + token[3:] if token.startswith("لال") and len(token) > 4 else token
        else:
            conjunction = ""
    if held:
        yield conjunction + held, conjunction, ""


def _before_pronoun(stem: str) -> str:
    return stem[:-1] + "ت" if stem.endswith("ة") else stem


def cut_words(data: Path) -> Iterator[tuple[str, str, str]]:
    for name in ("newsfane-without-anercorp-test.conll", "wikifane-gold.conll"):
        yield from rejoined_words(conll_words(data / "ner" / name))


def name_words(data: Path) -> Iterator[str]:
    """Words of names, which carry neither a conjunction nor a pronoun."""
    people, places = data / "gazetteers/person_name_units.tsv", data / "gazetteers/places_geonames_ar.tsv"
    yield from (row[0] for row in _rows(people) if row[3].isdigit() and int(row[3]) >= 2)
    for row in _rows(places):
        if row[3].isdigit() and int(row[3]) >= CITY_POPULATION:
            yield from (word.text for word in words(row[4]))
    for name in json.loads((data / "gazetteers/arabnamer/dict_FINAL.json").read_text(encoding="utf-8")).values():
        yield from (word.text for word in words(name))


def newsworthy_words() -> Iterator[str]:
    """Words of the names that Newsdesk's own lexicons list."""
    for name in ("people.tsv", "foreign_names.tsv"):
        for row in _rows(STEMS_FILE.parent / name):
            if not row[0].startswith("#"):
                yield from (word.text for word in words(" ".join(row[1:3])))


def _rows(path: Path) -> Iterator[list[str]]:
    with path.open(encoding="utf-8") as lines:
        yield from (line.rstrip("\n").split("\t") for line in lines)


def count(found: Iterable[str]) -> Counts:
    return Counter(letters for letters in map(skeleton, found) if _ARABIC.fullmatch(letters))


class Readings:
    """A word type: how often it was read, and how these occurrences are shared out among its readings."""

    def __init__(self, number: float, readings: Iterable[Analysis], by_hand: Mapping[tuple[str, str], int]) -> None:
        """`by_hand` counts the (conjunction, pronoun) cut off by hand."""
        self.number = number
        self.weights = {
            (reading, key): PREFIXES[reading.prefix] * PRONOUNS[reading.suffix] * _agreement(reading, by_hand)
            for reading in readings
            for key in reading.keys
        }
        # At first every word is taken as it stands: the reading with the fewest cuts comes first.
        self.shares = dict.fromkeys(self.weights, 0.0) | {next(iter(self.weights)): float(number)}

    def share_out(self, stems: Counts) -> None:
        evidence = {
            (reading, key): weight * (max(stems[key] - self.shares[reading, key], 0.0) + UNSEEN)
            for (reading, key), weight in self.weights.items()
        }
        total = sum(evidence.values())
        self.shares = {part: self.number * weight / total for part, weight in evidence.items()}


def _agreement(reading: Analysis, by_hand: Mapping[tuple[str, str], int]) -> float:
    """How well a reading fits the cuts made by hand of the same word; 1 where there are none."""
    conjunction = reading.prefix[:1] if reading.prefix[:1] in ("و", "ف") else ""
    return (by_hand.get((conjunction, reading.suffix), 0) + SLIPS) / (sum(by_hand.values()) + SLIPS)


def _without_twins(readings: Iterable[Analysis], verbs: Set[str]) -> list[Analysis]:
    """Without the readings that leave ال or the future's س on a stem that is known without it."""
    readings = list(readings)
    articles = {(reading.prefix, reading.suffix) for reading in readings if reading.prefix.endswith("ال")}
    futures = {
        (reading.prefix, reading.suffix)
        for reading in readings
        if reading.prefix.endswith("س") and not verbs.isdisjoint(reading.keys)
    }

    def has_twin(reading: Analysis) -> bool:
        is_article = (
            bool(_ARTICLE_ON_STEM.match(reading.keys[0])) and (reading.prefix + "ال", reading.suffix) in articles
        )
        return is_article or (reading.prefix + "س", reading.suffix) in futures

    return [reading for reading in readings if not has_twin(reading)]


def imperfect_verbs(raw: Counts) -> set[str]:
    """Words with ي ت or ن before what is read after both ي and ت (يكون, تكون): not the تين of ستين (sixty)."""
    roots = (word[1:] for word, number in raw.items() if word[0] == "ي" and len(word) > 2 and number >= LEAST_READ)
    return {letter + root for root in roots if raw["ت" + root] >= LEAST_READ for letter in "يتن"}


def expected_stems(readings: Iterable[Readings], names: Mapping[str, float]) -> Counts:
    stems = Counter(names)
    for word in readings:
        for (_, key), share in word.shares.items():
            stems[key] += share
    return stems


def name_counts(data: Path) -> dict[str, float]:
    counts: dict[str, float] = {}
    for names, number in ((name_words(data), NAME_COUNT), (newsworthy_words(), NEWSWORTHY_COUNT)):
        for key in (stem_key(skeleton(name)) for name in names):
            counts[key] = number
            # Some lists of names come folded, so that ه may stand for ة.
            if key.endswith("ه"):
                counts[key[:-1] + "ة"] = number
    return counts


def learn(raw: Counts, cut: Iterable[tuple[str, str, str]], names: Mapping[str, float]) -> Counts:
    """Expected counts of stems; `names` are counted besides, by key.

    A word type's own occurrences are no evidence for how it is cut: otherwise the best explanation of a corpus would
    be that nothing is ever cut. A stem is known by the other types that hold it (الوزير and وزيره for وزير).
    """
    by_hand: defaultdict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    for word, conjunction, pronoun in cut:
        by_hand[skeleton(word)][conjunction, pronoun] += 1
    numbers = raw + Counter({word: cuts.total() for word, cuts in by_hand.items()})
    verbs = imperfect_verbs(numbers)
    readings = [
        Readings(number, _without_twins(analyses(word), verbs), by_hand.get(word, {}))
        for word, number in numbers.items()
    ]
    stems = expected_stems(readings, names)
    for _ in range(ROUNDS):
        for word in readings:
            word.share_out(stems)
        stems = expected_stems(readings, names)
    return stems


def main() -> None:
    parser = argparse.ArgumentParser(description="Make data/stems.tsv from open corpora.")
    parser.add_argument("data", type=Path)
    data = parser.parse_args().data
    stems = learn(count(raw_words(data)), cut_words(data), name_counts(data))
    rows = [f"{stem}\t{number:.0f}" for stem, number in sorted(stems.items()) if number >= LEAST_COUNT]
    header = f"# Stems, folded but for ة, with their expected counts. From: {SOURCES}. This file: CC BY-SA 4.0."
    STEMS_FILE.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
