"""The Word digest of quotes, read again by python-docx."""

import io
from dataclasses import replace

import pytest
from django.utils import translation
from docx import Document
from docx.oxml.ns import qn

from annotations.exports import cited, docx
from annotations.exports.records import ArticleRecord, AttributionRecord, EntityRecord, Losses
from tests.annotations.exports.compared import ABOUT
from tests.annotations.exports.samples import plain, uuid, whole

UNSURE = "القائل غير مؤكد"


@pytest.fixture(autouse=True)
def newsroom(settings):
    settings.TIME_ZONE = "Asia/Riyadh"


def digest(*articles: ArticleRecord):
    file, losses = io.BytesIO(), Losses()
    docx.write(articles, file, ABOUT, losses)
    return Document(file), losses


def lines(document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def headings(*articles: ArticleRecord) -> list[str]:
    return [line.text for line in digest(*articles)[0].paragraphs if line.style.name == "Heading 1"]


def said(words: str, *speakers: AttributionRecord, article: int = 90, **more) -> ArticleRecord:
    """An article of one quote, numbered apart from others."""
    mark = replace(plain().marks[0], uuid=uuid(article), attributions=speakers, **more)
    part = replace(mark.parts[0], exact=words)
    return replace(plain(), id=article, url=f"https://a.example/{article}", marks=(replace(mark, parts=(part,)),))


def test_quotes_stand_under_their_speakers_who_said_most_first_and_the_unsure_last():
    assert headings(whole(), plain()) == ["سلمى الرافعي — وزيرة المياه", "زياد الحلو", "هدى الكرمي", UNSURE]


def test_a_quote_has_its_words_its_circumstances_and_its_source():
    told = lines(digest(whole())[0])
    place = told.index("سيروي ثلاث مدن … العملَ فيه يبدأ قبل الصيف")
    assert told[place + 1] == (
        "بعضه بلفظه وبعضه بالمعنى · مترجم · قناة القول: مؤتمر صحفي · في مؤتمر صحفي · يوم الثلاثاء (24 مارس 2026)"
        " · نبرة الفعل: تأكيد · تحفّظ الناقل: على حدّ قولها"
    )
    assert told[place + 2] == f"{whole().title} · صحيفة الزعفران · 24 مارس 2026، 11:15"


def test_the_title_leads_to_the_article():
    document, _ = digest(whole())
    links = {link.address for paragraph in document.paragraphs for link in paragraph.hyperlinks}
    assert links == {"https://zafaran.example/2026/03/24/%D8%B3%D8%AF"}
    (link,) = [
        link
        for line in digest(replace(plain(), address="https://d.example/90/"))[0].paragraphs
        for link in line.hyperlinks
    ]
    assert link.address == "https://d.example/90/"
    assert not [link for line in digest(replace(plain(), url="javascript:1"))[0].paragraphs for link in line.hyperlinks]


def test_nobody_is_named_as_the_speaker_whom_nobody_confirmed():
    for certainty, told in (("uncertain", "ربما: مروان"), ("probable", "على الأرجح: مروان")):
        article = said("الماء حق", AttributionRecord("مروان", certainty=certainty))
        document, _ = digest(article)
        assert headings(article) == [UNSURE]
        assert told in lines(document)[lines(document).index("«الماء حق»") + 1]


def test_who_else_stands_behind_the_words_is_said():
    joint = AttributionRecord("زياد الحلو", role="joint"), AttributionRecord("هدى الكرمي", role="joint")
    relayed = AttributionRecord("زياد الحلو"), AttributionRecord("وكالة الواحة", role="relayed")
    second_hand = (
        AttributionRecord("زياد الحلو", role="relayed"),
        AttributionRecord("هدى الكرمي", certainty="uncertain"),
    )
    for speakers, told in (
        (joint, "مع هدى الكرمي"),
        (relayed, "نقلاً عن وكالة الواحة"),
        (second_hand, "نقل · ربما: هدى الكرمي"),
    ):
        document, _ = digest(said("الماء حق", *speakers))
        assert told in lines(document)
        assert headings(said("الماء حق", *speakers)) == ["زياد الحلو"]


def test_words_that_are_not_verbatim_have_no_quotation_marks_and_say_so():
    document, _ = digest(said("الماء حق", quote_type="indirect", translated=True))
    told = lines(document)
    assert told[told.index("الماء حق") + 1] == "بالمعنى، لا باللفظ · مترجم"


def test_surnames_alone_join_no_articles_and_entities_do():
    surname, full = AttributionRecord("الحلو"), AttributionRecord("زياد الحلو")
    assert headings(said("أ", surname, article=1), said("ب", surname, article=2)) == ["الحلو", "الحلو"]
    assert headings(said("أ", full, article=1), said("ب", full, article=2)) == ["زياد الحلو"]
    one, other = (AttributionRecord("", entity=EntityRecord("person", "زياد الحلو", "", number)) for number in (1, 2))
    assert headings(said("أ", one, article=1), said("ب", one, article=2)) == ["زياد الحلو"]
    assert headings(said("أ", one, article=1), said("ب", other, article=2)) == ["زياد الحلو", "زياد الحلو"]


@pytest.mark.parametrize(
    ("changed", "lost"),
    [
        ({"status": "suggested"}, cited.UNDECIDED),
        ({"status": "rejected"}, cited.UNDECIDED),
        ({"standing": "doubtful"}, cited.DOUBTFUL),
        ({"revision": 7}, cited.DOUBTFUL),
        ({"kind": "claim"}, cited.OTHER_KINDS),
    ],
)
def test_what_may_not_be_cited_is_left_out_and_counted(changed, lost):
    article = said("الماء حق", **changed)
    document, losses = digest(article)
    assert "«الماء حق»" not in lines(document)
    assert losses.counted[lost] == 1
    assert losses.counted.keys() <= set(cited.DROPS)


def test_a_digest_of_too_many_says_how_many_there_are(monkeypatch):
    monkeypatch.setattr(docx, "MOST_QUOTES", 2)
    document, losses = digest(whole())
    assert losses.counted[cited.BEYOND] == 3
    assert any(line.startswith("عدد الاقتباسات المطلوبة 5، وفي هذا الملف أول 2 منها") for line in lines(document))
    assert sum(run.font.bold is True for line in document.paragraphs for run in line.runs) == 2


def test_the_digest_says_what_it_is_of_and_which_program_made_it():
    document, _ = digest(whole())
    assert lines(document)[:3] == [
        "الأقوال وقائلوها",
        ABOUT.scope,
        "عدد الاقتباسات: 5. أُعدّ هذا الملف في 2 إبريل 2026، 12:30 ببرنامج Newsdesk 0.1.0.",
    ]
    assert (document.core_properties.comments, document.core_properties.author) == ("Newsdesk 0.1.0, 1", "ليلى")


def test_arabic_runs_from_right_to_left_and_an_english_quote_keeps_its_direction():
    english = replace(said("Water is a right"), language="en")
    document, _ = digest(whole(), english)
    for paragraph in document.paragraphs:
        runs = [*paragraph.runs, *(run for link in paragraph.hyperlinks for run in link.runs)]
        bidi = paragraph._p.pPr.find(qn("w:bidi")) is not None
        assert bidi == (paragraph.text != "«Water is a right»"), paragraph.text
        for run in runs:
            if any("\u0600" <= letter <= "\u06ff" for letter in run.text):
                assert run.font.rtl, run.text
    with translation.override("en"):
        assert digest(english)[0].paragraphs[0]._p.pPr.find(qn("w:bidi")) is None


def test_control_characters_and_markup_stay_harmless():
    document, _ = digest(replace(said("a\x00b <b>c</b>"), title="\x0b<script>"))
    assert "«ab <b>c</b>»" in lines(document)
