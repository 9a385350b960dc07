"""What was left out of a file, in the interface's words."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

# By what the gathering and the formats count (Losses, Format.drops); a test holds every word of theirs to be here.
_LABELS = {
    "articles of internal sources": _("مواد من وسائل إعلام للاستعمال الداخلي، لم تخرج"),
    "marks on articles of internal sources": _("علامات على مواد للاستعمال الداخلي، لم تخرج"),
    "texts that their source's rights keep here": _("مواد خرجت بلا نصها الكامل، لأن حقوق مصدرها لا تسمح"),
    "marks that nobody accepted, on texts that stay here": _(
        "علامات لم يقبلها أحد، على مواد لا تسمح حقوق مصدرها بخروج نصها"
    ),
    "articles without marks": _("مواد ليس عليها ما طُلب"),
    "article longer than a line may be": _("مواد أطول من أن يسعها سطر من الملف"),
    "text not to leave": _("مواد تُركت لأن الصيغة تحتاج إلى النص الكامل، وحقوق مصدرها لا تسمح بخروجه"),
    "articles without marks or names": _("مواد بلا علامات ولا أسماء"),
    "texts": _("نصوص المواد"),
    "text of an article": _("نصوص المواد"),
    "text of another revision": _("نصوص إصدارات أخرى"),
    "blocks of texts": _("أجزاء النصوص (عناوين وفقرات)"),
    "kind of a block": _("أجزاء النصوص (عناوين وفقرات)"),
    "words that a mark was made on in another revision": _("كلمات علامات كما كانت في إصدار آخر"),
    "mark without a place in the current text": _("علامات لا موضع لها في النص الحالي"),
    "rejected mark": _("علامات مرفوضة"),
    "recogniser of a name": _("أداة التعرّف على الاسم"),
    "what tells an entity from its namesakes": _("ما يميّز الاسم عن سميّه"),
    "entity of a name": _("الاسم الذي يدل عليه الورود"),
    "entity behind a name": _("الاسم المعروف وراء القائل"),
    "name or entity of an attribution": _("اسم القائل في الإسناد"),
    "attribution to no marked words": _("إسناد إلى قائل بلا علامة"),
    "place where an entity is named": _("مواضع ورود الأسماء"),
    "place of a mark in another revision": _("مواضع العلامات في إصدارات أخرى"),
    "words around a mark": _("الكلمات المحيطة بالعلامات"),
    "time of a comment and what it answers": _("وقت التعليق وما يرد عليه"),
    "answer, edit, deletion or mention of a comment": _("تفاصيل التعليقات (الرد والتعديل والحذف والذكر)"),
    "words beyond 32,767 characters of a cell": _("كلمات لا تسعها خلية الجدول"),
    "mark that is no quote": _("علامات ليست اقتباسات"),
    "mark that is no claim": _("علامات ليست ادعاءات"),
    "quote that is not accepted": _("اقتباسات لم تُقبل"),
    "claim that is not accepted": _("ادعاءات لم تُقبل"),
    "quote whose place is doubtful or lost": _("اقتباسات موضعها غير مؤكد أو مفقود"),
    "claim whose place is doubtful or lost": _("ادعاءات موضعها غير مؤكد أو مفقود"),
    "quote beyond the first 2,000": _("اقتباسات بعد الألفين الأولى"),
    "claimant whom nobody confirmed": _("أصحاب ادعاءات لم يؤكدهم أحد"),
    "who relays a claim": _("ناقلو الادعاءات"),
    "place of a claim in the text": _("مواضع الادعاءات في النص"),
    "link between marks that do not stand together": _("روابط بين علامات لا تجتمع في الملف"),
    "link between the parts of a mark": _("صلة أجزاء العلامة بعضها ببعض"),
    "mark over another one in its column": _("علامات تتداخل مع غيرها في العمود نفسه"),
    "place of a mark within a word": _("حدود علامات داخل كلمة"),
    "mark that goes on in the next sentence": _("علامات تمتد إلى الجملة التالية"),
    "mark over white space alone": _("علامات على فراغ وحده"),
    "border of a part of a mark at the end of a line": _("حدود أجزاء من علامات عند نهاية سطر"),
    "white space between sentences": _("الفراغ بين الجمل"),
    "character that XML cannot hold": _("حروف لا تقبلها XML"),
    "UUID of a mark": _("معرّفات العلامات"),
    "how sure the place of a mark is": _("ثبات مواضع العلامات"),
    "status": _("حالة العلامة"),
    "type of a quote": _("نوع الاقتباس"),
    "stance": _("نبرة الفعل"),
    "channel": _("قناة القول"),
    "occasion": _("المناسبة"),
    "words for when it was said": _("وقت القول في النص"),
    "day when it was said": _("تاريخ القول"),
    "translated or not": _("كونه مترجماً"),
    "framing": _("تحفّظ الناقل"),
    "note": _("الملاحظات"),
    "quote of a claim": _("الاقتباس الذي يرد فيه الادعاء"),
    "attribution": _("الإسناد"),
    "tag": _("الوسوم"),
    "comment": _("التعليقات"),
    "change in a mark's history": _("سجل التغييرات"),
    "version of a mark": _("رقم تعديل العلامة"),
    "detector": _("أداة الرصد"),
    "version of the detector": _("إصدار أداة الرصد"),
    "rule of the detector": _("قاعدة الرصد"),
    "confidence": _("درجة الثقة"),
    "who made a mark": _("منشئ العلامة"),
    "when a mark was made": _("وقت إنشاء العلامة"),
    "who decided a mark": _("من بتّ في العلامة"),
    "when a mark was decided": _("وقت البتّ في العلامة"),
    "URL of an article": _("رابط المادة"),
    "key of an article": _("مفتاح المادة"),
    "address of an article": _("عنوان المادة في Newsdesk"),
    "source of an article": _("وسيلة إعلام المادة"),
    "byline": _("الكاتب"),
    "publication time": _("تاريخ النشر"),
    "precision of the publication time": _("دقة تاريخ النشر"),
    "language": _("اللغة"),
}


def told(losses: Mapping[str, int]) -> list[tuple[str, int]]:
    """What was left out with its numbers, the most first."""
    return sorted(((label_of(what), number) for what, number in losses.items()), key=lambda line: -line[1])


def label_of(what: str) -> str:
    return str(_LABELS.get(what, what))
