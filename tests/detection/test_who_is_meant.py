"""Speakers that stand elsewhere than beside their verb, or are told by a word that points back."""

import pytest

from tests.detection.reading_of import entity, only_quote, quotes


def test_who_a_sentence_is_about_speaks_after_its_particle() -> None:
    text = "خبر\nأما مدرب الفريق، البرتغالي جواو مندونسا، فقال إن الفوز مستحق."
    quote = only_quote(text, entity(text, "جواو مندونسا"))
    assert quote.name == "جواو مندونسا"
    assert text[slice(*quote.speaker)] == "مدرب الفريق، البرتغالي جواو مندونسا"


def test_a_sentence_that_begins_with_a_participle_goes_on_from_the_speaker_before() -> None:
    text = "خبر\nوأفاد سامر حداد بأن المصنع مغلق. مضيفاً أن الأجور مدفوعة."
    first, second = quotes(text, entity(text, "سامر حداد"))
    assert (second.name, second.speaker) == ("سامر حداد", first.speaker)


def test_a_participle_describes_the_nearest_clause() -> None:
    text = (
        "خبر\nواستقبل النادي أبناء الدار أمس، وفي نهاية اليوم المفتوح قدم سامر حداد درعاً لهم، مؤكداً أن الأبواب مفتوحة."
    )
    named = entity(text, "النادي", "organisation"), entity(text, "سامر حداد")
    assert only_quote(text, *named).name == "سامر حداد"


def test_a_title_after_the_verb_of_a_circumstance_acts() -> None:
    text = "خبر\nوفي نهاية اليوم المفتوح قدم مدير النادي درعاً للضيوف، مؤكداً أن الأبواب مفتوحة."
    assert only_quote(text).name == "مدير النادي"


def test_a_year_is_nobody() -> None:
    text = "خبر\nوكانت هيئة الموانئ قد أعلنت عام 2022 أنها غيرت نظام الشراء."
    assert only_quote(text, entity(text, "هيئة الموانئ", "organisation")).name == "هيئة الموانئ"


def test_what_a_described_document_says_is_its_own() -> None:
    text = "خبر\nوقالت ليلى منصور إن اللقاح آمن. وحذرت من منشورات تزعم أن الدفعة فاسدة."
    found = quotes(text, entity(text, "ليلى منصور"))
    assert [quote.name for quote in found] == ["ليلى منصور", "منشورات"]


def test_an_answer_in_his_words_is_the_subjects() -> None:
    text = "خبر\nوقال سامر حداد إن القطار جاهز. ورد الوزير فهد الرملي بقوله إن القطار معطل."
    found = quotes(text, entity(text, "سامر حداد"), entity(text, "فهد الرملي"))
    assert [quote.name for quote in found] == ["سامر حداد", "فهد الرملي"]


def test_a_document_named_again_is_the_one_named_before() -> None:
    text = "خبر\nأظهر تقرير لديوان المحاسبة فارقاً كبيراً في الحسابات.\nوبحسب التقرير، صرفت المبالغ على أربع دفعات."
    assert only_quote(text).name == "تقرير لديوان المحاسبة"


def test_a_body_named_again_by_its_class_word_is_the_one_named_before() -> None:
    text = "خبر\nافتتح مجمع الآداب موسمه أمس. وأكد المجمع أن الدعوة عامة للجميع."
    assert only_quote(text, entity(text, "مجمع الآداب", "organisation")).name == "مجمع الآداب"


def test_of_two_bodies_of_one_kind_neither_is_guessed() -> None:
    text = "خبر\nالتقت شركة الأفق وشركة النور أمس. وأكدت الشركة أن العقد نهائي."
    bodies = entity(text, "شركة الأفق", "organisation"), entity(text, "شركة النور", "organisation")
    assert only_quote(text, *bodies).name == "الشركة"


@pytest.mark.parametrize("speaker", ["الوزير سامر حداد والسفيرة ليلى منصور", "سامر حداد وليلى منصور"])
def test_two_people_with_their_titles_speak_together(speaker: str) -> None:
    text = f"خبر\nوقال {speaker} إن الاتفاق نهائي."
    quote = only_quote(text, entity(text, "سامر حداد"), entity(text, "ليلى منصور"))
    assert quote.name == "سامر حداد وليلى منصور"
    assert text[slice(*quote.speaker)] == speaker


def test_the_object_of_a_verb_is_no_part_of_a_title_alone() -> None:
    text = "خبر\nووصف الوزير القرار بـ«الخاطئ وغير المسؤول»."
    quote = only_quote(text)
    assert text[slice(*quote.speaker)] == "الوزير"


@pytest.mark.parametrize("cue", ["قال صلى الله عليه وسلم", "قال عليه الصلاة والسلام"])
def test_a_prayer_stands_for_the_prophet_not_for_who_spoke_last(cue: str) -> None:
    text = f"خبر\nوقال سامر حداد إن المسجد جاهز. وقد {cue}: «خير الأمور أوسطها دائماً»."
    assert quotes(text, entity(text, "سامر حداد"))[-1].name == "الرسول"


@pytest.mark.parametrize(
    "sentence",
    [
        "لم يقل الوزير إن القطار جاهز",
        "ولم تنف الوزارة أن القطار تعطل",
        "ولا أحد قال إن القطار جاهز",
        "وبدلاً من أن يقول الوزير إن القطار جاهز غادر القاعة",
        "ورفض الوزير القول إن القطار جاهز",
        "وسوف يقول الوزير إن القطار جاهز",
        "وقد يقول قائل إن القطار جاهز",
    ],
)
def test_what_was_not_said_is_no_quote(sentence: str) -> None:
    assert quotes(f"خبر\n{sentence}.") == []


def test_after_a_name_alone_a_title_is_the_one_spoken_of() -> None:
    text = "خبر\nويتهم سامر حداد الرئيس السابق بـ«زعزعة الوضع في البلاد»."
    assert only_quote(text, entity(text, "سامر حداد")).name == "سامر حداد"


def test_an_object_is_nobody_whether_its_tanween_is_written_or_not() -> None:
    text = "خبر\nوقال سامر حداد إن القطار جاهز. وذكر أمورا خفية أثناء الحديث منها أن التذاكر متاحة."
    assert {quote.name for quote in quotes(text, entity(text, "سامر حداد"))} == {"سامر حداد"}


def test_an_agency_that_names_no_source_tells_it_itself() -> None:
    text = "خبر\nونقلت وكالة الأفق أن القطار جاهز."
    quote = only_quote(text, entity(text, "وكالة الأفق", "organisation"))
    assert (quote.name, [voice.role for voice in quote.voices]) == ("وكالة الأفق", ["said"])


def test_nobody_goes_on_from_scripture() -> None:
    text = "خبر\nوقال سامر حداد إن العمل واجب. وقد قال الله تعالى: «وقل اعملوا خيراً كثيراً». وأضاف أن الأجر مضمون."
    assert [quote.name for quote in quotes(text, entity(text, "سامر حداد"))] == ["سامر حداد", "الله", "سامر حداد"]


def test_nationalities_after_a_document_are_no_name() -> None:
    text = "خبر\nوذكرت تقارير صحفية إنجليزية وإسبانية أن اللاعب سيرحل."
    assert only_quote(text).name == "تقارير صحفية إنجليزية وإسبانية"


def test_a_passive_accusation_has_nobody_to_attribute_it_to() -> None:
    assert quotes("خبر\nوفتح الادعاء تحقيقاً واتهمت بـ«الدعاية لجماعة محظورة».") == []


def test_an_office_leads_to_its_holder_past_honours() -> None:
    text = (
        "أمير الساحل: الطريق جاهز منذ شهر\nأوضح أمير منطقة الساحل صاحب السمو الملكي الأمير سامر بن حداد أن الطريق جاهز."
    )
    assert {quote.name for quote in quotes(text, entity(text, "سامر بن حداد"))} == {"سامر بن حداد"}


def test_who_is_described_by_a_relative_clause_is_named_with_his_words() -> None:
    text = "خبر\nوقالت ليلى منصور إنها التقت بالوزير سامر حداد الذي أكد أن القطار جاهز."
    quote = quotes(text, entity(text, "ليلى منصور"), entity(text, "سامر حداد"))[1]
    assert text[slice(*quote.speaker)] == "سامر حداد"


def test_a_resolution_demands_as_a_document_does() -> None:
    text = "خبر\nواجتمع المجلس لبحث قراره رقم 12 الذي يطالب بـ«وقف فوري لإطلاق النار»."
    assert only_quote(text).name == "قراره رقم 12"


def test_a_report_to_a_body_is_not_the_body() -> None:
    text = "خبر\nوأظهر تقرير لديوان المحاسبة أن الحسابات ناقصة."
    assert only_quote(text, entity(text, "ديوان المحاسبة", "organisation")).name == "تقرير لديوان المحاسبة"


def test_a_plural_office_is_not_the_one_who_spoke_last() -> None:
    text = "خبر\nوقال سامر حداد إن القطار جاهز. ويرى المسؤولون أن القطار معطل."
    assert [quote.name for quote in quotes(text, entity(text, "سامر حداد"))] == ["سامر حداد", "المسؤولون"]


def test_a_plural_participle_does_not_describe_one_name() -> None:
    text = "خبر\nوقال سامر حداد إن سياسيين حذروا من الفخ، مشيرين إلى أن العد التنازلي بدأ."
    last = quotes(text, entity(text, "سامر حداد"))[-1]
    assert last.name != "سامر حداد" or last.confidence < 0.7


def test_whom_an_office_prays_to_is_no_part_of_it() -> None:
    text = "خبر\nوسأل قائد المنطقة الجنوبية الله عز وجل لهم الشفاء، مؤكداً أن الجميع بخير."
    assert only_quote(text).name == "قائد المنطقة الجنوبية"


def test_what_a_spokesman_warns_of_is_no_part_of_his_office() -> None:
    text = "خبر\nوحذر الناطق باسم الحركة من السياسة الجديدة، مؤكداً أن الجميع بخير."
    assert only_quote(text).name == "الناطق باسم الحركة"


def test_a_noun_of_saying_is_not_of_the_place_its_sentence_ends_at() -> None:
    text = "خبر\nوعلق سامر حداد في بيان وصلت نسخة منه إلى وكالة الأفق بالقول إن الكلام غير مقبول."
    assert only_quote(text, entity(text, "سامر حداد"), entity(text, "وكالة الأفق", "organisation")).name == "سامر حداد"


def test_a_particle_before_a_name_is_no_part_of_it() -> None:
    text = "خبر\nومع أن الطريق مغلق، فإن ليلى منصور أكدت أن القطار جاهز."
    assert only_quote(text, entity(text, "ليلى منصور")).name == "ليلى منصور"


def test_whom_others_follow_is_not_whose_words_are_told() -> None:
    text = "خبر\nوأكد الموقعون السير مع القيادة الرشيدة بقيادة الملك سامر حداد بالقول: «سر على بركة الله ونحن معك»."
    assert all(quote.name != "سامر حداد" for quote in quotes(text, entity(text, "سامر حداد")))


def test_a_crowds_cry_is_not_of_the_one_who_spoke_last() -> None:
    text = "خبر\nوقال سامر حداد إن الخطة جاهزة. وتجمع الآلاف في الساحة وهتفوا أن «الخطة لا تخدم أحداً من الناس»."
    assert [quote.name for quote in quotes(text, entity(text, "سامر حداد"))] == ["سامر حداد"]
