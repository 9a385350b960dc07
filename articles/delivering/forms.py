"""What somebody says of a search that they keep."""

from django import forms
from django.utils.translation import gettext_lazy as _

from articles.models import SavedSearch

_HOURS = [(hour, f"{hour:02}:00") for hour in range(24)]


class NameForm(forms.Form):
    name = forms.CharField(
        label=_("اسم البحث"),
        max_length=200,
        error_messages={"required": _("اكتب اسماً تميّز به هذا البحث.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_name(self) -> str:
        """One line: it becomes the subject of mails."""
        return " ".join(self.cleaned_data["name"].split())


class MailForm(forms.Form):
    mail = forms.ChoiceField(label=_("أرسل الجديد بالبريد الإلكتروني"), choices=SavedSearch.Mail.choices)
    weekday = forms.TypedChoiceField(
        label=_("يوم الإرسال الأسبوعي"), coerce=int, choices=SavedSearch.Weekday.choices, required=False, empty_value=7
    )
    hour = forms.TypedChoiceField(label=_("الساعة"), coerce=int, choices=_HOURS)

    @classmethod
    def of(cls, search: SavedSearch) -> "MailForm":
        """As it stands; several of them are on one page."""
        said = {"mail": search.mail, "weekday": search.weekday, "hour": search.hour}
        return cls(initial=said, auto_id=f"%s-{search.pk}")

    @property
    def hour_in_words(self) -> str:
        return dict(_HOURS)[self.initial["hour"]]
