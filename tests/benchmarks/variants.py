"""How well and how fast variants of quotes are found: python -m tests.benchmarks.variants [QUOTES] [ALTERED]

Quotes are detected in real articles (a seeded sample of three weeks, and many of one day, on which the same dispatches
stand in several newspapers). Altered copies of some are sought among all of them: cut at either end or to a third, a
clause dropped, respelled, with tashkeel, another verb, a negation dropped, a number changed, direct speech made
indirect; one to three of these each, half of them without a speaker. Then every quote is grouped with every other.

A find counts as right where it is the altered quote, or where long runs of words that both have (difflib's over plain
folded words, which the program does not use) make up half of the shorter one. The others are listed, to be looked at.
"""

import gzip
import json
import random
import re
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from difflib import SequenceMatcher
from pathlib import Path
from typing import NamedTuple

from annotations.detection import detect
from annotations.variants import Statement, StatementIndex, find_groups
from articles.language.entities import recognise
from articles.language.folding import fold

SEED = 20260611
CORPUS = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "articles" / "saudinewsnet.jsonl.gz"
ONE_DAY, SHARE_OF_ONE_DAY = "2015-08-06", 0.33
LONG_RUN, MADE_OF_RUNS = 3, 0.5
# A quote must have so many words to be altered, and so many of them are left of it.
FEWEST_WORDS, FEWEST_LEFT = 8, 6
MARKS = "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652"
# Verbs and what another desk would write; none is needed to be known to the program.
OTHER_VERBS = {
    "تمكن": "استطاع", "يجب": "ينبغي", "بدأ": "شرع", "بدأت": "شرعت", "أسفر": "أدى", "تسهم": "تساعد", "ستقوم": "ستعمد",
    "يأتي": "يندرج", "تأتي": "تندرج", "شهد": "عرف", "شهدت": "عرفت", "تعمل": "تسعى", "يعمل": "يسعى", "قام": "بادر",
    "قامت": "بادرت", "تم": "جرى", "تمت": "جرت", "بلغ": "ناهز", "بلغت": "ناهزت", "حقق": "سجل", "حققت": "سجلت",
    "يمثل": "يشكل", "تمثل": "تشكل", "يهدف": "يرمي", "تهدف": "ترمي", "سيكون": "سيغدو", "ستكون": "ستغدو",
}  # fmt: skip
NEGATIONS = frozenset(("لا", "لم", "لن", "ليس", "ليست", "غير"))
TO_INDIRECT = (
    (re.compile(r"\bسن(?=\w{3})"), "سي"), (re.compile(r"\bسأ(?=\w{3})"), "سي"), (re.compile(r"\bنحن\b"), "هم"),
    (re.compile(r"\bإننا\b"), "إنهم"), (re.compile(r"(?<=\w{4})نا\b"), "هم"), (re.compile(r"\bن(?=\w{3,5}\b)"), "ي"),
)  # fmt: skip

Alteration = Callable[[random.Random, list[str]], list[str]]


class Altered(NamedTuple):
    original: int
    how: str
    statement: Statement


class Found(NamedTuple):
    recall: float
    precision: float
    missed: list[Altered]
    doubtful: list[tuple[str, str]]


def say(line: str) -> None:
    print(line, flush=True)  # noqa: T201


def articles() -> list[dict]:
    """All of them, shuffled; those of one day stand between the others."""
    with gzip.open(CORPUS, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    chance = random.Random(SEED)
    of_the_day = [record for record in records if (record["published_at"] or "").startswith(ONE_DAY)]
    others = [record for record in records if not (record["published_at"] or "").startswith(ONE_DAY)]
    chance.shuffle(of_the_day)
    chance.shuffle(others)
    mixed = []
    while of_the_day and others:
        mixed.append((of_the_day if chance.random() < SHARE_OF_ONE_DAY else others).pop())
    return mixed + others


def detected(records: Iterable[dict], number: int) -> list[Statement]:
    """The first so many quotes in them, each with the name of its speaker as the key."""
    found: list[Statement] = []
    for record in records:
        text = f"{record['title']}\n{record['text']}"
        day = day_of(record)
        for quote in detect(text, recognise(text)).quotes:
            speaker = None if quote.name == "?" else fold(quote.name)
            translated = quote.circumstances.translated
            found.append(Statement(text[quote.start : quote.end], day, speaker, translated, quote.stance))
        if len(found) >= number:
            break
    return found[:number]


def day_of(record: dict) -> date | None:
    return date.fromisoformat(record["published_at"][:10]) if record["published_at"] else None


def altered(statements: list[Statement], number: int) -> list[Altered]:
    chance = random.Random(SEED)
    long_enough = [place for place, one in enumerate(statements) if len(one.text.split()) >= FEWEST_WORDS]
    return [alter(chance, place, statements[place]) for place in chance.sample(long_enough, number)]


def alter(chance: random.Random, original: int, statement: Statement) -> Altered:
    """One to three alterations that change something; at most one of them shortens."""
    words, how = statement.text.split(), []
    wanted = chance.randint(1, 3)
    for name in chance.sample(list(ALTERATIONS), len(ALTERATIONS)):
        if len(how) == wanted or (name in SHORTENING and SHORTENING.intersection(how)):
            continue
        changed = ALTERATIONS[name](chance, words)
        if changed != words and len(changed) >= FEWEST_LEFT:
            words, how = changed, [*how, name]
    day = statement.day + timedelta(days=chance.randint(0, 1)) if statement.day else None
    speaker = statement.speaker if chance.random() < 0.5 else None
    return Altered(original, "+".join(how), Statement(" ".join(words), day, speaker, statement.translated))


def cut_end(chance: random.Random, words: list[str]) -> list[str]:
    return words[: max(FEWEST_LEFT, round(chance.uniform(0.4, 0.85) * len(words)))]


def cut_beginning(chance: random.Random, words: list[str]) -> list[str]:
    return words[-max(FEWEST_LEFT, round(chance.uniform(0.4, 0.85) * len(words))) :]


def cut_to_a_third(chance: random.Random, words: list[str]) -> list[str]:
    left = max(FEWEST_LEFT, len(words) // 3)
    start = chance.randint(0, max(0, len(words) - left))
    return words[start : start + left]


def drop_clause(chance: random.Random, words: list[str]) -> list[str]:
    left_out = max(1, len(words) // 5)
    start = chance.randint(2, max(2, len(words) - left_out - 2))
    return words[:start] + words[start + left_out :]


def respell(chance: random.Random, words: list[str]) -> list[str]:
    """Hamza, ta marbuta and alif maqsura as they are typed in haste."""
    hasty = str.maketrans("أإآةىئ", "اااهيي")
    return [word.translate(hasty) if chance.random() < 0.5 else word for word in words]


def mark(chance: random.Random, words: list[str]) -> list[str]:
    return [
        "".join(letter + chance.choice(["", *MARKS]) for letter in word) if word.isalpha() else word for word in words
    ]


def exchange_verb(chance: random.Random, words: list[str]) -> list[str]:
    return [OTHER_VERBS.get(word, word) for word in words]


def drop_negation(chance: random.Random, words: list[str]) -> list[str]:
    places = [place for place, word in enumerate(words) if word in NEGATIONS]
    dropped = chance.choice(places) if places else None
    return [word for place, word in enumerate(words) if place != dropped]


def change_number(chance: random.Random, words: list[str]) -> list[str]:
    places = [place for place, word in enumerate(words) if word.isdigit()]
    if not places:
        return words
    changed = chance.choice(places)
    return [str(int(word) + chance.randint(1, 90)) if place == changed else word for place, word in enumerate(words)]


def report(chance: random.Random, words: list[str]) -> list[str]:
    """Indirect speech: third person, and after «that»."""
    text = " ".join(words)
    for pattern, replacement in TO_INDIRECT:
        text = pattern.sub(replacement, text)
    return ["أن", *text.split()]


ALTERATIONS: dict[str, Alteration] = {
    "cut_end": cut_end, "cut_beginning": cut_beginning, "cut_to_a_third": cut_to_a_third, "drop_clause": drop_clause,
    "respell": respell, "mark": mark, "exchange_verb": exchange_verb, "drop_negation": drop_negation,
    "change_number": change_number, "report": report,
}  # fmt: skip


SHORTENING = frozenset(("cut_end", "cut_beginning", "cut_to_a_third", "drop_clause"))


def is_really_the_same(one: str, other: str) -> bool:
    first, second = (re.findall(r"\w+", fold(text)) for text in (one, other))
    runs = SequenceMatcher(None, first, second, autojunk=False).get_matching_blocks()
    return sum(run.size for run in runs if run.size >= LONG_RUN) >= MADE_OF_RUNS * min(len(first), len(second))


def sought(index: StatementIndex, statements: list[Statement], copies: list[Altered]) -> Found:
    """What is found of the altered copies."""
    right = found = 0
    missed, doubtful = [], []
    for copy in copies:
        finds = [match.id for match in index.matches(copy.statement)]
        if copy.original not in finds:
            missed.append(copy)
        for find in finds:
            found += 1
            if find == copy.original or is_really_the_same(copy.statement.text, statements[find].text):
                right += 1
            else:
                doubtful.append((copy.statement.text, statements[find].text))
    return Found(1 - len(missed) / len(copies), right / max(1, found), missed, doubtful)


def indexed(statements: Iterable[Statement]) -> StatementIndex:
    index = StatementIndex()
    for place, statement in enumerate(statements):
        index.add(place, statement)
    return index


def pairs_within(groups: Iterable[list[int]]) -> Iterator[tuple[int, int]]:
    """The fullest of each group with each of the others."""
    for fullest, *others in groups:
        yield from ((fullest, other) for other in others)


def measure_finding(statements: list[Statement], number: int) -> None:
    begin = time.process_time()
    index = indexed(statements)
    say(f"index of {len(index):,}: {time.process_time() - begin:.1f} s of CPU")
    copies = altered(statements, number)
    found = sought(index, statements, copies)
    say(f"recall {found.recall:.3f} of {len(copies)}, precision of what was found of them {found.precision:.3f}")
    for copy in found.missed:
        say(f"  missed ({copy.how}): {copy.statement.text[:90]!r} of {statements[copy.original].text[:90]!r}")
    for one, other in found.doubtful[:20]:
        say(f"  to look at: {one[:90]!r} and {other[:90]!r}")
    times = []
    for statement in statements[:: max(1, len(statements) // 2000)]:
        start = time.process_time()
        index.matches(statement)
        times.append(1000 * (time.process_time() - start))
    p95 = statistics.quantiles(times, n=20)[-1]
    say(f"one quote against the index: {statistics.median(times):.2f} ms of CPU in the median, {p95:.2f} p95")


def measure_grouping(statements: list[Statement]) -> None:
    begin = time.process_time()
    groups = find_groups(dict(enumerate(statements)))
    seconds = time.process_time() - begin
    pairs = list(pairs_within(groups))
    doubtful = [pair for pair in pairs if not is_really_the_same(*(statements[place].text for place in pair))]
    say(f"{len(statements):,} quotes grouped in {seconds:.1f} s of CPU: {len(groups):,} groups, {len(pairs):,} pairs")
    say(f"precision of the pairs {1 - len(doubtful) / max(1, len(pairs)):.3f}; to look at, some of {len(doubtful)}:")
    for one, other in random.Random(SEED).sample(doubtful, min(20, len(doubtful))):
        say(f"  {statements[one].text[:110]!r}\n  {statements[other].text[:110]!r}\n")


def main(quotes: int = 20_000, copies: int = 200) -> None:
    begin = time.process_time()
    statements = detected(articles(), quotes)
    say(f"{len(statements):,} quotes detected in {time.process_time() - begin:.0f} s of CPU")
    measure_finding(statements, copies)
    measure_grouping(statements)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
