"""What an editor gives to an import, and what a subscription is made of."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.importing.formats import FORMATS
from articles.language.folding import fold
from articles.models import FeedSubscription, Source
from articles.templatetags.imports import megabytes

# More is a list of addresses in a file of its own.
MOST_ADDRESSES = 5_000
LONGEST_ADDRESS = 2_000
LONGEST_COLUMN = 200

FORMAT_LABELS = {
    "html": _("صفحات HTML"),
    "text": _("نصوص"),
    "jsonl": _("JSONL (مادة في كل سطر)"),
    "csv": _("جدول CSV"),
    "tsv": _("جدول TSV"),
    "warc": _("أرشيف WARC"),
    "feed": _("خلاصة RSS أو Atom"),
    "sitemap": _("خريطة موقع"),
    "addresses": _("قائمة عناوين"),
}
COLUMN_LABELS = {
    "title": _("العنوان"),
    "text": _("النص"),
    "html": _("شيفرة الصفحة"),
    "url": _("الرابط"),
    "published_at": _("تاريخ النشر"),
    "byline": _("الكاتب"),
    "source": _("وسيلة الإعلام"),
    "language": _("اللغة"),
}


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class UploadsField(forms.Field):
    """Any number of files, empty ones too: what is in each is for the import to judge, one by one."""

    widget = FilesInput

    def clean(self, value: Sequence[UploadedFile] | None) -> list[UploadedFile]:
        files = list(value or ())
        if sum(file.size for file in files) > settings.UPLOAD_MAX_BYTES:
            raise forms.ValidationError(too_much(), code="too_much")
        return files


class AddressesField(forms.CharField):
    """Addresses, one a line, as a list without repetition; a line without a scheme is taken for https."""

    def clean(self, value: str | None) -> list[str]:
        lines = super().clean(value).splitlines()
        addresses = [self._address(number, line.strip()) for number, line in enumerate(lines, 1) if line.strip()]
        if len(addresses) > MOST_ADDRESSES:
            line = gettext("العناوين أكثر من %(most)s. احفظها في ملف نصي، عنواناً في كل سطر، وأرسل الملف.")
            raise forms.ValidationError(line % {"most": f"{MOST_ADDRESSES:,}"}, code="too_many")
        return list(dict.fromkeys(addresses))

    def _address(self, number: int, line: str) -> str:
        address = line if "://" in line else f"https://{line}"
        if not is_web_address(address):
            wrong = gettext("السطر %(number)d ليس عنوان صفحة: %(line)s")
            raise forms.ValidationError(wrong % {"number": number, "line": line[:100]}, code="invalid")
        return address


class ColumnsField(forms.CharField):
    """A column map, "field=column" a line, the field by our name or by its label; a dictionary by our names."""

    def clean(self, value: str | None) -> dict[str, str]:
        lines = super().clean(value).splitlines()
        return dict(self._pair(number, line) for number, line in enumerate(lines, 1) if line.strip())

    def _pair(self, number: int, line: str) -> tuple[str, str]:
        named, _sign, column = (part.strip() for part in line.partition("="))
        field = {fold(str(label)): name for name, label in COLUMN_LABELS.items()}.get(fold(named), named.lower())
        if field not in COLUMN_LABELS or not 0 < len(column) <= LONGEST_COLUMN:
            wrong = gettext("السطر %(number)d غير مفهوم. اكتب في كل سطر: الحقل=العمود، والحقول هي: %(fields)s")
            fields = gettext("، ").join(map(str, COLUMN_LABELS.values()))
            raise forms.ValidationError(wrong % {"number": number, "fields": fields}, code="invalid")
        return field, column


class ImportForm(forms.Form):
    addresses = AddressesField(
        label=_("عناوين صفحات أو خلاصات أو خرائط مواقع"),
        required=False,
        help_text=_("عنوان في كل سطر"),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "ltr", "autocomplete": "off", "spellcheck": "false"}),
    )
    source = forms.CharField(
        label=_("وسيلة الإعلام"),
        required=False,
        max_length=200,
        help_text=_("لما لا يُعرف ناشره من عنوانه، في هذه العملية وحدها. اختر من القائمة أو اكتب اسماً جديداً."),
        widget=forms.TextInput(attrs={"list": "outlets", "autocomplete": "off"}),
    )
    format = forms.ChoiceField(
        label=_("ما هذه الملفات؟"),
        required=False,
        choices=[("", _("تلقائي")), *((name, FORMAT_LABELS[name]) for name in FORMATS if name != "zip")],
    )
    columns = ColumnsField(
        label=_("أسماء الأعمدة في الجدول"),
        required=False,
        help_text=_("لملفات CSV وTSV وJSONL حين لا تُعرف أعمدتها من أسمائها."),
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off", "spellcheck": "false"}),
    )
    files = UploadsField(label=_("الملفات"), required=False)

    def clean(self) -> None:
        if not self.errors and not (self.cleaned_data["files"] or self.cleaned_data["addresses"]):
            raise forms.ValidationError(gettext("اختر ملفاً، أو اكتب عنواناً واحداً على الأقل."), code="nothing")

    @property
    def is_unfolded(self) -> bool:
        """Whether the options have something in them that has to be seen."""
        return any(self[name].value() or self[name].errors for name in ("source", "format", "columns"))


class SubscriptionForm(forms.Form):
    address = forms.CharField(
        label=_("عنوان الخلاصة"),
        max_length=LONGEST_ADDRESS,
        error_messages={"required": _("اكتب عنوان الخلاصة أولاً.")},
        widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
    )
    every = forms.IntegerField(
        label=_("تُجلب كل كم دقيقة"),
        initial=30,
        min_value=5,
        max_value=10_080,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    source = forms.ModelChoiceField(
        label=_("وسيلة الإعلام"), required=False, queryset=Source.objects.all(), empty_label=_("كما في الخلاصة")
    )

    def clean_address(self) -> str:
        given = self.cleaned_data["address"].strip()
        address = given if "://" in given else f"https://{given}"
        if not is_web_address(address):
            raise forms.ValidationError(gettext("ليس هذا عنواناً يبدأ بـ http أو https."), code="invalid")
        if FeedSubscription.objects.filter(address=address).exists():
            raise forms.ValidationError(gettext("هذه الخلاصة مشترك بها من قبل."), code="known")
        return address


def is_web_address(address: str) -> bool:
    """Whether this can be an http(s) address; what stands behind it is for the fetcher to judge."""
    if len(address) > LONGEST_ADDRESS or any(letter.isspace() or not letter.isprintable() for letter in address):
        return False
    try:
        parts = urlsplit(address)
        return parts.scheme.lower() in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def too_much() -> str:
    line = gettext("ما اخترته أكبر مما يُرسل دفعة واحدة (%(size)s). أرسل الملفات على دفعات.")
    return line % {"size": megabytes(settings.UPLOAD_MAX_BYTES)}


def too_many() -> str:
    line = gettext("الملفات أكثر من %(most)s. اجمعها في ملف ZIP واحد وأرسله.")
    return line % {"most": settings.DATA_UPLOAD_MAX_NUMBER_FILES}
