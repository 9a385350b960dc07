"""Whom a page names as where its text comes from, and what is no credit however much it looks like one."""

from collections import Counter
from pathlib import Path

import pytest

from articles.importing.pages import Block
from articles.importing.readers.text import read_text
from articles.provenance.credits import credit_of, names_no_origin
from articles.provenance.outlets import is_name_of, outlet_named, outlet_of_host
from tests.articles.pages import FIRST, SECOND, make_page

REPOSITORY = Path(__file__).resolve().parents[2]
REPUBLISHED = REPOSITORY.parent / "shared" / "data" / "articles" / "000_a9a89ce97942bf35.txt"


def named(*paragraphs, **details):
    credit = credit_of(make_page(*(paragraphs or (FIRST, SECOND)), **details))
    return credit and credit.name


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("المصدر: رويترز", "رويترز"),
        ("المصدر : وكالة رويترز.", "رويترز"),
        ("المصدر/ وكالات", ""),
        ("المصدر: مواقع إلكترونية", ""),
        ("المصدر: مواقع سورية معارضة", ""),
        ("المصدر: متابعات", ""),
        ("المصدر : متابعات - وكالات", ""),
        ("المصدر: وكالات الأنباء العالمية", ""),
        ("المصدر: وسائل إعلام محلية", ""),
        ("المصدر: الصحافة العبرية", ""),
        ("المصدر: صفحة", "صفحة"),
        ("المصدر: فيسبوك", ""),
        ("المصدر: وكالات + موقع نوافذ الساحل", "موقع نوافذ الساحل"),
        ("نقلاً عن وكالات", ""),
        ("(وكالات)", ""),
        ("المصدر: خاص", None),
        ("المصدر: هيئة التحرير", None),
        ("المصدر: هنا", None),
        ("المصدر: صحيفة الحياة", "الحياة"),
        ("المصدر: «الشرق الأوسط»", "الشرق الأوسط"),
        ("المصدر: الجزيرة نت + وكالات", "الجزيرة نت"),
        ("المصدر: وكالات، رويترز", "رويترز"),
        ("مصدر الخبر: موقع نوافذ الساحل", "موقع نوافذ الساحل"),
        ("المصدر: https://www.aawsat.com/home/article/1", "الشرق الأوسط"),
        ("المصدر: news.harbour.example", "news.harbour.example"),
        ("Source: Reuters", "رويترز"),
        ("نقلاً عن رويترز", "رويترز"),
        ("نقلا عن: صحيفة «الأهرام»", "الأهرام"),
        ("نقلاً عن بي.بي.سي", "بي بي سي عربي"),
        ("الخبر منقول عن موقع سبق", "سبق"),
        ("عن وكالة الأناضول", "الأناضول"),
        ("عن صحيفة «القدس العربي»", "القدس العربي"),
        ("(أ ف ب)", "فرانس برس"),
        ("(أ.ف.ب)", "فرانس برس"),
        ("أ ف ب، رويترز", "فرانس برس"),
        ("ظهرت المقالة افتتاح المكتبة أولاً على اليوم السابع.", "اليوم السابع"),
        ("The post افتتاح المكتبة appeared first on Hespress", "هسبريس"),
        ("المصدر: نعم، التقينا به أمس في مكتبه وتحدثنا معه طويلاً", None),
    ],
)
def test_a_line_that_is_a_credit_from_end_to_end(line, name):
    assert named(credit_lines=[line]) == name


@pytest.mark.parametrize(
    ("opening", "name"),
    [
        ("القاهرة (رويترز) - قال مسؤول", "رويترز"),
        ("القاهرة – (أ ش أ): قال مسؤول", "وكالة أنباء الشرق الأوسط"),
        ("واس – الرياض: قال مسؤول", "وكالة الأنباء السعودية"),
        ("الرياض – واس: قال مسؤول", "وكالة الأنباء السعودية"),
        ("رام الله - وفا - قال مسؤول", "وكالة الأنباء والمعلومات الفلسطينية"),
        ("بيروت/ سانا/ قال مسؤول", "الوكالة العربية السورية للأنباء"),
        ("برلين (د ب أ)- قال مسؤول", "وكالة الأنباء الألمانية"),
        ("عمان 3 أيار (بترا)- قال مسؤول", "وكالة الأنباء الأردنية"),
        ("قالت رويترز - نقلاً عن مصادرها - إن الوفد وصل", None),
        ("وفا العهد بوعده: قال مسؤول", None),
        ("قال وزير الخارجية في حديث إلى رويترز: لن نعود", None),
    ],
)
def test_an_agency_in_the_dateline(opening, name):
    assert named(f"{opening} إن العمل في الجسر ينتهي الشهر المقبل.", SECOND) == name


@pytest.mark.parametrize(
    ("running", "why"),
    [
        ("وقالت رويترز إن المحادثات تستأنف غداً في العاصمة.", "whose words are told"),
        ("نقلاً عن رويترز، ارتفع سعر النفط اليوم إلى أعلى مستوى له منذ عامين.", "a sentence"),
        ("قال المنسق الخاص لعملية السلام في الشرق الأوسط إن الوضع خطير.", "the region"),
        ("المصدر الأمني قال إن التحقيق مستمر.", "a person"),
        ("وأضاف المصدر: سنعلن النتائج غداً.", "a person speaks"),
        ("عن وكالة السفر التي نظمت الرحلة لم يصدر بيان حتى الآن.", "a travel agency"),
        ("بحسب ما نشرت صحيفة «الحياة» أمس.", "whose words are told"),
        ("يتوجه الوفد إلى الجزيرة (أ)", "a letter"),
    ],
)
def test_a_name_inside_running_text_is_no_credit(running, why):
    assert named(running, SECOND) is None, why
    assert named(FIRST, running) is None, why


def test_an_agency_after_the_last_sentence():
    assert named(FIRST, f"{SECOND} (رويترز)") == "رويترز"
    assert named(FIRST, f"{SECOND} (أ ب، أ ف ب)") == "أسوشيتد برس"
    assert named(FIRST, f"{SECOND} (انظر الصورة)") is None


def test_what_the_byline_or_the_machine_data_name():
    assert named(agencies="رويترز، أ ف ب") == "رويترز"
    assert named(agencies="وكالات") is None
    assert named(byline="الرياض - واس") == "وكالة الأنباء السعودية"
    assert named(byline="رنيم الحسن") is None
    assert named(byline="الحياة") is None  # somebody's name or a word; alone it is no outlet
    assert named(metadata={"canonical_elsewhere": "https://www.alarabiya.net/ar/news/1"}) == "العربية نت"
    assert named(metadata={"canonical_elsewhere": "https://harbour.example/news/1"}) == "harbour.example"
    assert named(metadata={"based_on": ["https://ara.reuters.com/article/1"]}) == "رويترز"
    assert named(metadata={"publisher": "وكالة الأناضول"}) == "الأناضول"
    assert named(metadata={"publisher": "بوابة القرية", "based_on": 7}) is None


def test_the_surest_credit_goes_first_and_says_its_words():
    page = make_page(
        "القاهرة (رويترز) - قال مسؤول إن العمل ينتهي قريباً.",
        credit_lines=["المصدر: الجزيرة نت"],
        metadata={"canonical_elsewhere": "https://aawsat.com/1"},
    )
    assert credit_of(page) == ("الشرق الأوسط", "canonical", "https://aawsat.com/1")
    page = make_page(FIRST, credit_lines=["  المصدر: الجزيرة نت "])
    assert credit_of(page) == ("الجزيرة نت", "credit_line", "المصدر: الجزيرة نت")


def test_running_text_of_unnamed_others_is_no_credit():
    assert named("قالت وكالات الأنباء إن الجسر أُغلق أمس.", SECOND) is None
    assert named(agencies="الوكالات") is None
    assert named("متابعات", SECOND) is None


def test_whether_words_of_a_credit_name_anybody_is_told_from_the_words():
    assert names_no_origin("المصدر: مواقع إلكترونية")
    assert names_no_origin("وكالات")
    assert not names_no_origin("المصدر: وكالات + رويترز")
    assert not names_no_origin("المصدر: موقع نوافذ الساحل")
    assert not names_no_origin("")


def test_an_outlet_does_not_credit_itself():
    line = "المصدر: الجزيرة نت"
    assert named(credit_lines=[line], url="https://www.aljazeera.net/news/1") is None
    assert named(credit_lines=[line], source_name="الجزيرة نت") is None
    assert named(credit_lines=[line], source_key="aljazeera") is None
    assert named("القاهرة (رويترز) - قال مسؤول.", url="https://ara.reuters.com/article/1") is None


def test_every_line_of_the_list_is_found_again_by_each_of_its_names():
    assert outlet_named("وكالة الأنباء «رويترز»").name == "رويترز"
    assert outlet_named('صحيفة "اليوم"').name == "اليوم"
    assert outlet_named("اليوم") is None
    assert outlet_of_host("m.arabic.rt.com").name == "روسيا اليوم"
    assert outlet_of_host("arabic.cnn.com").name == "سي إن إن بالعربية"
    assert outlet_of_host("com") is None
    reuters = outlet_named("رويترز")
    assert is_name_of(reuters, ["www.reuters.com"])
    assert not is_name_of(reuters, ["", "رويدا"])


def test_no_name_and_no_domain_stands_for_two_outlets():
    lines = (REPOSITORY / "articles/provenance/data/outlets.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    assert all(len(row) == 5 and row[0] in ("agency", "publisher") and row[4] for row in rows)
    names = Counter(name for row in rows for name in {row[1], *(form.strip("+") for form in row[3].split("|"))})
    domains = Counter(domain for row in rows for domain in row[4].split("|"))
    assert [name for name, number in (names + domains).items() if number > 1] == []


def test_the_republished_article_names_no_origin():
    if not REPUBLISHED.exists():
        pytest.skip("the shared data are not here")
    assert credit_of(read_text(REPUBLISHED.read_bytes(), key="1")) is None


def test_a_page_of_nothing_but_a_picture_has_no_credit():
    assert credit_of(make_page(blocks=[Block("paragraph", "🙂")])) is None
    assert credit_of(make_page(blocks=[])) is None
