"""A search as an address, in one form whoever typed it, and in words for those who read what came of it."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple
from urllib.parse import urlencode

from django import forms
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from articles.forms import SearchForm
from articles.models import Article
from articles.moments import told_as_known
from articles.search.query import Sort

# Five hundred Arabic letters, six characters each in an address, and as much again for what narrows the search.
LONGEST_ADDRESS = 6_000
_LONGEST_NAME = 200
# How results are ordered is not what was asked for; and what says no more than its absence is no part of an address.
_ORDER = "sort"
_IMPLIED = {_ORDER: Sort.RELEVANCE}


class Criterion(NamedTuple):
    """One thing that was asked for: what it is called on the form, and what was given for it."""

    label: str
    value: str


def form_of(address: str, user: AbstractBaseUser | AnonymousUser) -> SearchForm:
    """The form as it is for this person, filled with a saved address (what stands behind the question mark)."""
    return SearchForm(QueryDict(address), user=user)


def address_of(form: SearchForm) -> str:
    """What stands behind the question mark for a valid form: its fields in their order, without empty ones or a page.

    Forms that ask the same give the same, so that nobody saves one search twice.
    """
    return urlencode([(name, value) for name in form.fields for value in _given(form, name)])


def criteria_of(form: SearchForm) -> list[Criterion]:
    """What a valid form asks for, in the interface's words; nothing where everything is asked for."""
    told = ((_label(form, name), _told(form, name)) for name in form.fields if name != _ORDER)
    return [Criterion(label, value) for label, value in told if value]


def in_words(form: SearchForm) -> str:
    """The same as one line."""
    line = " · ".join(f"{criterion.label}: {criterion.value}" for criterion in criteria_of(form))
    return line or _("كل المواد")


def name_for(form: SearchForm) -> str:
    """What a search may be called until somebody gives it a name."""
    values = _("، ").join(criterion.value for criterion in criteria_of(form))
    return (values or _("كل المواد"))[:_LONGEST_NAME]


def dated_plainly(article: Article) -> str:
    """When it was published, in the newsroom's time zone and as precisely as it is known; empty where it is not."""
    return told_as_known(article.published_at, article.published_precision) if article.published_at else ""


def _given(form: SearchForm, name: str) -> Iterator[str]:
    field, cleaned = form.fields[name], form.cleaned_data.get(name)
    if isinstance(cleaned, date):
        values = [cleaned.isoformat()]
    elif _takes_several(field):
        values = [value.strip() for value in form.data.getlist(name)]
    else:
        values = [form.data.get(name, "").strip()]
    yield from (value for value in dict.fromkeys(values) if value and value != _IMPLIED.get(name))


def _label(form: SearchForm, name: str) -> str:
    """On the form the box of words says what to do with it."""
    return _("كلمات البحث") if name == "q" else str(form.fields[name].label)


def _told(form: SearchForm, name: str) -> str:
    field, value = form.fields[name], form.cleaned_data.get(name)
    if isinstance(field, forms.ModelMultipleChoiceField):
        return _("، ").join(str(chosen) for chosen in value)
    if isinstance(field, forms.ChoiceField):
        labels = {str(key): str(label) for key, label in field.choices}
        return _("، ").join(labels.get(given) or language_name(given) for given in _given(form, name))
    if isinstance(value, date):
        return date_format(value, _("j F Y"))
    return " ".join(str(value or "").split())


def language_name(code: str) -> str:
    """In the language of the interface, where it is known; any code may be asked for."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


def _takes_several(field: forms.Field) -> bool:
    return isinstance(field, forms.ModelMultipleChoiceField | forms.MultipleChoiceField)
