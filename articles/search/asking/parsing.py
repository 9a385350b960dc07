"""The query language: text → Asked. It never raises: what cannot be read as it was meant is words, and a note says so.

    كلمة كلمة           every word, in whatever form             -كلمة   not this (of everything below too)
    "عبارة" «عبارة»     side by side as written                  كلمة*   what begins like this
    =كلمة               this written form alone                  (…)     together
    أ أو ب، أ OR ب، أ|ب  one of the two; binds closer than a space
    مصدر:الميناء        a criterion (articles.search.asking.fields); values of several words stand in quotation marks

«أو» joins only what stands on both its sides; anywhere else it is a word.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from articles.language.tokens import words as words_of
from articles.search.analysing.words import MOST_WORDS, SoughtWord, sought_words
from articles.search.asking.days import period
from articles.search.asking.fields import value_named
from articles.search.asking.lexing import Flaw, Kind, Piece, cleaned, pieces
from articles.search.asking.parts import (
    Asked,
    Days,
    Either,
    Every,
    Exact,
    Field,
    Name,
    Not,
    Part,
    Phrase,
    Prefix,
    Title,
    Value,
    Words,
)

# Brackets within brackets; further ones are passed over.
MOST_NESTED = 10
# Each is a condition of its own; nobody types so many.
MOST_CRITERIA = 20
# Fewer letters, or the article with fewer after it, begin too many words.
SHORTEST_PREFIX = 2
_ARTICLE = "ال"
MOST_NOTES = 5
_LONGEST_IN_NOTE = 60
_KNOWN_VALUES = frozenset((Field.HAS, Field.LANGUAGE, Field.STATUS))


def read_asked(text: str) -> Asked:
    """A query as it is understood; a text of signs only asks for nothing."""
    plain = cleaned(text)
    reader = _QueryReader(plain, timezone.localdate())
    asked = Asked(plain, reader.every(depth=0))
    notes = [*reader.notes, *([_("ليس في ما كُتب كلمة يُبحث عنها.")] if asked.says_nothing else [])]
    return replace(asked, notes=tuple(notes[:MOST_NOTES]))


class _QueryReader:
    def __init__(self, text: str, today: date) -> None:
        self.pieces: Iterator[Piece] = pieces(text)
        self.today = today
        self.words_left = MOST_WORDS
        self.criteria_left = MOST_CRITERIA
        self.passed_over = 0  # opening brackets that were nested too deeply
        self.notes: dict[str, None] = {}

    def every(self, depth: int) -> Every:
        """What stands up to the closing bracket, or up to the end."""
        parts: list[Part] = []
        joining: Piece | None = None
        for piece in self.pieces:
            if piece.kind is Kind.CLOSE:
                if self._closes(depth):
                    break
                continue
            if piece.kind is Kind.OR:
                parts += self._plain_words(joining)
                joining = piece
                continue
            part = self._part(piece, depth)
            if part is None:
                continue
            if joining and parts:
                part = _either(parts.pop(), part)
            else:
                parts += self._plain_words(joining)
            parts.append(part)
            joining = None
        else:
            if depth:
                self._note(_("أُهمل قوس لا مقابل له."))
        return Every(tuple(_flattened([*parts, *self._plain_words(joining)])))

    def _closes(self, depth: int) -> bool:
        if self.passed_over:
            self.passed_over -= 1
            return False
        if not depth:
            self._note(_("أُهمل قوس لا مقابل له."))
        return depth > 0

    def _part(self, piece: Piece, depth: int) -> Part | None:
        if piece.kind is Kind.OPEN:
            part = self._group(depth)
        elif piece.flaw is Flaw.QUOTE:
            self._note(_("علامة تنصيص لم تُغلق، فبُحث عما بعدها كلمةً كلمة."))
            part = None
        elif piece.flaw is Flaw.EMPTY:
            self._note(_("لا قيمة بعد «%(field)s:»، فعُدّت كلمةً من كلمات البحث.") % {"field": piece.text})
            part = self._words(piece)
        elif piece.field:
            part = self._criterion(piece.field, piece)
        else:
            part = self._textual(piece)
        return Not(part) if part and piece.excluded else part

    def _group(self, depth: int) -> Part | None:
        if depth >= MOST_NESTED:
            self.passed_over += 1
            return None
        inner = self.every(depth + 1).parts
        return inner[0] if len(inner) == 1 else Every(inner) if inner else None

    def _textual(self, piece: Piece) -> Part | None:
        if piece.kind is Kind.QUOTED or piece.exact:
            sought = self._sought(piece.text)
            if not sought:
                return None
            return Exact(sought) if piece.exact and len(sought) == 1 else Phrase(sought)
        return self._prefix(piece) if piece.text.endswith("*") else self._words(piece)

    def _prefix(self, piece: Piece) -> Part | None:
        bare = piece.text.rstrip("*")
        sought = self._sought(bare)
        if len(sought) != 1 or words_of(bare)[0].text != bare:
            return self._as_words(sought, piece)
        if len(sought[0].surface.removeprefix(_ARTICLE)) < SHORTEST_PREFIX:
            self._note(
                _("يلزم قبل النجمة حرفان على الأقل غير أل التعريف، فبُحث عن «%(word)s» كلمةً تامة.") % {"word": bare}
            )
            return self._as_words(sought, piece)
        return Prefix(sought[0].surface)

    def _criterion(self, field: Field, piece: Piece) -> Part | None:
        if not self.criteria_left:
            self._note(_("الشروط كثيرة، فأُخذ بأول عشرين منها وأُهمل الباقي."))
            return None
        self.criteria_left -= 1
        value = " ".join(piece.text.split())
        if field is Field.TITLE:
            sought = self._sought(value)
            return Title(sought, phrase=piece.kind is Kind.QUOTED) if sought else None
        words = self._words(piece)
        if field in (Field.BEFORE, Field.AFTER):
            return self._days(field, value) or words
        if field in _KNOWN_VALUES:
            return self._known_value(field, value, words or Words((), piece.at))
        return Name(field, value, words) if words else None

    def _days(self, field: Field, value: str) -> Days | None:
        days = period(value, self.today)
        if days is None:
            self._note(
                _("لم يُفهم التاريخ «%(value)s»، فبُحث عنه في النصوص. اكتب مثلاً 2015-08-31 أو 2015-08 أو 2015.")
                % {"value": _short(value)}
            )
            return None
        return days_beyond(field, *days)

    def _known_value(self, field: Field, value: str, words: Words) -> Part | None:
        known = value_named(field, value)
        if known:
            return Value(field, known, words)
        lines = {
            Field.HAS: _(
                "لا يُعرف «فيه:%(value)s»، فبُحث عن «%(value)s» في النصوص. "
                "القيم الممكنة: اقتباس، ادعاء، علامة، صورة، جدول، منشور، كاتب، نسخ."
            ),
            Field.LANGUAGE: _("لا تُعرف لغة باسم «%(value)s»، فبُحث عنه في النصوص. اكتب مثلاً عربي أو إنجليزي أو fr."),
            Field.STATUS: _(
                "لا تُعرف حالة باسم «%(value)s»، فبُحث عنه في النصوص. القيم الممكنة: منشورة، مراجعة، محجوبة."
            ),
        }
        self._note(lines[field] % {"value": _short(value)})
        return words if words.words else None

    def _words(self, piece: Piece) -> Words | None:
        return self._as_words(self._sought(piece.text), piece)

    def _as_words(self, sought: tuple[SoughtWord, ...], piece: Piece) -> Words | None:
        return Words(sought, piece.at) if sought else None

    def _plain_words(self, joining: Piece | None) -> list[Part]:
        """«أو» where it joins nothing."""
        words = self._words(joining) if joining else None
        return [words] if words else []

    def _sought(self, text: str) -> tuple[SoughtWord, ...]:
        found = sought_words(text) if self.words_left else []
        if len(found) > self.words_left or (len(found) in (0, MOST_WORDS) and len(words_of(text)) > len(found)):
            self._note(_("نص البحث طويل، فقُرئت كلماته الخمسون الأولى وحدها."))
        taken = tuple(found[: self.words_left])
        self.words_left -= len(taken)
        return taken

    def _note(self, line: str) -> None:
        self.notes.setdefault(line)


def days_beyond(field: Field, first: date, last: date) -> Days:
    """before:2015 ends with 2014, after:2015 begins with 2016: what is named is left out."""
    if field is Field.BEFORE:
        return Days(last=date.fromordinal(first.toordinal() - 1))
    return Days(first=date.fromordinal(last.toordinal() + 1))


def _either(one: Part, other: Part) -> Either:
    return Either((*one.parts, other)) if isinstance(one, Either) else Either((one, other))


def _flattened(parts: list[Part]) -> Iterator[Part]:
    """Brackets around what is wanted anyway say nothing."""
    for part in parts:
        yield from part.parts if isinstance(part, Every) else (part,)


def _short(value: str) -> str:
    return value if len(value) <= _LONGEST_IN_NOTE else value[:_LONGEST_IN_NOTE] + "…"
