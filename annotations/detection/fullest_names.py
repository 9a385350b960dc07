"""The fullest form of a person's name that an article gives, for names that the recogniser did not join."""

from collections import Counter
from collections.abc import Sequence

from annotations.detection.reading import Reading
from annotations.detection.unlisted_names import LONGEST_NAME, begins_name
from annotations.detection.vocabulary import particles, without_article
from articles.language.folding import fold
from articles.language.lexicon import word_set
from articles.language.name_words import is_given

# Places looked at for one name: in an article it stands a few dozen times at most, and a repeated word costs no more.
_MOST_PLACES = 60
# What stands before «أبو فلان» is rather a noun (خليفة أبو مازن).
_KUNYA = frozenset(map(fold, ("أبو", "أبا", "أبي", "أم")))


class FullestNames:
    """Looks for given names before a surname, wherever the surname stands in the article."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self._places: dict[str, list[int]] | None = None
        self._found: dict[str, str] = {}

    def of(self, name: str) -> str:
        """The name as it stands with its given names most often; the name itself where it has some or none is found."""
        words = fold(name).split()
        if not words or (len(words) > 1 and words[0] not in word_set("family_particles")) or words[0] in _KUNYA:
            return name
        if name not in self._found:
            self._found[name] = self._fullest(words) or name
        return self._found[name]

    def _fullest(self, words: list[str]) -> str | None:
        reading, longer = self.reading, Counter()
        for place in self._places_of(words[0]):
            if reading.forms[place : place + len(words)] != words:
                continue
            first = self._first_of(place)
            if first < place:
                longer[reading.text[reading.starts[first] : reading.ends[place + len(words) - 1]]] += 1
        return longer.most_common(1)[0][0] if longer else None

    def _first_of(self, place: int) -> int:
        """The first of the name words that end before `place`, if it is a given name."""
        first, given = place, place
        while first > 0 and place - first < LONGEST_NAME - 1 and self.reading.is_word[first - 1]:
            first -= 1
            if not begins_name(self.reading, first):
                break
            if is_given(self.reading.forms[first]) or self.reading.forms[first + 1] in ("بن", "بنت"):
                given = first
        return given

    def _places_of(self, word: str) -> list[int]:
        if self._places is None:
            self._places = {}
            for place, form in enumerate(self.reading.forms):
                places = self._places.setdefault(form, [])
                if len(places) < _MOST_PLACES:
                    places.append(place)
        return self._places.get(word, [])


def without_honour(name: str) -> str:
    """Without the words of honour before it (معالي الوزير), as long as something is left."""
    words = name.split()
    for length in (3, 2, 1):
        while len(words) > length and fold(" ".join(words[:length])) in particles("honour"):
            words = words[length:]
    return " ".join(words)


def joined_name(words: Sequence[str]) -> str:
    """Folded words of a name without articles, written together where papers differ (عبد الرحمن، أبو راس)."""
    name = " ".join(map(without_article, words))
    return f" {name}".replace(" عبدال", " عبد").replace(" عبد ", " عبد").replace(" ابو ", " ابو").strip()
