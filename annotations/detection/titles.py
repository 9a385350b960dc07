"""Under which titles an article's people appear: وزير الدفاع الإسرائيلي before a name is whom «وزير الدفاع» means."""

from annotations.detection.entity_tokens import EntityTokens
from annotations.detection.passage import Passage
from annotations.detection.vocabulary import in_class, particles, without_article
from annotations.detection.word_roles import is_preposition
from articles.language.clitics import clitic_splits
from articles.language.folding import fold

_LONGEST_TITLE = 16
_HIS_HIGHNESS = fold("صاحب")


def titles_of(passage: Passage, entities: EntityTokens) -> dict[str, set[str]]:
    """Name → the words of the titles right before it, by `title_key`."""
    titles: dict[str, set[str]] = {}
    for named in entities.all:
        if named.entity.kind == "person":
            titles.setdefault(named.entity.name, set()).update(_title_before(passage, named.first))
    return titles


def title_key(form: str) -> str:
    """A word of a title, so that المسؤول الإيراني meets مسؤول … الإيرانية."""
    return without_article(form).removesuffix("ه")


def _title_before(passage: Passage, token: int) -> set[str]:
    """As far back as the office.

    A definite title or an honour may stand beside the office before it (أمير المنطقة … الأمير فلان).
    """
    reading, words = passage.reading, []
    office: set[str] = set()
    if token and not in_class(reading.forms[token - 1], "person") and not reading.forms[token - 1].startswith("ال"):
        return office
    for before in range(token - 1, max(-1, token - _LONGEST_TITLE), -1):
        form = reading.forms[before]
        if not reading.is_word[before] or before in passage.cues or is_preposition(reading, before):
            break
        words.append(form)
        if form.startswith("لل") or (form[0] == "ل" and clitic_splits(reading.surface(before))[0].prefix == "ل"):
            # «رفع أمير المنطقة التعازي لخادم الحرمين الملك فلان»: the words before are another's.
            break
        earlier = reading.forms[before - 1] if before else ""
        if in_class(form, "person") and not in_class(earlier, "person"):
            office = set(map(title_key, words))
            honour = form in particles("honour") or form == _HIS_HIGHNESS
            if not (honour or (form.startswith("ال") and earlier.startswith("ال"))):
                break
    return office
