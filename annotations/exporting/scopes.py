"""Of which articles marks are exported: one, some, chosen marks, a search, or everything that a person may read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.exporting.gathering import BATCH
from annotations.exporting.wanted import Wanted
from annotations.models import Annotation
from annotations.permissions import Person
from articles.delivering.results import found
from articles.delivering.wording import form_of, in_words
from articles.models import Article, Source
from articles.search.query import Reader

# Of a search: far more than anybody has; their keys are in memory.
_MOST_FOUND = 2_000_000
_COUNTED_AT_ONCE = 10_000
ARTICLES, MARKS, SEARCH, ALL = "articles", "marks", "search", "all"


class AnyMember(AnonymousUser):
    """Whoever is signed in and has no right beyond: whose eyes a command sees with when it names no account."""

    is_active = True
    is_authenticated = True
    is_anonymous = False

    def has_perm(self, perm: str, obj: object = None) -> bool:
        return False


class NoSuchScope(ValueError):
    """What was asked for cannot be found any more; the message is a line for whoever asked."""


@dataclass(frozen=True)
class Scope:
    """`ids` are keys of articles, or of marks for MARKS; `address` is a search form's (articles.delivering.wording).

    `user` is whose eyes see it.
    """

    kind: str
    user: Person
    ids: tuple[int, ...] = ()
    address: str = ""

    @classmethod
    def of(cls, stored: dict[str, Any], user: Person) -> Self:
        return cls(stored["kind"], user, tuple(stored.get("ids", ())), stored.get("address", ""))

    @property
    def stored(self) -> dict[str, Any]:
        """As values that JSON knows, without the person."""
        told = {"kind": self.kind, "ids": list(self.ids), "address": self.address}
        return {name: value for name, value in told.items() if value}

    @property
    def chosen(self) -> tuple[int, ...] | None:
        """The keys of the only marks that are meant."""
        return self.ids if self.kind == MARKS else None

    @property
    def is_readable(self) -> bool:
        """Whether there is anything of what was named that this person may read."""
        return self.kind in (SEARCH, ALL) or bool(self._keys)

    @property
    def title(self) -> str:
        """In the interface's words."""
        if self.kind == ARTICLES:
            # Files say what they are of; the headline of what does not leave is not said in them.
            titled = self._readable().of_open_sources().filter(pk__in=self.ids).values_list("title", flat=True)
            if len(self.ids) == 1 and titled:
                return titled[0]
            return ngettext("مادة مختارة واحدة", "%(number)d مادة مختارة", len(self.ids)) % {"number": len(self.ids)}
        if self.kind == MARKS:
            return ngettext("علامة مختارة واحدة", "%(number)d علامة مختارة", len(self.ids)) % {"number": len(self.ids)}
        return self._searched() if self.kind == SEARCH else _("كل المواد")

    def batches(self, wanted: Wanted) -> Iterator[Sequence[int]]:
        """The keys of the articles, in their order. Raises NoSuchScope and SearchUnavailable."""
        return self._all(wanted) if self.kind == ALL else self._of_keys(self._keys)

    def total(self, wanted: Wanted) -> int:
        """How many articles that are, as far as that is known before they are read."""
        return self._everything(wanted).count() if self.kind == ALL else len(self._keys)

    def rights(self) -> dict[str, int]:
        """How many of the articles their sources' rights hold back: {"internal": 3, "excerpt": 20}; nothing of ALL."""
        held = self._readable().exclude(source__rights=Source.Rights.FULL)
        counted: dict[str, int] = {}
        for first in range(0, 0 if self.kind == ALL else len(self._keys), _COUNTED_AT_ONCE):
            some = held.filter(pk__in=self._keys[first : first + _COUNTED_AT_ONCE]).order_by()
            for rights, number in some.values_list("source__rights").annotate(Count("pk")):
                counted[rights] = counted.get(rights, 0) + number
        return counted

    def mark_count(self, wanted: Wanted, *, most: int) -> int:
        """How many marks, counted up to `most`."""
        marks = Annotation.objects.filter(status__in=wanted.statuses, kind__in=wanted.kinds)
        if self.kind == ALL:
            return marks.filter(revision__article__in=self._readable())[:most].count()
        if self.kind == MARKS:
            marks = marks.filter(pk__in=self.ids)
        keys, counted = self._keys, 0
        for first in range(0, len(keys), BATCH):
            counted += marks.filter(revision__article__in=keys[first : first + BATCH])[:most].count()
            if counted >= most:
                return most
        return counted

    @cached_property
    def _keys(self) -> list[int]:
        if self.kind == SEARCH:
            return sorted(self._found())
        keys = self.ids
        if self.kind == MARKS:
            keys = Annotation.objects.filter(pk__in=self.ids).values("revision__article")
        return list(self._readable().filter(pk__in=keys).order_by("pk").values_list("pk", flat=True))

    def _of_keys(self, keys: Sequence[int]) -> Iterator[Sequence[int]]:
        """What may be read at this moment: the index may be behind, and articles are hidden meanwhile."""
        for first in range(0, len(keys), BATCH):
            rows = self._readable().filter(pk__in=keys[first : first + BATCH]).order_by("pk")
            yield list(rows.values_list("pk", flat=True))

    def _all(self, wanted: Wanted) -> Iterator[Sequence[int]]:
        last = 0
        while batch := list(
            self._everything(wanted).filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]
        ):
            yield batch
            last = batch[-1]

    def _everything(self, wanted: Wanted) -> QuerySet[Article]:
        """Articles with marks; where names are wanted any article may have some."""
        marks = Annotation.objects.filter(
            revision__article=OuterRef("pk"), status__in=wanted.statuses, kind__in=wanted.kinds
        )
        return self._readable() if wanted.mentions else self._readable().filter(Exists(marks))

    def _readable(self) -> QuerySet[Article]:
        return Article.objects.visible_to(self.user).exclude(current_revision=None)

    def _found(self) -> list[int]:
        query = form_of(self.address, self.user).query()
        if query is None:
            raise NoSuchScope(_("لم يعد هذا البحث صالحاً: أحد شروطه اسم أو وسيلة إعلام لم تعد موجودة."))
        return found(query, reader=Reader.of(self.user), most=_MOST_FOUND, loosely=True).ids

    def _searched(self) -> str:
        form = form_of(self.address, self.user)
        return in_words(form) if form.is_valid() else self.address
