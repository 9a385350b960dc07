"""What a single word can be beside a cue: a preposition, the head of a speaker's name, the one spoken to."""

from annotations.detection.reading import Reading
from annotations.detection.vocabulary import classes_of, in_class, particles
from articles.language.lexicon import ordinary_words
from articles.language.name_words import is_given

_SHORTEST_STEM = 3


def is_complementiser(reading: Reading, token: int) -> bool:
    form = reading.forms[token]
    if form in particles("complementiser") or form in particles("complementiser_with_subject"):
        return True
    return is_negative_complementiser(reading, token)


def is_negative_complementiser(reading: Reading, token: int) -> bool:
    """ألا، بألا (أن لا), which begin what is reported; without its hamza it is «except»."""
    if reading.forms[token] not in ("الا", "بالا") or not reading.surface(token).removeprefix("ب").startswith("أ"):
        return False
    # Not «ألا وهو».
    return token + 1 < len(reading) and reading.forms[token + 1].startswith(("ي", "ت", "ن"))


def is_relative(form: str) -> bool:
    return form in particles("relative")


def is_speaker_noun(form: str) -> bool:
    return in_class(form, "person") or in_class(form, "source")


def is_titled(form: str) -> bool:
    """A title with its article, before a name or alone."""
    return form.startswith("ال") and in_class(form, "person")


def is_possessed_title(form: str) -> bool:
    """رئيسها، أمينهم: the office of somebody whom the text has named before."""
    stems = (form.removesuffix(ending) for ending in ("ها", "هم", "ه") if form.endswith(ending))
    return any(in_class(stem, "person") for stem in stems)


def is_preposition(reading: Reading, token: int) -> bool:
    """The name علي folds to the letters of على; written with ي it is taken for the name."""
    form = reading.forms[token]
    return form in particles("preposition") and not (form == "علي" and reading.text[reading.ends[token] - 1] == "ي")


def is_speaking_head(form: str) -> bool:
    return is_speaker_noun(form) or in_class(form, "document") or in_class(form, "body")


def is_accusative(reading: Reading, token: int) -> bool:
    """Written with tanween (رأياً، مجدداً), or with its alef alone (رأيا): an object or an adverb, never a subject."""
    if reading.surface(token).endswith(("اً", "ًا")):
        return True
    form = reading.forms[token]
    if form in particles("on_behalf") or is_possessed_title(form):
        return False
    return form.endswith("ا") and len(form) > _SHORTEST_STEM and form[:-1] in ordinary_words() and not is_given(form)


def is_listener(reading: Reading, token: int) -> bool:
    """لوكالة، لصحيفة، للصحفيين: whom the words were said to."""
    form = reading.forms[token]
    return form.startswith("لل") or (form[:1] == "ل" and not classes_of(form) and is_speaking_head(form[1:]))


def past_bracket(reading: Reading, token: int, stop: int) -> int:
    for inner in range(token + 1, min(stop, token + 12)):
        if reading.forms[inner] == ")":
            return inner + 1
    return token + 1
