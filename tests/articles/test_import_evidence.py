"""Figures, tables and embedded posts: beside the text, in their order, whatever markup pages give them."""

import json
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml.html import document_fromstring

from articles.importing.evidence import take_evidence
from articles.importing.evidence.placing import MOST_PIECES
from articles.importing.evidence.posts import post_at
from articles.importing.evidence.tables import MOST_CELLS, MOST_ROWS
from articles.importing.pages import Page
from articles.importing.readers.html import read_html

REPOSITORY = Path(__file__).parents[2]
SHARED = REPOSITORY.parent / "shared" / "data" / "html"
EXPECTED = json.loads((REPOSITORY / "tests" / "data" / "fixtures_expected.json").read_text("utf-8"))["pages"]
needs_shared = pytest.mark.skipif(not SHARED.exists(), reason="the shared real inputs are not here")

TITLE = "افتتاح سوق الصيادين بعد ترميمه"
FIRST = (
    "افتتحت بلدية مرسى النخيل، الأحد، سوق الصيادين القديم بعد عامين من أعمال الترميم التي شملت السقف الخشبي والأرصفة"
    " ومخازن الثلج المحيطة به."
)
SECOND = (
    "وقالت رئيسة البلدية نهى الكيال إن السوق يضم أربعين دكاناً جديداً، وإن الإيجارات ستبقى على حالها ثلاثة أعوام دعماً"
    " للصيادين الذين خسروا مواسمهم."
)
THIRD = "ورحب نقيب الصيادين فهد البحري بالافتتاح، لكنه طالب بإصلاح كاسر الأمواج قبل الشتاء المقبل حتى لا تتكرر الأضرار."
URL = "https://marsa.example/news/harbour/77"
PICTURE = "https://marsa.example/media/market.jpg"


def page_with(*pieces: str, above: str = "", below: str = "", title: str = TITLE) -> Page:
    """The page of an article with these pieces between its first and its second paragraph."""
    menu = "".join(f"<li><a href='/{number}'>قسم {number}</a></li>" for number in range(6))
    return read_html(
        f"<html lang='ar'><head><title>{title}</title></head><body><nav><ul>{menu}</ul></nav><main><article>"
        f"<h1>{title}</h1>{above}<div class='text'><p>{FIRST}</p>{''.join(pieces)}<p>{SECOND}</p><p>{THIRD}</p></div>"
        f"{below}</article></main><footer>كل الحقوق محفوظة</footer></body></html>".encode(),
        address=URL,
    )


def only(page: Page) -> dict:
    """The page's one piece of evidence; its text is the article's, whatever stood there."""
    assert [block.text for block in page.blocks] == [FIRST, SECOND, THIRD]
    (piece,) = page.evidence
    return dict(piece)


def figure(**fields: str) -> dict:
    return {"kind": "figure", "after": 1, "address": PICTURE, "alt": "", "caption": "", "credit": ""} | fields


def post(platform: str, address: str, handle: str = "", author: str = "", text: str = "") -> dict:
    return {"kind": "post", "after": 1, "platform": platform, "address": address} | {
        "handle": handle,
        "author": author,
        "text": text,
    }


@pytest.mark.parametrize(
    ("markup", "fields"),
    [
        ("<figure><img src='/media/market.jpg' alt='سوق'></figure>", {"alt": "سوق"}),
        (
            "<figure><img src='/media/market.jpg'><figcaption>صيادون في السوق. <span class='credit'>رويترز</span>"
            "</figcaption></figure>",
            {"caption": "صيادون في السوق.", "credit": "رويترز"},
        ),
        (
            "<figure><img src='/media/market.jpg'><figcaption>صيادون في السوق (أ ف ب)</figcaption></figure>",
            {"caption": "صيادون في السوق", "credit": "أ ف ب"},
        ),
        (
            "<figure><img src='/media/market.jpg'><figcaption>صيادون في السوق. تصوير: هادي المرّاش</figcaption>"
            "</figure>",
            {"caption": "صيادون في السوق", "credit": "هادي المرّاش"},
        ),
        # A credit is not what stands in parentheses in the middle, nor a year.
        (
            "<figure><img src='/media/market.jpg'><figcaption>السوق (القديم) عام 1950</figcaption></figure>",
            {"caption": "السوق (القديم) عام 1950"},
        ),
        # WordPress before and after its blocks, Blogger, and a template of its own.
        (
            "<div class='wp-caption'><img src='/media/market.jpg'><p class='wp-caption-text'>صيادون في السوق</p></div>",
            {"caption": "صيادون في السوق"},
        ),
        (
            "<figure class='wp-block-image size-large'><img src='/media/market.jpg'><figcaption "
            "class='wp-element-caption'>صيادون في السوق</figcaption></figure>",
            {"caption": "صيادون في السوق"},
        ),
        (
            "<table class='tr-caption-container'><tr><td><img src='/media/market.jpg'></td></tr><tr><td "
            "class='tr-caption'>صيادون في السوق</td></tr></table>",
            {"caption": "صيادون في السوق"},
        ),
        (
            "<div class='article_image'><img src='/media/market.jpg'><div></div><div>صيادون في السوق</div></div>",
            {"caption": "صيادون في السوق"},
        ),
        (
            "<p><img src='/media/market.jpg' caption=' صيادون في السوق (واس)'></p>",
            {"caption": "صيادون في السوق", "credit": "واس"},
        ),
        # Pictures that scripts load: the place for the picture is not the picture.
        ("<p><img src='/blank.gif' data-src='/media/market.jpg'></p>", {}),
        ("<p><img src='data:image/gif;base64,R0lG' data-lazy-src='/media/market.jpg'></p>", {}),
        ("<p><img src='/small.jpg' srcset='/media/small.jpg 300w, /media/market.jpg 1200w'></p>", {}),
        ("<picture><source srcset='/media/market.jpg 2x'><img src='/placeholder.png'></picture>", {}),
        ("<amp-img src='/media/market.jpg' width='900' height='600'></amp-img>", {}),
        ("<p><a href='/media/market-full.jpg'><img src='/media/market.jpg'></a></p>", {}),
    ],
)  # fmt: skip
def test_a_picture_is_kept_by_its_address_with_caption_and_credit(markup, fields):
    assert only(page_with(markup)) == figure(**fields)


@pytest.mark.parametrize(
    "markup",
    [
        "<p><img src='/media/logo.png'></p>",
        "<p><img src='/media/pixel.jpg' width='1' height='1'></p>",
        "<p><img src='/drawing.svg'></p>",
        "<p><img src='javascript:alert(1)'></p>",
        "<p><img src='http://10.0.0.7:99999/x.jpg'></p>",
        "<p><a href='/news/other'><img src='/media/other.jpg'></a></p>",
        "<div class='related'><figure><img src='/media/other.jpg'><figcaption>خبر آخر</figcaption></figure></div>",
        "<aside><img src='/media/other.jpg'></aside>",
        "<table><tr><td>سطر واحد</td><td>لا غير</td></tr></table>",
        "<table><tr><td><a href='/1'>محليات</a></td><td><a href='/2'>رياضة</a></td></tr>"
        "<tr><td><a href='/3'>ثقافة</a></td><td><a href='/4'>اقتصاد</a></td></tr></table>",
        "<iframe src='https://ads.example/banner'></iframe>",
        "<iframe src='https://www.facebook.com/plugins/like.php?href=https://www.facebook.com/marsa'></iframe>",
        "<script src='https://platform.twitter.com/widgets.js'></script>",
        "<p><a href='https://twitter.com/marsa'>تابعونا</a></p>",
    ],
)
def test_what_belongs_to_the_page_and_not_to_the_article_is_no_evidence(markup):
    assert page_with(markup).evidence == []


def test_a_paragraph_in_a_pictures_box_is_text_and_a_long_caption_that_is_marked_is_none():
    words = "وأعلنت البلدية أنها ستخصص ريع الدكاكين الجديدة في عامها الأول لإصلاح مراكب الصيادين التي تضررت في الشتاء."
    box = "<div class='photo'><img src='/media/market.jpg'><p{}>{}</p></div>"
    page = page_with(box.format("", words))
    assert [block.text for block in page.blocks] == [FIRST, words, SECOND, THIRD]
    assert page.evidence == [figure()]
    assert only(page_with(box.format(" class='caption'", words))) == figure(caption=words)


def test_words_in_attributes_lose_what_shows_nothing():
    piece = only(page_with("<figure><img src='/media/market.jpg' alt='سو\u202eق\x07  قديم'></figure>"))
    assert piece["alt"] == "سوق قديم"


def test_lead_pictures_stand_after_the_headline_and_pictures_of_the_page_do_not():
    lead = "<figure><img src='/media/market.jpg'><figcaption>السوق</figcaption></figure>"
    logo = "<div><a href='/'><img src='/media/marsa-name.png'></a></div>"
    page = page_with(above=lead + "<div class='share'><img src='/media/fb.png'></div>", below=logo)
    assert only(page) == figure(after=0, caption="السوق")


@pytest.mark.parametrize(
    "below",
    [
        "<div><img src='/media/market.jpg'></div>",
        "<ul>" + "<li><a href='/n'>خبر آخر من المدينة</a></li>" * 20 + "</ul><figure><img src='/a.jpg'></figure>",
    ],
)
def test_under_the_text_a_bare_picture_and_one_after_other_words_are_the_pages(below):
    assert page_with(below=below).evidence == []
    marked = "<figure><img src='/media/market.jpg'><figcaption>السوق</figcaption></figure>"
    assert only(page_with(below=marked + below)) == figure(after=3, caption="السوق")


def test_a_picture_just_above_the_headline_is_the_articles_and_one_far_above_is_the_pages():
    def page(between: str) -> Page:
        above = f"<div><figure><img src='/media/market.jpg'></figure></div><div>{between}</div>"
        body = f"<article><h1>{TITLE}</h1><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></article>"
        return read_html(f"<html><body>{above}{body}</body></html>".encode(), address=URL)

    assert only(page("محليات")) == figure(after=0)
    assert page("عنوان في شريط الأخبار " * 20).evidence == []


def test_evidence_keeps_its_order_and_the_number_of_the_line_that_it_follows():
    post = "<p>https://x.com/noha/status/5</p>"
    picture = "<figure><img src='/media/{}.jpg'></figure>"
    table = "<table><tr><th>العام</th><th>الدكاكين</th></tr><tr><td>2020</td><td>22</td></tr></table>"
    page = page_with(picture.format("b"), table, above=picture.format("a"), below=post)
    assert [(piece["kind"], piece["after"]) for piece in page.evidence] == [
        ("figure", 0),
        ("figure", 1),
        ("table", 1),
        ("post", 3),
    ]


def test_a_table_has_its_caption_its_heads_and_a_cell_for_every_place():
    table = (
        "<table><caption>الدكاكين بالأرقام</caption>"
        "<thead><tr><th rowspan='2'>العام</th><th colspan='2'>العدد</th></tr>"
        "<tr><th>مؤجرة</th><th>خالية</th></tr></thead><tbody><tr><td>2020</td><td>18</td><td>4</td></tr>"
        "<tr><td>2024</td><td colspan='2'>40 <script>x()</script></td></tr></tbody></table>"
    )
    assert only(page_with(table)) == {
        "kind": "table",
        "after": 1,
        "caption": "الدكاكين بالأرقام",
        "heads": 2,
        "rows": [["العام", "العدد", ""], ["", "مؤجرة", "خالية"], ["2020", "18", "4"], ["2024", "40", ""]],
        "spans": [[0, 0, 2, 1], [0, 1, 1, 2], [3, 1, 1, 2]],
        "cut": False,
    }


def test_cells_over_several_rows_end_with_their_part_of_the_table():
    table = only(
        page_with(
            "<table><thead><tr><th rowspan='9'>الرصيف</th><th>الدكاكين</th></tr></thead><tbody>"
            "<tr><td rowspan='0'>الشمالي</td><td>18</td></tr><tr><td>4</td></tr></tbody>"
            "<tbody><tr><td colspan='90'>الجنوبي</td></tr></tbody></table>"
        )
    )
    assert [row[:2] for row in table["rows"]] == [["الرصيف", "الدكاكين"], ["الشمالي", "18"], ["", "4"], ["الجنوبي", ""]]
    assert table["spans"] == [[1, 0, 2, 1], [3, 0, 1, MOST_CELLS]]


def test_a_table_inside_a_cell_is_that_cells_words():
    inner = "<table><tr><td>سمك</td><td>12</td></tr><tr><td>ثلج</td><td>3</td></tr></table>"
    rows = f"<tr><td>السبت</td><td>{inner}</td></tr><tr><td>الأحد</td><td>مغلق</td></tr>"
    table = only(page_with(f"<table><tr><th>اليوم</th><th>الأسعار</th></tr>{rows}</table>"))
    assert table["rows"] == [["اليوم", "الأسعار"], ["السبت", "سمك 12 ثلج 3"], ["الأحد", "مغلق"]]


def test_a_table_of_facts_is_found_in_the_tables_that_lay_out_a_page():
    facts = "<table><tr><th>العام</th><th>الدكاكين</th></tr><tr><td>2020</td><td>22</td></tr></table>"
    side = "<table><tr><td><a href='/1'>محليات</a></td></tr></table>"
    layout = f"<table><tr><td>{facts}</td><td>{side}</td></tr><tr><td>أعلى</td><td>أسفل</td></tr></table>"
    (table,) = page_with(layout).evidence
    assert table["rows"] == [["العام", "الدكاكين"], ["2020", "22"]]


def test_wordpress_puts_its_tables_and_posts_into_figures():
    rows = "<tr><td>سمك</td><td>12</td></tr><tr><td>ثلج</td><td>3</td></tr>"
    table = f"<figure class='wp-block-table'><table>{rows}</table><figcaption>الأسعار بالدينار</figcaption></figure>"
    assert only(page_with(table))["caption"] == "الأسعار بالدينار"
    embed = (
        "<figure class='wp-block-embed is-provider-twitter'><div class='wp-block-embed__wrapper'>"
        "https://twitter.com/noha/status/123</div></figure>"
    )
    assert only(page_with(embed)) == post("x", "https://twitter.com/noha/status/123", "@noha")


def test_a_table_that_lays_the_page_out_is_read_as_text():
    layout = (
        f"<table><tr><td>صورة</td><td>{THIRD} {SECOND}</td></tr><tr><td>خبر</td><td>{SECOND} {THIRD}</td></tr></table>"
    )
    page = page_with(layout)
    assert page.evidence == []
    assert f"{THIRD} {SECOND}" in [block.text for block in page.blocks]


def test_a_table_with_heads_may_say_more_in_a_cell():
    rows = f"<tr><td>البلدية</td><td>{SECOND}</td></tr><tr><td>النقابة</td><td>{THIRD}</td></tr>"
    table = only(page_with(f"<table><tr><th>الجهة</th><th>موقفها</th></tr>{rows}</table>"))
    assert table["rows"][1:] == [["البلدية", SECOND], ["النقابة", THIRD]]


@pytest.mark.parametrize(
    "wrapped",
    [
        "<form id='aspnetForm'>{}</form>",
        "<div class='row has-sidebar with-ads'>{}</div>",
        "<div class='post category-social tag-comments'>{}</div>",
    ],
)
def test_what_holds_the_article_is_the_article_however_it_is_called(wrapped):
    body = f"<h1>{TITLE}</h1><div><p>{FIRST}</p><figure><img src='/media/market.jpg'></figure><p>{SECOND}</p></div>"
    page = read_html(f"<html><body>{wrapped.format(body)}<p>{THIRD}</p></body></html>".encode(), address=URL)
    assert [piece["address"] for piece in page.evidence] == [PICTURE]


def test_a_post_may_stand_in_what_is_called_social_and_a_share_buttons_picture_may_not():
    wrapped = "<div class='social-embed widget'>{}</div>"
    assert only(page_with(wrapped.format("<p>https://x.com/noha_k/status/99</p>")))["platform"] == "x"
    assert page_with(wrapped.format("<img src='/media/follow.jpg'>")).evidence == []


def test_a_large_table_is_cut_and_says_so():
    row = "".join(f"<td>{number}</td>" for number in range(MOST_CELLS + 5))
    table = only(page_with(f"<table>{f'<tr>{row}</tr>' * (MOST_ROWS + 50)}</table>"))
    assert (len(table["rows"]), len(table["rows"][0]), table["cut"]) == (MOST_ROWS, MOST_CELLS, True)


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        (
            '<blockquote class="twitter-tweet" data-lang="ar"><p lang="ar" dir="rtl">السوق أجمل مما كان<br>شكراً لكم</p>'
            '&mdash; نهى الكيال (@noha_k) <a href="https://twitter.com/noha_k/status/99?ref_src=tw">March 3, 2024</a>'
            "</blockquote><script async src='https://platform.twitter.com/widgets.js'></script>",
            post("x", "https://twitter.com/noha_k/status/99", "@noha_k", "نهى الكيال", "السوق أجمل مما كان\nشكراً لكم"),
        ),
        (
            "<iframe src='https://platform.twitter.com/embed/Tweet.html?dnt=true&id=1234567'></iframe>",
            post("x", "https://twitter.com/i/status/1234567"),
        ),
        (
            '<div class="fb-post" data-href="https://www.facebook.com/marsa.city/posts/101"><blockquote '
            'cite="https://www.facebook.com/marsa.city/posts/101" class="fb-xfbml-parse-ignore"><p>السوق مفتوح</p>'
            'تم النشر بواسطة <a href="https://www.facebook.com/marsa.city">البلدية</a> في <a href="#">3 آذار</a>'
            "</blockquote></div>",
            post("facebook", "https://www.facebook.com/marsa.city/posts/101", "@marsa.city", "البلدية", "السوق مفتوح"),
        ),
        (
            "<iframe src='https://www.facebook.com/plugins/post.php?width=500&"
            "href=https%3A%2F%2Fwww.facebook.com%2Fmarsa%2Fposts%2F7'></iframe>",
            post("facebook", "https://www.facebook.com/marsa/posts/7", "@marsa"),
        ),
        (
            '<blockquote class="instagram-media" '
            'data-instgrm-permalink="https://www.instagram.com/p/Cx1-y_2/?utm_source=ig_embed"><div><a href="#">عرض هذا'
            " المنشور على Instagram</a><p>تمت مشاركة منشور بواسطة سوق المرسى (@marsa.souq)</p></div></blockquote>",
            post("instagram", "https://www.instagram.com/p/Cx1-y_2/", "@marsa.souq", "سوق المرسى"),
        ),
        (
            "<iframe src='https://www.instagram.com/reel/Cx1/embed/captioned/'></iframe>",
            post("instagram", "https://www.instagram.com/reel/Cx1/"),
        ),
        (
            '<script src="https://telegram.org/js/telegram-widget.js?22" data-telegram-post="marsa_news/451"></script>',
            post("telegram", "https://t.me/marsa_news/451", "@marsa_news"),
        ),
        (
            "<iframe data-src='https://t.me/marsa_news/451?embed=1' src='about:blank'></iframe>",
            post("telegram", "https://t.me/marsa_news/451", "@marsa_news"),
        ),
        (
            '<iframe src="https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?rel=0" title="افتتاح السوق"></iframe>',
            post("youtube", "https://www.youtube.com/watch?v=dQw4w9WgXcQ", text="افتتاح السوق"),
        ),
        (
            "<lite-youtube videoid='dQw4w9WgXcQ'></lite-youtube>",
            post("youtube", "https://www.youtube.com/watch?v=dQw4w9WgXcQ"),
        ),
        (
            "<blockquote class='tiktok-embed' cite='https://www.tiktok.com/@marsa/video/700'><section>"
            "<p>جولة في السوق</p></section></blockquote>",
            post("tiktok", "https://www.tiktok.com/@marsa/video/700", "@marsa", text="جولة في السوق"),
        ),
        ("<amp-twitter data-tweetid='1234567'></amp-twitter>", post("x", "https://twitter.com/i/status/1234567")),
        ("<amp-instagram data-shortcode='Cx1'></amp-instagram>", post("instagram", "https://www.instagram.com/p/Cx1/")),
        ("<p>https://youtu.be/dQw4w9WgXcQ</p>", post("youtube", "https://www.youtube.com/watch?v=dQw4w9WgXcQ")),
        (
            "<p><a href='https://x.com/noha_k/status/99'>https://x.com/noha_k/status/99</a></p>",
            post("x", "https://x.com/noha_k/status/99", "@noha_k"),
        ),
    ],
)  # fmt: skip
def test_an_embedded_post_is_known_by_its_platform_address_and_author(markup, expected):
    assert only(page_with(markup)) == expected


@pytest.mark.parametrize(
    "address",
    [
        "https://twitter.com/noha",
        "https://twitter.com/intent/tweet?text=x",
        "https://www.facebook.com/marsa",
        "https://www.facebook.com/sharer/sharer.php?u=https://marsa.example",
        "https://www.instagram.com/marsa/",
        "https://t.me/marsa_news",
        "https://www.youtube.com/channel/UC123456",
        "https://www.youtube.com/watch",
        "https://eviltwitter.com/noha/status/5",
        "https://x.com.evil.example/noha/status/5",
    ],
)
def test_profiles_buttons_and_strangers_are_no_posts(address):
    assert post_at(address) is None


def test_a_plain_quotation_is_text():
    page = page_with("<blockquote><p>«لن ننسى من صبر معنا عامين كاملين حتى يعود السوق إلى أهله»</p></blockquote>")
    assert page.evidence == []
    assert page.blocks[1].kind == "quotation"


def test_a_post_that_stands_twice_and_a_picture_in_two_sizes_are_there_once():
    twice = "<p>https://x.com/noha_k/status/99</p>" * 2
    sizes = "<p><img src='/m/w600/937359.jpg'></p><p><img src='/m/w200/937359.jpg'></p>"
    assert [piece["kind"] for piece in page_with(twice, sizes).evidence] == ["post", "figure"]


def test_a_page_of_a_thousand_pictures_gives_so_many_pieces_and_no_more():
    pictures = "".join(f"<p><img src='/media/{number}.jpg'></p>" for number in range(1000))
    assert len(page_with(pictures).evidence) == MOST_PIECES


def test_every_sample_page_has_its_captions_and_its_cells_beside_the_text():
    for sample in EXPECTED:
        page = read_html((REPOSITORY / sample["path"]).read_bytes())
        said = [word for piece in page.evidence for word in (piece.get("caption", ""), piece.get("credit", ""))]
        cells = [cell for piece in page.evidence for row in piece.get("rows", []) for cell in row]
        assert cells == sample["table_cells"], sample["path"]
        for caption in sample["captions"]:
            assert any(caption.endswith(words) for words in said if words), (sample["path"], caption)
            assert caption not in [block.text for block in page.blocks]


@needs_shared
def test_the_picture_on_a_real_page_takes_its_caption_out_of_the_text():
    page = read_html((SHARED / "1588107198.html").read_bytes())
    (piece,) = page.evidence
    assert (piece["caption"], piece["after"]) == ("اصابات بفيروس كورونا في امريكا", 0)
    assert page.blocks[0].text.startswith("المدينة نيوز :- بلغت")
    assert page.credit_lines == ("--(بترا)",)


@needs_shared
def test_cnn_arabics_text_is_the_expected_one():
    page = read_html((SHARED / "cnn-arabic.html").read_bytes())
    found = " ".join(block.text for block in page.blocks).split()
    expected = (SHARED / "cnn-arabic.txt").read_text("utf-8").split()
    common = sum(min(found.count(word), expected.count(word)) for word in set(expected))
    assert 2 * common / (len(found) + len(expected)) >= 0.97


MARKUP = (
    "<figure>",
    "</figure>",
    "<figcaption>",
    "<img src='/a.jpg'>",
    "<img src='//[::1'>",
    "<table>",
    "<tr>",
    "<td rowspan=9>",
    "</table>",
    "<td colspan='٣'>",
    "<blockquote class='twitter-tweet'>",
    "</blockquote>",
    "<iframe src='https://youtu.be/abcdefgh'>",
    "<div class='fb-post' data-href='%%'>",
    "</div>",
    "<p>",
    "</p>",
    "<script data-telegram-post='a/1'></script>",
    "نص ما",
    "<a href='https://x.com/a/status/1'>",
    "<base href='http://'>",
    "<img srcset=', ,x 2w, 1.2.3w' data-src=''>",
    "\ufdd07\ufdd1",
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(MARKUP), max_size=25))
def test_any_markup_gives_bounded_evidence_with_web_addresses_only(parts):
    tree = document_fromstring(
        f"<html><body><h1>{TITLE}</h1><p>{FIRST}</p>{''.join(parts)}<p>{SECOND}</p></body></html>"
    )
    for piece in take_evidence(tree, URL).beside(TITLE, [FIRST, SECOND]):
        assert 0 <= piece["after"] <= 2
        assert not piece.get("address") or piece["address"].startswith(("http://", "https://"))
        assert all(len(row) == len(piece["rows"][0]) for row in piece.get("rows", []))


def test_a_page_of_nothing_but_candidates_inside_each_other_is_read_in_a_moment():
    rng = random.Random(5)
    deep = "<div class='fb-x'>" * 5000 + "<img src='/a.jpg'>" * 3000
    wide = "".join(rng.choice(MARKUP) for _ in range(20_000))
    for markup in (deep, wide):
        tree = document_fromstring(f"<html><body><p>{FIRST}</p>{markup}<p>{SECOND}</p></body></html>")
        assert len(take_evidence(tree, URL).beside(TITLE, [FIRST, SECOND])) <= MOST_PIECES
