import pytest

from tests.detection.reading_of import entity, only_quote, quotes, words_of


def test_a_speaker_may_stand_before_the_verb() -> None:
    text = "خبر\nوكانت وزيرة الصحة ليلى منصور أعلنت أن اللقاح وصل إلى المخازن."
    quote = only_quote(text, entity(text, "ليلى منصور"))
    assert text[slice(*quote.speaker)] == "وزيرة الصحة ليلى منصور"


def test_time_place_and_listener_are_no_part_of_the_speaker() -> None:
    text = "خبر\nوقال أمس في تصريح لوكالة الأنباء المتحدث باسم البلدية إن الطريق مفتوح."
    assert text[slice(*only_quote(text).speaker)] == "المتحدث باسم البلدية"


def test_a_listener_after_the_speaker_is_left_out() -> None:
    text = "خبر\nوأكد مصدر أمني لوكالة الأنباء أن الطريق مفتوح."
    assert only_quote(text).name == "مصدر أمني"


def test_a_dropped_subject_is_the_one_who_spoke_last() -> None:
    text = "خبر\nوقالت ليلى منصور إن اللقاح وصل.\nوأضافت أن التوزيع يبدأ غداً."
    first, second = quotes(text, entity(text, "ليلى منصور"))
    assert (second.name, second.speaker) == ("ليلى منصور", None)
    assert second.confidence < first.confidence


def test_a_dropped_subject_agrees_in_gender() -> None:
    text = "خبر\nوقالت ليلى منصور إن اللقاح وصل. وأكد سامر حداد أن المخازن جاهزة. وأضافت أن التوزيع يبدأ غداً."
    found = quotes(text, entity(text, "ليلى منصور"), entity(text, "سامر حداد"))
    assert [quote.name for quote in found] == ["ليلى منصور", "سامر حداد", "ليلى منصور"]


def test_a_participle_takes_the_subject_of_its_sentence() -> None:
    text = "خبر\nوزار سامر حداد المخيم صباح أمس، مؤكداً أن المساعدات كافية."
    assert only_quote(text, entity(text, "سامر حداد")).name == "سامر حداد"


def test_the_same_source_is_the_one_heard_before() -> None:
    text = "خبر\nوقالت مصادر طبية إن الجرحى نقلوا ليلاً. وأضافت المصادر ذاتها أن حالتهم مستقرة."
    assert [quote.name for quote in quotes(text)] == ["مصادر طبية", "مصادر طبية"]


def test_an_office_leads_back_to_the_person_who_holds_it() -> None:
    text = "خبر\nوقال وزير النقل سامر حداد إن القطار جاهز. وأوضح الوزير أن التذاكر متاحة."
    found = quotes(text, entity(text, "سامر حداد"))
    assert [quote.name for quote in found] == ["سامر حداد", "سامر حداد"]


def test_a_short_name_of_a_body_leads_back_to_its_full_one() -> None:
    text = "خبر\nوأعلنت الشرطة النرويجية أن الحريق أخمد. وقالت الشرطة إنها تبحث عن السبب."
    assert [quote.name for quote in quotes(text)] == ["الشرطة النرويجية", "الشرطة النرويجية"]


def test_a_spokesman_is_not_the_one_he_speaks_for() -> None:
    text = "خبر\nوقال متحدث باسم وزارة النقل إن القطار جاهز."
    quote = only_quote(text, entity(text, "وزارة النقل", "organisation"))
    assert quote.name == "متحدث باسم وزارة النقل"


def test_somebody_close_to_a_person_is_not_that_person() -> None:
    text = "خبر\nوقال أحد المقربين من سامر حداد: «لقد حسم أمره منذ أسابيع»."
    assert only_quote(text, entity(text, "سامر حداد")).name != "سامر حداد"


def test_a_name_that_no_lexicon_knows_is_taken_after_its_title() -> None:
    text = "خبر\nوأوضح المواطن شهوان الرملي أن الحفر تملأ الشارع."
    assert only_quote(text).name == "شهوان الرملي"


def test_the_source_of_relayed_words_stands_after_its_preposition() -> None:
    text = "خبر\nونقلت الوكالة عن مسؤول محلي أن المياه عادت إلى القرية."
    assert only_quote(text).name == "مسؤول محلي"


def test_joint_speakers_share_one_name() -> None:
    text = "خبر\nوأكد سامر حداد وليلى منصور أن المشروع مستمر."
    quote = only_quote(text, entity(text, "سامر حداد"), entity(text, "ليلى منصور"))
    assert quote.name == "سامر حداد وليلى منصور"


@pytest.mark.parametrize("text", ["خبر\nوأضاف: «لن نعود إلى الوراء أبداً».", "خبر\nمؤكداً أن الطريق مفتوح أمام الجميع."])
def test_nobody_is_named_where_nobody_spoke_before(text: str) -> None:
    assert only_quote(text).name == "?"


def test_a_listener_before_the_speaker_is_skipped() -> None:
    text = "خبر\nوقال لـ«الصحيفة» سامر حداد إن القطار جاهز."
    assert only_quote(text, entity(text, "سامر حداد")).name == "سامر حداد"


def test_a_name_after_a_comma_belongs_to_the_office() -> None:
    text = "خبر\nوقال حاكم المقاطعة، فهيم ورداني: «الطريق مفتوح أمام الجميع»."
    assert only_quote(text).name == "فهيم ورداني"


def test_a_name_before_its_office_is_taken_without_it() -> None:
    text = "خبر\nوقال فهيم ورداني رئيس اللجنة المنظمة إن الطريق مفتوح."
    assert only_quote(text).name == "فهيم ورداني"


@pytest.mark.parametrize("speaker", ["والدة الجندي سامر حداد", "محامي سامر حداد", "الناطق باسم الرئيس سامر حداد"])
def test_who_is_only_related_to_a_person_is_not_that_person(speaker: str) -> None:
    text = f"خبر\nوقال {speaker} إن المحاكمة ستبدأ غداً."
    assert only_quote(text, entity(text, "سامر حداد")).name == speaker


def test_an_honorific_stands_for_the_person_heard_last() -> None:
    text = "خبر\nوقال الوزير سامر حداد إن القطار جاهز. وأوضح معاليه أن التذاكر متاحة."
    assert [quote.name for quote in quotes(text, entity(text, "سامر حداد"))] == ["سامر حداد", "سامر حداد"]


def test_a_relative_clause_leads_back_to_the_name_before_it() -> None:
    text = "خبر\nوقالت ليلى منصور إنها التقت بالوزير سامر حداد الذي أكد أن القطار جاهز."
    found = quotes(text, entity(text, "ليلى منصور"), entity(text, "سامر حداد"))
    assert [quote.name for quote in found] == ["ليلى منصور", "سامر حداد"]


def test_a_statement_speaks_for_the_body_that_issued_it() -> None:
    text = "خبر\nأصدرت وزارة الصحة بياناً عن الوباء. وأوضح البيان أن الحالات تراجعت."
    assert only_quote(text, entity(text, "وزارة الصحة", "organisation")).name == "وزارة الصحة"


@pytest.mark.parametrize("noun", ["قوله إن", "تأكيده أن"])
def test_a_noun_of_saying_belongs_to_the_source_it_is_relayed_from(noun: str) -> None:
    text = f"خبر\nونقلت الوكالة عن سامر حداد {noun} القطار جاهز."
    assert only_quote(text, entity(text, "سامر حداد")).name == "سامر حداد"


@pytest.mark.parametrize(
    "sentence", ["لكن رئيسها كريم الدوري قال إن القوائم قديمة", "وقال رئيسها كريم الدوري إن القوائم قديمة"]
)
def test_the_office_of_a_body_named_before_leads_to_the_name_after_it(sentence: str) -> None:
    text = f"خبر\nوقال سامر حداد إن الاقتراع في موعده.\nورحبت اللجنة بالقرار، {sentence}."
    quote = quotes(text, entity(text, "سامر حداد"), entity(text, "كريم الدوري"))[-1]
    assert (words_of(text, quote), quote.name) == ("القوائم قديمة", "كريم الدوري")
    assert text[slice(*quote.speaker)] == "رئيسها كريم الدوري"
