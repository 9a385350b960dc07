from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from annotations.models import Annotation
from annotations.permissions import OTHERS
from annotations.receiving.running import READABLE
from articles.import_forms import too_much


class MarkImportForm(forms.Form):
    """A file of marks, and what it is."""

    file = forms.FileField(
        label=_("الملف"),
        allow_empty_file=True,
        error_messages={"required": _("اختر ملفاً.")},
    )
    format = forms.ChoiceField(label=_("صيغة الملف"), choices=[(key, form.label) for key, form in READABLE.items()])
    kind = forms.ChoiceField(
        label=_("نوع العلامات التي لا يذكر الملف نوعها"),
        required=False,
        choices=[("", _("تُرفض")), *Annotation.Kind.choices],
        help_text=_("برامج أخرى تكتب ملاحظات بلا نوع."),
    )
    replace = forms.BooleanField(
        label=_("استبدل العلامات المختلفة"),
        required=False,
        help_text=_("ما كان هنا وفي الملف غيره يصير كما في الملف، ويبقى ما كان في سجل العلامة. بلا ذلك يُترك كما هو."),
    )

    def __init__(self, *args: Any, user: AbstractBaseUser, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not user.has_perm(OTHERS):
            del self.fields["replace"]

    def clean_file(self) -> UploadedFile:
        file = self.cleaned_data["file"]
        if file.size > settings.UPLOAD_MAX_BYTES:
            raise forms.ValidationError(too_much(), code="too_much")
        return file

    @property
    def is_unfolded(self) -> bool:
        """Whether the options have something in them that has to be seen."""
        return any(self[name].value() for name in ("kind", "replace") if name in self.fields)
