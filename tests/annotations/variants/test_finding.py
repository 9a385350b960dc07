"""Which quotes are the same statement, and which only sound alike."""

from datetime import date, timedelta

import pytest

from annotations.variants import Statement, StatementIndex, find_groups, same_statement, signature
from annotations.variants.likeness import likeness
from annotations.variants.statements import Read

DAY = date(2024, 3, 5)
BRIDGE = (
    "سنعيد فتح الجسر القديم أمام السيارات قبل نهاية الخريف، ولن نسمح للشاحنات الثقيلة بعبوره "
    "إلا بعد أن يقرر المهندسون أن دعائمه تحتمل ذلك، وقد رصدنا لهذا العمل 14 مليون دينار"
)


def same(one, other, **known):
    return same_statement(Statement(one, **known), Statement(other, **known)).is_same


@pytest.mark.parametrize(
    "variant",
    [
        "سنعيد فتح الجسر القديم أمام السيارات قبل نهاية الخريف",
        "رصدنا لهذا العمل 14 مليون دينار إلا بعد أن يقرر المهندسون أن دعائمه تحتمل ذلك",
        BRIDGE.replace("أ", "ا").replace("ة", "ه"),
        BRIDGE.replace("ن", "نَ").replace("ب", "بِ"),
        BRIDGE.replace("ولن نسمح", "ونسمح"),
        BRIDGE.replace("14 مليون", "أربعة عشر مليون"),
        BRIDGE.replace("14 مليون", "18 مليون"),
        "إنهم سيعيدون فتح الجسر القديم أمام السيارات قبل نهاية الخريف، وإنهم لن يسمحوا للشاحنات الثقيلة بعبوره",
        BRIDGE.replace("سنعيد فتح", "سنجدد افتتاح").replace("القديم ", ""),
    ],
)
def test_a_cut_respelled_or_altered_statement_is_the_same(variant):
    assert same(BRIDGE, variant, speaker="المحافظ", day=DAY)
    assert set(signature(BRIDGE)) & set(signature(variant))


def test_it_is_the_same_whichever_comes_first():
    one, other = Statement(BRIDGE, DAY), Statement("لن نسمح للشاحنات الثقيلة بعبوره إلا بعد أن يقرر المهندسون", DAY)
    assert same_statement(one, other) == same_statement(other, one)
    assert same_statement(one, other).is_same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("إن الوضع صعب للغاية", "إن الوضع صعب جدا في كل المدن"),
        ("الحكومة تبذل كل ما في وسعها لخدمة المواطنين", "الوزارة تبذل كل ما في وسعها لمساعدة المزارعين"),
        (
            "العلاقات بين البلدين متينة وتقوم على الاحترام المتبادل",
            "المباحثات بين البلدين تناولت التجارة والاحترام المتبادل للحدود",
        ),
    ],
)
def test_a_formula_joins_no_strangers(one, other):
    assert not same(one, other, day=DAY)
    assert not same(one, other, day=DAY, speaker="الوزير")


def test_speaker_and_day_alone_join_nothing():
    other = "الموازنة الجديدة ستعرض على النواب مطلع الأسبوع المقبل بعد اعتمادها"
    assert not same(BRIDGE, other, day=DAY, speaker="المحافظ")


def test_one_speaker_needs_less_in_common_than_two():
    one = "سنعيد فتح الجسر القديم أمام السيارات قبل نهاية الخريف مهما كلفنا ذلك من مال"
    other = "سنفتح الجسر القديم أمام السيارات قبل نهاية الخريف، وهذا وعد قطعناه"
    assert same(one, other, day=DAY, speaker="المحافظ")
    assert not same_statement(Statement(one, DAY, "المحافظ"), Statement(other, DAY, "المقاول")).is_same


def test_few_words_are_the_same_only_when_equal_and_of_one_occasion():
    assert same("لن نتراجع أبدا", "لن نتراجعَ أبداً", speaker="القائد")
    assert not same("لن نتراجع أبدا", "لن نتراجع أبدا اليوم", speaker="القائد")
    assert not same_statement(Statement("صباح الخير", DAY), Statement("صباح الخير", DAY + timedelta(days=9))).is_same


def test_a_series_with_other_numbers_is_no_variant():
    frame = "بلغت درجة الحرارة العظمى {} درجة وهطل {} مليمترا من المطر على {} محطات الرصد"
    one, other = frame.format(31, 4, 9), frame.format(27, 12, 15)
    assert not same(one, other, day=DAY, speaker="الأرصاد")
    assert same(one, frame.format(31, 4, 15), day=DAY, speaker="الأرصاد")


def test_two_sources_with_two_numbers_have_not_said_the_same():
    one = "قتل 31 شخصا حينما سقطت طائرة شحن على سوق مزدحم في بلدة الزهراء الساحلية"
    other = one.replace("31", "27")
    assert not same_statement(Statement(one, DAY, "المرصد"), Statement(other, DAY, "الشرطة")).is_same


def test_the_same_words_of_somebody_else_weeks_later_are_a_formula():
    later = Statement(BRIDGE, DAY + timedelta(days=21), "وزير الأشغال")
    assert not same_statement(Statement(BRIDGE, DAY, "المحافظ"), later).is_same


def test_a_translation_with_the_same_numbers_is_found_for_one_speaker_and_day():
    one = "لن نبني محطات نووية جديدة. سنغلق المفاعل الأخير عام 2031، وسنأتي بنصف حاجتنا من الرياح."
    other = "لا نية لدينا لتشييد محطة نووية أخرى، وآخر مفاعل سيتوقف سنة 2031 على أن توفر الرياح نصف ما نحتاج إليه."
    known = {"speaker": "وزيرة الطاقة", "day": DAY}
    assert same(one, other, translated=True, **known)
    assert not same(one, other, translated=True)
    index = StatementIndex()
    index.add(1, Statement(one, translated=True, **known))
    assert [match.id for match in index.matches(Statement(other, translated=True, **known))] == [1]


def test_groups_begin_with_the_fullest_and_leave_out_what_stands_alone():
    statements = {
        "short": Statement("سنعيد فتح الجسر القديم أمام السيارات قبل نهاية الخريف", DAY),
        "full": Statement(BRIDGE, DAY),
        "end": Statement("رصدنا لهذا العمل 14 مليون دينار بعد أن قرر المهندسون أن دعائمه تحتمل ذلك", DAY),
        "other": Statement("الموازنة الجديدة ستعرض على النواب مطلع الأسبوع المقبل", DAY),
    }
    assert [(group[0], set(group)) for group in find_groups(statements)] == [("full", {"full", "short", "end"})]


def test_an_index_refuses_an_id_that_it_has():
    index = StatementIndex()
    index.add(7, Statement(BRIDGE))
    with pytest.raises(ValueError, match="7 is in the index already"):
        index.add(7, Statement("كلام آخر"))
    assert len(index) == 1


def test_signatures_are_few_small_and_stable():
    keys = signature(BRIDGE)
    assert keys == signature(BRIDGE.replace("سنعيد", "وسنعيدُ"))
    assert list(keys) == sorted(set(keys))
    assert all(0 <= key < 2**31 for key in keys)
    assert signature("") == signature("«…»") == ()
    assert len(signature("لن نتراجع أبدا")) == 1


def test_an_excerpt_of_a_long_speech_is_found_by_its_keys():
    nouns = ["مدرسة", "جسر", "ميناء", "مطار", "سوق", "نهر", "غابة", "متحف", "ملعب", "مصنع", "مخبز", "حديقة", "بستان"]
    verbs = ["رمم", "وسع", "بنى", "هدم", "باع", "اشترى", "أجر", "نقل", "زين", "أضاء", "حرس", "فتش", "صور", "وصف", "قاس"]
    speech = " ".join(f"{verb} العمال {noun} {other}" for verb in verbs for noun in nouns for other in nouns[:5])
    words = speech.split()
    assert len(signature(speech)) < 300
    excerpt = " ".join(words[2000:2060])
    assert likeness(Read(Statement(excerpt)), Read(Statement(speech))).is_same
