"""The form in which a moderator corrects an article."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.corrections.blocks import lines_of
from articles.corrections.correcting import Published
from articles.forms import DAYS, PastedTextField
from articles.models import Article

LONGEST_TITLE, LONGEST_BODY, LONGEST_NOTE = 2_000, 2_000_000, 2_000
# The words in which the form's dates are said, as HTML's own date and time fields take them.
DAY, TIME = "%Y-%m-%d", "%H:%M"


class CorrectionForm(forms.Form):
    """An article as it stands: `seen` is the revision that the person works on, `body` has a block a line."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    title = PastedTextField(
        label=_("العنوان"),
        max_length=LONGEST_TITLE,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto", "autocomplete": "off"}),
        error_messages={"required": _("اكتب عنوان المادة.")},
    )
    body = PastedTextField(
        label=_("النص"),
        required=False,
        max_length=LONGEST_BODY,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 16, "dir": "auto", "autocomplete": "off"}),
        help_text=_("كل سطر فقرة. الفقرات التي لا تغيّرها تبقى على نوعها: فقرة أو عنوان فرعي أو اقتباس."),
    )
    precision = forms.ChoiceField(
        label=_("تاريخ النشر"), required=False, choices=[("", _("غير معروف")), *Article.Precision.choices]
    )
    day = forms.DateField(
        label=_("يوم النشر"),
        required=False,
        validators=DAYS,
        widget=forms.DateInput(format=DAY, attrs={"type": "date"}),
    )
    time = forms.TimeField(
        label=_("ساعة النشر"), required=False, widget=forms.TimeInput(format=TIME, attrs={"type": "time"})
    )
    note = PastedTextField(
        label=_("سبب التصحيح"),
        max_length=LONGEST_NOTE,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
        error_messages={"required": _("اكتب سبب التصحيح.")},
        help_text=_("يظهر للقراء مع التصحيح."),
    )

    @classmethod
    def of(cls, article: Article, data: Any = None) -> "CorrectionForm":
        """Filled with the article as it stands, or bound to what a person sent."""
        at = timezone.localtime(article.published_at) if article.published_at else None
        precision = article.published_precision
        lines = lines_of(article.current_revision)
        initial = {
            "seen": article.current_revision_id,
            "title": article.title,
            "body": "\n".join(line.text for line in lines[1:]),
            "precision": precision,
            "day": at.date() if at else None,
            "time": at.time().replace(second=0, microsecond=0) if precision == Article.Precision.MINUTE else None,
        }
        return cls(data, initial=initial)

    def clean(self) -> None:
        precision, day = self.cleaned_data.get("precision"), self.cleaned_data.get("day")
        if precision and not day and "day" not in self.errors:
            self.add_error("day", _("اختر يوم النشر، أو «غير معروف»."))
        if precision == Article.Precision.MINUTE and not self.cleaned_data.get("time") and "time" not in self.errors:
            self.add_error("time", _("اكتب ساعة النشر، أو اختر «باليوم»."))

    def published(self) -> Published | None:
        """The date that a person chose, in the newsroom's time; None where it was left as it was."""
        if not {"precision", "day", "time"} & set(self.changed_data):
            return None
        asked = self.cleaned_data
        precision, day = asked["precision"], asked["day"]
        if not precision:
            return Published(None, "")
        if precision == Article.Precision.MONTH:
            day = day.replace(day=1)
        clock = asked["time"] if precision == Article.Precision.MINUTE else time.min
        return Published(timezone.make_aware(datetime.combine(day, clock)), precision)


class RestoreForm(forms.Form):
    """Which of an article's texts it is to have again."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    number = forms.ChoiceField(label=_("الإصدار"))
    reason = PastedTextField(
        label=_("السبب"),
        max_length=LONGEST_NOTE,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
        error_messages={"required": _("اكتب سبب الاستعادة.")},
    )

    def __init__(self, *args, revisions: list[tuple[int, str]], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["number"].choices = revisions
