"""The date of a whole page: what it says in JSON-LD, meta tags, text and address, and which of them is believed."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from articles.importing.canonical import canonical_url
from articles.importing.pages import Page
from articles.importing.readers.html import read_html
from articles.importing.readers.response import read_response

REPOSITORY = Path(__file__).parents[2]
SHARED = REPOSITORY.parent / "shared" / "data" / "html"
TITLE = "جسر المشاة الجديد يربط ضفتي النهر في المدينة القديمة"
BODY = (
    "افتتحت البلدية جسراً للمشاة يربط ضفتي النهر، بعد أعمال دامت ثمانية أشهر وشملت إنارة الرصيفين وتوسيع المدخل الشرقي.",
    "وقال المهندس المشرف نبيل الخطيب إن الجسر صُمم ليحتمل الفيضانات الكبيرة، وإن تكلفته بقيت دون ما رُصد له في الموازنة.",
    "ورحب أصحاب المتاجر في السوق المجاور بالجسر، وأملوا أن يعيد الحركة إلى شارع ظل شبه مهجور منذ إغلاق المعبر القديم.",
)
SEEN = datetime(2024, 3, 20, 9, 0, tzinfo=UTC)


def page_of(head: str = "", under: str = "", *, above: str = "", foot: str = "") -> str:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in BODY)
    return (
        f"<!DOCTYPE html><html lang='ar'><head><meta charset='utf-8'><title>{TITLE}</title>{head}</head><body>"
        f"<header><a href='/'>الرئيسية</a>{above}</header><article><h1>{TITLE}</h1>{under}{text}</article>"
        f"<footer><p>{foot or 'كل الحقوق محفوظة © 2013'}</p></footer></body></html>"
    )


def ld(published: object, **more: str) -> str:
    data = {"@type": "NewsArticle", "headline": TITLE, "datePublished": published, **more}
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def meta(published: str, name: str = "article:published_time") -> str:
    return f'<meta property="{name}" content="{published}">'


def address(path: str) -> str:
    return f'<link rel="canonical" href="https://bridge.example/{path}">'


def dated(page: Page) -> tuple[str | None, str, str]:
    at = page.published_at
    return (at.isoformat(timespec="minutes") if at else None), page.published_precision, page.published_from


def shown(line: str) -> str:
    return page_of(under=f"<div class='info'>{line}</div>")


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        # Each witness alone.
        (page_of(ld("2024-03-12T10:20:00+03:00")), ("2024-03-12T10:20+03:00", "minute", "json-ld")),
        (page_of(ld("2024-03-12")), ("2024-03-12T00:00", "day", "json-ld")),
        (page_of(ld(["2024-03-12"])), ("2024-03-12T00:00", "day", "json-ld")),
        (page_of(ld("2024-03-12T00:00:00+03:00")), ("2024-03-12T00:00", "day", "json-ld")),
        (page_of(meta("2024-03-12T07:20:00Z")), ("2024-03-12T07:20+00:00", "minute", "meta")),
        (page_of(meta("2024-03-12 10:20", "datePublished")), ("2024-03-12T10:20", "minute", "meta")),
        (page_of(meta("2024-03", "dc.date")), ("2024-03-01T00:00", "month", "meta")),
        (page_of(under='<time datetime="2024-03-12T10:20">أمس</time>'), ("2024-03-12T10:20", "minute", "meta")),
        (shown("12 مارس 2024"), ("2024-03-12T00:00", "day", "text")),
        (page_of(address("2024/3/12/bridge")), ("2024-03-12T00:00", "day", "address")),
        (page_of(address("news/2024/03/bridge.html")), ("2024-03-01T00:00", "month", "address")),
        (page_of(address("2024/03/123456/bridge")), ("2024-03-01T00:00", "month", "address")),
        # Their order.
        (page_of(ld("2024-03-12") + meta("2024-03-13")), ("2024-03-12T00:00", "day", "json-ld")),
        (page_of(meta("2024-03-12"), "<p>13 مارس 2024</p>"), ("2024-03-12T00:00", "day", "meta")),
        (page_of(address("2024/3/14/x"), "<p>12 مارس 2024</p>"), ("2024-03-12T00:00", "day", "text")),
        # What has not come yet, no real day, a program's zero: the next one is asked.
        (page_of(ld("2999-03-12") + meta("2024-03-13")), ("2024-03-13T00:00", "day", "meta")),
        (page_of(ld("2024-13-45"), "<p>12 مارس 2024</p>"), ("2024-03-12T00:00", "day", "text")),
        (page_of(ld("1970-01-01T00:00:00Z"), "<p>12 مارس 2024</p>"), ("2024-03-12T00:00", "day", "text")),
        (page_of(meta("0001-01-01T00:00:00"), "<p>12 مارس 2024</p>"), ("2024-03-12T00:00", "day", "text")),
        (page_of(under="<p>12 مارس 2999</p>", head=address("2024/3/14/x")), ("2024-03-14T00:00", "day", "address")),
        (page_of(ld("1969-12-31T23:59:59Z")), (None, "", "")),
        # An archive's old page says the same twice.
        (page_of(ld("1952-07-23"), "<p>23 يوليو 1952</p>"), ("1952-07-23T00:00", "day", "json-ld")),
        # The page is stamped with the moment when it was made; people are shown when it was published.
        (
            page_of(ld("2024-03-19T08:58:41+00:00", dateModified="2024-03-19T08:58:41+00:00"), "<p>2 شباط 2022</p>"),
            ("2022-02-02T00:00", "day", "text"),
        ),
        (
            page_of(ld("2024-03-19T08:58:41+00:00") + meta("2024-03-19T08:58:41+00:00"), "<p>2 شباط 2022</p>"),
            ("2022-02-02T00:00", "day", "text"),
        ),
        # But a page that knows when it was changed knows when it was published, and an update is no publication.
        (
            page_of(ld("2024-03-12T10:20:00Z", dateModified="2024-03-15T10:00:00Z"), "<p>2 شباط 2022</p>"),
            ("2024-03-12T10:20+00:00", "minute", "json-ld"),
        ),
        (page_of(ld("2024-03-12T10:20"), "<p>آخر تحديث: 15 مارس 2024</p>"), ("2024-03-12T10:20", "minute", "json-ld")),
        (page_of(ld("2024-03-12T10:20"), "<p>15 مارس 2024</p>"), ("2024-03-12T10:20", "minute", "json-ld")),
        (
            page_of(ld("2024-03-12T10:20") + address("2024/03/12/x"), "<p>2 شباط 2022</p>"),
            ("2024-03-12T10:20", "minute", "json-ld"),
        ),
        # Two that agree outvote one.
        (
            page_of(ld("2024-03-19T10:20") + address("2022/02/02/x"), "<p>2 فبراير 2022 10:30</p>"),
            ("2022-02-02T10:30", "minute", "text"),
        ),
        (
            page_of(ld("2023-03-19") + meta("2024-03-12T10:20") + address("2024/03/12/x")),
            ("2024-03-12T10:20", "minute", "meta"),
        ),
        # The stamp of a site that was made anew, long after the day that the address keeps; a few days are no proof.
        (
            page_of(ld("2025-11-20T03:00:00Z") + address("2024/05/02/x")),
            ("2024-05-02T00:00", "day", "address"),
        ),
        (
            page_of(ld("2025-11-20T03:00Z") + meta("2025-11-20T03:00Z") + address("2024/05/02/x")),
            ("2024-05-02T00:00", "day", "address"),
        ),
        (page_of(ld("2024-05-04T03:00Z") + address("2024/05/02/x")), ("2024-05-04T03:00+00:00", "minute", "json-ld")),
        (page_of(ld("2024-05-02T03:00Z") + address("2025/05/02/x")), ("2024-05-02T03:00+00:00", "minute", "json-ld")),
        # 3/12 in the order of America.
        (page_of(address("2022/03/12/x"), "<p>03/12/2022 10:20</p>"), ("2022-03-12T10:20", "minute", "text")),
        (page_of(address("2022/12/03/x"), "<p>03/12/2022 10:20</p>"), ("2022-12-03T10:20", "minute", "text")),
        (page_of(under="<p>03/12/2022</p>"), ("2022-12-03T00:00", "day", "text")),
        # A first of January that was made of a year, and a month beside its day.
        (page_of(meta("2013-01-01", "date"), "<p>3 آب 2013</p>"), ("2013-08-03T00:00", "day", "text")),
        (page_of(meta("2013-01-01", "date"), "<p>1 كانون الثاني 2013</p>"), ("2013-01-01T00:00", "day", "meta")),
        (page_of(meta("2013-08", "dc.date"), "<p>3 آب 2013</p>"), ("2013-08-03T00:00", "day", "text")),
        (page_of(address("2013/08/x.html"), "<p>آخر تحديث 3 آب 2013</p>"), ("2013-08-03T00:00", "day", "text")),
        # A year alone, wherever it stands, is no date.
        (page_of(foot="© 2009 - 2013 كل الحقوق محفوظة"), (None, "", "")),
        (page_of(meta("2013", "date")), (None, "", "")),
        (page_of(address("2013/bridge.html")), (None, "", "")),
        (shown("عام 2013"), (None, "", "")),
        (page_of(foot="جميع الحقوق محفوظة للبوابة، نشر 2013"), (None, "", "")),
        # Months of the Levant, the Maghreb, both, and in other letters.
        (shown("الثلاثاء 12 آذار 2024"), ("2024-03-12T00:00", "day", "text")),
        (shown("12 آذار/مارس 2024"), ("2024-03-12T00:00", "day", "text")),
        (shown("3 آب / أغسطس 2013"), ("2013-08-03T00:00", "day", "text")),
        (shown("أغسطس (آب) 3، 2013"), ("2013-08-03T00:00", "day", "text")),
        (shown("أغسطس 3، 2013"), ("2013-08-03T00:00", "day", "text")),
        (shown("14 جويلية 2019"), ("2019-07-14T00:00", "day", "text")),
        (shown("28 غشت 2019"), ("2019-08-28T00:00", "day", "text")),
        (shown("15 كانون الأول 2020"), ("2020-12-15T00:00", "day", "text")),
        (shown("Tuesday, March 12, 2024"), ("2024-03-12T00:00", "day", "text")),
        (shown("12 Mar 2024 - 10:20 PM"), ("2024-03-12T22:20", "minute", "text")),
        (shown("12 août 2019"), ("2019-08-12T00:00", "day", "text")),
        # Hijri, alone and beside the Gregorian one.
        (shown("الثلاثاء 2 رمضان 1445هـ - 12 مارس 2024م"), ("2024-03-12T00:00", "day", "text")),
        (shown("الثلاثاء ٢ رمضان ١٤٤٥ هـ الموافق ١٢ آذار ٢٠٢٤ م"), ("2024-03-12T00:00", "day", "text")),
        (shown("الثلاثاء 2 رمضان 1445"), ("2024-03-12T00:00", "day", "text")),
        # Countries begin months up to two days apart: the weekday tells the day, else it is the month's alone.
        (shown("الخميس 15 رمضان 1436هـ"), ("2015-07-02T00:00", "day", "text")),
        (shown("الثلاثاء 15 رمضان 1436هـ"), ("2015-06-30T00:00", "day", "text")),
        (shown("السبت 1436/9/15 هـ"), ("2015-07-04T00:00", "day", "text")),
        (shown("15 رمضان 1436هـ"), ("2015-07-01T00:00", "month", "text")),
        (shown("15 رمضان 1436هـ 10:20"), ("2015-07-01T00:00", "month", "text")),
        (shown("1436/9/15 هـ"), ("2015-07-01T00:00", "month", "text")),
        (shown("الأحد 15 رمضان 1436هـ"), ("2015-07-01T00:00", "month", "text")),
        (page_of(address("2015/07/01/x"), "<p>15 رمضان 1436هـ</p>"), ("2015-07-01T00:00", "day", "address")),
        # Figures of both kinds, halves of the day, zones.
        (shown("١٢/٣/٢٠٢٤"), ("2024-03-12T00:00", "day", "text")),
        (shown("2024-03-12 | 10:20"), ("2024-03-12T10:20", "minute", "text")),
        (shown("نُشر: ١٢ مارس ٢٠٢٤ ٠٥:٠٧ م"), ("2024-03-12T17:07", "minute", "text")),
        (shown("12 مارس 2024 12:07 ص"), ("2024-03-12T00:07", "minute", "text")),
        (shown("12 مارس 2024 الساعة 9 مساءً"), ("2024-03-12T21:00", "minute", "text")),
        (shown("الساعة 10.30 من مساء الثلاثاء 12 مارس 2024"), ("2024-03-12T22:30", "minute", "text")),
        (shown("12 مارس 2024 على الساعة 10h30"), ("2024-03-12T10:30", "minute", "text")),
        (shown("12 مارس 2024 10:30 بتوقيت غرينتش"), ("2024-03-12T10:30+00:00", "minute", "text")),
        (shown("12/3/2024 10:30 (مكة المكرمة)"), ("2024-03-12T10:30", "minute", "text")),
        (shown("12 مارس 2024 - 10:30 بتوقيت مكة المكرمة"), ("2024-03-12T10:30+03:00", "minute", "text")),
        (shown("12 مارس 2024 10:30 GMT+4"), ("2024-03-12T10:30+04:00", "minute", "text")),
        (shown("12 تموز 2024 14:00 بتوقيت القاهرة"), ("2024-07-12T14:00+03:00", "minute", "text")),
        # In pieces, with other words, away from the headline.
        (shown("<b>12</b><i>آذار</i><u>2024</u>"), ("2024-03-12T00:00", "day", "text")),
        (shown("كتب: سامر النوري | 12 آذار 2024 | محليات"), ("2024-03-12T00:00", "day", "text")),
        (
            page_of(under="<p>آخر تحديث</p><p>15 آذار 2024</p><p>نُشر</p><p>12 آذار 2024</p>"),
            ("2024-03-12T00:00", "day", "text"),
        ),
        (page_of(foot="<span class='publish-date'>12 آذار 2024</span>"), ("2024-03-12T00:00", "day", "text")),
        (page_of(foot="تاريخ النشر: 12 آذار 2024"), ("2024-03-12T00:00", "day", "text")),
        (page_of(foot="<i class='date'>12 آذار 2024</i><i class='date'>9 آذار 2024</i>"), (None, "", "")),
        # A month alone, and dates of something else.
        (shown("عدد مارس 2024"), ("2024-03-01T00:00", "month", "text")),
        (shown("آذار/مارس 2024"), ("2024-03-01T00:00", "month", "text")),
        (shown("جسر بُني في مارس 2011 على النهر"), (None, "", "")),
        (shown("يُفتتح الجسر في 12 مارس 2011 أمام السيارات"), (None, "", "")),
        (
            page_of(address("2024/3/14/x"), "<p>يُفتتح الجسر في 12 مارس 2011 أمام السيارات</p>"),
            ("2024-03-14T00:00", "day", "address"),
        ),
        # Written with ordinals, with "of", with two names of the month, the year first.
        (shown("الرابع عشر من آذار 2024"), ("2024-03-14T00:00", "day", "text")),
        (shown("نُشر يوم الأول من شهر شباط/فبراير عام 2024"), ("2024-02-01T00:00", "day", "text")),
        (shown("17 من سبتمبر 2023"), ("2023-09-17T00:00", "day", "text")),
        (shown("١٧ سبتمبر/أيلول ٢٠٢٣"), ("2023-09-17T00:00", "day", "text")),
        (shown("2023 أيلول 17"), ("2023-09-17T00:00", "day", "text")),
        (shown("الأحد 2023/أيلول/17 - 10:20"), ("2023-09-17T10:20", "minute", "text")),
        (shown("سبتمبر 17 2023"), ("2023-09-17T00:00", "day", "text")),
        (page_of(under="<time datetime='2023 أيلول 17'>قبل مدة</time>"), ("2023-09-17T00:00", "day", "meta")),
        (page_of(meta("الرابع عشر من آذار 2024")), ("2024-03-14T00:00", "day", "meta")),
        (page_of(meta("نفتتح السوق القديم كما وعدنا أهل المدينة في 17 أيلول 2023 بحضورهم")), (None, "", "")),
        (shown("يُفتتح الجسر في الرابع عشر من آذار 2011 أمام السيارات"), (None, "", "")),
        # Relative days need to know when the page was seen.
        (shown("منذ ساعتين"), (None, "", "")),
        (shown("أمس 10:20"), (None, "", "")),
        (shown("12 مارس"), (None, "", "")),
    ],
)
def test_a_page_is_dated_by_its_best_witness(document, expected):
    assert dated(read_html(document.encode())) == expected


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (shown("منذ ساعتين"), ("2024-03-20T07:00+00:00", "day", "text")),
        (shown("منذ 10 دقائق"), ("2024-03-20T08:50+00:00", "minute", "text")),
        (shown("نُشر قبل ٣ أيام"), ("2024-03-17T00:00", "day", "text")),
        (shown("منذ شهرين"), ("2024-01-01T00:00", "month", "text")),
        (shown("منذ ثلاث سنوات"), (None, "", "")),
        (shown("أمس 10:20"), ("2024-03-19T10:20", "minute", "text")),
        (shown("12 مارس 10:20 م"), ("2024-03-12T22:20", "minute", "text")),
        (shown("28 ديسمبر"), ("2023-12-28T00:00", "day", "text")),
        # The masthead's clock says what day it was read on.
        (page_of(above="<i>الأربعاء 20 مارس 2024</i>"), (None, "", "")),
        (
            page_of(above="<i>الأربعاء 20 مارس 2024</i>", head=address("2024/3/14/x")),
            ("2024-03-14T00:00", "day", "address"),
        ),
        # What had not come when the page was fetched.
        (page_of(ld("2024-05-01") + address("2024/3/14/x")), ("2024-03-14T00:00", "day", "address")),
        (shown("12 أيار 2024"), (None, "", "")),
        # Stamped while it was being sent.
        (page_of(ld("2024-03-20T08:59:58Z") + address("2022/02/02/x")), ("2022-02-02T00:00", "day", "address")),
        (page_of(ld("2024-03-20T08:59:58Z")), ("2024-03-20T08:59+00:00", "minute", "json-ld")),
    ],
)
def test_a_fetched_page_is_seen_from_the_moment_when_it_was_sent(document, expected):
    headers = {"Content-Type": "text/html", "date": "Wed, 20 Mar 2024 09:00:00 GMT"}
    url = "https://bridge.example/7"
    assert dated(read_html(document.encode(), seen_at=SEEN)) == expected
    if "canonical" not in document:
        assert dated(read_response(document.encode(), url=url, headers=headers)) == expected


def test_what_comes_after_tomorrow_is_refused_and_today_is_not():
    now = datetime.now(UTC)
    coming, today = ((now + timedelta(days=days)).date().isoformat() for days in (3, 0))
    assert dated(read_html(page_of(ld(coming)).encode())) == (None, "", "")
    assert dated(read_html(page_of(ld(today)).encode())) == (f"{today}T00:00", "day", "json-ld")


@pytest.mark.parametrize(
    "headers",
    [
        {"WARC-Date": "2024-03-20T09:00:00Z"},
        {"WARC-Date": "2024-03-20T09:00:00Z", "Date": "Thu, 01 Jan 1970 00:00:00 GMT"},
        {"Date": "Wed, 20 Mar 2024 09:00:00"},
    ],
)
def test_ages_count_from_the_crawlers_moment_before_the_servers(headers):
    page = read_response(shown("منذ ساعتين").encode(), url="https://bridge.example/7", headers=headers)
    assert dated(page) == ("2024-03-20T07:00+00:00", "day", "text")


@pytest.mark.parametrize("date", ["", "gestern", "Wed, 99 Mar 2024 09:00:00 GMT"])
def test_a_server_without_a_sensible_clock_does_no_harm(date):
    page = read_response(shown("منذ ساعتين").encode(), url="https://bridge.example/7", headers={"Date": date})
    assert page.published_at is None


@pytest.mark.skipif(not SHARED.exists(), reason="the shared real pages are not here")
def test_the_six_real_pages_have_their_days():
    gold = json.loads((SHARED / "gold.json").read_text("utf-8"))
    read = {name: read_html((SHARED / name).read_bytes(), address=canonical_url(gold[name]["url"])) for name in gold}
    assert {name: page.published_at.date().isoformat() for name, page in read.items()} == {
        name: expected["date"] for name, expected in gold.items()
    }
    assert all(page.published_from in ("json-ld", "meta", "text", "address") for page in read.values())
