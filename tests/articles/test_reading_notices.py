"""Notices that stand where an article should be, and short news that says the same words."""

import pytest

from articles.importing.pages import Refused
from articles.importing.readers.html import read_html
from tests.articles.test_reading_no_article import LOGIN, PASSAGES, TITLE, page, paragraphs

SEARCH = "صفحة بحث"
MAINTENANCE = "متوقف للصيانة"
ADVERTISING = "مانع الإعلانات"


@pytest.mark.parametrize(
    ("title", "lines", "reason"),
    [
        (
            "نتائج البحث عن التجديف",
            ("لم يتم العثور على نتائج مطابقة لبحثك.", "جرّب كلمات بحث أخرى أقصر من هذه."),
            SEARCH,
        ),
        (
            "نتائج البحث",
            ("عذراً، لا توجد نتائج لكلمة البحث التي أدخلتها، ويمكنك تصفح أقسام الموقع من القائمة.",),
            SEARCH,
        ),
        ("Search results", ("No results found for your search. Please try again with other keywords here.",), SEARCH),
        ("بوابة الضفة", ("الموقع قيد الصيانة حالياً، وسنعود إليكم قريباً. نعتذر عن الإزعاج ونشكر صبركم.",), MAINTENANCE),
        (
            "الموقع تحت الصيانة",
            ("نجري الآن تحديثات على خوادمنا لتحسين الخدمة، فعودوا لزيارتنا بعد ساعات.",),
            MAINTENANCE,
        ),
        (
            "Under maintenance",
            ("The site is under maintenance at the moment. We will be back soon, thank you.",),
            MAINTENANCE,
        ),
        (TITLE, ("يبدو أنك تستخدم مانع إعلانات في متصفحك. يرجى تعطيل مانع الإعلانات لمتابعة القراءة.",), ADVERTISING),
        (
            TITLE,
            ("لقد رصدنا أداة حجب الإعلانات لديك. الإعلانات تموّل عملنا، فعطّل مانع الإعلانات من فضلك.",),
            ADVERTISING,
        ),
        (TITLE, (PASSAGES[0], "هذا المقال متاح للمشتركين. اشترك لقراءة بقية المقال."), LOGIN),
        (TITLE, (PASSAGES[0], "هذه المادة حصرية للمشتركين في الموقع، وتبدأ الباقات من عشرة دنانير."), LOGIN),
    ],
)
def test_a_notice_in_the_place_of_an_article_is_refused_for_what_it_is(title, lines, reason):
    with pytest.raises(Refused, match=reason):
        read_html(page(f"<h1>{title}</h1>{paragraphs(lines)}", title=title))


@pytest.mark.parametrize(
    "line",
    [
        "قالت بلدية الضفة إن موقعها الإلكتروني قيد الصيانة منذ أمس. ودعت المراجعين إلى زيارة مكاتبها حتى عودة الخدمة.",
        "تعطّل موقع الجامعة قبل ساعات من إعلان النتائج. وأوضح عميدها أن الموقع تحت الصيانة وأن النتائج تُعلن غداً.",
        "لم يتم العثور على نتائج التحاليل في ملف المريض. وأعلنت المستشفى فتح تحقيق في الحادثة وإعادة الفحوص كلها.",
        "تواصل فرق الإنقاذ نتائج البحث عن المفقودين في النهر. وأفاد الدفاع المدني بأن البحث سيستمر حتى مساء اليوم.",
        "أعلنت شركة للبرمجيات إصدار مانع إعلانات جديد يعمل في الهواتف. وتقول الشركة إن مانع الإعلانات يحمي الأطفال.",
        "يصل المتصفح الجديد إلى الهواتف مطلع الشهر المقبل، ومعه مانع إعلانات وقارئ للصفحات يعمل من دون اتصال بالشبكة.",
        "«سنعود قريباً، ونعتذر عن الإزعاج». بهذه اللافتة ودّع أصحاب المقهى القديم زبائنهم قبل بدء ترميم الشارع كله.",
        "لم يتم العثور على نتائج التحاليل في ملف المريض، ففتح المستشفى تحقيقاً في الحادثة وأعاد الفحوص كلها يوم الأحد.",
        "خفضت شركة المياه رسومها لمشتركي الأحياء القديمة. وأكد مديرها أن التخفيض يشمل جميع المشتركين من غير استثناء.",
        "«نجري أعمال صيانة في خط المياه ونعتذر عن الإزعاج»، قال مدير الشركة لسكان الضفة الذين انقطعت عنهم المياه أمس.",
        "يُغلق الجسر القديم غداً أمام السيارات. الجسر قيد الصيانة منذ شهر، وستُحوّل الحركة إلى الجسر الجديد حتى الخميس.",
    ],
)
def test_short_news_that_says_the_same_words_is_read(line):
    read = read_html(page(f"<article><h1>{TITLE}</h1><p>{line}</p></article>"))
    assert [block.text for block in read.blocks] == [line]


@pytest.mark.parametrize("title", ["نتائج البحث", "الموقع تحت الصيانة"])
def test_a_whole_article_under_such_a_headline_is_read(title):
    read = read_html(page(f"<article><h1>{title}</h1>{paragraphs(PASSAGES)}</article>", title=title))
    assert len(read.blocks) == len(PASSAGES)
