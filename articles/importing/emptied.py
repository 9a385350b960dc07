"""Whether a new state of a page would take an article's text away: a notice where the text was, or nothing at all."""

from django.utils.translation import gettext

from articles.importing.composing import Composed
from articles.importing.pages import Refused
from articles.language.tokens import words

# What is left of an article when a notice stands where its text was; a short one is no more than this either.
_SHARE = 0.1


def refuse_emptied(before: str, composed: Composed) -> None:
    """Raise Refused for a text with next to nothing of the body that the article has; both begin with the headline."""
    had, has = _body(before), _body(composed.text)
    if had and has <= _SHARE * had:
        reason = gettext("النص الجديد يكاد يكون فارغاً (عدد كلماته %(has)d، وكانت %(had)d)؛ بقي النص السابق")
        raise Refused(reason % {"has": has, "had": had})


def _body(text: str) -> int:
    return len(words(text.partition("\n")[2]))
