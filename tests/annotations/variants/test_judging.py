"""What a reader is told of two variants."""

from datetime import date, timedelta

import pytest

from annotations.variants import Statement, judge

DAY = date(2024, 3, 5)
ARABIC = {"day": DAY, "speaker": "المحافظ", "translated": False}


def judged(left, right, **known):
    return judge(Statement(left, **ARABIC | known), Statement(right, **ARABIC | known))


def told(left, right, **known):
    """Each difference as (kind, direction, words of the left text, words of the right one)."""
    return [
        (
            one.kind,
            one.direction,
            left[slice(*one.left)] if one.left else "",
            right[slice(*one.right)] if one.right else "",
        )
        for one in judged(left, right, **known).differences
    ]


@pytest.mark.parametrize(
    ("left", "right", "words"),
    [
        ("لن نقبل باتفاق يظلم المزارعين في القرى", "سنقبل باتفاق يظلم المزارعين في القرى", "لن نقبل"),
        ("لم نطرد أحدا من العمال القدامى", "طردنا أحدا من العمال القدامى", "لم نطرد"),
        ("هذا القرار ليس عادلا للمزارعين", "هذا القرار عادل للمزارعين", "ليس عادلا"),
        ("القرار غير ملزم للبلديات الصغيرة", "القرار ملزم للبلديات الصغيرة", "غير ملزم"),
        ("نطالب بعدم هدم السوق القديم", "نطالب بهدم السوق القديم", "بعدم هدم"),
        ("ما أردنا إغلاق المدرسة يوما", "أردنا إغلاق المدرسة يوما", "ما أردنا"),
        ("ننفي إغلاق المدرسة الثانوية هذا العام", "إغلاق المدرسة الثانوية هذا العام", "ننفي إغلاق"),
        ("قررنا ألا نرفع أسعار المياه", "قررنا أن نرفع أسعار المياه", "ألا نرفع"),
    ],
)
def test_a_dropped_negation_alters_and_so_does_an_added_one(left, right, words):
    judgement = judged(left, right)
    assert judgement.verdict == "altered"
    assert told(left, right)[0][:3] == ("negation", "dropped", words)
    assert told(right, left)[0][:2] == ("negation", "added")
    assert judged(right, left).verdict == "altered"


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("لا يمكن أن نقبل هذا الاتفاق المجحف", "من غير الممكن أن نقبل هذا الاتفاق المجحف"),
        ("ما زلنا نبحث عن المفقودين في الجبال", "لا نزال نبحث عن المفقودين في الجبال"),
        ("لا بد من فتح الجسر قبل الخريف", "لابد من فتح الجسر قبل الخريف"),
        ("سيبقى الجسر مغلقا إذا لم تسمح الأرصاد", "سيبقى الجسر مغلقا ما لم تسمح الأرصاد"),
        ("من لا دين له لا أمانة عنده", "من لادين له لا أمانة عنده"),
        ("ما يتم تداوله عن الجسر كلام قديم", "ما يجري تداوله عن الجسر كلام قديم"),
        ("حضر ما لا يقل عن 30 مزارعا", "حضر مالا يقل عن 30 مزارعا"),
        ("زرعنا القمح رغم الجفاف في الشمال", "زرعنا القمح رغم الجفاف في الشمال ولم نندم"),
    ],
)
def test_a_negation_put_in_other_words_or_in_a_clause_of_its_own_alters_nothing(left, right):
    assert judged(left, right).verdict != "altered"
    assert not [one for one in told(left, right) if one[0] == "negation"]


@pytest.mark.parametrize(
    ("left", "right", "changed"),
    [
        ("رصدنا 14 مليون دينار للجسر", "رصدنا 18 مليون دينار للجسر", ("14 مليون", "18 مليون")),
        ("رصدنا أربعة عشر مليونا للجسر", "رصدنا 18 مليونا للجسر", ("أربعة عشر مليونا", "18 مليونا")),
        ("خسرنا 15% من المحصول", "خسرنا خمسين في المئة من المحصول", ("15%", "خمسين في المئة")),
        ("نفتح الجسر في 12 تموز أمام الناس", "نفتح الجسر في 22 يوليو أمام الناس", ("12 تموز", "22 يوليو")),
    ],
)
def test_a_changed_number_alters(left, right, changed):
    assert judged(left, right).verdict == "altered"
    assert told(left, right) == [("number", "changed", *changed)]


def test_a_number_written_otherwise_changes_nothing():
    judgement = judged("رصدنا 14 مليون دينار للجسر", "رصدنا أربعة عشر مليون دينار للجسر")
    assert (judgement.verdict, judgement.differences) == ("same", [])


@pytest.mark.parametrize(
    ("left", "right", "later"),
    [
        ("بلغ عدد زوار المعرض 120 زائرا أمس", "بلغ عدد زوار المعرض 135 زائرا أمس", 1),
        ("أنفقنا 10.5 ملايين على المدرسة", "أنفقنا نحو 10 ملايين على المدرسة", 0),
    ],
)
def test_a_later_or_a_rounded_number_is_only_something_to_check(left, right, later):
    judgement = judge(Statement(left, **ARABIC), Statement(right, **ARABIC | {"day": DAY + timedelta(days=later)}))
    assert judgement.verdict == "reworded"
    assert [(one.kind, one.to_check) for one in judgement.differences] == [("number", True)]


def test_a_name_in_place_of_another_alters_but_a_capital_for_its_state_does_not():
    assert told("زارت الوزيرة مدينة حلب وتفقدت المدارس", "زارت الوزيرة مدينة حمص وتفقدت المدارس") == [
        ("name", "changed", "حلب", "حمص")
    ]
    assert judged("نعمل مع واشنطن على التسوية", "نعمل مع الولايات المتحدة على التسوية").differences == []


@pytest.mark.parametrize(
    ("left", "right", "words"),
    [
        ("سنفتح الجسر إذا سمح المهندسون", "سنفتح الجسر", "إذا سمح المهندسون"),
        ("سنفتح الجسور كلها إلا جسر الميناء", "سنفتح الجسور كلها", "إلا جسر الميناء"),
        ("المحصول جيد لكن الأسعار متدنية", "المحصول جيد", "لكن الأسعار متدنية"),
        ("سنشارك في المعرض بشرط دعوة المزارعين", "سنشارك في المعرض", "بشرط دعوة المزارعين"),
        ("رغم الجفاف زرعنا القمح", "زرعنا القمح", "رغم الجفاف"),
    ],
)
def test_a_condition_an_exception_or_a_contrast_that_was_cut_is_told(left, right, words):
    assert judged(left, right).verdict == "shortened"
    assert told(left, right) == [("context", "dropped", words, "")]
    assert told(right, left) == [("context", "added", "", words)]


def test_another_sentence_that_was_cut_is_no_context_of_this_one():
    assert told("سنفتح الجسر. لكن السوق سيبقى مغلقا إذا هطل المطر", "سنفتح الجسر") == []


def test_doubt_that_is_dropped_or_added_is_told():
    assert told("قد نفتح الجسر قبل الخريف", "سنفتح الجسر قبل الخريف")[0][:2] == ("certainty", "strengthened")
    assert told("سنفتح الجسر قبل الخريف", "ربما نفتح الجسر قبل الخريف")[0][:2] == ("certainty", "weakened")
    assert told("قد تراجع منسوب النهر كثيرا", "تراجع منسوب النهر كثيرا") == []


def test_the_verb_that_each_outlet_chose_is_told_with_what_it_weighs():
    text = "سنفتح الجسر قبل الخريف"
    one = Statement(text, DAY, "المحافظ", False, "neutral")
    (loaded,) = judge(one, one._replace(stance="doubting")).differences
    (mild,) = judge(one, one._replace(stance="assertive")).differences
    assert (loaded.kind, loaded.left, loaded.right) == ("attribution", None, None)
    assert loaded.weight > mild.weight
    assert judge(one, one._replace(stance="")).differences == []
    assert judge(one, one._replace(stance="doubting")).verdict == "same"


def test_the_weightiest_difference_comes_first():
    left = "لن نفتح الجسر أمام 40 شاحنة إذا هطل المطر"
    right = "قد نفتح الجسر أمام 60 شاحنة"
    kinds = [kind for kind, *_ in told(left, right)]
    assert kinds[:2] == ["negation", "number"]
    assert "context" in kinds


@pytest.mark.parametrize(
    ("left", "right", "verdict"),
    [
        ("سأسافر إلى باريس غدا", "أنه سيسافر إلى باريس غداً", "same"),
        ("سنفتح الجسر القديم قبل الخريف بإذن الله", "سنفتح الجسر القديم", "shortened"),
        ("سنفتح الجسر القديم قبل الخريف", "سندشن الجسر المرمم قبل الخريف", "reworded"),
    ],
)
def test_a_verdict_says_what_became_of_a_statement(left, right, verdict):
    assert judged(left, right).verdict == verdict


def test_a_statement_retold_in_other_words_is_never_called_altered():
    left = "لن نسمح بهدم السوق القديم مهما كان الثمن، فهو ذاكرة هذه المدينة وأهلها"
    right = "المحافظ يريد هدم الأبنية المهجورة، ويحسب السوق منها بعد أن غادره تجاره"
    assert judged(left, right).verdict == "reworded"
