"""Reads the labelled corpora as sentences of whole, folded tokens, and the raw text beside them.

The FANE corpora split letters off their words (و الصادرات) and write لل as لال; both are put back here, with the words
of the other corpora as evidence. Each corpus keeps its own labels, because their conventions differ (ANERcorp calls
a currency MISC, FANE labels peoples); the network learns one output layer for each.
"""

import difflib
import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from articles.language.folding import fold
from articles.language.tagger import tokens_of

HELD_OUT = 398  # a tenth of ANERcorp's sentences; the last ones are never trained on for what ships
_SUFFIXES = {"ه", "ها", "هم", "هن", "هما", "نا", "ك", "كم", "ي", "ني"}
_CERTAIN_SUFFIXES = {"ه", "ها"}
_PREFIXES = {"و", "ف", "ب", "ل", "ك"}
_CLASSES = {
    "PERS": "Politician Athlete Artist Other_PER Religious_PER Scientist Businessperson Police Lawyer Engineer",
    "GROUP": "Group",
    "GOVERNMENT": "Government",
    "MEDIA": "Media",
    "SPORTS": "Sports",
    "ORG": "Non-Governmental Commercial Educational Religious_ORG Entertainment Medical-Science",
    "LOC": "Nation Population-Center State-or-Province GPE-Cluster Continent County-or-District",
    "NATURE": "Water-Body Land-Region-Natural Celestial",
    "FACILITY": "Building-Grounds Path Airport Subarea-Facility Plant",
    "WORK": "Book Movie Sound",
    "PRODUCT": "Software Hardware Air Water Land Drug Food Projectile Blunt Shooting Nuclear Exploding Sharp Chemical",
}
FANE_KINDS = {fine: kind for kind, names in _CLASSES.items() for fine in names.split()}
_AQMAR_KINDS = {"PER": "PERS", "LOC": "LOC", "ORG": "ORG", "-ORG": "ORG"}


class Sentence(NamedTuple):
    """Folded tokens with B-KIND, I-KIND or O for each; `attached` is the number of letters before a name in its word,
    known (≥ 0) only for the first word of a name in a corpus that splits them, else -1."""

    tokens: tuple[str, ...]
    labels: tuple[str, ...]
    attached: tuple[int, ...] = ()


class Labelled(NamedTuple):
    word: str
    label: str
    attached: int = -1


def _columns(path: Path) -> Iterator[list[Labelled]]:
    rows: list[Labelled] = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        cells = line.split()
        if cells:
            rows.append(Labelled(fold(cells[0]), cells[-1]))
        elif rows:
            yield rows
            rows = []
    if rows:
        yield rows


def _consistent(rows: Iterable[Labelled], kinds: dict[str, str] | None) -> list[Labelled]:
    """Labels mapped by `kinds` (unknown ones: MISC), and an I- that continues nothing made a B-."""
    result: list[Labelled] = []
    previous = "O"
    for row in rows:
        mark, _, kind = row.label.partition("-")
        kind = kind if kinds is None else kinds.get(kind, "MISC")
        if mark not in ("B", "I") or not kind:
            label = "O"
        elif mark == "I" and previous[2:] == kind:
            label = f"I-{kind}"
        else:
            label = f"B-{kind}"
        result.append(row._replace(label=label))
        previous = label
    return result


def _retokenised(rows: Iterable[Labelled]) -> Sentence:
    tokens, labels, attached = [], [], []
    for row in rows:
        for number, token in enumerate(tokens_of(row.word)):
            inside = number and row.label.startswith("B-")
            tokens.append(token)
            labels.append("I-" + row.label[2:] if inside else row.label)
            attached.append(-1 if number else row.attached)
    return Sentence(tuple(tokens), tuple(labels), tuple(attached))


def _is_word(word: str) -> bool:
    return len(word) > 1 and word.isalpha()


def _rejoined(rows: list[Labelled], seen: Counter[str]) -> list[Labelled]:
    """The corpus's words as a newspaper writes them; `seen` counts folded words of unsplit text."""
    joined: list[Labelled] = []
    for row in rows:
        word = _without_doubled_alef(row.word, seen)
        row = row._replace(word=word, attached=0 if row.label.startswith("B-") else -1)
        last = joined[-1] if joined else None
        if last and last.word in _PREFIXES and word.isalpha():
            together = last.word + (word[1:] if last.word == "ل" and word.startswith("ال") else word)
            known = 1 if row.label.startswith("B-") and together == last.word + word else -1
            joined[-1] = Labelled(together, last.label if last.label != "O" else row.label, known)
        elif last and word in _SUFFIXES and _is_word(last.word) and _takes_suffix(last.word, word, seen):
            joined[-1] = last._replace(word=_with_suffix(last.word, word, seen))
        else:
            joined.append(row)
    return joined


def _takes_suffix(word: str, suffix: str, seen: Counter[str]) -> bool:
    return suffix in _CERTAIN_SUFFIXES or seen[word + suffix] > 0


def _with_suffix(word: str, suffix: str, seen: Counter[str]) -> str:
    opened = word[:-1] + "ت" + suffix  # a ة before an ending is written ت; folded, it looks like ه
    return opened if word.endswith("ه") and seen[opened] >= seen[word + suffix] else word + suffix


def _without_doubled_alef(word: str, seen: Counter[str]) -> str:
    for written, meant in (("الال", "الل"), ("لال", "لل")):
        if word.startswith(written):
            other = meant + word[len(written) :]
            return other if seen[other] > seen[word] else word
    return word


def anercorp(folder: Path) -> list[Sentence]:
    """All sentences in their order; the last HELD_OUT are for measuring."""
    return [_retokenised(_consistent(rows, None)) for rows in _columns(folder / "anercorp-train.conll")]


def aqmar(folder: Path) -> list[Sentence]:
    return [_retokenised(_consistent(rows, _AQMAR_KINDS)) for rows in _columns(folder / "aqmar.conll")]


def wikifane(folder: Path, seen: Counter[str]) -> list[Sentence]:
    path = folder / "wikifane-gold.conll"
    return [_retokenised(_rejoined(_consistent(rows, FANE_KINDS), seen)) for rows in _columns(path)]


def newsfane(folder: Path, seen: Counter[str], base: list[Sentence]) -> list[Sentence]:
    """NewsFANE's labels on the tokens of `base` (ANERcorp, the same newswire); sentences not found there are dropped.

    Tokens that do not correspond get the label "?" (no evidence).
    """
    fine = [
        _retokenised(_rejoined(_consistent(rows, FANE_KINDS), seen))
        for rows in _columns(folder / "newsfane-without-anercorp-test.conll")
    ]
    places = defaultdict(list)
    for number, sentence in enumerate(fine):
        for gram in zip(sentence.tokens, sentence.tokens[1:], sentence.tokens[2:], strict=False):
            places[gram].append(number)
    result = []
    for sentence in base:
        votes = Counter(
            number
            for gram in zip(sentence.tokens, sentence.tokens[1:], sentence.tokens[2:], strict=False)
            for number in places[gram]
        )
        labels = ["?"] * len(sentence.tokens)
        for number, _ in votes.most_common(3):
            _project(fine[number], sentence.tokens, labels)
        if labels.count("?") <= len(labels) // 4:
            result.append(Sentence(sentence.tokens, tuple(labels), (-1,) * len(labels)))
    return result


def _project(source: Sentence, tokens: tuple[str, ...], labels: list[str]) -> None:
    """Writes the source's labels over the unknown ones where its tokens correspond to these."""
    matcher = difflib.SequenceMatcher(None, tokens, source.tokens, autojunk=False)
    for start, other, size in matcher.get_matching_blocks():
        for step in range(size):
            if labels[start + step] == "?":
                labels[start + step] = source.labels[other + step]


def broadcasts(path: Path) -> Iterator[list[str]]:
    """The paragraphs of ANT Corpus v1.1 as folded tokens, title first in each article; duplicates dropped."""
    known: set[int] = set()
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            article = json.loads(line)
            for paragraph in (article["title"], *article["text"].split("\n")):
                tokens = tokens_of(fold(paragraph))
                if tokens and hash(tuple(tokens)) not in known:
                    known.add(hash(tuple(tokens)))
                    yield tokens


def counted(*texts: Iterable[Iterable[str]]) -> Counter[str]:
    """How often each token occurs."""
    return Counter(token for text in texts for sentence in text for token in sentence)


class Corpora(NamedTuple):
    """Training sentences by corpus, ANERcorp's held-out ones, and how often each token occurs in all open text."""

    labelled: dict[str, list[Sentence]]
    finer: dict[tuple[str, ...], tuple[str, ...]]
    held_out: list[Sentence]
    raw: list[list[str]]
    counts: Counter[str]

    def text(self) -> list[list[str]]:
        """All open text but the held-out sentences."""
        return self.raw + [list(s.tokens) for sentences in self.labelled.values() for s in sentences]


def read_corpora(data: Path, *, tenth: int = 10) -> Corpora:
    """DATA/ner and DATA/articles/ant-corpus.jsonl.gz; `finer` has NewsFANE's labels of ANERcorp's sentences.

    Held out is this tenth of ANERcorp, counted from 1.
    """
    folder = data / "ner"
    sentences, encyclopedia = anercorp(folder), aqmar(folder)
    raw = list(broadcasts(data / "articles" / "ant-corpus.jsonl.gz"))
    seen = counted((s.tokens for s in sentences), (s.tokens for s in encyclopedia), raw)
    end = len(sentences) - (10 - tenth) * HELD_OUT
    held_out = sentences[end - HELD_OUT : end]
    newswire = sentences[: end - HELD_OUT] + sentences[end:]
    labelled = {"anercorp": newswire, "wikifane": wikifane(folder, seen), "aqmar": encyclopedia}
    finer = {s.tokens: s.labels for s in newsfane(folder, seen, newswire)}
    counts = counted(raw, *((s.tokens for s in part) for part in labelled.values()))
    return Corpora(labelled, finer, held_out, raw, counts)


def open_text(data: Path) -> list[list[str]]:
    """Every sentence of openly licensed text, but for the held-out ones."""
    return read_corpora(data).text()
