"""Where a speaker's words end: names that no lexicon knows, objects of the verb, and doubt where nobody can tell."""

import pytest

from annotations.detection import detect
from articles.language.entities import recognise
from tests.detection.reading_of import entity, only_quote, quotes

# From here on the product shows a speaker as probable, below as uncertain.
_PROBABLE = 0.7


def speaker(text: str) -> str:
    quote = only_quote(text)
    assert quote.speaker is not None
    return text[slice(*quote.speaker)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("عرض المندوب البديل لدى المنظمة روبرت هاكسلي موقف بلاده قائلاً: «الطريق طويل أمامنا»", "روبرت هاكسلي"),
        ("وأوضح المهندس شهوان الرملي تفاصيل الخطة قائلاً: «سنبدأ العمل غداً صباحاً»", "شهوان الرملي"),
    ],
)
def test_the_verbs_object_is_no_part_of_a_name(sentence: str, expected: str) -> None:
    quote = only_quote(f"خبر\n{sentence}.")
    assert quote.name == expected
    text = f"خبر\n{sentence}."
    assert text[slice(*quote.speaker)].endswith(expected)


def test_the_verbs_object_is_no_part_of_a_title() -> None:
    text = "خبر\nوأكد وزير الزراعة أهمية المشروع مشيراً إلى أن العمل بدأ."
    assert speaker(text) == "وزير الزراعة"


def test_a_preposition_of_the_verb_ends_the_speaker() -> None:
    text = "خبر\nوأعلنت جمعية السائقين عن اعتراضها على بعض بنود القرار، وقالت إن الرسوم ارتفعت."
    assert [quote.name for quote in quotes(text)] == ["جمعية السائقين"]


def test_what_a_title_governs_stays_with_it() -> None:
    text = "خبر\nوقال المشرف على الملتقى إن الدعوة عامة للجميع."
    assert speaker(text) == "المشرف على الملتقى"


def test_a_family_name_after_a_known_given_name_is_kept_whatever_else_it_means() -> None:
    text = "خبر\nوأوضح أمين البلدية المهندس محمد المخرج أن العمل بدأ."
    quote = only_quote(text, entity(text, "محمد"))
    assert quote.name == "محمد المخرج"


def test_a_name_recognised_in_part_is_completed() -> None:
    text = "خبر\nوقال الوزير أحمد داود زلمايو إن العمل بدأ."
    assert only_quote(text, entity(text, "أحمد داود")).name == "أحمد داود زلمايو"


def test_a_surname_heard_before_its_full_name_is_joined_to_it() -> None:
    text = "خبر\nوقال غضنفوري إن العمل بدأ.\nوكان روبرت غضنفوري زار الموقع أمس."
    assert only_quote(text).name == "روبرت غضنفوري"


def test_a_noun_before_a_kunya_is_no_part_of_it() -> None:
    text = "خبر\nوقال خليفة أبو مازن المنتظر إن العمل بدأ.\nوأضاف أبو مازن أن اللقاء قريب."
    assert quotes(text, entity(text, "أبو مازن", occurrence=1))[-1].name == "أبو مازن"


def test_words_of_honour_are_no_part_of_a_name() -> None:
    text = "خبر\nوأفاد معالي وزير النقل أن القطار جاهز للعمل."
    quote = only_quote(text)
    assert quote.name == "وزير النقل"


def test_an_institution_is_not_the_person_it_is_called_after() -> None:
    text = "خبر\nوأعلن مدير مستشفى الملك فهد أن القسم الجديد جاهز."
    assert only_quote(text).name == "مدير مستشفى الملك فهد"


def test_an_office_is_not_the_person_it_serves() -> None:
    text = "خبر\nوقال مكتب رئيس الحكومة سامر حداد إن اللقاء تأجل."
    assert only_quote(text, entity(text, "سامر حداد")).name == "مكتب رئيس الحكومة سامر حداد"


def test_a_source_may_speak_through_its_own_verb() -> None:
    text = "خبر\nووفقا لمصادر أمنية أكدت للصحيفة أن الطريق أغلق ليلاً."
    quote = only_quote(text)
    assert (quote.name, text[slice(*quote.speaker)]) == ("مصادر أمنية", "مصادر أمنية")


def test_a_relative_clause_leads_back_to_a_kind_of_source() -> None:
    text = "خبر\nوقال الوزير سامر حداد إن العمل بدأ. ثم نشرت التقارير الغربية التي أكدت أن العمل توقف."
    found = quotes(text, entity(text, "سامر حداد"))
    assert [quote.name for quote in found] == ["سامر حداد", "التقارير الغربية"]


def test_what_is_described_is_not_who_describes_it() -> None:
    text = "خبر\nوأعلن سامر حداد أن الشرطة تعرفت على منفذ الهجوم الذي قال إن ضحاياه ثلاثون."
    quote = quotes(text, entity(text, "سامر حداد"))[-1]
    assert (quote.name, quote.confidence < _PROBABLE) == ("سامر حداد", True)


def test_a_title_that_is_also_a_name_is_a_title_before_what_it_governs() -> None:
    text = "خبر\nوأكد معالي أمين العاصمة الدكتور فهيم ورداني أن العمل بدأ."
    assert only_quote(text, entity(text, "معالي أمين")).name == "فهيم ورداني"


def test_who_acts_in_the_sentence_agrees_with_the_participle() -> None:
    text = "خبر\nبعض الوزراء عادوا إلى المدينة التي زارها سامر حداد أمس، مؤكدا أن الزيارة رمزية."
    assert only_quote(text, entity(text, "سامر حداد")).name == "سامر حداد"


def test_of_two_people_who_may_have_spoken_neither_is_certain() -> None:
    text = "خبر\nوالتقى سامر حداد في مكتبه فهيم ورداني صباحاً، مؤكداً أن العمل بدأ."
    quote = only_quote(text, entity(text, "سامر حداد"), entity(text, "فهيم ورداني"))
    assert quote.confidence < _PROBABLE


@pytest.mark.parametrize("subject", ["الطرفان", "هؤلاء"])
def test_a_subject_that_is_neither_name_nor_title_is_uncertain(subject: str) -> None:
    assert only_quote(f"خبر\nوأكد {subject} أن العمل بدأ في الموقع.").confidence < _PROBABLE


def test_the_writer_speaks_for_himself_and_is_not_named() -> None:
    text = "خبر\nقال سامر حداد إن العمل بدأ. فقلت له: أنت بذلك تفقد الثقة في من حولك."
    found = quotes(text, entity(text, "سامر حداد"))
    assert [quote.name for quote in found] == ["سامر حداد", "?"]


def test_a_source_inside_a_sentence_that_goes_on_takes_the_clause_before_it() -> None:
    text = "خبر\nوصل أربعة من الوزراء إلى المدينة حسبما قال سياسي محلي وذلك بعد أشهر من الحرب."
    quote = only_quote(text)
    assert text[quote.start : quote.end] == "وصل أربعة من الوزراء إلى المدينة"
    assert quote.name == "سياسي محلي"


@pytest.mark.parametrize(
    "sentence",
    [
        "وقالت ليلى منصور التي سبق أن زارت المخيم مرتين: «خاب أملي لأن اللقاء تأجل»",
        "وقالت ليلى منصور، بعد أن وقعت العقد في الميناء، «خاب أملي لأن اللقاء تأجل»",
        "«خاب أملي لأن اللقاء تأجل»، كما قالت ليلى منصور",
        "ومضت ليلى منصور بالقول «خاب أملي لأن اللقاء تأجل»",
    ],
)
def test_what_is_told_beside_a_statement_does_not_hide_it(sentence: str) -> None:
    text = f"خبر\n{sentence}."
    quote = only_quote(text, entity(text, "ليلى منصور"))
    assert text[quote.start : quote.end] == "خاب أملي لأن اللقاء تأجل"
    assert quote.name == "ليلى منصور"


def test_the_reporters_comment_needs_no_comma() -> None:
    text = "خبر\nوأكدت الشرطة أن الجسر فتح أمام السيارات وهو ما يعزز حركة السير."
    quote = only_quote(text)
    assert text[quote.start : quote.end] == "الجسر فتح أمام السيارات"


def test_a_call_to_the_reader_is_no_speaker_of_a_headline() -> None:
    assert quotes("شاهد: حريق كبير في سوق المدينة\nاندلع حريق.") == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("خبر\nقال وزير المياه والطاقة سامر الحداري إن الأسعار لن ترتفع هذا العام.", "سامر الحداري"),
        ("خبر\nقالت شقيقته هبة القصير إن الحكم لم يكن عادلاً.", "هبة القصير"),
    ],
)
def test_joined_offices_and_relatives_with_a_pronoun_lead_to_the_name_itself(text: str, name: str) -> None:
    assert [quote.name for quote in detect(text, recognise(text)).quotes] == [name]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("ووجه مدير الأمن العام رسالة إلى الجميع قائلاً: «مهمتنا حماية البلاد كلها»", "مدير الأمن العام"),
        ("وقال مصدر أمني طلب عدم ذكر اسمه إن القطار جاهز", "مصدر أمني"),
        ("وكشفت دراسة نشرت أمس أن القطار جاهز", "دراسة"),
        ("وقالت الشركة في إعلان إن القطار جاهز", "الشركة"),
    ],
)
def test_documents_clauses_and_channels_after_a_speaker_are_no_part_of_its_name(sentence: str, expected: str) -> None:
    assert speaker(f"خبر\n{sentence}.") == expected


def test_an_office_after_a_name_is_no_part_of_it() -> None:
    text = "خبر\nوأوضح العميد يوسف الرملي الوكيل المساعد للمنافذ أن القطار جاهز."
    assert only_quote(text, entity(text, "يوسف الرملي")).name == "يوسف الرملي"


def test_where_an_office_is_may_stand_before_its_holders_name() -> None:
    text = "خبر\nوأوضحت مديرة شعبة الإشراف بسجون حائل مرزوقة بنت مسعر أن العمل مستمر."
    quote = only_quote(text, entity(text, "حائل", "place"), entity(text, "مرزوقة بنت مسعر"))
    assert quote.name == "مرزوقة بنت مسعر"
