"""Whether a word can go on describing the one before it in a noun phrase, by article, gender and number."""

from annotations.detection.reading import Reading
from annotations.detection.vocabulary import classes_of, in_class, particles
from annotations.detection.word_roles import is_speaker_noun, is_speaking_head
from articles.language.clitics import clitic_splits
from articles.language.lexicon import heads, nationalities, place_words

DEFINITE = ("ال", "لل", "وال", "بال", "ولل")
# Endings of adjectives after a feminine noun, folded (العليا، الكبرى، الجديدة); others only compare (الأكثر).
_FEMININE = ("ه", "ا", "ي", "ات")
_LENGTH_OF_COMPARATIVE = 6
_SHORTEST_OBJECT = 4


def begins_object(before: str, form: str, *, alone: bool) -> bool:
    """A definite noun that cannot describe the definite one before it: «المستبعدون المفاضلة», «الهيئة الدخول».

    `alone` says that only the noun before belongs to the phrase so far.
    """
    if not form.startswith("ال"):
        return False
    if form in particles("object_body") or (before.endswith("ون") and form.endswith("ه") and is_speaker_noun(before)):
        return True
    feminine = before.endswith("ه") and is_speaking_head(before) and not is_speaker_noun(before)
    comparative = form.startswith("الا") and len(form) == _LENGTH_OF_COMPARATIVE
    return alone and feminine and len(form) > _SHORTEST_OBJECT and not comparative and not form.endswith(_FEMININE)


def is_quality(form: str) -> bool:
    return form in particles("quality") or form in nationalities()


def stays_definite(reading: Reading, token: int) -> bool:
    """Another definite word, a title, or letters that join it to the words before (وصناعة، لشؤون، بالرياض)."""
    form = reading.forms[token]
    if form.startswith("بال"):
        return (
            in_class(form[1:], "body") or form[3:] in heads() or form[1:] in place_words() or form[3:] in place_words()
        )
    if form.startswith(DEFINITE) or is_speaker_noun(form):
        return True
    split = clitic_splits(reading.surface(token))[0].prefix
    if split.startswith("ب"):
        return split != "ب" or bool(classes_of(form[1:])) or form[1:] in heads() or form in particles("title_link")
    return split.startswith(("و", "ل"))
