"""Pages that stand where an article should be, or that hold more than one: read as what they are."""

import pytest

from articles.importing.pages import Refused
from articles.importing.readers.html import read_html

TITLE = "نادي الضفة يفتتح موسم التجديف بسباق بين الجسرين"
PASSAGES = (
    "افتتح نادي الضفة موسم التجديف بسباق بين الجسرين شارك فيه أربعون قارباً، وتابعه مئات من سكان الضفتين.",
    "وقال رئيس النادي هاني البحار إن عدد المنتسبين تضاعف في عامين، وإن النادي سيفتح مدرسة لتعليم الصغار في الصيف.",
    "وفاز بالسباق فريق الميناء بعد منافسة شديدة مع فريق القلعة، وحل ثالثاً فريق الطلاب الذي يشارك للمرة الأولى.",
    "وتستمر السباقات كل سبت حتى نهاية الخريف، وتُقام النهائيات عند الجسر القديم بحضور أندية من ثلاث مدن أخرى.",
    "ودعا النادي السائقين إلى تجنب طريق الضفة في ساعات السباق، وخصص موقفاً للسيارات في ساحة السوق القريبة.",
)
OTHER_TITLE = "السوق المسقوف يستعيد رخامه بعد عامين من الترميم"
OTHER = (
    "انتهت أعمال ترميم السوق المسقوف في البلدة القديمة، واستعادت أرضيته رخامها الأصلي الذي كان تحت الإسمنت.",
    "وقالت المهندسة سعاد النجار إن الفريق رقّم القطع واحدة واحدة، وأعاد كلاً منها إلى مكانها بعد تنظيفها.",
    "ويعود التجار إلى دكاكينهم مطلع الشهر المقبل، على أن تُضاء القبة ليلاً ويُفتح السطح للزوار في أيام العطل والأعياد.",
    "وبلغت تكلفة الترميم أقل مما رُصد له، فيما تدرس البلدية تخصيص الباقي لترميم الحمّام القديم الملاصق للسوق.",
    "وكان السوق قد أُغلق قبل عامين بعد انهيار جزء من سقفه في عاصفة، من دون أن يصاب أحد من التجار أو من المارة.",
)


def page(body: str, *, title: str = TITLE, head: str = "") -> bytes:
    return (
        f"<!DOCTYPE html><html lang='ar'><head><meta charset='utf-8'><title>{title}</title>{head}</head><body>"
        f"<nav><a href='/'>الرئيسية</a> <a href='/sport'>رياضة</a></nav>{body}<footer>جميع الحقوق محفوظة</footer>"
        "</body></html>"
    ).encode()


def paragraphs(lines: tuple[str, ...]) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


MISSING = "الصفحة المطلوبة غير موجودة"
LOGIN = "تسجيل الدخول أو الاشتراك"
COOKIES = "ملفات الارتباط"
ROBOT = "التحقق من المتصفح"
LINKS = "قائمة روابط"
SEVERAL = "أكثر من مادة"
NOTHING = "نص مادة|لا نص فيه|أقصر"
LINK_LIST = [
    f"<a href='/{number}'>عنوان خبر من أخبار المدينة يحمل الرقم {number} في القائمة</a>" for number in range(30)
]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (page("", title="نادي الضفة"), NOTHING),
        (page("<div id='app'></div><script>render()</script>"), NOTHING),
        (page("<img src='/1.jpg'><img src='/2.jpg'>"), NOTHING),
        # Gone, and said with the status of a page that is there.
        (page("<h1>الصفحة غير موجودة</h1>", title="الصفحة غير موجودة - بوابة الضفة"), MISSING),
        (page("<h1>404</h1><p>عذراً، الصفحة التي تبحث عنها غير موجودة أو نُقلت.</p>", title="404"), MISSING),
        (page("<p>عذرًا، لا يمكن العثور على الصفحة. ربما تم حذفها أو تغيّر رابطها.</p>", title="بوابة الضفة"), MISSING),
        (page("<h1>Page not found</h1><p>The page you are looking for could not be found.</p>", title="x"), MISSING),
        (page("<h1>الخبر غير موجود</h1><p>تم حذف هذا الخبر من الموقع، يمكنك تصفح آخر الأخبار.</p>"), MISSING),
        (
            page(f"<h1>الصفحة غير موجودة</h1><p>{PASSAGES[0]}</p><p>{PASSAGES[1]}</p>{paragraphs(OTHER)}"
                 f"<ul><li>{'</li><li>'.join(LINK_LIST)}</li></ul>", title="الصفحة غير موجودة | بوابة الضفة"),
            MISSING,
        ),
        # Readable for members only.
        (
            page("<h1>تسجيل الدخول</h1><form><label>البريد</label><input type='email'><label>كلمة المرور</label>"
                 "<input type='password'><a href='/r'>نسيت كلمة المرور؟</a></form>", title="تسجيل الدخول"),
            LOGIN,
        ),
        (page(f"<h1>{TITLE}</h1><p>{PASSAGES[0]}</p><p>هذا المحتوى للمشتركين فقط، اشترك لمتابعة القراءة.</p>"), LOGIN),
        (
            page(f"<h1>{TITLE}</h1><p>سجّل الدخول لمتابعة قراءة المقال، أو أنشئ حساباً جديداً في دقيقة.</p>"),
            LOGIN,
        ),
        (
            page("<h1>نحن نهتم بخصوصيتك</h1><p>يستخدم هذا الموقع ملفات تعريف الارتباط لعرض إعلانات تناسبك."
                 "</p><p>بالنقر على «أوافق» تقبل استخدام الكوكيز وفق سياسة الموقع.</p><button>أوافق</button>"),
            COOKIES,
        ),
        (page("<h1>Just a moment...</h1><p>Checking your browser before accessing the site.</p>", title="x"), ROBOT),
        (page("<p>يرجى تفعيل جافاسكريبت في متصفحك لعرض الموقع.</p>", title="بوابة الضفة"), ROBOT),
        # A front page.
        (
            page(f"<h1>أخبار المدينة</h1><ul><li>{'</li><li>'.join(LINK_LIST)}</li></ul>", title="أخبار المدينة"),
            LINKS,
        ),
        (
            page(f"<main><div><h2>{'</h2></div><div><h2>'.join(LINK_LIST)}</h2></div></main>", title="بوابة الضفة"),
            LINKS,
        ),
        # Two articles under the name of the site.
        (
            page(f"<article><h2>{TITLE}</h2>{paragraphs(PASSAGES)}</article><article><h2>{OTHER_TITLE}</h2>"
                 f"{paragraphs(OTHER)}</article>", title="بوابة الضفة"),
            SEVERAL,
        ),
    ],
)  # fmt: skip
def test_a_page_without_one_article_is_refused_for_what_it_is(data, reason):
    with pytest.raises(Refused, match=reason) as refusal:
        read_html(data)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    "body",
    [
        f"<article><h1>{TITLE}</h1>{paragraphs(PASSAGES)}</article>"
        f"<article><h1>{OTHER_TITLE}</h1>{paragraphs(OTHER)}</article>",
        f"<article><h2>{OTHER_TITLE}</h2>{paragraphs(OTHER)}</article>"
        f"<article><h1>{TITLE}</h1>{paragraphs(PASSAGES)}</article>",
        f"<div class='post'><h1>{TITLE}</h1><div>{paragraphs(PASSAGES)}</div></div>"
        f"<div class='post'><h1>{OTHER_TITLE}</h1><div>{paragraphs(OTHER)}</div></div>",
    ],
)
def test_of_two_articles_the_one_that_the_page_is_about_is_read(body):
    read = read_html(page(body))
    assert (read.title, [block.text for block in read.blocks]) == (TITLE, list(PASSAGES))


@pytest.mark.parametrize(
    "body",
    [
        f"<div><h1>{TITLE}</h1>{paragraphs(PASSAGES)}<h1>{OTHER_TITLE}</h1>{paragraphs(OTHER)}</div>",
        f"<header><h1>{TITLE}</h1></header><main><section><h1>أول الكلام</h1>{paragraphs(PASSAGES)}</section>"
        f"<section><h1>{OTHER_TITLE}</h1>{paragraphs(OTHER)}</section></main>",
        f"<h1>{TITLE}</h1><article><h2>الساعة 10:00</h2>{paragraphs(PASSAGES)}</article>"
        f"<article><h2>الساعة 11:00</h2>{paragraphs(OTHER)}</article>",
    ],
)
def test_the_sections_of_a_text_are_not_taken_for_articles(body):
    read = [block.text for block in read_html(page(body)).blocks]
    assert [line for line in read if line in (*PASSAGES, *OTHER)] == [*PASSAGES, *OTHER]


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        # What members are told below a text that can be read, a notice of cookies, comments and related teasers.
        (f"<h1>{TITLE}</h1>{paragraphs(PASSAGES)}<p>سجّل الدخول لمتابعة الكاتب</p>", PASSAGES),
        (f"<div>يستخدم الموقع ملفات تعريف الارتباط</div><h1>{TITLE}</h1>{paragraphs(PASSAGES)}", PASSAGES),
        (
            f"<article><h1>{TITLE}</h1>{paragraphs(PASSAGES)}</article><article class='comment'><p>{OTHER[0]}</p>"
            f"<p>{OTHER[1]}</p><p>{OTHER[2]}</p><p>{OTHER[3]}</p><p>{OTHER[4]}</p></article>",
            PASSAGES,
        ),
        (
            f"<h1>بوابة الضفة</h1><article><h1>{TITLE}</h1>{paragraphs(PASSAGES)}</article><aside><article>"
            f"<h3>{OTHER_TITLE}</h3><p>انتهت الأعمال</p></article></aside>",
            PASSAGES,
        ),
    ],
)
def test_an_article_stays_one_beside_notices_and_teasers(body, lines):
    read = read_html(page(body))
    assert read.title == TITLE
    assert [block.text for block in read.blocks][: len(lines)] == list(lines)


def test_an_article_about_cookies_or_about_a_missing_page_is_one():
    lines = (
        "ألزمت هيئة حماية البيانات المواقع الإخبارية بأن تسأل القراء قبل حفظ ملفات تعريف الارتباط في أجهزتهم، شهرين.",
        "وقالت مديرة الهيئة سهى القاضي إن عبارة «الصفحة غير موجودة» التي تظهر لمن يرفض الكوكيز مخالفة صريحة الجديد.",
        *PASSAGES,
    )
    read = read_html(
        page(f"<h1>القراء يُسألون قبل حفظ الكوكيز</h1>{paragraphs(lines)}", title="القراء يُسألون قبل حفظ الكوكيز")
    )
    assert len(read.blocks) == len(lines)


def test_a_poem_in_short_lines_is_an_article_of_lines():
    verses = [
        f"وعلى ضفاف النهر مرّ زورق {number} مع الصباح"
        for number in ("أول", "ثانٍ", "ثالث", "رابع", "خامس", "سادس", "سابع")
    ]
    read = read_html(page(f"<div><h1>{TITLE}</h1>{'<br>'.join(verses)}</div>"))
    assert [block.text for block in read.blocks] == verses
