"""Makes data/stems.tsv, the evidence by which `articles.language.clitics` ranks splits.

    python -m articles.language.training.stems DATA

DATA is a folder with the openly licensed corpora named in `SOURCES`.
"""

import argparse
import gzip
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from articles.language.clitics import PRONOUNS, STEMS_FILE, skeleton, stem_key
from articles.language.tokens import words
from articles.language.training.stem_model import Counts, learn

SOURCES = (
    "ANT Corpus 1.1 (Apache-2.0); ANERcorp, CAMeL Lab split (CC BY-SA 4.0); NewsFANE Gold and WikiFANE Gold"
    " (CC BY-SA 3.0); AQMAR (CC BY-SA 3.0); names: Newsdesk, Wikidata (CC0), the Algerian Name"
    " Transcription Corpus (CC0), DziriNames (MIT), GeoNames and arabnamer (CC BY 4.0)"
)
# A name counts as if it had been read so often: one of a gazetteer, and one of those that news is about.
NAME_COUNT, NEWSWORTHY_COUNT = 3.0, 30.0
# Stems expected less often than this stay out of the file.
LEAST_COUNT = 1.5
CITY_POPULATION = 100_000

_ARABIC = re.compile("[\u0621-\u064a\ue000\ue001]+")


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


def name_counts(data: Path) -> dict[str, float]:
    counts: dict[str, float] = {}
    for names, number in ((name_words(data), NAME_COUNT), (newsworthy_words(), NEWSWORTHY_COUNT)):
        for key in (stem_key(skeleton(name)) for name in names):
            counts[key] = number
            # Some lists of names come folded, so that ه may stand for ة.
            if key.endswith("ه"):
                counts[key[:-1] + "ة"] = number
    return counts


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
