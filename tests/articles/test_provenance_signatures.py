"""Which texts are one text, and which only look alike."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.provenance.grouping import groups_of
from articles.provenance.origins import CREDITED, EARLIEST, UNKNOWN, Copy, choose_origin
from articles.provenance.signatures import Body, is_copy, resemblance
from tests.articles.copies import DAY, FLOOD, LIBRARY


def body(*lines):
    return Body("\n".join(["عنوان", *lines]))


def weather(north, south, east, day):
    return body(
        f"تتوقع دائرة الأرصاد أن يكون طقس يوم {day} حاراً نهاراً ومعتدلاً ليلاً على معظم مناطق البلاد بإذن الله.",
        f"وتبلغ الحرارة العظمى في الشمال {north} درجة وفي الجنوب {south} درجة وفي الشرق {east} درجة مئوية.",
        "وتكون الرياح شمالية غربية معتدلة السرعة تثير الغبار أحياناً، ويكون البحر متوسط ارتفاع الموج.",
    )


def telegram(country, president):
    return body(
        f"بعث رئيس الجمهورية أمس برقية تهنئة إلى فخامة الرئيس {president} بمناسبة ذكرى العيد الوطني لبلاده الصديقة.",
        "وأعرب الرئيس باسمه وباسم شعب الجمهورية وحكومتها عن أصدق التهاني وأطيب التمنيات بموفور الصحة والسعادة لفخامته.",
        f"وتمنى لشعب {country} الصديق اطراد التقدم والازدهار، مشيداً بالعلاقات المتميزة التي تجمع البلدين والشعبين.",
        f"كما بعث رئيس الوزراء برقية مماثلة إلى فخامة الرئيس {president} ضمنها أصدق التهاني لحكومة {country} الصديقة.",
    )


def test_a_series_with_other_numbers_is_no_copy():
    assert not is_copy(weather(31, 38, 35, "الاثنين"), weather(29, 40, 33, "الثلاثاء"))
    assert is_copy(weather(31, 38, 35, "الاثنين"), weather(31, 38, 35, "الاثنين"))
    assert is_copy(weather(31, 38, 35, "الاثنين"), weather(31, 38, 36, "الاثنين"))  # one number was corrected


def test_a_series_about_somebody_else_is_no_copy():
    one, other = telegram("غانا", "كوامي أسانتي"), telegram("كينيا", "موانغي أوديرو")
    assert resemblance(one, other).jaccard > 0.5
    assert not is_copy(one, other)


def test_numbers_are_the_same_however_they_are_written():
    first = body(*FLOOD, "وبلغت الخسائر 209,020 ديناراً و43.1 مليون ليرة و1.250 طن و٧٠ بيتاً.")
    second = body(*FLOOD, "وبلغت الخسائر 209020 ديناراً و43,1 مليون ليرة و1250 طن و70 بيتاً.")
    assert is_copy(first, second)


def test_a_site_s_lines_around_a_short_text_do_not_hide_the_copy():
    frame = ["تابعونا على منصات التواصل الاجتماعي ليصلكم كل جديد", "شارك الخبر مع أصدقائك"]
    rights = ["جميع الحقوق محفوظة لموقع نوافذ ولا يسمح بالنقل إلا بإذن مكتوب من إدارة الموقع", "الأكثر قراءة في الموقع"]
    assert is_copy(body(*FLOOD), body(*frame, *FLOOD[:2], *rights))


def test_another_text_of_the_same_site_is_no_copy():
    rights = ["جميع الحقوق محفوظة لموقع نوافذ ولا يسمح بالنقل إلا بإذن مكتوب من إدارة الموقع"] * 2
    assert not is_copy(body(*FLOOD, *rights), body(*LIBRARY, *rights))


def test_the_shortest_bodies_have_no_keys_and_short_ones_one():
    assert Body("عنوان وحده").keys == Body("").keys == []
    assert len(body("ست كلمات " * 3, "ثلاث كلمات أخرى " * 3).keys) == 1
    assert len(body(*FLOOD).keys) == 17


words = st.lists(st.sampled_from("ابتثجحخدذرزسشص"), min_size=0, max_size=80).map(" ".join)


@given(words, words)
def test_copies_are_copies_of_each_other(one, other):
    first, second = body(one), body(other)
    assert is_copy(first, second) == is_copy(second, first)
    assert is_copy(first, body(one)) == (len(first.words) >= 12)
    assert 0 <= resemblance(first, second).jaccard <= resemblance(first, second).contained <= 1


def test_bodies_are_parted_into_groups_of_copies():
    bodies = dict(enumerate([body(*FLOOD), body(*LIBRARY), body(*FLOOD[:2]), body(*FLOOD[::-1]), body("سطر وحيد")]))
    assert sorted(map(sorted, groups_of(bodies))) == [[0, 2, 3], [1], [4]]
    assert groups_of({}) == []


def test_what_no_pair_of_neighbours_shows_is_found():
    chance = random.Random(5)
    one, other = (chance.choices([f"كلمة{number}" for number in range(900)], k=120) for _ in range(2))
    bodies = {number: body(" ".join(one if number % 2 else other), f"زيارة {number}") for number in range(40)}
    assert sorted(map(len, groups_of(bodies))) == [20, 20]


def test_a_thousand_copies_are_one_group_before_long():
    bodies = {number: body(*FLOOD, *LIBRARY, f"عدد الزيارات {number}") for number in range(1000)}
    begin = time.process_time()
    assert len(groups_of(bodies)) == 1
    assert time.process_time() - begin < 10


# Origins -----------------------------------------------------------------------------------------------------------


def copy(number, *, source=None, credited=None, hour=None, hours=0, republishes=False):
    since = None if hour is None else DAY.replace(hour=hour, minute=0)
    until = None if since is None else since.replace(minute=1) if not hours else since.replace(hour=hour + hours)
    return Copy(number, source or number, credited, since, until, republishes, f"https://news.example/{number}")


@pytest.mark.parametrize(
    ("copies", "origin", "by", "uncertain"),
    [
        ([copy(1, hour=9), copy(2, hour=8)], 2, EARLIEST, False),
        ([copy(1, hour=9), copy(2)], 1, EARLIEST, True),
        ([copy(1), copy(2)], None, UNKNOWN, False),
        # What is dated to a part of the day may have been out before, or after.
        ([copy(1, hour=9), copy(2, hour=0, hours=23)], 1, EARLIEST, True),
        ([copy(1, hour=9), copy(2, hour=10, hours=2)], 1, EARLIEST, False),
        # Who republishes others did not write it.
        ([copy(1, hour=9), copy(2, hour=8, republishes=True)], 1, EARLIEST, False),
        ([copy(1, hour=9, republishes=True), copy(2, hour=8, republishes=True)], 2, EARLIEST, False),
        # Credits go before dates; a chain leads to its end.
        ([copy(1, hour=9), copy(2, hour=8, credited=1)], 1, CREDITED, False),
        ([copy(1, hour=9), copy(2, hour=8, credited=1), copy(3, hour=7, credited=2)], 1, CREDITED, False),
        ([copy(1, hour=9, credited=2), copy(2, hour=8, credited=1)], 2, CREDITED, False),
        ([copy(1, hour=9, credited=9), copy(2, hour=8, credited=2)], 2, EARLIEST, False),
        # At the same minute, the one that credits nobody; else by address, never by the order of import.
        ([copy(1, hour=9, credited=9), copy(2, hour=9)], 2, EARLIEST, True),
        ([copy(2, hour=9), copy(1, hour=9)], 1, EARLIEST, True),
    ],
)
def test_where_a_story_comes_from(copies, origin, by, uncertain):
    for ordered in (copies, copies[::-1]):
        found = choose_origin(ordered)
        assert (found.article, found.by, found.uncertain) == (origin, by, uncertain)


def test_a_credited_source_without_a_copy_is_outside():
    found = choose_origin([copy(1, hour=9, credited=7), copy(2, hour=8, credited=7), copy(3, hour=7, credited=8)])
    assert (found.article, found.outside) == (3, 7)
