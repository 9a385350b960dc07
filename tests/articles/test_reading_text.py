"""Plain text: a headline, then a paragraph a line."""

from datetime import datetime
from pathlib import Path

import pytest

from articles.importing.pages import Refused
from articles.importing.readers.text import read_text

SHARED = Path(__file__).parents[3] / "shared" / "data" / "articles" / "000_a9a89ce97942bf35.txt"
TITLE = "متطوعون يزرعون ألف شتلة على ضفة الوادي"
FIRST = "زرع متطوعون من ست قرى ألف شتلة من شجر الطرفاء على ضفة الوادي الشرقية، في حملة استمرت ثلاثة أيام."
SECOND = "وقالت منسقة الحملة سلوى النوري إن الشتلات «ستحمي الحقول من انجراف التربة» في موسم الأمطار."


def lines_of(text: str) -> list[str]:
    page = read_text(text.encode())
    return [page.title, *(block.text for block in page.blocks)]


def test_the_first_line_is_the_headline_and_each_other_line_a_paragraph():
    page = read_text(f"\ufeff{TITLE}\r\n\r\n{FIRST}\r\n{SECOND}\r\n".encode())
    assert page.title == TITLE
    assert [(block.kind, block.text) for block in page.blocks] == [("paragraph", FIRST), ("paragraph", SECOND)]
    assert (page.url, page.language, page.media_type) == (None, "ar", "text/plain")


def test_a_text_without_a_headline_line_is_headed_by_its_first_sentence_and_no_word_is_added():
    long = FIRST + " " + SECOND + " " + FIRST
    assert lines_of(f"{long}\n{SECOND}") == [FIRST, f"{SECOND} {FIRST}", SECOND]


def test_a_long_text_without_any_full_stop_is_all_headline_rather_than_cut_in_a_word():
    assert lines_of("كلمة طويلة " * 100) == [("كلمة طويلة " * 100).strip()]


def test_a_stray_nul_is_dropped_from_the_text_and_stays_in_the_original():
    data = f"{TITLE}\n{FIRST[:10]}\x00{FIRST[10:]}".encode()
    page = read_text(data)
    assert page.blocks[0].text == FIRST
    assert page.original == data


@pytest.mark.parametrize("text", ["", " \n\t\n", "\ufeff", "!!! ***\n---", "\x00"])
def test_a_file_without_a_word_is_refused(text):
    with pytest.raises(Refused, match="لا نص فيه"):
        read_text(text.encode())


def test_a_word_or_two_are_no_article():
    with pytest.raises(Refused, match="أقصر"):
        read_text("خبر عاجل".encode())


def test_a_short_headline_over_one_long_verse_is_an_article():
    assert read_text("نص\nخذي بيدي تعبت قدماي، خذي بيدي فقد طال الطريق إلى البيت".encode()).title == "نص"


def test_other_languages_are_labelled():
    assert read_text(b"Bridge opens to traffic\nThe new bridge over the river opened on Monday.").language == "en"
    persian = "پل تازه روی رودخانه گشایش یافت\nشهرداری گفت که این پل چهار خط دارد و گذر خودروها را آسان می‌کند."
    assert read_text(persian.encode()).language == "fa"
    assert read_text(f"{TITLE}\n{FIRST}".replace("ي", "ی").replace("ك", "ک").encode()).language == "ar"


@pytest.mark.skipif(not SHARED.exists(), reason="the shared real article is not here")
def test_the_republished_article_loses_the_republishers_words_and_gets_its_headline_and_headings():
    page = read_text(SHARED.read_bytes())
    lines = SHARED.read_text("utf-8").splitlines()
    assert page.title == "جهود مكثفة في واشنطن لرأب التصدعات المتزايدة مع إسرائيل"
    assert [block.text for block in page.blocks] == lines[2:-3]
    assert [block.text for block in page.blocks if block.kind == "heading"] == [
        "اجتماعات غالانت",
        "«هزيمة حماس»",
        "«نصر حاسم»",
        "مجلس الأمن",
    ]
    assert (page.source_name, page.republished) == ("موقع كتاكيت", True)


def test_an_agencys_dateline_gives_place_agency_and_day():
    page = read_text(f"عنوان خبر قصير من الوكالة\nعمّان، 12 آذار 2024 (بترا) - {FIRST}".encode())
    assert (page.byline, page.place, page.agencies) == ("", "عمّان", "بترا")
    assert (page.published_at, page.published_precision, page.published_from) == (datetime(2024, 3, 12), "day", "text")
    assert page.blocks[0].text.startswith("عمّان، 12 آذار 2024 (بترا) -")
