"""Derive the compact name lexicons of `articles/language/data` from open data; see the README.md there for licences.

    python -m articles.language.training.name_lexicons DATA [--output FOLDER]

DATA is a folder with `gazetteers/`, `ner/` and `articles/ant-corpus.jsonl.gz`. The last tenth of the ANERcorp sentences
is never read, so that it stays fit for measuring.
"""

import argparse
import csv
import gzip
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from articles.language.folding import fold
from articles.language.lexicon import heads, known_forms, word_set
from articles.language.tokens import words

ARABIC = re.compile(r"[\u0621-\u064a]+")
PEOPLE = frozenset(
    ["PER", "Politician", "Athlete", "Artist", "Other_PER", "Religious_PER", "Scientist", "Lawyer", "Engineer"]
) | {"Businessperson"}
HELD_OUT = 0.1
# A form is an ordinary word when names have at most this share of the times it was seen in labelled text.
ORDINARY_SHARE = 0.25
# A form seen this often in labelled text (not in a name) or in unlabelled text is ordinary unless lists name people so.
ORDINARY_SEEN, RAW_SEEN = 3, 5
RARELY_A_NAME = 2
SEEN_AGAIN = 2
# Beyond this population a city is known to newsrooms; smaller ones only in Arab countries, where local news comes from.
WORLD_POPULATION, ARAB_POPULATION = 150_000, 15_000
# A single word that no labelled text shows as a place must be the name of a city of this size.
UNSEEN_POPULATION = 40_000
GULF_AND_LEVANT = frozenset(["SA", "YE", "AE", "QA", "BH", "KW", "OM", "IQ", "SY", "LB", "JO", "PS", "IL"])
NORTH_AFRICA = frozenset(["EG", "SD", "LY", "TN", "DZ", "MA", "MR", "SO", "DJ", "KM"])
ARAB_COUNTRIES = GULF_AND_LEVANT | NORTH_AFRICA

# Codes of CLDR that stand for organisations, test locales and leftovers.
NOT_COUNTRIES = frozenset(["EU", "EZ", "UN", "XA", "XB", "ZZ", "QO", "UM"])


class Evidence:
    """How often each folded word was seen outside names, first and later in a person's name, and in other names."""

    def __init__(self) -> None:
        self.outside: Counter[str] = Counter()
        self.first: Counter[str] = Counter()
        self.later: Counter[str] = Counter()
        self.other_names: Counter[str] = Counter()
        self.raw: Counter[str] = Counter()

    def is_ordinary(self, word: str) -> bool:
        named = self.first[word] + self.later[word] + self.other_names[word]
        outside = self.outside[word]
        # على folds to the name علي; every other word is judged by what was seen.
        return word != "علي" and outside >= ORDINARY_SEEN and named < ORDINARY_SHARE * (outside + named)


def labelled_sentences(path: Path) -> Iterator[list[tuple[str, str]]]:
    sentence: list[tuple[str, str]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        word, _, label = line.strip().rpartition("\t") if "\t" in line else line.strip().rpartition(" ")
        if word:
            sentence.append((word.strip(), label))
        elif sentence:
            yield sentence
            sentence = []
    if sentence:
        yield sentence


def read_evidence(data: Path) -> Evidence:
    evidence = Evidence()
    # NewsFANE holds the sentences of ANERcorp again, its last tenth too, so it is left out.
    for name in ("anercorp-train", "aqmar", "wikifane-gold"):
        sentences = list(labelled_sentences(data / "ner" / f"{name}.conll"))
        if name == "anercorp-train":
            sentences = sentences[: int(len(sentences) * (1 - HELD_OUT))]
        for sentence in sentences:
            count_labels(sentence, evidence)
    with gzip.open(data / "articles" / "ant-corpus.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            evidence.raw.update(fold(word.text) for word in words(json.loads(line).get("text") or ""))
    return evidence


def count_labels(sentence: Iterable[tuple[str, str]], evidence: Evidence) -> None:
    for word, label in sentence:
        key = fold(word)
        position, _, kind = label.partition("-")
        if not kind:
            evidence.outside[key] += 1
        elif kind in PEOPLE:
            (evidence.first if position == "B" else evidence.later)[key] += 1
        else:
            evidence.other_names[key] += 1


def ordinary_words(evidence: Evidence, people: dict[str, tuple[int, int, int]]) -> list[str]:
    """Folded words that are no names: by their labels, or by being frequent in raw text and hardly ever a name."""
    well_known = {first for first, forms in known_forms().items() if any(f.certain and not f.rest for f in forms)}
    found = {word for word in evidence.outside if evidence.is_ordinary(word)}
    for word in evidence.outside.keys() | evidence.raw.keys():
        given, family, _ = people.get(word, (0, 0, 0))
        named = evidence.first[word] + evidence.later[word] + evidence.other_names[word]
        is_seen = evidence.outside[word] >= SEEN_AGAIN or evidence.raw[word] >= RAW_SEEN
        if is_seen and not named and given + family <= RARELY_A_NAME and word not in well_known:
            found.add(word)
    return sorted(word for word in found if ARABIC.fullmatch(word) and len(word) > 1)


def person_units(data: Path, evidence: Evidence) -> dict[str, tuple[int, int, int]]:
    """Folded name words with how often each was seen as a given name, as a family name, and outside names."""
    given: Counter[str] = Counter(evidence.first)
    family: Counter[str] = Counter(evidence.later)
    gazetteers = data / "gazetteers"
    with (gazetteers / "person_name_units.tsv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            parts = fold(row["arabic"]).split()
            if len(parts) == 1:
                (family if row["role"] == "surname" else given)[parts[0]] += int(row["count"])
    with (gazetteers / "persons_wikidata_full.tsv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            parts = fold(row["arabic"]).split()
            if len(parts) > 1:
                given[parts[0]] += 1
                family[parts[-1]] += 1
    for arabic in json.loads((gazetteers / "arabnamer" / "dict_FINAL.json").read_text(encoding="utf-8")).values():
        parts = fold(arabic).split()
        if len(parts) == 1:
            family[parts[0]] += 1
    return {
        word: (given[word], family[word], 0 if word == "علي" else evidence.outside[word])
        for word in sorted(given.keys() | family.keys())
        if ARABIC.fullmatch(word) and len(word) > 1 and is_useful(word, given[word], family[word], evidence)
    }


def is_useful(word: str, given: int, family: int, evidence: Evidence) -> bool:
    seen = evidence.first[word] + evidence.later[word]
    if evidence.is_ordinary(word):
        # Ordinary words that are names too (سلام، هادي) help only beside a title, and only when they are common names.
        return given + family >= 8 and evidence.outside[word] < 300
    return seen > 0 or given + family >= 2 or word.startswith("ال") or evidence.raw[word] == 0


def cities(data: Path, evidence: Evidence, people: dict[str, tuple[int, int, int]]) -> list[tuple[str, str]]:
    """(name, other forms by |) of cities whose every kept form is neither an ordinary word nor a person's name."""
    found: dict[str, list[str]] = {}
    with (data / "gazetteers" / "places_geonames_ar.tsv").open(encoding="utf-8") as lines:
        rows = sorted(csv.DictReader(lines, delimiter="\t"), key=lambda row: -int(row["population"]))
    taken: set[str] = set()
    for row in rows:
        least = ARAB_POPULATION if row["country"] in ARAB_COUNTRIES else WORLD_POPULATION
        if int(row["population"]) < least:
            continue
        forms = [
            form
            for form in row["arabic_forms"].split("|")
            if is_city_form(form, int(row["population"]), evidence, people)
        ]
        fresh = [form for form in forms if fold(form) not in taken]
        if fresh:
            taken.update(fold(form) for form in fresh)
            found.setdefault(fresh[0], fresh[1:])
    return [(name, "|".join(forms)) for name, forms in found.items()]


def is_city_form(form: str, population: int, evidence: Evidence, people: dict[str, tuple[int, int, int]]) -> bool:
    parts = fold(form).split()
    if not parts or not all(ARABIC.fullmatch(part) for part in parts) or len(form) < 3:
        return False
    if parts[0] in heads():
        return False
    if len(parts) > 1:
        return not all(evidence.is_ordinary(part) for part in parts)
    word = parts[0]
    if word in word_set("boundaries") | word_set("not_cities"):
        return False
    places, outside = evidence.other_names[word], evidence.outside[word]
    given, family, _ = people.get(word, (0, 0, 0))
    if given + family > 3 + 3 * places:
        return False
    if outside > places:
        return False
    # Without ال a short form is often an ordinary word or one written by a machine (تاىيف، رس).
    return places > 0 or (
        population >= UNSEEN_POPULATION
        and len(word) >= 5
        and evidence.raw[word] <= 3
        and not is_inflected(word, evidence)
    )


def is_inflected(word: str, evidence: Evidence) -> bool:
    """Whether the word is an ordinary one with ال, or with a letter joined on."""
    bare = word.removeprefix("ال")
    return any(evidence.outside[form] > 1 or evidence.raw[form] > 1 for form in {bare, "ال" + bare, word[1:]} - {word})


def countries(data: Path) -> list[str]:
    """Names of CLDR's territories as a newsroom writes them; regions and remarks in brackets are left out."""
    found = []
    for line in (data / "gazetteers" / "cldr_ar_territories.tsv").read_text(encoding="utf-8").splitlines():
        code, name = line.split("\t")
        name = re.sub(r"\s*\(.*?\)", "", name)
        if code.isalpha() and " - " not in name and code not in NOT_COUNTRIES:
            found.append(name)
    return found


def write(path: Path, header: str, rows: Iterable[Iterable[object]]) -> None:
    lines = [header, *("\t".join(str(value) for value in row) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--output", type=Path, default=Path(__file__).parent.parent / "data")
    options = parser.parse_args()
    evidence = read_evidence(options.data)
    people = person_units(options.data, evidence)
    header = "# made by articles/language/training/name_lexicons.py; licences in README.md"
    write(
        options.output / "person_names.tsv",
        f"{header}\n# folded word, seen as a given name, as a family name, outside names",
        ((word, *counts) for word, counts in people.items()),
    )
    ordinary = ordinary_words(evidence, people)
    write(options.output / "ordinary_words.tsv", f"{header}\n# folded word", ([word] for word in ordinary))
    write(options.output / "countries.tsv", f"{header}\n# name", ([name] for name in countries(options.data)))
    write(
        options.output / "cities.tsv",
        f"{header}\n# name, other forms by |",
        cities(options.data, evidence, people),
    )


if __name__ == "__main__":
    main()
