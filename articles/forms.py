from datetime import date

from django import forms
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Entity, Source
from articles.search import SearchQuery

# The form's controls stand in two places of the page; this is what ties them to it.
SEARCH_FORM = "search"
# Nobody looks for more people in one article, and each costs a query's condition.
MOST_ENTITIES = 10
# Newspapers are no older, and beyond the last day there is no next midnight to count from.
DAYS = (MinValueValidator(date(1700, 1, 1)), MaxValueValidator(date(2200, 1, 1)))


class DayField(forms.DateField):
    def __init__(self, **kwargs):
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "form": SEARCH_FORM})
        super().__init__(required=False, validators=DAYS, widget=widget, **kwargs)


class EntitiesField(forms.ModelMultipleChoiceField):
    """Entities that an article names, all of them. One that was merged stands for what it was merged into."""

    def clean(self, value):
        asked = {item for item in value or () if item}
        if not asked:
            return self.queryset.none()
        merged = Entity.objects.exclude(merged_into=None).filter(pk__in=filter(str.isdecimal, asked))
        standing = {str(pk): str(into) for pk, into in merged.values_list("pk", "merged_into")}
        if len(asked) > MOST_ENTITIES:
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return super().clean([standing.get(item, item) for item in asked])


class SearchForm(forms.Form):
    """What a reader may restrict the list by; choices are those that this reader may know of."""

    q = forms.CharField(
        label=_("ابحث في المواد"),
        required=False,
        max_length=500,
        widget=forms.TextInput(
            attrs={
                "type": "search",
                "enterkeyhint": "search",
                "form": SEARCH_FORM,
                "placeholder": _("كلمة أو اسم أو عبارة"),
            }
        ),
    )
    source = forms.ModelMultipleChoiceField(
        label=_("وسيلة الإعلام"),
        required=False,
        queryset=Source.objects.none(),
        widget=forms.CheckboxSelectMultiple(attrs={"form": SEARCH_FORM}),
    )
    since = DayField(label=_("من يوم"))
    until = DayField(label=_("إلى يوم"))
    entity = EntitiesField(
        label=_("اسم"),
        required=False,
        queryset=Entity.objects.none(),
        widget=forms.MultipleHiddenInput(attrs={"form": SEARCH_FORM}),
        error_messages={"invalid_choice": _("لا يرد هذا الاسم في أي مادة يمكنك قراءتها.")},
    )

    def __init__(self, *args, user: AbstractBaseUser | AnonymousUser, **kwargs):
        super().__init__(*args, **kwargs)
        readable = Article.objects.visible_to(user).filter(source=OuterRef("pk"))
        self.fields["source"].queryset = Source.objects.filter(Exists(readable))
        self.fields["entity"].queryset = Entity.objects.visible_to(user)

    def clean(self):
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and since > until:
            self.add_error("until", _("اليوم الأخير يسبق اليوم الأول."))

    def query(self) -> SearchQuery | None:
        """What is asked for, or None when something in it cannot be understood."""
        if not self.is_valid():
            return None
        asked = self.cleaned_data
        return SearchQuery(
            text=asked["q"],
            sources=tuple(source.pk for source in asked["source"]),
            since=asked["since"],
            until=asked["until"],
            entities=tuple(entity.pk for entity in asked["entity"]),
        )

    @property
    def narrows(self) -> bool:
        """Whether anything beside the words restricts the list."""
        return any(self.data.getlist(name) not in ([], [""]) for name in ("source", "since", "until", "entity"))


class PastedTextField(forms.CharField):
    """A text as it was pasted. Control characters are for the cleaning to drop, not a reason to refuse."""

    def to_python(self, value):
        return super().to_python(value).replace("\0", "")


class PasteForm(forms.Form):
    text = PastedTextField(
        label=_("نص المادة أو شيفرة صفحتها (HTML)"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("ألصق نصاً أو صفحة أولاً.")},
    )
