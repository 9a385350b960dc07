"""Whether a new state of a page would take an article's text away: a notice where the text was, or nothing at all."""

from django.utils.translation import gettext

from articles.importing.composing import Composed
from articles.importing.pages import Refused
from articles.language.tokens import words

# A body of fewer words may be short news; of an article that had ten times as many it is what is left of one.
_FEW_WORDS = 25
_SHARE = 0.1


def refuse_emptied(before: str, composed: Composed) -> None:
    """Raise Refused for a text with next to nothing of the body that the article has; both begin with the headline."""
    had, has = _body(before), _body(composed.text)
    if has < _FEW_WORDS and has <= _SHARE * had and had:
        reason = gettext("النص الجديد يكاد يكون فارغاً (عدد كلماته %(has)d، وكانت %(had)d)؛ بقي النص السابق")
        raise Refused(reason % {"has": has, "had": had})


def _body(text: str) -> int:
    return len(words(text.partition("\n")[2]))
