"""Forms of reporting met in the papers: what is said, where it ends, and what only looks like it."""

import pytest

from tests.detection.reading_of import entity, only_quote, quotes, words_of


@pytest.mark.parametrize(
    "sentence",
    [
        "وهذا لم يكن متوقعاً من أن تفتح المدينة أبوابها قبل الصيف.",
        "بين الملكين مسافة لا تسمح لأحد أن يقارن بينهما اليوم.",
        "ويقسم الموقع المتطوعين إلى فئتين هما «العاملون في الميدان والعاملون من البيت».",
        "وكان البيت كما تُنبتُ الأرض زرعاً إنْ سقاه أهله كل صباح.",
        "وكشفت الشركة عن قرص جديد باسم «البحر الواسع للألعاب في البيت» للبيع.",
        "وأفاد المرصد عن معارك مع مقاتلي ما يعرف بـ«الجبهة الوطنية في الشمال والجنوب» أمس.",
        "وتبدأ المباريات يوم السبت وفق البرنامج التالي.",
        "ونشر الكاتب كتابه الأول ثم سماه «المفصل في تاريخ المدن القديمة».",
        "ووصفت الطائرة بأنها «مركبة سريعة تسبق الصوت مرتين».",
        "فخامة الرئيس: «أثبتت المباحثات متانة الروابط بين بلدينا الشقيقين».",
    ],
)
def test_what_only_looks_like_a_report_is_none(sentence: str) -> None:
    assert quotes(f"خبر\n{sentence}") == []


@pytest.mark.parametrize(
    ("sentence", "content"),
    [
        (
            "وأكد مستهلكون أن الطلب يرفع الأسعار كل عام، مطالبين الجهات بضبطها.",
            "الطلب يرفع الأسعار كل عام",
        ),
        (
            "وقال المدير إن السكان يعتقدون اعتقاداً جازماً أنهم على حق في هذه القضية.",
            "السكان يعتقدون اعتقاداً جازماً أنهم على حق في هذه القضية",
        ),
        (
            "وذكرت الصحيفة أن الصندوق يريد شروطاً واضحة، ويصر على مراجعة الاتفاق.",
            "الصندوق يريد شروطاً واضحة، ويصر على مراجعة الاتفاق",
        ),
        (
            "وتوقع المدير ألا يكون الرد على الرسالة قريباً.",
            "ألا يكون الرد على الرسالة قريباً",
        ),
        (
            "وبحسب مراقبين فإن الاتفاق لا يقل أهمية عن سابقه.",
            "الاتفاق لا يقل أهمية عن سابقه",
        ),
        (
            "على صعيد آخر، نفذ المتطوعون حملة في الميناء، بحسب ما ذكرت الصحيفة.",
            "نفذ المتطوعون حملة في الميناء",
        ),
        (
            "وقال مسؤول حكومي تحدث مشترطاً عدم نشر اسمه «نجري محادثات مع دول أخرى».",
            "نجري محادثات مع دول أخرى",
        ),
        (
            "وأوضحت مصادر الفريق أن المدرب وقع العقد أمس، لافتة النظر إلى موعد المباراة.",
            "المدرب وقع العقد أمس، لافتة النظر إلى موعد المباراة",
        ),
        (
            "وأكد المدير أن الحفل تقليد قديم في المدينة، مهنئاً الجميع بالعيد.",
            "الحفل تقليد قديم في المدينة",
        ),
        ("ووجد الباحثون أن النوم المبكر يحسن الذاكرة كثيراً.", "النوم المبكر يحسن الذاكرة كثيراً"),
        ("وذهب المحامي إلى أن القرار لا يلزم أحداً.", "القرار لا يلزم أحداً"),
    ],
)
def test_a_report_is_its_content_and_no_more(sentence: str, content: str) -> None:
    text = f"خبر\n{sentence}"
    assert words_of(text, only_quote(text)) == content


def test_a_verb_right_after_quoted_words_begins_another_report() -> None:
    reported = "المدينة «ستتخذ كل الإجراءات الممكنة لحماية أهلها»"
    text = f"خبر\nوبعد أن شدد البيان على أن {reported} أعلن أن الوزارة استدعت السفير."
    first, second = quotes(text)
    assert words_of(text, first) == reported
    assert words_of(text, second) == "الوزارة استدعت السفير"


@pytest.mark.parametrize("participle", ["لافتة إلى", "متوقعة", "معتبرة", "ذاكرة"])
def test_words_that_are_also_adjectives_report_what_follows_at_once(participle: str) -> None:
    text = f"خبر\nوأوضحت الوزارة أن العمل بدأ أمس، {participle} أن الطريق سيفتح غداً."
    first, second = quotes(text)
    assert words_of(text, first) == "العمل بدأ أمس"
    assert (second.name, words_of(text, second)) == ("الوزارة", "الطريق سيفتح غداً")


def test_a_title_in_a_report_makes_none_of_it_the_speakers_own_words() -> None:
    text = "خبر\nوقال المدير إن المعرض يقام تحت شعار «البحر لنا»."
    assert only_quote(text).type == "indirect"


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("أما أم سعد فقد تعلمت الحرفة صغيرة، مشيرة إلى أن والدتها علمتها كل شيء.", "أم سعد"),
        ("من جهته، دافع مجلس القضاء عن أحكام نظام سامي، وقال إنها صدرت وفق القانون.", "مجلس القضاء"),
        ("وقرر المكتب التنفيذي متابعة الملف الذي اعتبر أنه يمس حرية الناس.", "المكتب التنفيذي"),
        ("كتب الناقد بحثاً في الصحف، وكانت الصحف الرومانية خصصت صفحة له، وقالت إنه رجل نادر.", "الصحف الرومانية"),
        ("تناول المدير أبرز ما جرى في اللقاء. وقال إن العمل بدأ أمس.", "المدير"),
        ("ندد سكان الحي بالحادث أمس.\nمؤكدين أن الفاعل غريب عنهم.", "سكان الحي"),
        ("وحصرت الهيئة الدخول بمطار الشمال، ومطار الجنوب، مشيرة إلى أنها لن تقبل غيرهما.", "الهيئة"),
    ],
)
def test_the_one_who_acts_in_the_sentence_speaks(sentence: str, name: str) -> None:
    text = f"خبر\n{sentence}"
    named = {"أم سعد": "person", "سامي": "person", "مطار الشمال": "place", "مطار الجنوب": "place"}
    assert only_quote(text, *(entity(text, word, kind) for word, kind in named.items() if word in text)).name == name


def test_a_masculine_verb_after_a_feminine_noun_has_another_subject() -> None:
    text = "خبر\nقال المدير إن العمل بدأ أمس. ولم يحدد المنظمات التي قال إن المتهمين اتصلوا بها."
    assert [quote.name for quote in quotes(text)] == ["المدير", "المدير"]


def test_many_do_not_speak_for_one_who_acts_before() -> None:
    text = "خبر\nزار المدير الميناء صباح أمس. وقالوا إن العمل بدأ في الموعد."
    assert [quote.name for quote in quotes(text)] == ["?"]


def test_a_source_who_asks_not_to_be_named_is_the_source() -> None:
    text = "خبر\nوذكر مصدر أمني في المدينة طالبا عدم كشف هويته، أنه رأى الحادث عند المساء."
    assert only_quote(text).name == "مصدر أمني في المدينة"


def test_what_appears_is_said_by_nobody() -> None:
    text = "خبر\nقال المدير إن العمل بدأ أمس.\nويظهر بالفيديو أن الرجال غادروا الميناء قبل الفجر."
    assert len(quotes(text)) == 1


def test_what_is_supposed_to_be_is_no_distance() -> None:
    text = "خبر\nوأكد المدير أن العمل الذي من المفترض أن يبدأ اليوم تأخر."
    assert only_quote(text).framing is None


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("وقال المدير في جولته في الميناء استعداداً للموسم إن العمل بدأ أمس.", "جولته في الميناء"),
        ("ووصف الوزير في كلمة له في باريس الحكومة بأنها «ضعيفة وخائفة من الناس».", "كلمة له في باريس"),
    ],
)
def test_adverbs_and_objects_are_no_part_of_the_occasion(sentence: str, words: str) -> None:
    text = f"خبر\n{sentence}"
    told = only_quote(text).circumstances
    span = told.occasion or told.channel_words
    assert span is not None
    assert text[span.start : span.end] == words
