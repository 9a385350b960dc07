from typing import Any

from django import forms
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from annotations.queue import Filters
from articles.models import Article, Source

SURE = (("", _("أي ثقة")), ("0.9", _("90% فأكثر")), ("0.8", _("80% فأكثر")), ("0.7", _("70% فأكثر")))


class QueueForm(forms.Form):
    """What the suggestions of the queue may be narrowed by; sources are those that this person may know of."""

    source = forms.ModelChoiceField(
        label=_("وسيلة الإعلام"), queryset=Source.objects.none(), required=False, empty_label=_("كل وسائل الإعلام")
    )
    kind = forms.ChoiceField(
        label=_("النوع"),
        required=False,
        choices=(("", _("اقتباسات وادعاءات")), ("quote", _("اقتباسات")), ("claim", _("ادعاءات"))),
    )
    confidence = forms.TypedChoiceField(label=_("الثقة"), required=False, choices=SURE, coerce=float, empty_value=0)

    def __init__(self, *args: Any, user: AbstractBaseUser, **kwargs: Any):
        super().__init__(*args, **kwargs)
        readable = Article.objects.visible_to(user).filter(source=OuterRef("pk"))
        self.fields["source"].queryset = Source.objects.filter(Exists(readable)).order_by("name")

    @property
    def filters(self) -> Filters:
        """What was chosen; a value that is none of the choices narrows nothing."""
        self.is_valid()
        chosen = self.cleaned_data
        source = chosen.get("source")
        return Filters(source.pk if source else None, chosen.get("kind") or "", chosen.get("confidence") or 0)
