"""What a single folded word can be in a name: a given name, a part of a name, an unknown word, a verb."""

from functools import lru_cache

from articles.language.lexicon import (
    foreign_given_names,
    glued_names,
    heads,
    known_forms,
    name_counts,
    nationalities,
    ordinary_words,
    place_words,
    titles,
    word_set,
)

# All but the last are how often data/person_names.tsv saw a word in a role; tried out on the annotated articles.
# A given name begins a name without any title; more is asked of one that is a place too (عدن).
_STRONG_GIVEN, _GIVEN_THOUGH_PLACE = 3, 30
# A family name that is also a place, an ordinary word (سلام), or an ordinary noun with ال (الشاعر).
_FAMILY_THOUGH_PLACE, _COMMON_FAMILY, _FAMILY_THOUGH_NOUN = 10, 8, 5
# An ordinary word seen more often than this outside names is none.
_RARE_WORD = 60
_ATTESTED, _WELL_ATTESTED = 3, 10
_CACHED = 1 << 15

_ENDINGS = ("تها", "تهم", "ته", "تنا", "ها", "هم", "هما", "ه", "ا", "ات", "ين", "ون", "ان", "تا", "تي", "نا", "ي")
_PREFIXES = "وفبلكس"


@lru_cache(_CACHED)
def is_given(key: str) -> bool:
    """Whether the word is known as a given name far more than as anything else."""
    if key.startswith("عبدال") and len(key) > 7:
        return True
    if key in foreign_given_names():
        return True
    counts = name_counts().get(key)
    if counts is None or counts.given < _STRONG_GIVEN or counts.given <= counts.outside:
        return False
    if key in ordinary_words() or key in nationalities() or key in heads() or key in word_set("boundaries"):
        return False
    return key not in place_words() or counts.given >= _GIVEN_THOUGH_PLACE


@lru_cache(_CACHED)
def is_unknown(key: str) -> bool:
    """Whether the word is no ordinary one, neither by itself nor with letters joined on: a name, or a rare word."""
    if len(key) < 3 or not key.isalpha() or key.startswith("لل"):
        return False
    if _is_common(key) or key in nationalities() or key in titles() or key in word_set("boundaries"):
        return False
    counts = name_counts().get(key)
    if counts is not None and counts.given + counts.family >= _ATTESTED:
        return True
    if _has_joined_letters(key) or _is_inflected(key) or _looks_like_verb(key):
        return False
    return not (key.startswith("ال") and _is_common(key[2:]))


def _is_common(word: str) -> bool:
    return word in ordinary_words() or word in heads()


def _has_joined_letters(key: str) -> bool:
    if key[0] not in _PREFIXES:
        return False
    rest = key[1:]
    return (
        _is_common(rest)
        or (key[0] in "وف" and rest[:1] in tuple("بلك") and (_is_common(rest[1:]) or _is_inflected(rest[1:])))
        or _is_well_attested(rest)
        or rest in known_forms()
        or (rest.startswith("ال") and (key[0] in "وف" or _is_common(rest[2:])))
        or _is_inflected(rest)
    )


def _is_well_attested(word: str) -> bool:
    counts = name_counts().get(word)
    return counts is not None and counts.given + counts.family >= _WELL_ATTESTED


def _is_inflected(key: str) -> bool:
    return any(
        key.endswith(ending) and (_is_common(key[: -len(ending)]) or _is_common(key[: -len(ending)] + "ه"))
        for ending in _ENDINGS
        if len(key) - len(ending) >= 3
    )


def _looks_like_verb(key: str) -> bool:
    """يخسرها، تستهدفه، سيلتقون: a prefix of the present tense with an ending of the plural or a pronoun."""
    bare = key[1:] if key[0] in "سوف" else key
    return len(bare) > 4 and bare[0] in "يتن" and bare.endswith(("ها", "هم", "ه", "وا", "ون", "ان"))


@lru_cache(_CACHED)
def can_continue(key: str, parts: int) -> bool:
    """Whether the word can be the next part of a person's name that has so many parts already."""
    if key in word_set("boundaries") or key in heads():
        return False
    if key[0] == "و" and key[1:2] != "ا" and key not in name_counts() and key not in glued_names():
        return False  # رونالدو وراموس
    if key in word_set("compound_endings"):
        return parts > 0
    if key in word_set("offices_not_names") or (parts > 1 and key in word_set("speaking")):
        return False
    if is_given(key) or (parts == 1 and key in glued_names()):
        return True
    counts = name_counts().get(key)
    if key in titles() and (parts > 1 or counts is None or counts.family < _FAMILY_THOUGH_NOUN):
        return False
    if key in nationalities():
        # After one given name it is a surname: منصور التركي.
        return parts == 1 and counts is not None and counts.family >= 3 and key.startswith("ال") and key.endswith("ي")
    if key in place_words():
        return counts is not None and counts.family >= _FAMILY_THOUGH_PLACE
    if counts is None:
        if parts == 1 and key.startswith("ال") and key.endswith("ي") and not _is_common(key):
            return len(key) > 5 and not _is_common(key[2:])
        if key.startswith("ال") and key.endswith("ان") and not _is_common(key) and not _is_common(key[2:]):
            return True  # السمحان، which is no dual
        return is_unknown(key) and (parts <= 1 or key.startswith("ال"))
    if key in ordinary_words():
        return counts.family >= _COMMON_FAMILY and counts.outside <= _RARE_WORD and parts in (1, 2)
    seen = counts.given + counts.family
    if seen <= counts.outside:
        return False
    if seen < _WELL_ATTESTED and key[0] == "و" and _has_joined_letters(key):
        return False
    return counts.family >= _FAMILY_THOUGH_NOUN or not (key.startswith("ال") and key[2:] in ordinary_words())


@lru_cache(_CACHED)
def stands_alone(key: str) -> bool:
    """Whether one word after a title is enough: الرئيس بوتين, but not الرئيس أمس."""
    if key in place_words():
        return False
    if key.startswith("ال"):
        return key in name_counts() and key not in ordinary_words() and key[2:] not in ordinary_words()
    return is_unknown(key) or is_given(key)
