import re
from datetime import date

from django import forms
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Entity, Source
from articles.search.query import SearchQuery, Sort

# The form's controls stand in two places of the page; this is what ties them to it.
SEARCH_FORM = "search"
# Nobody looks for more people in one article, and each costs a query's condition.
MOST_ENTITIES = 10
MOST_SOURCES = 100
# Letters that the box takes: as an address they are six times as long, and servers read no more than 8,190 of one.
LONGEST_QUERY = 1000
MOST_LANGUAGES = 20
LISTED_SOURCES = 200
LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
# The parameters beside the words that restrict a list.
NARROWING = ("source", "since", "until", "entity", "language", "status", "marked")
# Newspapers are no older, and beyond the last day there is no next midnight to count from.
DAYS = (MinValueValidator(date(1700, 1, 1)), MaxValueValidator(date(2200, 1, 1)))


class DayField(forms.DateField):
    def __init__(self, **kwargs):
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "form": SEARCH_FORM})
        super().__init__(required=False, validators=DAYS, widget=widget, **kwargs)


class WordsField(forms.CharField):
    """Whatever is asked for is no error: what the search does not read of it, it says itself."""

    def to_python(self, value):
        return super().to_python(value and value.replace("\0", " "))


class EntitiesField(forms.ModelMultipleChoiceField):
    """Entities that an article names, all of them. One that was merged stands for what it was merged into."""

    def clean(self, value):
        asked = {item for item in value or () if item}
        if not asked:
            return self.queryset.none()
        if len(asked) > MOST_ENTITIES:
            raise forms.ValidationError(_("يمكن اختيار %(most)s أسماء على الأكثر.") % {"most": MOST_ENTITIES})
        merged = Entity.objects.exclude(merged_into=None).filter(pk__in=filter(str.isdecimal, asked))
        standing = {str(pk): str(into) for pk, into in merged.values_list("pk", "merged_into")}
        return super().clean([standing.get(item, item) for item in asked])


class SourcesField(forms.ModelMultipleChoiceField):
    def clean(self, value):
        if value and len(value) > MOST_SOURCES:
            raise forms.ValidationError(_("يمكن اختيار %(most)s وسيلة إعلام على الأكثر.") % {"most": MOST_SOURCES})
        return super().clean([item for item in value or () if item])


class LanguagesField(forms.MultipleChoiceField):
    """Codes of languages. Any may be asked for: which ones there are is the index' to say."""

    def valid_value(self, value):
        return bool(LANGUAGE.fullmatch(value))

    def to_python(self, value):
        return list(dict.fromkeys(item for item in super().to_python(value) if item))[:MOST_LANGUAGES]


class SearchForm(forms.Form):
    """What a reader may restrict the list by; choices are those that this reader may know of."""

    q = WordsField(
        label=_("ابحث في المواد"),
        required=False,
        widget=forms.TextInput(
            attrs={
                "type": "search",
                "maxlength": LONGEST_QUERY,
                "enterkeyhint": "search",
                "form": SEARCH_FORM,
                "autocomplete": "off",
                "spellcheck": "false",
                "placeholder": _("كلمة أو اسم أو عبارة"),
            }
        ),
    )
    sort = forms.ChoiceField(
        label=_("ترتيب النتائج"),
        required=False,
        choices=(
            (Sort.RELEVANCE.value, _("الأوثق صلة")),
            (Sort.NEWEST.value, _("الأحدث أولاً")),
            (Sort.OLDEST.value, _("الأقدم أولاً")),
        ),
        widget=forms.Select(attrs={"form": SEARCH_FORM}),
    )
    source = SourcesField(
        label=_("وسيلة الإعلام"),
        required=False,
        queryset=Source.objects.none(),
        widget=forms.CheckboxSelectMultiple(attrs={"form": SEARCH_FORM}),
        error_messages={"invalid_choice": _("لا مادة يمكنك قراءتها من وسيلة الإعلام هذه.")},
    )
    since = DayField(label=_("من يوم"))
    until = DayField(label=_("إلى يوم"))
    language = LanguagesField(
        label=_("اللغة"), required=False, error_messages={"invalid_choice": _("«%(value)s» ليس رمز لغة.")}
    )
    status = forms.MultipleChoiceField(label=_("حالة النشر"), required=False, choices=Article.Status.choices)
    marked = forms.ChoiceField(
        label=_("العلامات"), required=False, choices=(("1", _("عليها علامات")), ("0", _("بلا علامات")))
    )
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
        if not user.has_perm("articles.view_unpublished"):
            del self.fields["status"]

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
            sort=Sort(asked["sort"] or Sort.RELEVANCE),
            sources=tuple(source.pk for source in asked["source"]),
            since=asked["since"],
            until=asked["until"],
            entities=tuple(entity.pk for entity in asked["entity"]),
            languages=tuple(asked["language"]),
            statuses=tuple(asked.get("status", ())),
            marked=bool(int(asked["marked"])) if asked["marked"] else None,
        )

    @property
    def narrows(self) -> bool:
        """Whether anything beside the words restricts the list."""
        return any(self.data.getlist(name) not in ([], [""]) for name in NARROWING if name in self.fields)

    @property
    def other_sources(self) -> QuerySet[Source]:
        """Those that are not chosen, as many as a plain list may hold."""
        chosen = self.cleaned_data.get("source") or ()
        return self.fields["source"].queryset.exclude(pk__in=[source.pk for source in chosen])[:LISTED_SOURCES]


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
