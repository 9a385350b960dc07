"""Names of people without the words that the recogniser took into them: «جيرارد بسواريز», «حمد الزامل رحمه الله»."""

from collections.abc import Collection

from annotations.detection.reading import Reading
from annotations.detection.vocabulary import in_class, particles
from articles.language.clitics import clitic_splits
from articles.language.lexicon import ordinary_words, word_set
from articles.language.name_words import can_continue, is_given

_GOD = "الله"
# Shorter words that begin with ب are as often names (باخ).
_SHORTEST_JOINED = 6


def name_edges(reading: Reading, first: int, stop: int, name_words: Collection[str]) -> tuple[int, int]:
    """The tokens [first, stop) that are left. `name_words`: the folded words of the article's people."""
    while first < stop - 1 and reading.forms[first] in particles("on_behalf"):
        first += 1
    if first and first < stop - 1 and reading.forms[first] in particles("branch"):
        first += reading.forms[first - 1].startswith("ال") and in_class(reading.forms[first - 1], "person")
    while stop > first + 1 and (extra := _extra_words(reading, first, stop, name_words)):
        stop -= extra
    return first, stop


def _extra_words(reading: Reading, first: int, stop: int, name_words: Collection[str]) -> int:
    """How many words at the end are none of the name's."""
    last = stop - 1
    form = reading.forms[last]
    if reading.forms[last - 1] in word_set("name_particles"):
        return 0
    if form == _GOD and last > first + 1 and reading.forms[last - 1] in particles("blessing"):
        return 2
    if is_given(form):
        return int(_is_title(reading, first, stop))
    ordinary = ordinary_words()
    possessed = form.endswith("ه") and reading.surface(last).endswith("ه") and form[:-1] in ordinary
    adverb = reading.surface(last).endswith(("اً", "ًا"))
    outside = form in particles("first_person") or form in particles("object_noun") or adverb
    after_family = last > first + 1 and reading.forms[last - 1].startswith("ال") and not form.startswith("ال")
    outside = outside or (after_family and form in ordinary and not can_continue(form, 2))
    return int(possessed or outside or _is_object(reading, last, name_words) or _is_title(reading, first, stop))


def _is_object(reading: Reading, token: int, name_words: Collection[str]) -> bool:
    """ب joined to a noun or to another's name: what or whom the verb is about (أشاد فلان بسواريز)."""
    form = reading.forms[token]
    if (
        not form.startswith("ب")
        or len(form) < _SHORTEST_JOINED
        or clitic_splits(reading.surface(token))[0].prefix != "ب"
    ):
        return False
    return form[1:] in ordinary_words() or form[1:] in name_words


def _is_title(reading: Reading, first: int, stop: int) -> bool:
    """«طارق الخنين مشرف مركز …»: an office after a name of two words, going on with what it is of."""
    office = reading.forms[stop - 1]
    if stop - first < 3 or stop >= len(reading) or not in_class(office, "person") or office.startswith("ال"):
        return False
    following = reading.forms[stop]
    of_something = following in ordinary_words() and not in_class(following, "person")
    return reading.is_word[stop] and not following.startswith("ال") and of_something
