"""Names in a query looked up, and what this reader may not ask for turned into words."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from articles.models import Article
from articles.search.asking.compiling import Question
from articles.search.asking.naming import entities_named, families, sources_named, stand_in
from articles.search.asking.parsing import MOST_NOTES, read_asked
from articles.search.asking.parts import Either, Every, Field, Name, Not, Part, Value
from articles.search.query import Reader, SearchQuery

# Beyond these an article could not name all of them anyway; each is a condition.
MOST_ENTITIES = 50


def question_of(query: SearchQuery, reader: Reader) -> Question:
    """Three queries to the database for each name in the text, one for all entities; none where there are neither."""
    asked = read_asked(query.text)
    named: dict[Name, dict[int, str]] = {}
    notes = list(asked.notes)

    def resolved(part: Part) -> Part:
        if isinstance(part, Name):
            if part not in named:
                named[part] = _borne(part, reader)
            if named[part]:
                return part
            notes.append(_unknown(part))
            return part.words
        if isinstance(part, Value) and part.field is Field.STATUS and len(reader.statuses) < 2:
            notes.append(_("لا يبحث بالحالة إلا من يطّلع على المواد غير المنشورة، فعُدّت الحالة كلمةً من كلمات البحث."))
            return part.words
        return part

    part = _rebuilt(asked.part, resolved)
    return Question(
        query=query,
        reader=reader,
        asked=asked,
        part=part if isinstance(part, Every) else Every((part,)),
        named=named,
        families=families(query.entities[:MOST_ENTITIES]),
        notes=tuple(dict.fromkeys(notes))[:MOST_NOTES],
    )


def _rebuilt(part: Part, resolved: Callable[[Part], Part]) -> Part:
    match part:
        case Every(parts):
            return Every(tuple(_rebuilt(inner, resolved) for inner in parts))
        case Either(parts):
            return Either(tuple(_rebuilt(inner, resolved) for inner in parts))
        case Not(inner):
            return Not(_rebuilt(inner, resolved))
        case _:
            return resolved(part)


def _borne(part: Name, reader: Reader) -> dict[int, str]:
    """What the name stands for; nothing where this reader may read no article of it."""
    if part.field is Field.SOURCE:
        named = dict.fromkeys(sources_named(part.text), "")
    else:
        named = entities_named(part.field, part.text)
    reads_everything = set(reader.statuses) >= set(Article.Status.values) and not reader.closed
    return named if not named or reads_everything or stand_in(part.field, named, reader) else {}


def _unknown(part: Name) -> str:
    if part.field is Field.SOURCE:
        line = _("لا وسيلة إعلام باسم «%(name)s»، فبُحث عن الاسم في النصوص.")
    else:
        line = _("لا يرد «%(name)s» بين الأسماء، فبُحث عنه في النصوص.")
    return line % {"name": part.text}
