"""The names and values of criteria, in Arabic and in English, as people type them."""

from functools import cache

from articles.language.folding import fold
from articles.search import facts
from articles.search.asking.parts import Field

_NAMES = {
    Field.SOURCE: "source مصدر وسيلة",
    Field.TITLE: "title عنوان",
    Field.PERSON: "person شخص",
    Field.ORGANISATION: "org organisation organization جهة منظمة",
    Field.PLACE: "place مكان",
    Field.SPEAKER: "speaker قائل القائل",
    Field.BEFORE: "before قبل",
    Field.AFTER: "after بعد",
    Field.HAS: "has فيه فيها",
    Field.LANGUAGE: "lang language لغة",
    Field.STATUS: "status حالة",
}
# «_» stands for a space here.
_HAS = {
    facts.QUOTE: "quote quotes اقتباس اقتباسات",
    facts.CLAIM: "claim claims ادعاء ادعاءات",
    facts.MARK: "mark marks علامة علامات",
    facts.IMAGE: "image images صورة صور",
    facts.TABLE: "table tables جدول جداول",
    facts.POST: "post posts منشور منشورات",
    facts.BYLINE: "byline author كاتب",
    facts.COPIES: "copies copy نسخ نسخة إعادات_نشر إعادة_نشر",
}
_LANGUAGES = {
    "ar": "arabic عربي عربية العربية",
    "en": "english إنجليزي إنجليزية الإنجليزية",
    "fr": "french فرنسي فرنسية الفرنسية",
    "fa": "persian farsi فارسي فارسية الفارسية",
    "tr": "turkish تركي تركية التركية",
    "he": "hebrew عبري عبرية العبرية",
    "ckb": "kurdish كردي كردية الكردية",
    "ur": "urdu أردو أردي أردية الأردية",
    "de": "german ألماني ألمانية الألمانية",
    "es": "spanish إسباني إسبانية الإسبانية",
    "ru": "russian روسي روسية الروسية",
    "it": "italian إيطالي إيطالية الإيطالية",
}
_STATUSES = {
    "published": "published منشور منشورة المنشورة",
    "pending": "pending مراجعة المراجعة قيد_المراجعة معلقة",
    "hidden": "hidden محجوب محجوبة المحجوبة",
}
# ISO 639, as articles have it.
_CODE_LENGTHS = (2, 3)


def field_named(name: str) -> Field | None:
    return _by_form()["fields"].get(fold(name))


def value_named(field: Field, text: str) -> str | None:
    """What `has:`, `lang:` or `status:` is asked for. A language that has no name here is asked for by its code."""
    folded = fold(text).strip()
    known = _by_form()[field].get(folded)
    if known is None and field is Field.LANGUAGE and len(folded) in _CODE_LENGTHS and folded.isascii():
        return folded if folded.isalpha() else None
    return known


@cache
def _by_form() -> dict[str, dict[str, str]]:
    tables = {"fields": _NAMES, Field.HAS: _HAS, Field.LANGUAGE: _LANGUAGES, Field.STATUS: _STATUSES}
    return {
        name: {
            fold(form.replace("_", " ")): value for value, forms in table.items() for form in (*forms.split(), value)
        }
        for name, table in tables.items()
    }
