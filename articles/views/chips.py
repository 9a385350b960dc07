"""What beside the words restricts a list, as a reader sees it and can take it back."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles.delivering.wording import language_name
from articles.forms import NARROWING, SearchForm
from articles.models import Article
from articles.search.query import Sort


@dataclass(frozen=True)
class Chip:
    """One value of the form: as it is sent, and in words. `without`: the address of the same list without it."""

    name: str
    key: str
    label: str
    value: str
    without: str
    page: str = ""


def chips_of(form: SearchForm) -> list[Chip]:
    """Everything chosen in a valid form, in the order of its fields."""
    return [chip for name in NARROWING if name in form.fields for chip in _chips(form, name)]


def address(asked: QueryDict, **changes: object) -> str:
    """The address of the list that is asked for so, from its first page, with other values (None: without any)."""
    changed = asked.copy()
    for name, value in {"page": None, **changes}.items():
        values = value if isinstance(value, list) else [value]
        changed.setlist(name, [str(one) for one in values if one is not None])
    return written_address(changed)


def written_address(asked: QueryDict) -> str:
    """The same without fields that were left empty or as they are anyway."""
    told = [
        (name, value)
        for name, values in asked.lists()
        for value in values
        if value and (name, value) != ("sort", Sort.RELEVANCE)
    ]
    return f"{reverse('article_list')}?{urlencode(told)}" if told else reverse("article_list")


def _chips(form: SearchForm, name: str) -> Iterator[Chip]:
    chosen = form.cleaned_data[name]
    if not chosen:
        return
    values = chosen if hasattr(chosen, "__iter__") and not isinstance(chosen, str) else [chosen]
    # Not as it was asked: an entity that was merged may stand there under its old number.
    keys = [getattr(value, "pk", value) for value in values]
    for key, value in zip(keys, values, strict=True):
        without = address(form.data, **{name: [other for other in keys if other != key]})
        page = value.get_absolute_url() if name == "entity" else ""
        yield Chip(name, str(key), _label(form, name, value), _shown(name, value), without, page)


def _label(form: SearchForm, name: str, value: object) -> str:
    return value.get_kind_display() if name == "entity" else str(form.fields[name].label)


def _shown(name: str, value: object) -> str:
    if isinstance(value, date):
        # Translators: a Django date format string, for a date with a day.
        return date_format(value, _("j F Y"))
    if name == "language":
        return language_name(value)
    if name == "status":
        return str(Article.Status(value).label)
    if name == "marked":
        return _("عليها علامات") if value == "1" else _("بلا علامات")
    return str(value)
