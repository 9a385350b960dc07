from typing import Any

from django import forms
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from annotations.checking.listing import Filters
from annotations.checking.opening import assignable
from annotations.models import Check, Evidence, Rating, Reply
from articles.models import Article, Source

NOBODY = "nobody"
LONGEST_QUESTION = 300


class WordsField(forms.CharField):
    """Whatever is asked for is no error."""

    def to_python(self, value):
        return super().to_python(value and value.replace("\0", " ")[:LONGEST_QUESTION])


class CheckFilterForm(forms.Form):
    """What a list of checks may be narrowed by; a value that is none of the choices narrows nothing."""

    q = WordsField(label=_("كلمات من الادعاء"), required=False)
    claimant = WordsField(label=_("القائل"), required=False)
    status = forms.ChoiceField(label=_("حالة الملف"), required=False)
    rating = forms.ModelChoiceField(
        label=_("التقدير"), queryset=Rating.objects.all(), required=False, empty_label=_("كل التقديرات")
    )
    source = forms.ModelChoiceField(
        label=_("وسيلة الإعلام"), queryset=Source.objects.none(), required=False, empty_label=_("كل وسائل الإعلام")
    )
    assignee = forms.ChoiceField(label=_("المكلّف"), required=False)

    def __init__(self, *args: Any, user: AbstractBaseUser | AnonymousUser, **kwargs: Any):
        super().__init__(*args, **kwargs)
        shown = Check.Status if user.is_authenticated else (Check.Status.PUBLISHED, Check.Status.WITHDRAWN)
        self.fields["status"].choices = [("", _("كل الحالات")), *((one.value, one.label) for one in shown)]
        readable = Article.objects.visible_to(user).filter(source=OuterRef("pk"))
        self.fields["source"].queryset = Source.objects.filter(Exists(readable)).order_by("name")
        if user.is_authenticated:
            people = ((str(one.pk), one.get_username()) for one in assignable())
            self.fields["assignee"].choices = [("", _("كل المكلّفين")), (NOBODY, _("بلا مكلّف")), *people]
        else:
            del self.fields["assignee"]

    @property
    def filters(self) -> Filters:
        self.is_valid()
        chosen = self.cleaned_data
        assignee = chosen.get("assignee") or ""
        return Filters(
            words=chosen.get("q") or "",
            status=chosen.get("status") or "",
            rating=chosen["rating"].pk if chosen.get("rating") else None,
            claimant=chosen.get("claimant") or "",
            assignee=int(assignee) if assignee.isdecimal() else None,
            nobody=assignee == NOBODY,
            source=chosen.get("source"),
        )

    @property
    def narrows(self) -> bool:
        return self.filters != Filters()


class EvidenceForm(forms.Form):
    """A place on the web, or an article of ours by its address or number."""

    stance = forms.ChoiceField(label=_("ما يقوله الدليل"), choices=Evidence.Stance.choices)
    place = forms.CharField(label=_("عنوانه على الشبكة، أو عنوان مادة هنا"), max_length=2000)
    title = forms.CharField(label=_("ما هو"), max_length=300, required=False)
    archived_url = forms.CharField(label=_("عنوان نسخة مؤرشفة منه"), max_length=2000, required=False)
    quote = forms.CharField(
        label=_("ما فيه بنصه"), max_length=10_000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    note = forms.CharField(
        label=_("ما الذي يبيّنه؟"), max_length=10_000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, user: AbstractBaseUser, own: str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.user, self.own = user, own
        for name in ("place", "archived_url"):
            self.fields[name].widget.attrs |= {"dir": "ltr", "inputmode": "url"}

    def clean(self) -> dict[str, Any]:
        """`own` is where this site's addresses begin: an article of ours is kept as such, not by its address."""
        cleaned = super().clean()
        place = cleaned.pop("place", "").strip()
        path = place.removeprefix(self.own).removeprefix("/articles/").split("#")[0].strip("/")
        if place.startswith((f"{self.own}/articles/", "/articles/")) and path.isdecimal() and len(path) < 19:
            article = Article.objects.visible_to(self.user).filter(pk=path).first()
            if article is None:
                self.add_error("place", _("لا مادة هنا على هذا العنوان."))
            return cleaned | {"article": article}
        return cleaned | {"url": place}


class ReplyForm(forms.Form):
    asked = forms.CharField(label=_("من سُئل"), max_length=300)
    channel = forms.ChoiceField(label=_("كيف سُئل"), choices=Reply.Channel.choices)
    deadline = forms.DateField(
        label=_("مهلة الرد"), required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )


class VerdictForm(forms.Form):
    rating = forms.ModelChoiceField(
        label=_("التقدير"), queryset=Rating.objects.filter(is_offered=True), widget=forms.RadioSelect, empty_label=None
    )
    reasons = forms.CharField(label=_("الأسباب"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 8}))
