"""How tables and documents for people call what records hold: the words that the pages have for it.

The models have the same labels; a test holds the two equal, since what writes files loads no models.
"""

from collections.abc import Mapping

from django.conf.locale import LANG_INFO
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.exports.records import ArticleRecord, AttributionRecord, MarkRecord

SAID, CONFIRMED = "said", "confirmed"
KINDS: Mapping[str, str] = {
    "quote": gettext_lazy("اقتباس"),
    "speaker": gettext_lazy("القائل"),
    "claim": gettext_lazy("ادعاء"),
}
STATUSES: Mapping[str, str] = {
    "suggested": gettext_lazy("مقترح"),
    "accepted": gettext_lazy("مقبول"),
    "rejected": gettext_lazy("مرفوض"),
}
QUOTE_TYPES: Mapping[str, str] = {
    "direct": gettext_lazy("مباشر"),
    "indirect": gettext_lazy("غير مباشر"),
    "mixed": gettext_lazy("مختلط"),
}
STANCES: Mapping[str, str] = {
    "neutral": gettext_lazy("محايدة"),
    "assertive": gettext_lazy("تأكيد"),
    "revealing": gettext_lazy("كشف"),
    "admitting": gettext_lazy("إقرار"),
    "warning": gettext_lazy("تحذير"),
    "demanding": gettext_lazy("مطالبة"),
    "accusing": gettext_lazy("اتهام"),
    "doubting": gettext_lazy("تشكيك"),
    "denying": gettext_lazy("نفي"),
}
CHANNELS: Mapping[str, str] = {
    "statement": gettext_lazy("بيان"),
    "remarks": gettext_lazy("تصريح"),
    "post": gettext_lazy("منشور"),
    "interview": gettext_lazy("مقابلة"),
    "press_conference": gettext_lazy("مؤتمر صحفي"),
    "speech": gettext_lazy("خطاب"),
    "call": gettext_lazy("اتصال"),
    "letter": gettext_lazy("رسالة"),
    "article": gettext_lazy("مقال"),
    "recording": gettext_lazy("تسجيل"),
    "report": gettext_lazy("تقرير"),
    "testimony": gettext_lazy("شهادة"),
}
ROLES: Mapping[str, str] = {
    SAID: gettext_lazy("قال"),
    "relayed": gettext_lazy("نقل"),
    "joint": gettext_lazy("قول مشترك"),
}
CERTAINTIES: Mapping[str, str] = {
    CONFIRMED: gettext_lazy("مؤكد"),
    "probable": gettext_lazy("مرجّح"),
    "uncertain": gettext_lazy("غير مؤكد"),
}
STANDINGS: Mapping[str, str] = {
    "exact": gettext_lazy("في موضعها"),
    "moved": gettext_lazy("انتقلت"),
    "doubtful": gettext_lazy("موضع غير مؤكد"),
    "lost": gettext_lazy("لم يُعثر عليها"),
}
_OPENING = '«“„"‹'


def called(labels: Mapping[str, str], key: str) -> str:
    """The word for it, in the language of the one who asks; the key itself where a file of others has its own."""
    return str(labels.get(key, key))


def runs_from_right(language: str) -> bool:
    """Of a language's script; an unknown one is taken for Arabic's (as articles.templatetags.reading.direction)."""
    return LANG_INFO.get(language.split("-")[0], {}).get("bidi", True)


def quoted(mark: MarkRecord) -> str:
    """Verbatim words in quotation marks, a paraphrase or anything else without (as annotations.citing.quoted)."""
    words = mark.exact.strip()
    return f"«{words}»" if mark.quote_type == "direct" and words[:1] not in _OPENING else words


def speakers_in(article: ArticleRecord) -> dict[str, str]:
    """The words of the speakers' marks, by their UUIDs."""
    return {mark.uuid: mark.exact for mark in article.marks if mark.kind == "speaker" and mark.uuid}


def name_of(link: AttributionRecord, speakers: Mapping[str, str]) -> str:
    """Who said it, as the ledger calls them: by the entity, else by the name understood, else by the marked words."""
    return (link.entity.name if link.entity else "") or link.name or speakers.get(link.speaker or "", "")


def named(link: AttributionRecord, speakers: Mapping[str, str]) -> str:
    """The name with what keeps it from being the one who said it for sure, in parentheses."""
    role, certainty = called(ROLES, link.role), called(CERTAINTIES, link.certainty)
    reserve = [*([role] if link.role != SAID else []), *([certainty] if link.certainty != CONFIRMED else [])]
    name = name_of(link, speakers)
    return f"{name} ({_('، ').join(reserve)})" if reserve else name
