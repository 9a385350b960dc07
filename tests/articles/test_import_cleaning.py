"""Which lines are the article's, and what they are; the words inside a line stay as they were written."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.boilerplate import find_boilerplate
from articles.importing.cleaning import clean_article, clean_line, clean_lines
from articles.importing.pages import Block
from articles.language.folding import fold

REPOSITORY = Path(__file__).parents[2]
RULES = REPOSITORY / "articles" / "importing" / "data" / "boilerplate.tsv"
LINES = [
    line.split("\t")
    for line in (REPOSITORY / "tests" / "data" / "boilerplate_lines.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
]
FIRST = (
    "أعلنت بلدية وادي الزعتر، الاثنين، بدء أعمال صيانة شبكة المياه في الأحياء الشمالية من المدينة، على أن تستمر ثلاثة"
    " أسابيع من دون قطع كامل للمياه عن المنازل."
)
SECOND = (
    "وقال مدير الشبكة وائل الحموي إن العمال سيستبدلون أربعة كيلومترات من الأنابيب القديمة، مضيفاً أن «السكان سيُبلَّغون"
    " قبل يومين بموعد العمل في كل شارع»."
)
THIRD = (
    "ورحب تجار السوق القديم بالخطوة، لكنهم طالبوا بأن تجري الأعمال ليلاً، لأن إغلاق الشارع الرئيسي في موسم العيد يضر"
    " بتجارتهم التي لم تتعافَ بعد من ركود العام الماضي."
)


def cleaned(*lines: str, title: str = "بدء صيانة شبكة المياه", outlet: str = "") -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in clean_article(title, clean_lines(lines), outlet=outlet).blocks]


def texts(*lines: str, **options: str) -> list[str]:
    return [text for _, text in cleaned(*lines, **options)]


@pytest.mark.parametrize(
    "line",
    [
        "اقرأ أيضاً",
        "إقرأ أيضًا:",
        "اقرأ أيضا: سيول تقطع الطريق بين المدينتين",
        "شاهد أيضاً | بالصور: افتتاح المعرض",
        "أخبار ذات صلة",
        "المواضيع المتعلقة:",
        "قد يهمك أيضاً: أسعار الخضار اليوم",
        "...المزيد",
        "شارك هذا الخبر",
        "شارك المقال عبر واتساب",
        "فيسبوك | تويتر | واتساب",
        "Facebook Twitter WhatsApp",
        "نسخ الرابط",
        "اطبع الخبر | أرسل الخبر إلى صديق",
        "اشترك في نشرتنا البريدية لتصلك أهم الأخبار كل صباح.",
        "تابعونا على قناتنا في تلغرام",
        "تابع آخر أخبارنا عبر أخبار غوغل",
        "إعلان",
    ],
)
def test_lines_around_an_article_are_dropped_wherever_they_stand(line):
    assert texts(FIRST, line, SECOND, THIRD) == [FIRST, SECOND, THIRD]


@pytest.mark.parametrize(
    "line",
    [
        "جميع الحقوق محفوظة لبوابة الوادي © 2024",
        "حقوق النشر محفوظة",
        "الآراء المنشورة لا تعبر بالضرورة عن رأي الموقع بل عن رأي أصحابها.",
        "الكلمات المفتاحية: المياه، البلدية",
        "وسوم",
        "أضف تعليقاً",
        "لن يتم نشر عنوان بريدك الإلكتروني. الحقول الإلزامية مشار إليها بـ *",
        "اكتشاف المزيد من بوابة الوادي",
        "هذا الخبر منقول من المصدر ولا يتحمل الموقع مسؤوليته.",
        "والموقع الأصلي هو المسؤول عن كل ما ورد في الخبر أعلاه.",
    ],
)
def test_what_closes_a_page_is_dropped_at_its_end_only(line):
    assert texts(FIRST, SECOND, THIRD, line) == [FIRST, SECOND, THIRD]
    opening = [FIRST, line] + [SECOND, THIRD] * 10
    assert texts(*opening) == opening


@pytest.mark.parametrize(
    "line",
    [
        # Real sentences that begin as boilerplate does.
        "شارك الوزير في افتتاح المعرض الذي يستمر أسبوعاً.",
        "شاهد أيضاً عرضاً قدمه أطفال المدرسة في ساحة البلدة القديمة.",
        "تابع المزيد من السكان أعمال الحفر من نوافذهم.",
        "اقرأ باسم من صنع هذا الجسر، قال الشيخ مازحاً.",
        "نشرت البلدية 25 صورة للأنابيب القديمة.",
        "تويتر",
        "تحديث (1)",
        "التاريخ: 9 / 10 / 1436هـ",
        "وأعلنت اللجنة أن جميع حقوق الملاك محفوظة بموجب العقد الذي وقّعته البلدية معهم.",
        "نقلاً عن صحيفة الوادي، أعلنت البلدية إغلاق الجسر.",
        "المصدر: «لن نغلق الجسر»",
        "سنشارك في النقاش على مواقع التواصل",
    ],
)
def test_sentences_that_only_resemble_boilerplate_stay(line):
    assert line in texts(FIRST, line, SECOND, THIRD)


@pytest.mark.parametrize("line", [line for kind, line in LINES if kind == "drop"])
def test_what_pages_write_under_their_articles_is_dropped(line):
    assert texts(*[FIRST, SECOND, THIRD] * 7, line) == [FIRST, SECOND, THIRD] * 7


@pytest.mark.parametrize("line", [line for kind, line in LINES if kind == "text"])
def test_running_text_that_begins_like_boilerplate_is_never_dropped(line):
    passages = [FIRST, SECOND, THIRD] * 7
    for place in (0, 1, 10, len(passages)):
        page = [*passages[:place], line, *passages[place:]]
        assert texts(*page) == page


@pytest.mark.parametrize("line", [line for kind, line in LINES if kind == "credit"])
def test_a_line_that_credits_an_outlet_under_the_text_is_dropped_and_handed_on(line):
    article = clean_article("عنوان", clean_lines([FIRST, SECOND, THIRD, line, "شارك الخبر"]))
    assert [block.text for block in article.blocks] == [FIRST, SECOND, THIRD]
    assert article.credit_lines == (line,)


def test_a_credit_between_passages_is_text_and_under_the_headline_is_none():
    line = "المصدر: وكالة أنباء الوادي"
    passages = [FIRST, SECOND, THIRD] * 3
    assert line in texts(*passages, line, FIRST)
    article = clean_article("عنوان", clean_lines([line, *passages]))
    assert article.credit_lines == (line,)
    assert line not in [block.text for block in article.blocks]


def test_a_line_with_many_separators_is_matched_in_a_moment():
    hostile = [
        "المصدر: " + "ا-" * 350 + "!",
        "نقلا عن موقع " + "موقع اب-" * 80 + "«",
        "شارك على " + "تويتر و" * 90 + "السؤال",
    ]
    assert texts(FIRST, *hostile) == [FIRST, *hostile]


def test_the_titles_under_read_also_go_with_it_and_the_text_goes_on():
    lines = (FIRST, SECOND, "اقرأ أيضاً", "سيول تقطع الطريق بين المدينتين", "موازنة البلدية في أرقام", THIRD)
    assert texts(*lines) == [FIRST, SECOND, THIRD]


def test_a_read_also_line_with_its_own_title_takes_nothing_below_it():
    heading = "موعد العمل"
    assert texts(FIRST, SECOND, "اقرأ أيضاً: سيول تقطع الطريق", heading, THIRD) == [FIRST, SECOND, heading, THIRD]


def test_a_comment_section_is_cut_to_its_end_but_never_most_of_the_text():
    assert texts(FIRST, SECOND, THIRD, "التعليقات (2)", "أبو سامر: خبر جميل", "ريم: متى يصلون إلى حيّنا؟") == [
        FIRST,
        SECOND,
        THIRD,
    ]
    assert THIRD in texts("مقدمة قصيرة", "التعليقات", FIRST, SECOND, THIRD)


def test_an_outlets_own_rule_holds_for_that_outlet_alone():
    signed = (FIRST, SECOND, "// انتهى //")
    assert texts(*signed, outlet="was") == [FIRST, SECOND]
    assert texts(*signed, outlet="okaz") == [FIRST, SECOND, "// انتهى //"]


def test_a_page_of_boilerplate_alone_is_taken_as_it_is():
    assert texts("اقرأ أيضاً", "إعلان") == ["اقرأ أيضاً", "إعلان"]


@pytest.mark.parametrize(
    ("sentence", "site", "title"),
    [
        ("ننقل لكم في موقع نوافذ موضوع (جسر جديد فوق الوادي )", "موقع نوافذ", "جسر جديد فوق الوادي"),
        ("نقدم لكم عبر موقع نوافذ الخليج خبر: «جسر جديد فوق الوادي».", "موقع نوافذ الخليج", "جسر جديد فوق الوادي"),
        (
            "ننقل إليكم من خلال بوابة الصدى مقال بعنوان (الجسر: ماذا قال «المهندس»؟) كما نشرته صحيفة الوادي.",
            "بوابة الصدى",
            "الجسر: ماذا قال «المهندس»؟",
        ),
        ("نعرض لكم زوارنا في موقع صدى الأيام مادة (جسر (جديد) فوق الوادي)", "موقع صدى الأيام", "جسر (جديد) فوق الوادي"),
    ],
)
def test_a_republishers_sentence_names_the_site_and_the_headline(sentence, site, title):
    lines = [sentence, "نتمنى لكم قراءة مفيدة.", FIRST, SECOND]
    article = clean_article("", clean_lines(lines))
    assert (article.title, article.site) == (title, site)
    assert [block.text for block in article.blocks] == [FIRST, SECOND]


def test_an_aggregators_opening_and_closing_sentences_go_and_what_names_the_origin_is_handed_on():
    credit = "ملاحظة: مضمون هذا الخبر من موقع بوابة الوادي، ونوافذ غير مسؤولة عنه."
    lines = [
        "نقدم لكم زوارنا الكرام أهم وأحدث الأخبار في المقال الآتي:",
        *(FIRST, SECOND, THIRD),
        "كانت هذه تفاصيل خبر الجسر الجديد، نرجو أن نكون قد وُفقنا في نقلها إليكم كاملة كما وردت في مصدرها.",
        credit,
        "شكراً لمتابعتكم خبر الجسر الجديد.",
    ]
    article = clean_article("جسر جديد فوق الوادي", clean_lines(lines))
    assert [block.text for block in article.blocks] == [FIRST, SECOND, THIRD]
    assert article.credit_lines == (credit,)


def test_a_headline_that_is_already_known_is_kept_and_not_repeated():
    assert texts("بدء صيانة شبكة المياه!", FIRST, SECOND) == [FIRST, SECOND]
    assert texts("بَدء صِيانة شَبكة المياه", FIRST) == [FIRST]


def test_short_open_lines_between_passages_are_headings():
    assert cleaned(FIRST, "موعد العمل", SECOND, "«لا ماء بلا ليل»", THIRD) == [
        ("paragraph", FIRST),
        ("heading", "موعد العمل"),
        ("paragraph", SECOND),
        ("heading", "«لا ماء بلا ليل»"),
        ("paragraph", THIRD),
    ]


@pytest.mark.parametrize(
    "line",
    ["وهذا كل شيء.", "متى يبدأ العمل؟", "(وكالات)", "- حي النخيل", "1- حي النخيل", "قال الحموي:", "كلمات " * 20],
)
def test_other_short_lines_are_paragraphs(line):
    assert ("heading", clean_line(line)) not in cleaned(FIRST, line, SECOND)


def test_lines_of_a_list_or_a_poem_are_no_headings():
    assert {kind for kind, _ in cleaned(FIRST, "حي النخيل", "حي السوق", "حي الميناء", SECOND)} == {"paragraph"}


def test_inside_a_line_only_white_space_and_invisible_controls_change():
    assert clean_line(" قال\u00a0 \tالوزير\u200f:\ufeff «نعـ\u200cم»\x00 ") == "قال الوزير: «نعـم»"
    assert clean_line("\ud83d كلمة") == "كلمة"
    # The only one that counts as printable.
    assert clean_line("كل\u034fمة") == "كلمة"
    assert clean_line("مُدَوَّنَةٌ ﷺ ﻻ") == "مُدَوَّنَةٌ ﷺ ﻻ"


def test_joined_emoji_and_flags_stay_whole():
    family, flag = "👨\u200d👩\u200d👧", "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"
    assert clean_line(f"{family} {flag}") == f"{family} {flag}"
    assert clean_line("كل\u200dمة") == "كلمة"


@given(st.lists(st.text(max_size=80), max_size=12))
def test_any_lines_give_clean_blocks_in_their_order(lines):
    blocks = clean_article("عنوان", clean_lines(lines)).blocks
    clean = [clean_line(line) for line in lines]
    places = iter(clean)
    assert all(any(block.text == line for line in places) for block in blocks)
    assert all(block.text and "\n" not in block.text for block in blocks)


def test_every_rule_is_written_folded_and_has_its_fields():
    names: set[str] = set()
    for number, line in enumerate(RULES.read_text("utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        if line.startswith("="):
            name, pattern = line[1:].split("\t")
            names.add(name)
        else:
            outlet, place, effect, pattern, seen = line.split("\t")
            assert place in ("opening", "closing", "any", "ending"), number
            assert effect in ("drop", "links", "rest", "credit", "wrapping"), number
            assert outlet, number
            assert seen, number
        assert set(re.findall(r"\{([a-z]+)\}", pattern)) <= names, number
        arabic = "".join(letter for letter in pattern if "\u0600" <= letter <= "\u06ff" and letter not in "؟،")
        assert arabic == fold(arabic), number


def test_a_megabyte_of_lines_is_cleaned_in_a_moment():
    blocks = [Block("paragraph", f"سطر رقم {number} اقرأ أيضاً في الصفحة التالية") for number in range(20_000)]
    assert len(clean_article("عنوان", blocks).blocks) == 20_000
    assert find_boilerplate(["ن" * 700 + " "] * 300).lines == set()
