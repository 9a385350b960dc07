"""Names of people that the recogniser did not find, told by their words: known in names, or in no dictionary."""

from collections.abc import Iterator

from annotations.detection.cues import lexicon
from annotations.detection.reading import Reading
from annotations.detection.vocabulary import classes_of, in_class, particles
from articles.language.folding import fold
from articles.language.lexicon import nationalities, ordinary_words, place_words, word_set
from articles.language.name_words import can_continue, is_given, is_unknown

LONGEST_NAME = 5
_SHORTEST_PRESENT = 4
_FAMILY = fold("آل")
_SON = ("بن", "بنت")
_DEFINITE = ("ال", "لل", "وال", "بال")
# Endings of plurals and of the feminine, in words too long to be names in themselves (الزين).
_PLURALS = ("ين", "ون", "ات")
_SHORTEST_PLURAL = 7


def begins_name(reading: Reading, token: int) -> bool:
    """Whether the word can be the first of a person's name after a title or a definite noun."""
    form = reading.forms[token]
    if "إ" in reading.surface(token) and form in particles("clause_word"):
        # «فإن», which folds to the particle of Dutch names.
        return False
    if form in word_set("name_particles"):
        return token + 1 < len(reading) and (form == _FAMILY or goes_on_with_name(reading, token + 1))
    if not form.startswith("ال") and token + 1 < len(reading) and reading.forms[token + 1] in ("بن", "بنت"):
        return form.isalpha() and not in_class(form, "person") and form not in lexicon() and form[1:] not in lexicon()
    possessed = reading.surface(token).endswith("ه")
    return _is_name_word(form) and (is_given(form) or (is_unknown(form) and not possessed))


def goes_on_with_name(reading: Reading, token: int) -> bool:
    """Whether the word may be more of a name that the recogniser ended before it."""
    form = reading.forms[token]
    if _is_plural(form) or len(form) < 2:
        return False
    if form.startswith("ال"):
        following = reading.forms[token + 1] if token + 1 < len(reading) else ""
        if in_class(form, "person") and following.startswith("ال") and not is_given(following):
            # «فلان الوكيل المساعد»: an office, though it may be a family's name too.
            return False
        strange = form not in ordinary_words() and form[2:] not in ordinary_words()
        return (_is_name_word(form) and strange) or can_continue(form, 2)
    if form.endswith("ا") and not is_given(form):
        # Rather an adverb that lost its tanween (ضاحكا).
        return False
    return form in word_set("name_particles") or (_is_name_word(form) and (can_continue(form, 2) or is_unknown(form)))


def is_present_verb(reading: Reading, token: int) -> bool:
    """يتولى، يقضي: no noun but a few names begins so, and none of those is a title's."""
    form = reading.forms[token]
    if not form.startswith("ي") or len(form) < _SHORTEST_PRESENT or classes_of(form) or form in nationalities():
        return form.endswith("وا") and len(form) > _SHORTEST_PRESENT
    return not begins_name(reading, token)


def is_surname_of_people(reading: Reading, token: int) -> bool:
    """«عبدالله بن صالح التركي»: after a name with «بن» an adjective of a people is the family's name."""
    if reading.forms[token] not in nationalities():
        return False
    return any(form in _SON for form in reading.forms[max(0, token - LONGEST_NAME) : token - 1])


def _is_plural(form: str) -> bool:
    """الصحفيين، المتقدمات: of people, but nobody's name."""
    return form.startswith("ال") and form.endswith(_PLURALS) and len(form) >= _SHORTEST_PLURAL and not is_given(form)


def _is_name_word(form: str) -> bool:
    if _is_plural(form) or (form.startswith("وال") and len(form) >= _SHORTEST_PLURAL):
        return False
    return form.isalpha() and not classes_of(form) and form not in nationalities() and form not in place_words()


def run_end(reading: Reading, first: int, stop: int) -> int:
    """The token after the name that begins at `first`; `first` itself where no name begins."""
    if not begins_name(reading, first):
        return first
    token = first + 1
    while token < min(stop, first + LONGEST_NAME) and _continues(reading, token, token - first):
        token += 1
    while token > first and reading.forms[token - 1] in word_set("name_particles"):
        token -= 1
    return token


def _continues(reading: Reading, token: int, parts: int) -> bool:
    form, before = reading.forms[token], reading.forms[token - 1]
    if not reading.is_word[token] or len(form) < 2:
        return False
    if form in word_set("name_particles") or before == _FAMILY:
        return True
    if before in word_set("name_particles"):
        return not in_class(form, "person")
    if is_given(form):
        return not classes_of(form)
    if classes_of(form) or form in particles("title_link"):
        return False
    # The family's name after a given name: the lexicon knows few of the foreign ones.
    return can_continue(form, 1) or (parts == 1 and is_surname(form))


def is_surname(form: str) -> bool:
    """What may stand last in a name that lexicons do not know: an unknown word, or one of the foreign (وود)."""
    return is_unknown(form) or can_continue(form, 1) or (form not in ordinary_words() and form not in lexicon())


def name_beside_title(forms: list[str]) -> tuple[int, int] | None:
    """Where words that no list knows as a name stand as one: two to four before a title, or all after the last title.

    Indices into `forms`, the folded words of a phrase.
    """
    titles = [index for index, form in enumerate(forms) if in_class(form, "person") or form == "."]
    if not titles:
        return None
    if 2 <= titles[0] <= LONGEST_NAME - 1 and not any(map(_belongs_to_title, forms[: titles[0]])):
        return 0, titles[0]
    for start in _starts_after_title(forms, titles):
        words = forms[start:]
        if not 2 <= len(words) < LONGEST_NAME or _are_nationalities(words):
            continue
        if not any(map(_belongs_to_title, words)) and is_surname(words[-1]):
            return start, len(forms)
    return None


def _starts_after_title(forms: list[str], titles: list[int]) -> Iterator[int]:
    if forms[titles[-1]] == ".":
        yield titles[-1] + 1
    # A last word like الرملي or العنزي is rather the family's name than the title's.
    family = forms[-1].startswith("ال") and forms[-1].endswith("ي")
    definite = [
        index
        for index, form in enumerate(forms[: len(forms) - family])
        if form.startswith(_DEFINITE) or (form in place_words() and not is_given(form))
    ]
    start = max([*titles, *definite]) + 1
    settled = forms[start - 1].startswith(_DEFINITE) or forms[start - 1] in place_words() or start - 1 == titles[-1] > 0
    if start < len(forms) and settled and forms[start - 1] not in word_set("name_particles"):
        yield start


def _belongs_to_title(form: str) -> bool:
    unattached = form[1:] if form[:1] in "بل" else form
    return bool(classes_of(form) or classes_of(unattached)) or form in particles("title_link") or not form.isalpha()


def _are_nationalities(words: list[str]) -> bool:
    """«تقارير إنجليزية وإسبانية»; one of them alone may be a name (غربي)."""
    return all(word in nationalities() or word.removeprefix("و") in nationalities() for word in words)
