"""What a definite noun alone points back to: «الشركة» to «شركة الأفق», «التقرير» to «تقرير لديوان المحاسبة»."""

from annotations.detection.entity_tokens import EntityTokens, Named
from annotations.detection.noun_phrases import NounPhrase, phrase_at
from annotations.detection.passage import Passage
from annotations.detection.vocabulary import classes_of, in_class, particles, without_article
from articles.language.lexicon import heads

_MOST_ENTITIES = 60
_DOCUMENT_REACH = 400


def is_body(form: str) -> bool:
    """By the detector's own classes, or a class word of organisations (مجمع، مصرف)."""
    if in_class(form, "body"):
        return True
    head = heads().get(without_article(form))
    return head is not None and head.kind == "organisation"


def earlier_body(entities: EntityTokens, passage: Passage, phrase: NounPhrase) -> Named | None:
    """The organisation named before with this class word in its name or right before it; None where there are several.

    Not where the word alone is a name (الحكومة، الجيش).
    """
    forms = passage.reading.forms
    word = without_article(forms[phrase.first])
    if phrase.stop != phrase.first + 1 or word in particles("sole_body") or not forms[phrase.first].startswith("ال"):
        return None
    found: dict[str, Named] = {}
    for named in entities.before(phrase.first, _MOST_ENTITIES):
        if named.entity.kind != "organisation":
            continue
        first = named.first - 1 if forms[named.first - 1] in ("«", '"', "“") else named.first
        inside = without_article(_bare(forms[named.first])) == word and named.stop > named.first + 1
        if inside or (first > 0 and _bare(forms[first - 1]) == word):
            found.setdefault(named.entity.name, named)
    return next(iter(found.values())) if len(found) == 1 else None


def _bare(form: str) -> str:
    """Without an attached letter before a class word (لشركة، وشركة)."""
    return form[1:] if form[:1] in "ولب" and (classes_of(form[1:]) or form[1:] in heads()) else form


def earlier_document(entities: EntityTokens, passage: Passage, phrase: NounPhrase) -> NounPhrase | None:
    """The nearest phrase before that tells which document is meant (تقرير لديوان المحاسبة، التقارير الغربية)."""
    forms = passage.reading.forms
    if phrase.stop != phrase.first + 1 or not forms[phrase.first].startswith("ال"):
        return None
    word = without_article(forms[phrase.first])
    for token in range(phrase.first - 1, max(-1, phrase.first - _DOCUMENT_REACH), -1):
        if forms[token] not in (word, forms[phrase.first]):
            continue
        found = phrase_at(passage, entities, token, passage.bounds.stop[token])
        if found is not None and found.stop > token + 1:
            return found if found.person is None and found.unlisted is None else None
    return None
