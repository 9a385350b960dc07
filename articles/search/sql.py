"""Folding inside a query, for the few places that match text in PostgreSQL itself."""

from django.db.models import Func, TextField, Value
from django.db.models.functions import Lower

from articles.language.folding import fold

ARABIC = range(0x600, 0x700)


def _translation() -> tuple[str, str]:
    """What fold() does to single Arabic characters, as PostgreSQL's translate() takes it: from, to.

    Characters that fold to nothing come last in `from`, where they have no counterpart and are deleted.
    """
    folded = {chr(code): fold(chr(code)) for code in ARABIC}
    changed = {char: form for char, form in folded.items() if len(form) == 1 and form != char}
    dropped = [char for char, form in folded.items() if not form]
    return "".join([*changed, *dropped]), "".join(changed.values())


class Folded(Func):
    """The folded text of an expression, equal to articles.language.folding.fold for Arabic script and Latin letters."""

    function = "translate"
    output_field = TextField()

    def __init__(self, expression, **extra):
        source, target = _translation()
        super().__init__(Lower(expression), Value(source), Value(target), **extra)
