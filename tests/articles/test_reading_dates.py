"""When an article was published, as machines write it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.dates import clocks
from articles.importing.dates.clocks import find_clock, find_zone
from articles.importing.dates.published import date_in_url, is_sensible, read_dateline, read_month, read_stamp
from articles.language.folding import fold


@pytest.mark.parametrize(
    ("stamp", "at", "precision"),
    [
        ("2020-08-24T09:23:13Z", "2020-08-24T09:23:13+00:00", "minute"),
        ("2020-08-24T09:23:13.250+03:00", "2020-08-24T09:23:13+03:00", "minute"),
        ("2020-06-03T03:01+0400", "2020-06-03T03:01:00+04:00", "minute"),
        ("2020-12-01 02:00:00", "2020-12-01T02:00:00", "minute"),
        ("2020-12-01", "2020-12-01T00:00:00", "day"),
        ("2020-12", "2020-12-01T00:00:00", "month"),
        ("2020-12-1", "2020-12-01T00:00:00", "day"),
        ("٢٠٢٠-١٢-٠١", "2020-12-01T00:00:00", "day"),
        ("3/8/2013", "2013-08-03T00:00:00", "day"),
        ("31.12.2019 23:59", "2019-12-31T23:59:00", "minute"),
        ("2013/08/03 05:07 PM", "2013-08-03T17:07:00", "minute"),
        ("2013/08/03 12:07 AM", "2013-08-03T00:07:00", "minute"),
        ("2013/08/03 05:07 م", "2013-08-03T17:07:00", "minute"),
        ("09:22 مساءً 24/4/2020", "2020-04-24T21:22:00", "minute"),
        ("Mon, 24 Aug 2020 09:23:13 +0200", "2020-08-24T09:23:13+02:00", "minute"),
        (1598260993, "2020-08-24T09:23:13+00:00", "minute"),
        ("1598260993000", "2020-08-24T09:23:13+00:00", "minute"),
        # A day without a sensible clock is still a day.
        ("2020-12-01 25:99", "2020-12-01T00:00:00", "day"),
    ],
)
def test_stamps_of_every_kind_are_read_with_their_precision(stamp, at, precision):
    found = read_stamp(stamp)
    assert (found.at, found.precision) == (datetime.fromisoformat(at), precision)


@pytest.mark.parametrize(
    "stamp",
    [
        None, "", "أمس", "غير معروف", "2020", 2020, True, [], {}, "2020-13-01", "31/2/2020", "0000-00-00 00:00:00",
        "0001-01-01T00:00:00Z", "99999999999999", "9" * 5000, "2020-1234", "12:30", float("nan"),
    ],
)  # fmt: skip
def test_what_is_no_possible_date_is_none(stamp):
    assert read_stamp(stamp) is None


@pytest.mark.parametrize(
    ("line", "at", "precision"),
    [
        ("تم نشره الجمعة 24 نيسان / أبريل 2020 09:22 مساءً", "2020-04-24T21:22:00", "minute"),
        ("كتب: سامر النوري | السبت 31 مايو 2025", "2025-05-31T00:00:00", "day"),
        ("الأحد 9 شباط 2025", "2025-02-09T00:00:00", "day"),
        ("الثلاثاء ١ / ١٢ / ٢٠٢٠", "2020-12-01T00:00:00", "day"),
        ("3 ديسمبر (كانون الأول) 2024", "2024-12-03T00:00:00", "day"),
        ("3 كانون الأول/ديسمبر 2024 – 10:20", "2024-12-03T10:20:00", "minute"),
        ("الخميس ١٠ ذو القعدة ١٤٤٦هـ – ٨ مايو ٢٠٢٥م", "2025-05-08T00:00:00", "day"),
        ("29 يناير، 2025", "2025-01-29T00:00:00", "day"),
        ("أغسطس 3، 2013", "2013-08-03T00:00:00", "day"),
        ("14 جويلية 2019", "2019-07-14T00:00:00", "day"),
        ("الأول 12:05 ص، 7 تشرين الثاني 2021", "2021-11-07T00:05:00", "minute"),
        ("2020/12/25 - 1:59 صباحًا", "2020-12-25T01:59:00", "minute"),
    ],
)
def test_datelines_are_read_as_pages_show_them(line, at, precision):
    found = read_dateline(line)
    assert (found.at, found.precision) == (datetime.fromisoformat(at), precision)


@pytest.mark.parametrize(
    "line",
    ["", "أمس", "مايو 2025", "31 شباط 2025", "9 شباط", "في عام 2025", "9 محرم", "كتاب 5 2020", "12 مايو 2999"],
)
def test_a_line_without_a_full_day_is_no_dateline(line):
    assert read_dateline(line) is None


def test_nothing_was_published_in_the_future():
    assert read_stamp((datetime.now() + timedelta(days=3)).isoformat()) is None
    assert read_stamp((datetime.now() - timedelta(days=3)).isoformat()).precision == "minute"


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://news.example/story/2020/8/24/dam/4943459", "2020-08-24"),
        ("https://news.example/reports/2020-06-03-1.3874341", "2020-06-03"),
        ("https://news.example/2019_11_30_dam", "2019-11-30"),
        ("https://news.example/20200603/dam", "2020-06-03"),
        ("http://news.example/2013/middle_east/8/3/dam/index.html", "2013-08-03"),
    ],
)
def test_many_outlets_write_the_day_into_the_address(url, day):
    found = date_in_url(url)
    assert (found.at.date().isoformat(), found.precision) == (day, "day")


@pytest.mark.parametrize(
    "url",
    [
        "https://news.example/20201/8/24",
        "https://news.example/2020/13/24",
        "https://news.example/?id=20200603",
        "",
        "x",
    ],
)
def test_numbers_that_are_no_day_are_left_alone(url):
    assert date_in_url(url) is None


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("10:20", "10:20"),
        ("٠٩:٠٥ م", "21:05"),
        ("12:05 ص", "00:05"),
        ("12:05 م", "12:05"),
        ("12:30 ليلاً", "00:30"),
        ("1:30 ليلاً", "01:30"),
        ("10:30 ليلاً", "22:30"),
        ("الساعة 9 مساءً", "21:00"),
        ("الساعة 9.45 من صباح اليوم", "09:45"),
        ("الساعة 14h30", "14:30"),
        ("10.30 مساء", "22:30"),
        ("5 عصراً", "17:00"),
        ("09:22:41 PM", "21:22"),
        ("9:22 a.m.", "09:22"),
        ("25:70", None),
        ("3.5 مليون", None),
        ("12/3", None),
    ],
)
def test_the_time_of_day_is_read_on_twelve_hours_and_on_twenty_four(text, clock):
    found = find_clock(fold(text))
    assert (found.time.isoformat(timespec="minutes") if found else None) == clock


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("+03:00", 3),
        ("-0430", -4.5),
        (" GMT+2", 2),
        (" بتوقيت غرينتش", 0),
        (" بتوقيت جرينيتش", 0),
        (" بالتوقيت العالمي", 0),
        (" ت غ", 0),
        (" بتوقيت مكة المكرمة", 3),
        (" (بتوقيت أبوظبي)", 4),
        (" بتوقيت الجزائر", 1),
        (" بالتوقيت المحلي", None),
        (" بتوقيت القمر", None),
        ("+99:00", None),
        ("", None),
    ],
)
def test_time_zones_are_offsets_or_names_of_places(text, hours):
    zone = find_zone(fold(text))
    offset = zone.utcoffset(datetime(2024, 1, 10)) if zone else None
    assert offset == (None if hours is None else timedelta(hours=hours))


def test_every_zone_of_the_table_exists():
    lines = (Path(clocks.__file__).parent / "time_zones.tsv").read_text("utf-8").splitlines()
    zones = [line.split("\t")[0] for line in lines if not line.startswith("#")]
    assert len(zones) > 20
    assert all(ZoneInfo(zone) for zone in zones)


WORDS = [
    "12",
    "٣",
    "2024",
    "١٤٤٥",
    "مارس",
    "آب",
    "رمضان",
    "الثلاثاء",
    "أمس",
    "منذ",
    "ساعتين",
    "10:20",
    "م",
    "هـ",
    "/",
    "-",
    "،",
]


@given(st.text(max_size=150) | st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join))
def test_any_line_is_read_as_a_sensible_date_or_as_none(line):
    for found in (
        read_dateline(line),
        read_dateline(line, seen_at=datetime(2024, 3, 20, 9, tzinfo=UTC)),
        read_month(line),
        read_stamp(line),
    ):
        assert found is None or (is_sensible(found) and found.precision in ("minute", "day", "month"))
