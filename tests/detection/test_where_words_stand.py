"""Words before their cue, around it, after it without any sign, and what ends them."""

import pytest

from tests.detection.reading_of import entity, only_quote, quotes, words_of


def test_words_that_only_their_cue_interrupts_go_on_after_it() -> None:
    text = "خبر\n«الجسر جاهز منذ شهر»، قال المهندس سامر حداد، «وسنفتحه قبل العيد أمام الجميع»."
    first, second = quotes(text, entity(text, "سامر حداد"))
    assert [words_of(text, first), words_of(text, second)] == ["الجسر جاهز منذ شهر", "وسنفتحه قبل العيد أمام الجميع"]
    assert (first.continues, second.continues) == (False, True)
    assert first.cue == second.cue
    assert first.name == second.name == "سامر حداد"


def test_a_short_answer_that_opens_its_sentence_is_a_quote() -> None:
    text = "خبر\n«سنعود»، قال سامر حداد."
    assert words_of(text, only_quote(text, entity(text, "سامر حداد"))) == "سنعود"


@pytest.mark.parametrize("cue", ["كما قال سامر حداد", "كما يقول سامر حداد"])
def test_what_somebody_said_before_his_name_is_reported(cue: str) -> None:
    text = f"خبر\nالقطار جاهز للعمل منذ شهر، {cue}."
    quote = only_quote(text, entity(text, "سامر حداد"))
    assert (words_of(text, quote), quote.type, quote.name) == ("القطار جاهز للعمل منذ شهر", "indirect", "سامر حداد")


def test_also_is_not_as() -> None:
    assert quotes("خبر\nوزار الوفد المصنع الجديد، كما أكد الوزير أهمية التعاون مع الجيران.") == []


def test_a_pronoun_may_stand_for_the_source() -> None:
    text = "خبر\nقال سامر حداد إن المصنع مغلق.\nوالأجور مدفوعة حتى آخر الشهر، على حد قوله."
    assert [(words_of(text, quote), quote.name) for quote in quotes(text, entity(text, "سامر حداد"))] == [
        ("المصنع مغلق", "سامر حداد"),
        ("الأجور مدفوعة حتى آخر الشهر", "سامر حداد"),
    ]


def test_a_pronoun_of_nobody_is_no_source() -> None:
    assert quotes("خبر\nوالأجور مدفوعة حتى آخر الشهر، على حد قوله.") == []


def test_the_source_at_its_end_is_no_part_of_the_report() -> None:
    text = "خبر\nوقال الوزير إن الهجوم لم يقع في تلك الليلة على حد زعمه."
    assert words_of(text, only_quote(text)) == "الهجوم لم يقع في تلك الليلة"


def test_of_two_clauses_the_adversative_one_is_under_the_source_after_it() -> None:
    text = "خبر\nبدأ توزيع المواد على سكان المدينة صباح أمس، لكن العمل يجري ببطء شديد، بحسب مصادر محلية."
    assert words_of(text, only_quote(text)) == "العمل يجري ببطء شديد"


@pytest.mark.parametrize(
    ("sentence", "content"),
    [
        ("وقال سامر حداد نحن مستعدون للحوار مع الجميع", "نحن مستعدون للحوار مع الجميع"),
        ("وتساءل سامر حداد هل يعود المصنع إلى العمل", "هل يعود المصنع إلى العمل"),
        ("وتساءل هل يعود المصنع إلى العمل", "هل يعود المصنع إلى العمل"),
    ],
)
def test_first_person_and_questions_need_no_sign_before_them(sentence: str, content: str) -> None:
    quote = only_quote(f"خبر\n{sentence}.")
    assert (words_of(f"خبر\n{sentence}.", quote), quote.type) == (content, "direct")


def test_words_after_a_colon_without_marks_run_to_the_end_of_their_paragraph() -> None:
    text = "خبر\nوقال الوزير: حددنا هوية المشتبه به. والاحتمال الأكبر أنه غادر البلاد.\nوعاد الهدوء إلى المدينة."
    assert words_of(text, only_quote(text)) == "حددنا هوية المشتبه به. والاحتمال الأكبر أنه غادر البلاد"


def test_the_next_attribution_ends_words_without_marks() -> None:
    text = "خبر\nوقال الوزير: حددنا هوية المشتبه به. وأضاف أن البحث مستمر."
    assert [words_of(text, quote) for quote in quotes(text)] == ["حددنا هوية المشتبه به", "البحث مستمر"]


def test_brackets_after_a_colon_enclose_words_as_marks_do() -> None:
    text = "خبر\nوقال الوزير: (لن نترك أحداً خلفنا في هذه المدينة) ثم غادر القاعة."
    assert words_of(text, only_quote(text)) == "لن نترك أحداً خلفنا في هذه المدينة"


def test_a_mark_that_closes_after_the_reporter_has_spoken_again_closes_too_late() -> None:
    text = (
        "خبر\nوكررت ليلى منصور «التزام بلادها الثابت بهذا الاتفاق القديم، مشددة على أنه يخدم الجميع. "
        "وكذلك شددت على أن أي تعديل يحتاج إلى موافقة الطرفين»."
    )
    found = quotes(text, entity(text, "ليلى منصور"))
    assert [(words_of(text, quote), quote.type) for quote in found] == [
        ("التزام بلادها الثابت بهذا الاتفاق القديم", "direct"),
        ("أنه يخدم الجميع", "indirect"),
        ("أي تعديل يحتاج إلى موافقة الطرفين", "indirect"),
    ]


def test_a_participle_inside_somebodys_words_does_not_end_them() -> None:
    text = "خبر\nوقالت ليلى منصور: «جاء الوفد إلينا، مؤكداً أنه يريد الاتفاق، ورحبنا به»."
    assert only_quote(text, entity(text, "ليلى منصور")).type == "direct"


def test_what_a_source_calls_something_is_a_quote() -> None:
    text = "خبر\nوتحدث سامر حداد طويلاً عما سماه «مؤامرة خارجية» على البلاد."
    quote = only_quote(text, entity(text, "سامر حداد"))
    assert (words_of(text, quote), quote.name) == ("مؤامرة خارجية", "سامر حداد")


def test_answering_reports_only_with_its_own_particle() -> None:
    text = "خبر\nوقال سامر حداد إن المصنع مغلق. ورد الوزير بأن المصنع مفتوح. ورد أن الخبر قديم."
    assert [words_of(text, quote) for quote in quotes(text, entity(text, "سامر حداد"))][1] == "المصنع مفتوح"


def test_a_noun_of_saying_has_its_words_beside_it() -> None:
    text = "خبر\nوتعاقد النادي مع لاعب جديد حال تأكيده جدارته في التمارين المقبلة على أن يحضر غداً إلى المعسكر."
    assert quotes(text) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "أقر الاتحاد اللائحة الجديدة على أن يحتفظ بحقه في مراقبتها",
        "ونعت القيادة الجندي في بيان لها أمس، داعية الله أن يتغمده برحمته",
    ],
)
def test_conditions_and_prayers_are_no_reports(sentence: str) -> None:
    assert quotes(f"خبر\n{sentence}.") == []


def test_a_clause_after_its_source_may_follow_more_about_the_source() -> None:
    text = "خبر\nووفق الكاتب سامر حداد، في مقال له أمس، فإن الخطاب انتقال واضح إلى الهزيمة."
    assert words_of(text, only_quote(text, entity(text, "سامر حداد"))) == "الخطاب انتقال واضح إلى الهزيمة"


def test_a_bracket_around_the_source_is_no_part_of_the_report() -> None:
    text = "خبر\nارتفعت أسعار القمح خلال أسبوع (بحسب مصادر ملاحية)."
    assert words_of(text, only_quote(text)) == "ارتفعت أسعار القمح خلال أسبوع"


def test_many_words_without_any_sign_are_left_alone() -> None:
    text = "خبر\nوقال الوزير أنا مستعد " + "لكل ما يطلبه الناس مني في هذه المدينة " * 8 + "."
    assert quotes(text) == []


def test_in_an_interview_a_name_and_a_colon_quote() -> None:
    text = "حوار\nعن المصنع ومستقبله.\nسامر حداد: نحن مستعدون للعمل منذ شهر. وسنبدأ غداً.\nوانتهى اللقاء."
    quote = only_quote(text, entity(text, "سامر حداد"))
    assert (words_of(text, quote), quote.name) == ("نحن مستعدون للعمل منذ شهر. وسنبدأ غداً", "سامر حداد")


@pytest.mark.parametrize(
    "line",
    [
        "حكم المباراة: فهد الرملي وبدر الشمري وعبدالله الحربي",
        "الزمان: مساء الخميس المقبل بعد صلاة العشاء",
        "سامر حداد: أكدت مصادر أن القطار جاهز",
    ],
)
def test_a_label_or_a_byline_before_a_colon_quotes_nobody(line: str) -> None:
    text = f"خبر\nمقدمة قصيرة.\n{line}."
    named = [entity(text, name) for name in ("فهد الرملي", "سامر حداد") if name in text]
    assert all(not quote.rule.startswith("line") for quote in quotes(text, *named))


@pytest.mark.parametrize("speaker", ["«الداخلية»", "مجمع الآداب", "الدفاع"])
def test_an_office_before_a_headlines_colon_speaks(speaker: str) -> None:
    text = f"{speaker}: تدمير ثلاث طائرات فوق البحر\nنص الخبر هنا."
    assert only_quote(text).name == speaker.strip("«»")


def test_after_another_clause_of_a_headline_a_name_speaks() -> None:
    text = "الفريق ينهي معسكره.. وسامر حداد: طموحنا العودة إلى القمة\nنص الخبر هنا."
    quote = only_quote(text, entity(text, "سامر حداد"))
    assert (words_of(text, quote), text[slice(*quote.speaker)]) == ("طموحنا العودة إلى القمة", "سامر حداد")


@pytest.mark.parametrize(
    "sentence",
    [
        "ودعا أنصاره إلى العمل، في حين أن خصومه غادروا القاعة",
        "وقال سامر حداد إن القطار جاهز.\nوتبين أنه معطل منذ شهر كامل",
        "انتقد القاص سامر حداد بطء تكريم الأدباء في هذه البلاد، على حد تعبيره",
    ],
)
def test_adverbs_impersonal_verbs_and_the_writers_own_words_report_nothing(sentence: str) -> None:
    text = f"خبر\n{sentence}."
    named = [entity(text, "سامر حداد")] if "سامر" in text else []
    assert [words_of(text, quote) for quote in quotes(text, *named)] in ([], ["القطار جاهز"])


def test_a_verb_whose_words_are_in_the_next_paragraph_ends_the_report() -> None:
    text = "خبر\nوقالت ليلى منصور إن الرسائل تبدو حقيقية، وتضيف:\n«اتصل بمصرفك على رقم تعرفه»."
    assert words_of(text, quotes(text, entity(text, "ليلى منصور"))[0]) == "الرسائل تبدو حقيقية"


def test_one_word_is_no_report() -> None:
    assert quotes("خبر\nوأكد المتحدث الواقعة مضيفاً أنه\nعند الساعة السادسة من صباح أمس وصل البلاغ.") == []


@pytest.mark.parametrize(
    ("sentence", "content"),
    [
        ("ورأى المعلق العايد أن «الدولة كانت تتجاهل الخطر أو تدعمه»", "الدولة كانت تتجاهل الخطر أو تدعمه"),
        ("وأضاف سامر حداد في تصريح خاص بـ«الساحل»، «لسنا بحاجة إلى إذن أحد»", "لسنا بحاجة إلى إذن أحد"),
        ("وعلق سامر حداد في بيان وصلت نسخة منه بالقول «إن هذه تصريحات غير مقبولة»", "إن هذه تصريحات غير مقبولة"),
        ("ووفق سامر حداد، «يقاتل معهم مئة عنصر من الخارج»", "يقاتل معهم مئة عنصر من الخارج"),
        ("ووعد سامر حداد «ببذل كل ما في وسعه لحماية البلاد»", "ببذل كل ما في وسعه لحماية البلاد"),
        ("ويعزو سامر حداد الأسباب إلى أن «العداء قديم في كل مكان»", "العداء قديم في كل مكان"),
    ],
)
def test_marked_words_are_found_whatever_leads_to_them(sentence: str, content: str) -> None:
    text = f"خبر\n{sentence}."
    named = [entity(text, "سامر حداد")] if "سامر" in text else []
    quote = only_quote(text, *named)
    assert (words_of(text, quote), quote.type) == (content, "direct")


def test_what_was_said_before_the_next_words_is_a_report_of_its_own() -> None:
    text = "خبر\nوقال سامر حداد إن اللاعب جيد، قبل أن يضيف: «انتقاله يشبه ما حدث قبل عام»."
    found = quotes(text, entity(text, "سامر حداد"))
    assert [words_of(text, quote) for quote in found] == ["اللاعب جيد", "انتقاله يشبه ما حدث قبل عام"]


def test_a_forgotten_closing_mark_stood_before_the_next_words_even_without_a_stop() -> None:
    text = 'خبر\nوقال سامر حداد: "الإرهاب ليس من الدين في شيء وأضاف: "ومن لديه علم يعرف ذلك".'
    found = quotes(text, entity(text, "سامر حداد"))
    assert [words_of(text, quote) for quote in found] == ["الإرهاب ليس من الدين في شيء", "ومن لديه علم يعرف ذلك"]


def test_in_the_middle_of_a_sentence_the_clause_after_its_source_is_reported() -> None:
    text = "خبر\nمن المقرر أن يعلن المدير نتائج هذا الملف، ووفقاً لتقديرات الخبراء، فإن الصادرات ستتضاعف قريباً جداً."
    assert words_of(text, only_quote(text)) == "الصادرات ستتضاعف قريباً جداً"


@pytest.mark.parametrize(
    "sentence",
    [
        "ووردت تقارير عن اشتباكات في المدينة بأن الطريق مغلق",
        "وجاءت القمة في ظروف صعبة مع ملاحظة أن الحالة تنذر بالخطر",
        "ورحب المستثمرون بطمأنة المصرف لهم بأن الاقتصاد ينمو",
        "وأطلق الشبان على فرقتهم تسمية «فرسان البحر القديم»",
    ],
)
def test_words_that_look_like_verbs_of_saying_report_nothing(sentence: str) -> None:
    assert quotes(f"خبر\n{sentence}.") == []


@pytest.mark.parametrize(
    "other",
    [
        "لكن كريم الدوري قال إن المجلس سيرفضه",
        "فيما كريم الدوري أكد أن المجلس سيرفضه",
        "بينما النائب كريم الدوري أوضح أن المجلس سيرفضه",
    ],
)
def test_another_who_speaks_after_a_contrast_is_not_reported_by_the_first(other: str) -> None:
    text = f"خبر\nوقال سامر حداد إن القرار نهائي ولا رجعة فيه، {other}."
    found = quotes(text, entity(text, "سامر حداد"), entity(text, "كريم الدوري"))
    assert [(words_of(text, quote), quote.name) for quote in found] == [
        ("القرار نهائي ولا رجعة فيه", "سامر حداد"),
        ("المجلس سيرفضه", "كريم الدوري"),
    ]


def test_a_denial_is_not_put_into_the_mouth_of_the_one_who_is_denied() -> None:
    text = "خبر\nوقال سامر حداد إن القرار نهائي، لكن كريم الدوري نفى ذلك."
    quote = only_quote(text, entity(text, "سامر حداد"), entity(text, "كريم الدوري"))
    assert words_of(text, quote) == "القرار نهائي"


@pytest.mark.parametrize(
    "contrast", ["لكن الأرقام أظهرت أن الطلب زاد", "لكن العمل مستمر في المصنع", "لكن أحداً لم يقل إن الاجتماع بدأ"]
)
def test_a_contrast_in_which_nobody_else_speaks_is_still_reported(contrast: str) -> None:
    text = f"خبر\nوقال سامر حداد إن الإنتاج تراجع، {contrast}."
    quote = only_quote(text, entity(text, "سامر حداد"))
    assert words_of(text, quote) == f"الإنتاج تراجع، {contrast}"
