"""camel-tools' neural recogniser, for those who have its model data: a BERT that labels words, mapped to exact spans.

Nothing of it is imported before `load_neural`. `camel_tools.ner` imports torch, and `camel_tools.data` fetches its
catalogue over the network where there is none on disk, so the catalogue is looked for first.
"""

import os
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from articles.language.entities import NamedEntity
from articles.language.lexicon import known_names
from articles.language.name_candidates import Candidate, candidate
from articles.language.name_joining import canonical_names
from articles.language.name_tokens import Reading, Token, name_tokens
from articles.language.script import CONTROLS, MARKS, TATWEEL
from articles.language.tagger import KINDS, labelled_spans, tagger
from articles.language.tokens import sentences

# Of this module: how labels become spans and names. The model's own name says which one labelled.
VERSION = "1"

_COMPONENT = "NamedEntityRecognition"
_INSTALL = "run `make neural`"
_DOWNLOAD = "run `camel_data -i defaults`, or let CAMELTOOLS_DATA name the folder that holds it"
# The models give labels without a confidence; this is CAMeLBERT's published F1 on ANERcorp's test split.
_SCORE = 0.83
_SENTENCES_AT_ONCE = 256
# More of a word is not read: the recogniser fails at a word (an address, say) of more pieces than its window of 256.
_READ_LETTERS = 64
# In code points; a longer run of labels is an address, or a mistake.
_LONGEST_NAME = 120
_UNREAD = re.compile(f"[{MARKS}{TATWEEL}{CONTROLS}\ud800-\udfff]")
_SIGN = re.compile(r"\S")


class NeuralUnavailable(Exception):
    """The recogniser cannot be used here; says in one line what is missing and what to do."""


class WordLabeller(Protocol):
    """The part of `camel_tools.ner.NERecognizer` that is used."""

    tokenizer: "PieceTokenizer"

    def predict(self, sentences: list[list[str]]) -> list[list[str]]: ...


class PieceTokenizer(Protocol):
    def tokenize(self, text: str) -> list[str]: ...


class _Piece(NamedTuple):
    """What the model reads as one word: a token of the text (by its index), or a sign between tokens (-1)."""

    start: int
    read: str
    token: int


class NeuralRecogniser:
    """Names found by a word labeller; `model` is what the labeller is called in stored mentions."""

    def __init__(self, labeller: WordLabeller, model: str) -> None:
        self.model = model
        self._labeller = labeller

    def recognise(self, text: str) -> list[NamedEntity]:
        """The names in the text as `articles.language.entities.recognise` gives them: sorted, none overlapping."""
        tokens = name_tokens(text)
        found: list[Candidate] = []
        pieces = _sentence_pieces(text, tokens)
        for first in range(0, len(pieces), _SENTENCES_AT_ONCE):
            batch = pieces[first : first + _SENTENCES_AT_ONCE]
            for sentence, labels in zip(batch, self._labels(batch), strict=True):
                found += _candidates(tokens, sentence, labels)
        names = canonical_names(text, tokens, found)
        return [
            NamedEntity(tokens[item.first].start + item.cut, tokens[item.last - 1].end, item.kind, name, item.score)
            for item, name in zip(found, names, strict=True)
        ]

    def _labels(self, batch: Sequence[Sequence[_Piece]]) -> Iterator[list[str]]:
        """A label for each piece. The recogniser gives none for a word that its tokeniser reads as nothing."""
        given = self._labeller.predict([[piece.read for piece in sentence] for sentence in batch])
        for sentence, labels in zip(batch, given, strict=True):
            if len(labels) == len(sentence):
                yield labels
            else:
                rest = iter(labels)
                tokenize = self._labeller.tokenizer.tokenize
                yield [next(rest) if tokenize(piece.read) else "O" for piece in sentence]


def load_neural() -> NeuralRecogniser:
    """camel-tools' default recogniser from the data on this machine; nothing is downloaded.

    Raises NeuralUnavailable where torch, the catalogue or the model is missing or cannot be read.
    """
    catalogue = _data_folder() / "catalogue.json"
    if not catalogue.is_file():
        raise NeuralUnavailable(f"camel-tools' catalogue {catalogue} is missing; {_DOWNLOAD}")
    # The model lies in a folder: nothing needs to be asked of a server about it.
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    try:
        from camel_tools.data import CATALOGUE  # noqa: PLC0415 - reads the catalogue
        from camel_tools.ner import NERecognizer  # noqa: PLC0415 - imports torch
        from transformers.utils.logging import disable_progress_bar  # noqa: PLC0415

        dataset = CATALOGUE.get_dataset(_COMPONENT)
    except ImportError as error:
        raise NeuralUnavailable(f"{error.name or error} is not installed; {_INSTALL}") from None
    except Exception as error:
        # Its own error for an unknown component, and whatever a broken catalogue makes of the code that reads it.
        raise NeuralUnavailable(f"{catalogue} cannot be used ({_line(error)}); {_DOWNLOAD}") from None
    if not (Path(dataset.path) / "config.json").is_file():
        raise NeuralUnavailable(f"the model {dataset.name} is not in {dataset.path}; {_DOWNLOAD}")
    try:
        disable_progress_bar()
        labeller = NERecognizer(str(dataset.path))
    except Exception as error:
        # Every library below has its own errors for a broken file.
        raise NeuralUnavailable(f"the model in {dataset.path} cannot be read ({_line(error)})") from None
    if not {"O", *(f"B-{kind}" for kind in KINDS)} <= set(labeller.labels_map.values()):
        raise NeuralUnavailable(f"the model in {dataset.path} does not label {', '.join(KINDS)}")
    return NeuralRecogniser(labeller, dataset.name)


def _data_folder() -> Path:
    """Where camel-tools looks for its data."""
    return Path(os.environ.get("CAMELTOOLS_DATA") or Path.home() / ".camel_tools").expanduser().absolute()


def _line(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".splitlines()[0]


def _sentence_pieces(text: str, tokens: Sequence[Token]) -> list[list[_Piece]]:
    """The pieces of each sentence that has any, signs apart from words as in the corpus that the models learnt from."""
    pieces: list[_Piece] = []
    end = 0
    for index, token in enumerate(tokens):
        pieces += _signs(text, end, token.start)
        pieces += [_Piece(token.start, read, index) for read in [_as_read(token.text)] if read]
        end = token.end
    pieces += _signs(text, end, len(text))
    starts = [piece.start for piece in pieces]
    bounds = ((bisect_left(starts, span.start), bisect_left(starts, span.end)) for span in sentences(text))
    return [pieces[first:last] for first, last in bounds if first < last]


def _signs(text: str, start: int, end: int) -> Iterator[_Piece]:
    for match in _SIGN.finditer(text, start, end):
        if read := _as_read(match[0]):
            yield _Piece(match.start(), read, -1)


def _as_read(surface: str) -> str:
    """The word without tashkeel, tatweel, invisible controls and broken characters, which the models never saw."""
    return _UNREAD.sub("", surface)[:_READ_LETTERS]


def _candidates(tokens: list[Token], pieces: Sequence[_Piece], labels: Sequence[str]) -> Iterator[Candidate]:
    for start, end, kind in labelled_spans(labels):
        named = [piece.token for piece in pieces[start:end] if piece.token >= 0]
        if not named or kind not in KINDS:
            continue
        if tokens[named[-1]].end - tokens[named[0]].start <= _LONGEST_NAME:
            yield _candidate(tokens, named[0], named[-1] + 1, KINDS[kind])


def _candidate(tokens: list[Token], first: int, last: int, kind: str) -> Candidate:
    reading = _without_attached_letters(tokens[first])
    item = candidate(tokens, first, last, reading.cut, reading.stem, kind, _SCORE)
    known = known_names().get((kind, " ".join(item.words)))
    return item._replace(names=(known,)) if known else item


def _without_attached_letters(token: Token) -> Reading:
    """The reading of a name's first word, by the same evidence as the embedded tagger's; لل is read as ال, uncut."""
    attached = tagger().vocabulary.attached_letters(token.key)
    rest = token.key[attached:]
    wanted = "ال" + rest[2:] if rest.startswith("لل") else rest
    return next((reading for reading in token.readings if reading.stem == wanted), token.readings[0])
