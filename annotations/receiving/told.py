"""What became of a file's marks, in the words of the interface."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from annotations.models import Annotation
from annotations.receiving import linking
from annotations.receiving.report import Fate, Report

FATES = {
    Fate.NEW: _("جديدة"),
    Fate.MOVED: _("جديدة، عُثر على كلماتها في نص آخر"),
    Fate.REPLACED: _("تحل محل ما هنا"),
    Fate.UNCHANGED: _("هنا كما هي"),
    Fate.DIFFERS: _("تختلف عما هنا، فتُركت"),
    Fate.ALREADY: _("كلماتها معلَّمة هنا من قبل"),
    Fate.DOUBTFUL: _("موضعها غير مؤكد"),
    Fate.LOST: _("لم يُعثر على كلماتها"),
    Fate.REFUSED: _("مرفوضة"),
}
LEFT_OUT = {
    linking.NO_SPEAKER: _("قائل ليست علامته هنا"),
    linking.NO_QUOTE: _("اقتباس ليس هنا"),
    linking.NO_ROLE: _("إسناد بدور أو يقين غير معروف"),
    linking.NOBODY: _("إسناد إلى لا أحد"),
    linking.NO_ENTITY: _("اسم لا يصلح اسماً"),
    linking.NO_TAG: _("وسم لا يصلح وسماً"),
    linking.NO_CUE: _("عبارة إسناد لم يُعثر عليها في النص"),
    linking.NO_COMMENT: _("تعليق فارغ أو أطول مما يجوز"),
    linking.NO_CHANGE: _("تغيير من نوع غير معروف"),
    linking.NAMES: _("اسم في النص، فالأسماء تُعرف هنا من النص نفسه"),
}
_OWNED = {
    "parts": _("الكلمات"),
    "places": _("الموضع في النص الحالي"),
    "quote": _("يرد في الاقتباس"),
    "attributions": _("القائل"),
    "tags": _("الوسوم"),
    "comments": _("التعليقات"),
}


def differing(fields: Iterable[str]) -> str:
    """In what a mark of the file differs from the one here; `fields` as in annotations.receiving.comparing."""
    names = (str(_OWNED.get(name) or Annotation._meta.get_field(name).verbose_name) for name in fields)
    return gettext("هذه العلامة هنا، ويختلف فيها: %(fields)s.") % {"fields": gettext("، ").join(names)}


def fates_told(report: Report) -> list[tuple[Fate, str, int]]:
    """Those that any mark met, with how many did."""
    return [(fate, str(label), report.fates[fate]) for fate, label in FATES.items() if report.fates[fate]]


def left_out_told(report: Report) -> Iterator[tuple[str, int]]:
    for what, number in sorted(report.left_out.items()):
        yield str(LEFT_OUT.get(what, what)), number
