"""What the lists of quotes may be narrowed by."""

from datetime import MAXYEAR, datetime
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.models import Annotation, Stance
from annotations.speaking.audience import Audience
from articles.models import Source

EARLIEST = 1800


class QuotesForm(forms.Form):
    """Sources are those that this person may know of; a value that is none of the choices narrows nothing."""

    source = forms.ModelChoiceField(
        label=_("وسيلة الإعلام"), queryset=Source.objects.none(), required=False, empty_label=_("كل وسائل الإعلام")
    )
    stance = forms.ChoiceField(label=_("نبرة الفعل"), required=False, choices=[("", _("كل النبرات")), *Stance.choices])
    type = forms.ChoiceField(
        label=_("نوع الاقتباس"), required=False, choices=[("", _("كل الأنواع")), *Annotation.QuoteType.choices]
    )
    year = forms.IntegerField(
        label=_("السنة"),
        required=False,
        min_value=EARLIEST,
        max_value=MAXYEAR - 1,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "placeholder": _("كل السنوات")}),
    )

    def __init__(self, *args: Any, audience: Audience, **kwargs: Any):
        super().__init__(*args, **kwargs)
        readable = audience.articles.filter(source=OuterRef("pk"))
        self.fields["source"].queryset = Source.objects.filter(Exists(readable)).order_by("name")

    @property
    def _chosen(self) -> dict[str, Any]:
        self.is_valid()
        return self.cleaned_data

    @property
    def narrows(self) -> bool:
        return any(self._chosen.values())

    @property
    def articles(self) -> Q:
        """Of the source and the year, which is the newsroom's."""
        wanted, source, year = Q(), self._chosen.get("source"), self._chosen.get("year")
        if source:
            wanted &= Q(source=source)
        if year:
            zone = timezone.get_current_timezone()
            begin, end = (datetime(number, 1, 1, tzinfo=zone) for number in (year, year + 1))
            wanted &= Q(appeared_at__gte=begin, appeared_at__lt=end)
        return wanted

    @property
    def marks(self) -> Q:
        wanted = {"stance": self._chosen.get("stance"), "quote_type": self._chosen.get("type")}
        return Q(**{name: value for name, value in wanted.items() if value})
