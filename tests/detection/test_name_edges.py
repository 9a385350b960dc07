"""Speakers' names: no more words than are theirs, and no fewer."""

import pytest

from tests.detection.reading_of import entity, only_quote, quotes, words_of

_SAID = " إن العمل في الميناء بدأ صباحاً."


@pytest.mark.parametrize(
    ("sentence", "surface", "name"),
    [
        ("أشاد سامي بالعمل الجديد", "سامي بالعمل", "سامي"),
        ("ولم يخف سامي انزعاجه من التأخير", "سامي انزعاجه", "سامي"),
        ("وتحدث حمد العمري رحمه الله للجميع", "حمد العمري رحمه الله", "حمد العمري"),
        ("ودعا المتحدث باسمها سامي العمري إلى الهدوء", "باسمها سامي العمري", "سامي العمري"),
        ("ووصل العميد بحري سامي العمري إلى الميناء", "بحري سامي العمري", "سامي العمري"),
        ("ويعرض سامي العمري أهمية العمل للناس", "سامي العمري أهمية", "سامي العمري"),
        ("وحضر العقيد سامي العمري مشرف مركز الميناء", "سامي العمري مشرف", "سامي العمري"),
    ],
)
def test_words_of_the_sentence_are_no_part_of_a_name(sentence: str, surface: str, name: str) -> None:
    text = f"خبر\n{sentence}، قائلاً{_SAID}"
    assert only_quote(text, entity(text, surface)).name == name


def test_whom_another_praises_is_no_part_of_the_name() -> None:
    text = f"خبر\nوأشاد سامي بسواريز، قائلاً{_SAID} وشكره لويس سواريز."
    assert only_quote(text, entity(text, "سامي بسواريز"), entity(text, "لويس سواريز")).name == "سامي"


@pytest.mark.parametrize("name", ["توماس باخ", "عبدالله آل الشيخ", "بندر بن سلطان", "كريم فراغا", "أحمد نوايه"])
def test_names_that_look_like_other_words_stay_whole(name: str) -> None:
    text = f"خبر\nوقال {name} رئيس اللجنة{_SAID}"
    assert only_quote(text, entity(text, name)).name == name


@pytest.mark.parametrize(
    ("subject", "recognised", "name"),
    [
        ("أمين المحافظة الدكتور هاني أبو راس", "هاني", "هاني أبو راس"),
        ("الأمين العام الدكتور سامي بن صالح التركي", "سامي بن صالح", "سامي بن صالح التركي"),
        ("أمين عام حزب الوطن الجديد حشد صلاح الوادي", "", "حشد صلاح الوادي"),
        ("وزير الري المصري", "", "وزير الري المصري"),
        ("مدير الجمعية فيصل بن منير حلبي", "فيصل بن منير", "فيصل بن منير حلبي"),
        ("عضو بحزب الرئيس السابق سامي العمري", "سامي العمري", "عضو بحزب الرئيس السابق سامي العمري"),
        ("التقرير الـ 51 للمؤسسة", "", "التقرير"),
        ("رئيس الرابطة الجديد كوركيديس", "", "كوركيديس"),
        ("المتحدث الرسمي لبلدية الرياض نادر الشهري", "", "نادر الشهري"),
        ("بو خضور الخبير النفطي", "", "بو خضور"),
        ("الدكتورة مجيدة الناجم مديرة المركز", "مجيدة", "مجيدة الناجم"),
        ("مدير العلاقات العامة والإعلام بالمؤسسة ناصر الدوسري", "", "ناصر الدوسري"),
        ("عضو المجلس أركان الطرموز", "", "أركان الطرموز"),
        ("رئيس المجلس محمد علي النقي", "محمد علي", "محمد علي النقي"),
        ("ابن بطال رحمه الله", "", "ابن بطال"),
        ("عملاق خط الوسط سامي العمري", "سامي العمري", "سامي العمري"),
    ],
)
def test_a_name_runs_to_its_last_word(subject: str, recognised: str, name: str) -> None:
    text = f"خبر\nوقال {subject}:{_SAID}"
    assert only_quote(text, *([entity(text, recognised)] if recognised else [])).name == name


def test_a_family_s_name_after_its_particle_is_whole() -> None:
    text = f"خبر\nوقال الخبير ناصر آل مغرم{_SAID}\nوأكد آل مغرم أن الطريق مغلق منذ أمس."
    span = quotes(text)[1].speaker
    assert span is not None
    assert text[span.start : span.end] == "آل مغرم"


@pytest.mark.parametrize(
    ("subject", "speaker"),
    [
        ("مسؤول ليبي لرويترز", "مسؤول ليبي"),
        ("مسؤول كبير في الخارجية للصحافيين", "مسؤول كبير في الخارجية"),
        ("مصدر أمني لمراسل القناة", "مصدر أمني"),
        ("دبلوماسي غربي اتصلت به الصحيفة", "دبلوماسي غربي"),
        ("مصدر خليجي مطلع إقرار الخطة", "مصدر خليجي مطلع"),
        ("خطباء الجمعة", "خطباء الجمعة"),
        ("الشاعر وقد أصاب", "الشاعر"),
    ],
)
def test_who_listens_and_what_else_is_told_end_the_speaker(subject: str, speaker: str) -> None:
    text = f"خبر\nوقال {subject}: «العمل في الميناء بدأ صباحاً»."
    quote = only_quote(text)
    assert quote.speaker is not None
    assert text[quote.speaker.start : quote.speaker.end] == speaker


def test_a_listening_channel_known_in_part_is_not_the_speaker() -> None:
    text = f"خبر\nقال الوزير سامي العمري{_SAID}\nوأضاف في تصريح لمراسل البحر أف أم، أنه سيعود غداً إلى الميناء."
    found = quotes(text, entity(text, "سامي العمري"), entity(text, "البحر", "organisation"))
    assert [quote.name for quote in found] == ["سامي العمري"] * 2


@pytest.mark.parametrize(
    "objects", ["التأكيد على التزامه", "المجتمع المدني إلى الصبر", "الشرطة إلى الهدوء", "انزعاجه من البطء"]
)
def test_what_a_verb_does_is_no_part_of_who_does_it(objects: str) -> None:
    text = f"خبر\nجدد المدير {objects}، وقال إن العمل في الميناء بدأ صباحاً."
    assert only_quote(text).name == "المدير"


def test_the_same_name_written_in_two_ways_is_one_person() -> None:
    text = f"خبر\nقال المدير رامي عبد الرحمن{_SAID}\nوأكد عبدالرحمن أن الطريق مغلق منذ أمس."
    assert {quote.name for quote in quotes(text, entity(text, "رامي عبد الرحمن"))} == {"رامي عبد الرحمن"}


def test_a_surname_that_is_a_place_elsewhere_is_the_person_who_spoke() -> None:
    text = f"خبر\nقال المدير علي الأحمدي{_SAID}\nوأكد الأحمدي أن الطريق مغلق منذ أمس."
    found = quotes(text, entity(text, "علي الأحمدي"), entity(text, "الأحمدي", "place", occurrence=1))
    assert {quote.name for quote in found} == {"علي الأحمدي"}


def test_a_title_with_a_nationality_is_the_one_who_spoke_under_that_title() -> None:
    text = f"خبر\nقال المدرب خالد العمري{_SAID}\nوأضاف المدرب السعودي أن الطريق مغلق منذ أمس."
    assert {quote.name for quote in quotes(text, entity(text, "خالد العمري"))} == {"خالد العمري"}


def test_an_institution_is_not_the_study_that_spoke_before() -> None:
    text = f"خبر\nقالت الدراسة{_SAID}\nوأشارت المؤسسة إلى أن الطريق مغلق منذ أمس."
    assert [quote.name for quote in quotes(text)] == ["الدراسة", "المؤسسة"]


def test_the_same_officer_is_the_one_who_was_heard() -> None:
    text = f"خبر\nقال ضابط كبير في الجيش{_SAID}\nوأكد الضابط نفسه أن الطريق مغلق منذ أمس."
    assert {quote.name for quote in quotes(text)} == {"ضابط كبير في الجيش"}


def test_a_paper_that_is_cited_between_is_not_the_subject() -> None:
    text = f"خبر\nقال المدير سامي العمري{_SAID}\nوقال بحسب صحيفة البلاد: «الطريق مغلق منذ أمس»."
    assert {quote.name for quote in quotes(text, entity(text, "سامي العمري"))} == {"سامي العمري"}


def test_an_office_before_another_s_title_is_not_his() -> None:
    text = "أمير الجبل: الفاعلون قلة لا تمثل أحداً\nرفع أمير الجبل الأمير سامي العمري التعازي لخادم البلاد الملك خالد."
    people = entity(text, "سامي العمري"), entity(text, "خالد")
    assert only_quote(text, *people).name == "سامي العمري"


def test_a_mother_s_name_is_a_name() -> None:
    text = "خبر\nوتحول أم فيصل من عملها في المدينة إلى الرسم، مؤكدة أن العمل في البيت أجمل."
    assert only_quote(text).name == "أم فيصل"


def test_a_man_goes_on_where_witnesses_spoke_last() -> None:
    text = f"خبر\nقال الحاكم سامي العمري{_SAID}\nوقال شهود إن الطريق مغلق. وأضاف: «كنت هناك منذ الصباح»."
    assert [quote.name for quote in quotes(text, entity(text, "سامي العمري"))] == ["سامي العمري", "شهود", "سامي العمري"]


def test_a_name_in_marks_before_its_verb_speaks() -> None:
    text = "خبر\nوتوقعت الشركة الربح، رغم أن صحيفة «البلاد» ذكرت أنها خسرت نصف قيمتها."
    assert only_quote(text).name == "صحيفة «البلاد»"


def test_the_same_source_may_be_anybody_who_was_heard() -> None:
    text = f"خبر\nقال مراسل القناة في الميناء{_SAID}\nوأضاف نفس المصدر أن الطريق مغلق منذ أمس."
    assert {quote.name for quote in quotes(text)} == {"مراسل القناة في الميناء"}


def test_a_name_in_marks_before_a_comma_speaks() -> None:
    text = 'خبر\nوأضاف "العمري"؛ "العمل في الميناء بدأ صباحاً والطريق مفتوح".'
    quote = only_quote(text)
    assert (quote.name, words_of(text, quote)) == ("العمري", "العمل في الميناء بدأ صباحاً والطريق مفتوح")
