from typing import Any

from django import forms
from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext_lazy as _

from annotations.exporting.scopes import ALL, ARTICLES, MARKS, SEARCH, Scope
from annotations.exporting.told import label_of
from annotations.exporting.wanted import Wanted, statuses_for
from annotations.exports.format import Format
from annotations.exports.formats import FORMATS
from annotations.models import Annotation

# What an address can hold: the admin's pages have no more on them.
MOST_CHOSEN = 500


class KeysField(forms.CharField):
    """Keys as «1,2,3»."""

    def clean(self, value: Any) -> tuple[int, ...]:
        keys = [key for key in (super().clean(value) or "").split(",") if key]
        if len(keys) > MOST_CHOSEN or not all(key.isascii() and key.isdecimal() and len(key) < 19 for key in keys):
            raise forms.ValidationError(_("هذا الاختيار غير صالح."))
        return tuple(dict.fromkeys(int(key) for key in keys))


class ScopeForm(forms.Form):
    """Of what: some articles, some marks, a search (`of=search` with the fields of the search form), or everything."""

    article = KeysField(required=False)
    mark = KeysField(required=False)

    def __init__(self, *args: Any, user: AbstractBaseUser, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self._user = user

    @property
    def scope(self) -> Scope | None:
        """None where keys are none."""
        if not self.is_valid():
            return None
        if self.cleaned_data["article"]:
            return Scope(ARTICLES, self._user, self.cleaned_data["article"])
        if self.cleaned_data["mark"]:
            return Scope(MARKS, self._user, self.cleaned_data["mark"])
        if self.data.get("of") == SEARCH:
            asked = self.data.copy()
            del asked["of"]
            return Scope(SEARCH, self._user, address=asked.urlencode())
        return Scope(ALL, self._user)


class ExportForm(forms.Form):
    """In which format, and what of the marks. Statuses are those that this person may export."""

    format = forms.ChoiceField(label=_("صيغة الملف"), choices=[(key, form.label) for key, form in FORMATS.items()])
    kinds = forms.MultipleChoiceField(
        label=_("أنواع العلامات"),
        choices=Annotation.Kind.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("اختر نوعاً واحداً على الأقل.")},
    )
    statuses = forms.MultipleChoiceField(
        label=_("حالتها"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("اختر حالة واحدة على الأقل.")},
    )
    comments = forms.BooleanField(label=_("التعليقات"), required=False)
    history = forms.BooleanField(label=_("سجل التغييرات"), required=False)
    mentions = forms.BooleanField(label=_("أسماء الأشخاص والجهات والأماكن في النص"), required=False)

    def __init__(self, *args: Any, user: AbstractBaseUser, **kwargs: Any):
        asked = Wanted()
        initial = {"format": next(iter(FORMATS)), **asked.options}
        super().__init__(*args, initial=initial, **kwargs)
        allowed = statuses_for(user)
        self.fields["statuses"].choices = [choice for choice in Annotation.Status.choices if choice[0] in allowed]
        # Nothing to choose.
        if len(allowed) == 1:
            del self.fields["statuses"]

    @property
    def wanted(self) -> Wanted:
        """Of a valid form."""
        return Wanted.of({name: value for name, value in self.cleaned_data.items() if name != "format"})

    @property
    def formats(self) -> list[tuple[Format, list[str], bool]]:
        """As they are offered: each with what it does not hold, and whether it is chosen."""
        chosen = self["format"].value()
        return [(form, _dropped(form), key == chosen) for key, form in FORMATS.items()]


def _dropped(form: Format) -> list[str]:
    return list(dict.fromkeys(label_of(what) for what in form.drops))
