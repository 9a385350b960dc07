"""What was left out of a file, in the interface's words."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from annotations.exporting.gathering import INTERNAL_ARTICLES, INTERNAL_MARKS, TEXTS_KEPT, UNMARKED

# By what the gathering and the formats count; the words of a format that are not here are told as they stand.
_LABELS = {
    INTERNAL_ARTICLES: _("مواد من وسائل إعلام للاستعمال الداخلي، لم تخرج"),
    INTERNAL_MARKS: _("علامات على مواد للاستعمال الداخلي، لم تخرج"),
    TEXTS_KEPT: _("مواد خرجت بلا نصها الكامل، لأن حقوق مصدرها لا تسمح"),
    UNMARKED: _("مواد ليس عليها ما طُلب"),
    "text not to leave": _("مواد تُركت لأن الصيغة تحتاج إلى النص الكامل، وحقوق مصدرها لا تسمح بخروجه"),
}


def told(losses: Mapping[str, int]) -> list[tuple[str, int]]:
    """What was left out with its numbers, the most first."""
    return sorted(((label_of(what), number) for what, number in losses.items()), key=lambda line: -line[1])


def label_of(what: str) -> str:
    return str(_LABELS.get(what, what))
