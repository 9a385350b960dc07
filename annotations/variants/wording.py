"""What the interface calls the verdicts, differences and changes."""

from django.utils.translation import gettext_lazy as _

VERDICTS = {
    "same": _("القول نفسه"),
    "shortened": _("مختصر"),
    "reworded": _("بصياغة أخرى"),
    "altered": _("مغيَّر"),
    "translation": _("اختلاف ترجمة"),
}
CHANGES = {
    "same": _("كما هو"),
    "respelled": _("اختلاف إملائي"),
    "attached": _("اختلاف في الأحرف المتصلة"),
    "inflected": _("صيغة أخرى من الكلمة"),
    "replaced": _("استُبدل"),
    "inserted": _("أضيف"),
    "dropped": _("حُذف"),
    "moved": _("نُقل من موضعه"),
}
DIFFERENCES = {
    ("negation", "dropped"): _("حُذف النفي"),
    ("negation", "added"): _("أضيف نفي"),
    ("number", "changed"): _("تغيّر الرقم"),
    ("number", "dropped"): _("حُذف الرقم"),
    ("number", "added"): _("أضيف رقم"),
    ("name", "changed"): _("استُبدل الاسم"),
    ("context", "dropped"): _("حُذف شرط أو استثناء أو استدراك"),
    ("context", "added"): _("أضيف شرط أو استثناء أو استدراك"),
    ("certainty", "strengthened"): _("صار القول أكثر جزماً"),
    ("certainty", "weakened"): _("صار القول أقل جزماً"),
    ("attribution", "changed"): _("اختلف فعل الإسناد"),
}
"""By kind and direction; every pair that judging can give."""

TO_CHECK = _("فرق يُتحقَّق منه، وليس دليلاً على تغيير")
