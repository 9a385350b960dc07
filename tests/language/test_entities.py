"""The embedded recogniser: what is a name, where it begins and ends, what kind it is, and what it is filed under."""

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.language.entities import recognise
from articles.language.lexicon import rows

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
GOLD = SHARED / "data" / "gold" / "dev"
KINDS = {"PERS": "person", "ORG": "organisation", "LOC": "place", "MISC": "other"}

# Words that begin, continue or end the rules, in an order that nobody wrote.
NEWS_WORDS = [
    *("الرئيس", "وزير", "وزارة", "محافظة", "القرار", "رقم", "2728", "علي", "محمد", "بن", "عبد", "الله", "أبو", "آل"),
    *("واشنطن", "للأمم", "المتحدة", "نتنياهو", "السعودية", "صحيفة", "الشرق", "الأوسط", "جامعة", "الملك", "شارع"),
    *("شركة", "مدينتي", "دي", "فان", "حركة", "النهضة", "ل", "و", "«", "»", '"', "،", ".", "\n", "\u200f", "ـ"),
]


def found(text: str, kind: str = "") -> list[str]:
    return [text[entity.start : entity.end] for entity in recognise(text) if entity.kind == kind or not kind]


def names(text: str) -> dict[str, str]:
    return {text[entity.start : entity.end]: entity.name for entity in recognise(text)}


@pytest.mark.parametrize(
    ("text", "surface", "kind"),
    [
        ("وصل الرئيس الأميركي باراك أوباما إلى القمة", "باراك أوباما", "person"),
        ("قال وزير الخارجية النرويجي بورغ برانده إن المحادثات بدأت", "بورغ برانده", "person"),
        ("التقى الأمير عبدالعزيز بن فهد الوفد", "عبدالعزيز بن فهد", "person"),
        ("أوضح الدكتور حسن بن علي الزهراني أن النتائج ستعلن", "حسن بن علي الزهراني", "person"),
        ("وذكر ريتشارد هورويل في شهادته", "ريتشارد هورويل", "person"),
        ("أعلنت وزارة الخارجية الأميركية موقفها", "وزارة الخارجية الأميركية", "organisation"),
        ("شكر وزارة التربية والتعليم على جهودها", "وزارة التربية والتعليم", "organisation"),
        ("تخرجت في جامعة الملك سعود قبل عامين", "جامعة الملك سعود", "organisation"),
        ("أوقفت شرطة منطقة الباحة ثلاثة أشخاص", "شرطة منطقة الباحة", "organisation"),
        ("أصدرت الهيئة العامة للطيران المدني بيانا", "الهيئة العامة للطيران المدني", "organisation"),
        ("افتتحت بلدية مرسى النخيل السوق", "بلدية مرسى النخيل", "organisation"),
        ("زار مرسى النخيل وفد من الوزارة", "مرسى النخيل", "place"),
        ("قالت بلدية بيت الزيتون إن الطريق مغلق", "بلدية بيت الزيتون", "organisation"),
        ("هبطت الطائرة في مطار مرسى علم الدولي", "مطار مرسى علم الدولي", "place"),
        ("قال محمد مرسي إن القرار صدر", "محمد مرسي", "person"),
        ("نفت المخابرات الروسية الخبر", "المخابرات الروسية", "organisation"),
        ("انسحبت الفرقة 30 من مواقعها", "الفرقة 30", "organisation"),
        ("في محافظة القطيف شرق البلاد", "محافظة القطيف", "place"),
        ("هبطت الطائرة في مطار الملك خالد الدولي مساء", "مطار الملك خالد الدولي", "place"),
        ("بموجب القرار 2728 الصادر أمس", "القرار 2728", "other"),
        ("منذ الحرب العالمية الثانية لم يحدث ذلك", "الحرب العالمية الثانية", "other"),
    ],
)
def test_a_name_is_found_with_its_exact_span_and_kind(text: str, surface: str, kind: str) -> None:
    assert surface in found(text, kind)


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("سافر لواشنطن أمس", "واشنطن"),
        ("بين القاهرة وواشنطن خلاف", "واشنطن"),
        ("اللقاء بباريس طويل", "باريس"),
        ("هجوم جديد لـ«داعش» قرب الحدود", "داعش"),
        ("نشرت صحيفة «النهضة» تقريرا", "النهضة"),
        ("رسالة للأمم المتحدة", "للأمم المتحدة"),
        ("قرب مدينة تعز", "تعز"),
        ("مقاتلو تنظيم داعش", "داعش"),
        ("الرئيس الروسي بوتين", "بوتين"),
    ],
)
def test_attached_letters_marks_titles_and_class_words_stay_outside(text: str, surface: str) -> None:
    assert surface in found(text)


def test_lam_of_the_article_is_kept_in_the_span_and_restored_in_the_name() -> None:
    assert names("رسالة للأمم المتحدة")["للأمم المتحدة"] == "الأمم المتحدة"


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("لم أدخل بيتي ديناراً ليس لي", []),
        ("دفعت خمسة بيتي ديناراً", []),
        ("يقول أبو سليم ضاحكاً: «البحر كريم».", ["أبو سليم"]),
        ("ردّ أبو سليم ضاحكًا على السؤال", ["أبو سليم"]),
        ("وقالت نهى الكيال مبتسمةً إن السوق جاهز", ["نهى الكيال"]),
    ],
)
def test_an_accusative_after_a_name_is_no_part_of_it(text: str, people: list[str]) -> None:
    assert [text[name.start : name.end] for name in recognise(text) if name.kind == "person"] == people


@pytest.mark.parametrize(
    "text",
    [
        "أعلنت الحكومة أمس أن الوزارة ستصدر القرار",
        "التقى المسؤول الأميركي نظيره الإسرائيلي في المدينة",
        "سبق أن أعلنت الوزارة ذلك",
        "على المواطنين الحذر",
        "قدّم صورا عن المشروع وقال رأيا",
        "تحت الصفر في الليل والنهار",
        "وأدى الجدل إلى تأجيل الجلسة عن طريق الخطأ",
        "ارتفعت الأسعار في السوق بنسبة 3.5 في المائة",
    ],
)
def test_ordinary_news_prose_names_nobody(text: str) -> None:
    assert found(text) == []


def test_the_names_of_countries_are_told_from_their_adjectives() -> None:
    assert found("قالت الصحف السعودية إن السعودية ترحب") == ["السعودية"]


def test_the_preposition_and_the_name_that_fold_alike_are_told_apart() -> None:
    text = "اتفق على الموعد مع علي رضا ناطقي"
    assert found(text) == ["علي رضا ناطقي"]


def test_spelling_variants_reach_one_entry_of_the_lexicon() -> None:
    written = ["نتنياهو", "نتانياهو"]
    assert {names(f"قال {form} أمس")[form] for form in written} == {"بنيامين نتنياهو"}
    assert found("زار أمريكا ثم أميركا", "place") == ["أمريكا", "أميركا"]


def test_hamza_and_diacritics_do_not_hide_a_name() -> None:
    assert found("زيارة إلى اسرائيل وإِسرائيل") == ["اسرائيل", "إِسرائيل"]


def test_a_surname_is_filed_under_the_full_name_of_the_article() -> None:
    text = "التقى الوزير يوآف غالانت الصحفيين.\nوقال غالانت إن الرد قريب، ثم غادر جالانت القاعة."
    assert names(text)["غالانت"] == "يوآف غالانت"


def test_an_unknown_surname_is_found_again_after_its_full_name() -> None:
    text = "قال المتحدث سمير الورداني إن العمل مستمر.\nوأضاف الورداني أن النتائج جيدة."
    assert [entity.name for entity in recognise(text)] == ["سمير الورداني", "سمير الورداني"]


def test_two_people_with_one_surname_are_not_merged() -> None:
    text = "حضر سمير الورداني ونبيل الورداني.\nوقال الورداني إن الاجتماع ناجح."
    assert names(text)["الورداني"] == "الورداني"


def test_an_alias_shares_the_name_with_the_fullest_form_of_the_article() -> None:
    text = "قالت وزارة الدفاع الأميركية إنها تدرس الأمر.\nورفض البنتاغون التعليق."
    assert names(text)["البنتاغون"] == "وزارة الدفاع الأميركية"


def test_a_place_named_again_without_its_class_word_is_the_same_place() -> None:
    assert names("في محافظة أبين قتال. وفي أبين نزوح.")["أبين"] == "محافظة أبين"


def test_resolutions_meet_by_their_number() -> None:
    text = "أصدر قراره رقم 2728 أمس. وينص القرار 2728 على ذلك."
    assert set(names(text).values()) == {"القرار 2728"}


def test_a_newspaper_named_after_a_place_is_an_organisation() -> None:
    assert found("قال لـ«الشرق الأوسط» إن الحل قريب", "organisation") == ["الشرق الأوسط"]
    assert found("السلام في الشرق الأوسط", "place") == ["الشرق الأوسط"]


def test_an_uncertain_form_counts_once_the_text_confirms_it() -> None:
    assert found("تراجعت النهضة في الزراعة") == []
    assert found("أعلنت حركة النهضة موقفها. ودعت النهضة أنصارها.")[-1] == "النهضة"


def test_places_in_a_list_are_all_found() -> None:
    assert found("محافظات عدن ولحج والضالع", "place") == ["عدن", "لحج", "الضالع"]


@pytest.mark.parametrize(
    "text", ["", "\n\n", "hello world", "12.5 %", "قال \ud800 الرئيس", "«»", "ـــ", "َُِّ", "و", "لل", "ال", "\ufdfa"]
)
def test_text_without_names_gives_an_empty_list(text: str) -> None:
    assert recognise(text) == []


def test_bidi_controls_inside_a_name_do_not_break_it() -> None:
    text = "التقى \u202bباراك\u200f أوباما\u202c الوفد"
    assert found(text) == ["باراك\u200f أوباما"]


@given(st.lists(st.sampled_from(NEWS_WORDS), max_size=25))
def test_any_order_of_words_gives_sorted_spans_inside_the_text_with_a_name(words: list[str]) -> None:
    text = " ".join(words)
    end = 0
    for entity in recognise(text):
        assert end <= entity.start < entity.end <= len(text)
        assert text[entity.start : entity.end].strip() == text[entity.start : entity.end]
        assert entity.name
        assert entity.kind in KINDS.values()
        assert 0 < entity.score <= 1
        end = entity.end


def test_one_very_long_line_takes_time_in_proportion() -> None:
    def seconds(copies: int) -> float:
        text = "قال محمد أحمد في القاهرة " * copies
        started = time.process_time()
        recognise(text)
        return time.process_time() - started

    seconds(10)
    short, long = seconds(1_500), seconds(12_000)
    assert long < 20 * short + 1


@pytest.mark.parametrize("file", ["people.tsv", "organisations.tsv", "places.tsv", "other.tsv"])
def test_every_row_of_the_curated_lexicon_has_a_kind_a_name_and_a_note(file: str) -> None:
    seen: set[str] = set()
    for kind, name, forms, note in rows(file):
        assert kind in KINDS.values()
        assert name == name.strip()
        assert name not in seen
        assert note
        assert all(form.strip("~ ") for form in forms.split("|") if forms)
        seen.add(name)


@pytest.mark.skipif(not GOLD.exists(), reason="the annotated articles under ../shared are not here")
def test_the_annotated_articles_are_read_as_well_as_before() -> None:
    hits = predicted = annotated = 0
    for path in sorted(GOLD.glob("*.json")):
        article = json.loads(path.read_text(encoding="utf-8"))
        expected = {(e["start"], e["end"], KINDS[e["type"]]) for e in article["entities"]}
        proposed = {(e.start, e.end, e.kind) for e in recognise(article["text"])}
        hits += len(expected & proposed)
        predicted += len(proposed)
        annotated += len(expected)
    assert hits / predicted >= 0.92
    assert 2 * hits / (predicted + annotated) >= 0.89


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("يوقّع القرار رئيس الجمهورية نبيل الغافري غداً.", "نبيل الغافري"),
        ("وقالت القاضية سعاد الميداني إن الحكم نهائي.", "سعاد الميداني"),
        ("وحضر المرشح الخاسر وليد الشمّاع الجلسة.", "وليد الشمّاع"),
        ("وكان طارق النهّام طالب الحكومة بالتدخل.", "طارق النهّام"),
    ],
)
def test_titles_and_verbs_beside_a_name_are_no_part_of_it(text, name):
    assert [text[entity.start : entity.end] for entity in recognise(text) if entity.kind == "person"] == [name]


SPORT = "تعادل الفريق في مباراة الدوري، وقال المدرب إن لاعب الوسط سجل هدفا وإن الجماهير ساندت النادي. "


@pytest.mark.parametrize(
    ("text", "surface", "kind"),
    [
        ("زار الوفد مستشفى شمال جدة", "مستشفى شمال جدة", "organisation"),
        ("افتتح الوزير مستشفى الولادة والأطفال بالطائف", "مستشفى الولادة والأطفال", "organisation"),
        ("قال عضو لجنة حقوق الإنسان إن العمل مستمر", "لجنة حقوق الإنسان", "organisation"),
        ("أعلنت غرفة تجارة وصناعة دمشق النتائج", "غرفة تجارة وصناعة دمشق", "organisation"),
        ("أوضحت وزارة الحج أن الموسم ناجح", "وزارة الحج", "organisation"),
        ("نظم الاتحاد السعودي للتنس دورة", "الاتحاد السعودي للتنس", "organisation"),
        ("أعلنت شركة زعفرونيا للتأمين أرباحها", "شركة زعفرونيا للتأمين", "organisation"),
        ("«الصحة» تحذر من موجة الحر", "الصحة", "organisation"),
        ("بدأت فعاليات مهرجان العسل أمس", "مهرجان العسل", "other"),
        ("قرأ الإمام سورة النور في الصلاة", "سورة النور", "other"),
    ],
)
def test_bodies_and_events_are_named_in_the_ways_of_newspapers(text: str, surface: str, kind: str) -> None:
    assert surface in found(text, kind)


def test_a_ministry_in_the_title_of_its_minister_is_no_name() -> None:
    assert found("قال وزير الشؤون الاجتماعية أمس", "organisation") == []


def test_a_club_written_like_an_ordinary_word_is_found_in_news_of_sport_only() -> None:
    assert found(SPORT + "وفاز الهلال أمس.", "organisation") == ["الهلال"]
    assert found("ظهر الهلال مساء أمس في السماء.") == []


def test_a_club_that_is_a_more_common_word_must_first_be_called_a_club() -> None:
    assert found(SPORT + "ودعا المدرب الشباب إلى الرياضة.", "organisation") == []
    assert found(SPORT + "وفاز فريق الشباب أمس، ثم سافر الشباب.", "organisation") == ["الشباب", "الشباب"]


def test_a_city_that_plays_is_a_club() -> None:
    text = SPORT + "وتعادل أمام نابولي في مدينة روما."
    assert found(text, "organisation") == ["نابولي"]
    assert found(text, "place") == ["روما"]


def test_a_foreign_club_is_known_by_its_country() -> None:
    assert "كونغافيل" in found(SPORT + "ثم خسر أمام كونغافيل النرويجي.", "organisation")


def test_a_player_of_one_name_is_known_by_the_country_and_found_again() -> None:
    assert found(SPORT + "وغاب البرازيلي ماركينهو عن التدريب. وعاد ماركينهو.", "person") == ["ماركينهو"] * 2


def test_particles_of_european_names_belong_to_them() -> None:
    text = "وقال يوهانس فان در كلاوزن إن الوضع صعب. وأضاف فان در كلاوزن أن العمل مستمر."
    assert [entity.name for entity in recognise(text)] == ["يوهانس فان در كلاوزن"] * 2


def test_two_names_joined_by_waw_stay_two() -> None:
    assert "كريستيانو وراميريس" not in found("حضر كريستيانو وراميريس الحفل")


def test_the_districts_of_a_list_in_brackets_are_all_found() -> None:
    text = "يخدم المشروع أحياء (أم السباع، العنود، المنتزه، والشرفية)."
    assert found(text, "place") == ["أم السباع", "العنود", "المنتزه", "الشرفية"]


def test_both_papers_of_a_dual_are_found() -> None:
    assert found("نشرت صحيفتا «الشروق» و«المساء» تقريرا", "organisation") == ["الشروق", "المساء"]


def test_the_companies_of_a_market_report_are_found_one_by_one() -> None:
    text = "وجاءت أسهم شركات سابك، والإنماء والخدمات الأرضية وبروج الأكثر نشاطا."
    assert found(text, "organisation") == ["سابك", "الإنماء", "الخدمات الأرضية", "بروج"]


def test_a_paper_named_in_the_reporters_line_is_no_city() -> None:
    text = "تأجيل المباراة\nخالد الورداني - سبق - الرياض: أعلنت اللجنة قرارها."
    assert found(text, "organisation") == ["سبق"]
    assert found(text, "place") == ["الرياض"]


def test_a_measure_written_like_a_country_is_no_place() -> None:
    assert found("أنبوب بقطر 800 ملم") == []


def test_what_a_class_word_announced_is_found_again_without_it() -> None:
    text = "وصل الوفد إلى بلدة زعفرونيا صباحا. ثم غادر زعفرونيا مساء."
    assert found(text, "place") == ["زعفرونيا", "زعفرونيا"]


def test_the_tagger_finds_a_name_that_no_rule_announces() -> None:
    text = "أعلنت بوستنروف أمس نتائجها في السوق، وقالت بوستنروف إن الأرباح ارتفعت"
    assert found(text) == ["بوستنروف", "بوستنروف"]


def test_a_persons_surname_stays_the_persons_where_the_tagger_reads_otherwise() -> None:
    text = "يوركن: رفضت العرض\nقال المدرب كريستيان يوركن إن العرض ضعيف. وتابع يوركن عمله."
    assert [entity.name for entity in recognise(text)] == ["كريستيان يوركن"] * 3


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("وصرح الميجور جنرال بات رايدر أن الاجتماع قائم.", "بات رايدر"),
        ("وعرض المندوب روبرت وود موقف بلاده.", "روبرت وود"),
    ],
)
def test_foreign_names_that_are_arabic_words_too_are_names_after_a_rank_or_a_given_name(text, name):
    assert name in [text[entity.start : entity.end] for entity in recognise(text) if entity.kind == "person"]
