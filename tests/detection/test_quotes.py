import pytest

from tests.detection.reading_of import entity, only_quote, quotes, words_of


def test_words_between_marks_after_a_verb_are_a_direct_quote_without_the_marks() -> None:
    text = "افتتاح الجسر\nوقال المهندس سامر حداد: «الجسر جاهز منذ شهر»."
    quote = only_quote(text, entity(text, "سامر حداد"))
    assert words_of(text, quote) == "الجسر جاهز منذ شهر"
    assert (quote.type, quote.name) == ("direct", "سامر حداد")
    assert text[slice(*quote.cue)] == "قال"
    assert text[slice(*quote.speaker)] == "المهندس سامر حداد"


@pytest.mark.parametrize("complementiser", ["أن", "إن", "بأن"])
def test_a_reported_clause_starts_after_its_complementiser(complementiser: str) -> None:
    text = f"خبر\nأفادت الوزارة {complementiser} الطريق مغلق بسبب السيول."
    quote = only_quote(text)
    assert words_of(text, quote) == "الطريق مغلق بسبب السيول"
    assert quote.type == "indirect"


def test_a_reported_clause_starts_at_a_complementiser_that_carries_its_subject() -> None:
    text = "خبر\nوقالت الشركة إنها ستدفع الرواتب كاملة."
    assert words_of(text, only_quote(text)) == "إنها ستدفع الرواتب كاملة"


def test_quoted_words_inside_a_reported_clause_make_it_mixed() -> None:
    text = "خبر\nوأكد المتحدث أن الاتفاق «لا يزال قائماً» رغم تأجيل اللقاء."
    quote = only_quote(text)
    assert quote.type == "mixed"
    assert words_of(text, quote) == "الاتفاق «لا يزال قائماً» رغم تأجيل اللقاء"


def test_marks_over_the_whole_clause_make_it_direct() -> None:
    text = "خبر\nوأكد المتحدث أن «الاتفاق لا يزال قائماً كما وقعناه»."
    quote = only_quote(text)
    assert (quote.type, words_of(text, quote)) == ("direct", "الاتفاق لا يزال قائماً كما وقعناه")


def test_an_impersonal_opening_is_no_part_of_what_a_source_tells() -> None:
    text = "خبر\nيذكر أن المصنع القديم أغلق أبوابه قبل عام، بحسب مصادر محلية."
    assert words_of(text, only_quote(text)) == "المصنع القديم أغلق أبوابه قبل عام"


def test_marks_around_a_joined_name_are_no_quote() -> None:
    text = 'خبر\nوقال المدير إن السفن عبرت مضيق "هرمز" و"باب المندب"، كما ارتفعت الكميات.'
    assert all(quote.type != "direct" for quote in quotes(text))


def test_the_next_attribution_ends_a_reported_clause() -> None:
    text = "خبر\nوقال المدير إن الأعمال انتهت، مشيراً إلى أن الافتتاح سيكون غداً. وأضاف أن الدعوة عامة."
    found = quotes(text)
    assert [words_of(text, quote) for quote in found] == ["الأعمال انتهت", "الافتتاح سيكون غداً", "الدعوة عامة"]


def test_the_reporters_comment_is_not_part_of_the_report() -> None:
    text = "خبر\nوقال المدير إن الأعمال انتهت قبل موعدها، في إشارة إلى تقرير سابق."
    assert words_of(text, only_quote(text)) == "الأعمال انتهت قبل موعدها"


def test_a_verb_inside_the_report_does_not_end_it() -> None:
    text = "خبر\nوقال المدير إن العمال الذين أعلنوا الإضراب عادوا إلى مواقعهم."
    assert words_of(text, only_quote(text)) == "العمال الذين أعلنوا الإضراب عادوا إلى مواقعهم"


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("خبر\nارتفعت أسعار القمح خلال أسبوع، بحسب مصادر ملاحية.", "ارتفعت أسعار القمح خلال أسبوع"),
        ("خبر\nوارتفعت أسعار القمح خلال أسبوع، وفق ما ذكرت وكالة الأنباء.", "ارتفعت أسعار القمح خلال أسبوع"),
        ("خبر\nوبحسب مصادر ملاحية، ارتفعت أسعار القمح خلال أسبوع.", "ارتفعت أسعار القمح خلال أسبوع"),
    ],
)
def test_a_clause_under_a_source_is_reported(text: str, content: str) -> None:
    quote = only_quote(text)
    assert (quote.type, words_of(text, quote)) == ("indirect", content)


def test_according_to_a_plan_reports_nobodys_words() -> None:
    assert quotes("خبر\nتسير الأعمال في الميناء الجديد وفق الخطة المرسومة لها.") == []


@pytest.mark.parametrize("name", ["«البنتاغون»", '"داعش"', "“النجم الأحمر”"])
def test_marks_around_a_name_are_no_quote(name: str) -> None:
    text = f"خبر\nوقال المتحدث باسم {name} إن القوات وصلت إلى الميناء."
    assert words_of(text, only_quote(text)) == "القوات وصلت إلى الميناء"


def test_scripture_is_never_the_speakers_words() -> None:
    assert quotes("خبر\nوقال الخطيب ﴿إن مع العسر يسراً﴾ في مستهل كلمته.") == []


def test_marks_without_a_source_are_no_quote() -> None:
    assert quotes("خبر\nعرضت القاعة مسرحية «عودة الغائب إلى بيته القديم» أمام جمهور كبير.") == []


def test_words_before_their_cue_are_found() -> None:
    text = "خبر\n«لن نترك أرضنا مهما طال الحصار»، قال سامر حداد."
    quote = only_quote(text, entity(text, "سامر حداد"))
    assert (words_of(text, quote), quote.name) == ("لن نترك أرضنا مهما طال الحصار", "سامر حداد")


def test_an_interrupted_quote_is_two_with_their_own_cues() -> None:
    text = "خبر\nوقال سامر حداد: «وصلنا فجراً»، وأضاف: «وجدنا البيوت سليمة»."
    found = quotes(text, entity(text, "سامر حداد"))
    assert [words_of(text, quote) for quote in found] == ["وصلنا فجراً", "وجدنا البيوت سليمة"]
    assert {quote.name for quote in found} == {"سامر حداد"}
    assert found[1].speaker is None


def test_a_forgotten_closing_mark_ends_at_the_next_attribution() -> None:
    text = "خبر\nوقال سامر حداد: «وصلنا فجراً ووجدنا البيوت سليمة. وأضاف: «سنبقى هنا»."
    found = quotes(text, entity(text, "سامر حداد"))
    assert [words_of(text, quote) for quote in found] == ["وصلنا فجراً ووجدنا البيوت سليمة", "سنبقى هنا"]


def test_a_quoted_fragment_after_its_preposition_is_a_quote() -> None:
    text = "خبر\nونددت النقابة بـ«القرار الذي يحرم آلاف العمال من حقوقهم»."
    quote = only_quote(text)
    assert (quote.type, words_of(text, quote)) == ("direct", "القرار الذي يحرم آلاف العمال من حقوقهم")


def test_a_headline_colon_after_a_name_is_a_quote_without_a_cue() -> None:
    text = "سامر حداد: لن نغلق المصنع هذا العام\nنص الخبر هنا."
    quote = only_quote(text, entity(text, "سامر حداد"))
    assert (words_of(text, quote), quote.cue) == ("لن نغلق المصنع هذا العام", None)


def test_a_headline_label_is_no_speaker() -> None:
    assert quotes("بالصور: افتتاح الجسر الجديد أمام السيارات\nنص الخبر هنا.") == []


def test_impersonal_and_bare_complements_are_no_quotes() -> None:
    assert quotes("خبر\nوتحدث المدير عن الأزمة. وأدان الهجوم. ودعا إلى أن تجتمع الأطراف غداً.") == []


def test_necessity_and_wishes_are_no_reports() -> None:
    assert quotes("خبر\nوأكد المدير ضرورة أن تجتمع الأطراف غداً. وغادر بعد أن صافح الحضور.") == []


def test_a_dateline_is_no_part_of_the_first_sentence() -> None:
    text = "خبر\nسامر حداد - الصحيفة - عدن: ارتفعت أسعار القمح خلال أسبوع، بحسب مصادر ملاحية."
    assert words_of(text, only_quote(text)) == "ارتفعت أسعار القمح خلال أسبوع"


def test_a_source_that_only_interrupts_its_clause_is_left_alone() -> None:
    assert quotes("خبر\nيعد توسيع الميناء الجديد، بحسب مصادر ملاحية، أكبر مشروع في البلاد.") == []


def test_an_abbreviated_title_does_not_end_the_sentence() -> None:
    text = "خبر\nوقال د. سامر حداد إن اللقاح آمن."
    quote = only_quote(text, entity(text, "سامر حداد"))
    assert (words_of(text, quote), quote.name) == ("اللقاح آمن", "سامر حداد")


def test_a_colon_before_the_complementiser_changes_nothing() -> None:
    text = "خبر\nوقال المتحدث: إن الطريق مفتوح منذ الصباح."
    quote = only_quote(text)
    assert (quote.type, words_of(text, quote)) == ("indirect", "الطريق مفتوح منذ الصباح")


def test_stance_is_the_verbs() -> None:
    text = "خبر\nوزعمت الشركة أن المنتج آمن تماماً."
    assert only_quote(text).stance == "doubting"
