"""Which recogniser finds the names: the embedded one, or camel-tools' neural one where NEWSDESK_RECOGNISER asks for it.

Only the commands of settings.NEURAL_COMMANDS, the worker among them, ever load torch. A web process never does: what is
pasted into it is read by the embedded recogniser, and read again by the next `analyse_articles`.
"""

import logging
import sys
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from django.conf import settings

from articles.language import entities
from articles.language.entities import NamedEntity

logger = logging.getLogger(__name__)

EMBEDDED, CAMEL = "embedded", "camel"
# Mention.recogniser holds 50 characters, the version among them.
_LONGEST_MODEL_NAME = 30


class Recogniser(NamedTuple):
    """`label` is the name and version that stored mentions carry."""

    label: str
    recognise: Callable[[str], list[NamedEntity]]


def recognise(text: str) -> list[NamedEntity]:
    """The names in the text by the recogniser of this process."""
    return recogniser().recognise(text)


def recogniser_label() -> str:
    """Name and version of the recogniser of this process: "embedded 2", "camel arabert 1"."""
    return recogniser().label


def recogniser() -> Recogniser:
    """The one that is set, or the embedded one where that cannot be had."""
    embedded = Recogniser(f"{entities.RECOGNISER} {entities.VERSION}", entities.recognise)
    if settings.RECOGNISER == CAMEL and _command() in settings.NEURAL_COMMANDS:
        return _neural() or embedded
    return embedded


def _command() -> str:
    """The management command that this process runs; of a web server something else, or nothing."""
    return next((argument for argument in sys.argv[1:] if not argument.startswith("-")), "")


@cache
def _neural() -> Recogniser | None:
    """Loaded once; what is missing is said once."""
    from articles.language import neural  # noqa: PLC0415 - it needs the tagger, which web processes do without

    try:
        found = neural.load_neural()
    except neural.NeuralUnavailable as missing:
        logger.warning("NEWSDESK_RECOGNISER=%s: %s. Names are found by the embedded recogniser.", CAMEL, missing)
        return None
    return Recogniser(f"{CAMEL} {found.model[:_LONGEST_MODEL_NAME]} {neural.VERSION}", found.recognise)
