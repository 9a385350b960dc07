"""HTML pages: what they say of themselves, and the article between everything else."""

import json
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from time import process_time

import pytest

from articles.importing.pages import Page, Refused
from articles.importing.readers.html import read_html

REPOSITORY = Path(__file__).parents[2]
SHARED = REPOSITORY.parent / "shared" / "data" / "html"
FIRST = (
    "أعلنت هيئة السدود، الثلاثاء، أن مخزون سد الوادي بلغ ثلثي طاقته بعد أمطار الأسبوع الماضي، وهو أعلى مستوى يسجَّل في"
    " هذا الموعد من السنة منذ عشرة أعوام."
)
SECOND = (
    "وقال مدير الهيئة رياض الحكيم في مؤتمر صحافي إن المياه «تكفي العاصمة حتى الخريف المقبل»، مشيراً إلى أن أعمال تنظيف"
    " القنوات ستستمر شهرين."
)
THIRD = "وتوقع مركز الأرصاد أن تشهد المرتفعات أمطاراً متفرقة في نهاية الأسبوع، وأن يستمر تدفق الأودية أياماً أخرى."
TITLE = "مخزون سد الوادي يبلغ ثلثي طاقته"


def html(head: str = "", body: str = "", *, title: str = TITLE, lang: str = "ar") -> bytes:
    menu = "".join(f"<li><a href='/{number}'>قسم {number}</a></li>" for number in range(8))
    article = body or f"<h1>{TITLE}</h1><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"
    return (
        f"<!DOCTYPE html><html lang='{lang}' dir='rtl'><head><meta charset='utf-8'><title>{title}</title>{head}</head>"
        f"<body><nav><ul>{menu}</ul></nav><article>{article}</article><footer><p>كل الحقوق محفوظة</p></footer>"
        "</body></html>"
    ).encode()


def meta(**tags: str) -> str:
    return "".join(f'<meta property="{name.replace("__", ":")}" content="{text}">' for name, text in tags.items())


def ld(**data: object) -> str:
    text = json.dumps({"@type": "NewsArticle", **data}, ensure_ascii=False)
    return f'<script type="application/ld+json">{text}</script>'


def lines_of(page: Page) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in page.blocks]


def test_an_article_is_found_between_navigation_and_footer_with_its_headline_once():
    page = read_html(html())
    assert page.title == TITLE
    assert lines_of(page) == [("paragraph", FIRST), ("paragraph", SECOND), ("paragraph", THIRD)]


def test_blocks_have_their_kinds():
    body = (
        f"<h1>{TITLE}</h1><p>{FIRST}</p><h2>أرقام السد</h2><p>{SECOND}</p><blockquote><p>«لم نرَ هذا منذ سنين طويلة»"
        f"</p></blockquote><p>{THIRD}</p><ul><li>المخزون اليوم 66 في المئة من الطاقة</li><li>المخزون قبل عام 31 في"
        " المئة من الطاقة</li></ul>"
    )
    assert lines_of(read_html(html(body=body))) == [
        ("paragraph", FIRST),
        ("heading", "أرقام السد"),
        ("paragraph", SECOND),
        ("quotation", "«لم نرَ هذا منذ سنين طويلة»"),
        ("paragraph", THIRD),
        ("list_item", "المخزون اليوم 66 في المئة من الطاقة"),
        ("list_item", "المخزون قبل عام 31 في المئة من الطاقة"),
    ]


def test_lines_parted_by_br_are_paragraphs():
    body = f"<h1>{TITLE}</h1><div class='text'>{FIRST}<br><br>\n{SECOND}<br />{THIRD}</div>"
    assert [text for _, text in lines_of(read_html(html(body=body)))] == [FIRST, SECOND, THIRD]


def test_a_page_laid_out_by_tables_is_read_and_a_table_of_figures_is_not_text():
    figures = "<table><tr><td>السد</td><td>66</td></tr><tr><td>البحيرة</td><td>41</td></tr></table>"
    passages = f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"
    body = f"<table><tr><td><h1>{TITLE}</h1></td></tr><tr><td>{passages}</td></tr></table>"
    assert [text for _, text in lines_of(read_html(html(body=body)))] == [FIRST, SECOND, THIRD]
    body = f"<h1>{TITLE}</h1><p>{FIRST}</p>{figures}<p>{SECOND}</p><p>{THIRD}</p>"
    assert [text for _, text in lines_of(read_html(html(body=body)))] == [FIRST, SECOND, THIRD]


def test_an_embedded_post_stands_beside_the_text_with_its_words_and_its_author():
    post = (
        '<blockquote class="twitter-tweet" lang="ar"><p>السد ممتلئ، والحمد لله على نعمة المطر.</p>'
        '— هيئة السدود (@dams) <a href="https://posts.example/1">12 مارس</a></blockquote>'
    )
    page = read_html(html(body=f"<h1>{TITLE}</h1><p>{FIRST}</p>{post}<p>{SECOND}</p><p>{THIRD}</p>"))
    assert [text for _, text in lines_of(page)] == [FIRST, SECOND, THIRD]
    (beside,) = page.evidence
    assert (beside["kind"], beside["after"], beside["handle"]) == ("post", 1, "@dams")
    assert beside["text"] == "السد ممتلئ، والحمد لله على نعمة المطر."


@pytest.mark.parametrize(
    ("head", "window", "title"),
    [
        # The heading that the page's own title confirms, not the logo.
        (meta(og__title=f"{TITLE} | بوابة الوادي", og__site_name="بوابة الوادي"), "بوابة الوادي", TITLE),
        ("", f"{TITLE} - بوابة الوادي", TITLE),
        (ld(headline=TITLE), "بوابة الوادي", TITLE),
    ],
)
def test_the_headline_is_the_confirmed_heading(head, window, title):
    body = f"<h1>بوابة الوادي</h1><h1>{TITLE}</h1><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"
    assert read_html(html(head, body, title=window)).title == title


@pytest.mark.parametrize(
    ("head", "window"),
    [
        (meta(og__title=f"{TITLE} | بوابة الوادي", og__site_name="بوابة الوادي"), "x"),
        (meta(og__title=f"بوابة الوادي - {TITLE}", og__site_name="بوابة الوادي"), "x"),
        ("", f"{TITLE} | بوابة الوادي"),
        (ld(headline=TITLE, publisher={"name": "بوابة الوادي"}), "x"),
    ],
)
def test_without_a_heading_the_stated_title_loses_the_sites_name(head, window):
    assert read_html(html(head, f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>", title=window)).title == TITLE


def test_a_page_without_any_title_is_headed_by_its_first_line():
    page = read_html(html(body=f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>", title=""))
    assert page.title == FIRST
    assert [text for _, text in lines_of(page)] == [SECOND, THIRD]


@pytest.mark.parametrize(
    ("head", "url"),
    [
        ('<link rel="canonical" href="https://Wadi.example/news/7?utm_source=x">', "https://wadi.example/news/7"),
        (meta(og__url="https://wadi.example/news?id=7"), "https://wadi.example/news?id=7"),
        (ld(mainEntityOfPage={"@id": "https://wadi.example/news/7"}), "https://wadi.example/news/7"),
        # Templates that give the home page, an address inside the server, a path alone, or nothing usable.
        ('<link rel="canonical" href="https://wadi.example/">', None),
        ('<link rel="canonical" href="https://wadi.example/index.php">', None),
        ('<link rel="canonical" href="http://10.0.0.7/news/7">', None),
        ('<link rel="canonical" href="http://localhost/news/7">', None),
        ('<link rel="canonical" href="/news/7">', None),
        ('<link rel="canonical" href="">', None),
        # An origin elsewhere is a credit: the page itself is where it says it is shared from.
        (
            '<link rel="canonical" href="https://origin.example/a/7">' + meta(og__url="https://copy.example/b/9"),
            "https://copy.example/b/9",
        ),
        (
            '<link rel="canonical" href="https://wadi.example/a/7">' + meta(og__url="https://m.wadi.example/a/7"),
            "https://wadi.example/a/7",
        ),
    ],
)
def test_the_pages_own_url_is_taken_when_it_can_be_an_articles(head, url):
    assert read_html(html(head)).url == url


def test_an_address_that_is_known_goes_before_what_the_page_says():
    head = '<link rel="canonical" href="https://origin.example/a/7">'
    assert read_html(html(head), address="https://copy.example/b").url == "https://copy.example/b"


@pytest.mark.parametrize(
    ("head", "at", "precision"),
    [
        (meta(article__published_time="2024-03-12T10:20:00+03:00"), "2024-03-12T10:20:00+03:00", "minute"),
        (ld(datePublished="2024-03-12"), "2024-03-12T00:00:00", "day"),
        ('<meta name="DC.date.issued" content="2024-03-12">', "2024-03-12T00:00:00", "day"),
        (ld(**{"@type": "WebPage", "datePublished": "2024-03-12"}), "2024-03-12T00:00:00", "day"),
        (
            '<script type="application/ld+json">{"@type": "Article", "datePublished": "2024-03-12", }</script>',
            "2024-03-12T00:00:00",
            "day",
        ),
        # JSON-LD before meta tags; a date that has not come is passed over.
        (
            ld(datePublished="2024-03-12") + meta(article__published_time="2024-03-13"),
            "2024-03-12T00:00:00",
            "day",
        ),
        (
            ld(datePublished="2999-03-12") + meta(article__published_time="2024-03-13"),
            "2024-03-13T00:00:00",
            "day",
        ),
        ('<link rel="canonical" href="https://wadi.example/2024/3/12/dam">', "2024-03-12T00:00:00", "day"),
        ("", None, ""),
    ],
)
def test_the_date_comes_from_what_machines_read_and_from_the_address(head, at, precision):
    page = read_html(html(head))
    assert (page.published_at, page.published_precision) == (at and datetime.fromisoformat(at), precision)


def test_a_year_in_the_footer_is_no_date():
    page = read_html(html().replace("كل الحقوق محفوظة".encode(), "© 2013 كل الحقوق محفوظة".encode()))
    assert page.published_at is None


@pytest.mark.parametrize(
    ("head", "byline"),
    [
        (ld(author={"@type": "Person", "name": "سلوى النوري"}), "سلوى النوري"),
        (ld(author=[{"name": "سلوى النوري"}, {"name": "عادل الراوي"}]), "سلوى النوري، عادل الراوي"),
        ('<meta name="author" content="سلوى النوري">', "سلوى النوري"),
        (meta(article__author="https://social.example/salwa"), ""),
        ('<meta name="author" content="بوابة الوادي">' + meta(og__site_name="بوابة الوادي"), ""),
        (ld(author={"name": None}), ""),
        ("", ""),
    ],
)
def test_authors_are_people_and_not_addresses_or_the_site(head, byline):
    assert read_html(html(head)).byline == byline


@pytest.mark.parametrize(
    ("dateline", "at", "byline"),
    [
        ("<div>كتب: سامر النوري | السبت 16 آذار 2024</div>", "2024-03-16", "سامر النوري"),
        ("<span>بقلم</span> <b>سلوى النوري</b><i>16 مارس 2024</i>", "2024-03-16", "سلوى النوري"),
        (
            "<span class='post-author'>سلوى النوري</span><time>نُشر في 16 مارس/آذار 2024</time>",
            "2024-03-16",
            "سلوى النوري",
        ),
        ("<p>آخر تحديث 18 مارس 2024</p><p>نُشر 16 مارس 2024</p>", "2024-03-16", ""),
        ("<p>آخر تحديث 18 مارس 2024</p>", "2024-03-18", ""),
        ("<p>مجلس البلدية</p>", None, ""),
        ("<p>كتب سامر النوري</p>", None, "سامر النوري"),
        ("<p>لندن: سامر النوري</p>", None, "سامر النوري"),
        ("<p>لندن – رويترز</p>", None, ""),
    ],
)
def test_what_people_see_under_the_headline_dates_and_signs_the_article_and_is_not_its_text(dateline, at, byline):
    page = read_html(html(body=f"<h1>{TITLE}</h1>{dateline}<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"))
    assert page.published_at == (at and datetime.fromisoformat(at))
    assert page.byline == byline
    assert "2024" not in str(page.blocks)
    assert "النوري" not in str(page.blocks)


def test_the_place_and_the_agency_of_a_page_stand_apart_from_its_author():
    body = f"<h1>{TITLE}</h1><p>بيروت – «بوابة الوادي» - سلوى النوري</p><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"
    read = read_html(html(meta(og__site_name="بوابة الوادي"), body))
    assert (read.byline, read.place, read.agencies) == ("سلوى النوري", "بيروت", "")
    read = read_html(
        html(body=f"<h1>{TITLE}</h1><p>بيروت 3-5-2024 (رويترز) - {FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>")
    )
    assert (read.byline, read.place, read.agencies) == ("", "بيروت", "رويترز")
    assert (read.published_at, read.published_from) == (datetime(2024, 5, 3), "text")
    head = ld(author={"@type": "Organization", "name": "رويترز"})
    assert (read_html(html(head)).byline, read_html(html(head)).agencies) == ("", "رويترز")


@pytest.mark.parametrize(
    ("line", "byline", "agencies"),
    [
        ("الوكالات", "", "الوكالات"),
        ("رويترز", "", "رويترز"),
        ("المصدر: الجزيرة + وكالات", "", "الجزيرة، وكالات"),
        (
            "عبد الرحمن بن فهد آل علي وأبو بكر عبد الله الصالح", "عبد الرحمن بن فهد آل علي، أبو بكر عبد الله الصالح",
            "",
        ),
        ("محليات", "", ""),
    ],
)  # fmt: skip
def test_an_element_for_authors_names_agencies_and_several_people(line, byline, agencies):
    body = f"<h1>{TITLE}</h1><div class='author'>{line}</div><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"
    page = read_html(html(body=body))
    assert (page.byline, page.place, page.agencies) == (byline, "", agencies)


def test_todays_date_above_the_page_does_not_date_the_article():
    body = f"<div>الأحد 17 آذار 2024</div><h1>{TITLE}</h1><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"
    link = '<link rel="canonical" href="https://wadi.example/2024/3/12/dam">'
    assert read_html(html(link, body)).published_at == datetime(2024, 3, 12)


def test_a_date_in_the_first_sentence_is_not_the_articles():
    opening = "في 3 مايو 2011 جفّ السد، وأعلنت البلدية حينها حالة الطوارئ في المدينة."
    body = f"<h1>{TITLE}</h1><p>{opening}</p><p>{FIRST}</p><p>{SECOND}</p>"
    assert read_html(html(body=body)).published_at is None


def test_broken_json_ld_is_passed_over():
    broken = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": </script>'
    deep = f'<script type="application/ld+json">{"[" * 3000}{"]" * 3000}</script>'
    odd = ld(author=5, datePublished={"a": 1}, headline=["x"], publisher="x", mainEntityOfPage=[1])
    page = read_html(html(broken + deep + odd))
    assert (page.title, page.byline, page.published_at) == (TITLE, "", None)


@pytest.mark.parametrize(
    "data",
    [
        html()[: len(html()) * 2 // 3],
        html().replace(b"</p>", b"").replace(b"</article>", b""),
        html().replace(b"<p>", b"<p><b><div><i>"),
        html().replace(b"<head>", b"<head><html><body>"),
        html().replace(b"<h1>", b"<h1 class='\x00'>"),
        b"<?xml version='1.0'?>\n" + html(),
        html().replace(b"<article>", b"<article><![CDATA[<!-- ").replace(b"<h1>", b"--> ]]><h1>"),
        b"\xef\xbb\xbf" + html(),
    ],
)
def test_broken_html_is_read_as_browsers_read_it(data):
    page = read_html(data)
    assert page.title == TITLE
    assert FIRST[:60] in str(page.blocks)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "فارغ"),
        (b"  \n", "فارغ"),
        (b"<html><body></body></html>", "لا نص فيه|نص مادة|ليست صفحة"),
        (b"<html><head><title>404</title></head><body><p>404</p></body></html>", "غير موجودة"),
        (b"%PDF-1.4 " + b"x" * 100, "ليس نصاً"),
        ("لا شيء هنا سوى كلمات".encode(), "ليست صفحة|أقصر|نص مادة"),
    ],
)
def test_what_holds_no_article_is_refused_with_the_reason(data, reason):
    with pytest.raises(Refused, match=reason):
        read_html(data)


def test_the_language_is_told_by_letters_when_the_template_says_otherwise():
    assert read_html(html(lang="en")).language == "ar"


def test_a_windows_1256_page_reads_like_its_utf8_twin():
    legacy = html().decode().replace("utf-8", "windows-1256").encode("cp1256", "xmlcharrefreplace")
    assert read_html(legacy).blocks == read_html(html()).blocks


@pytest.mark.skipif(not SHARED.exists(), reason="the shared real pages are not here")
@pytest.mark.parametrize("name", ["1588107198", "1623715966", "1691196862", "1784190729", "1806793639", "cnn-arabic"])
def test_the_real_pages_have_their_url_headline_and_text(name):
    page = read_html((SHARED / f"{name}.html").read_bytes())
    words = sum(len(block.text.split()) for block in page.blocks)
    assert page.url.startswith("http")
    assert page.title
    assert " | " not in page.title
    assert " - " not in page.title
    assert words > 60


@pytest.mark.skipif(not SHARED.exists(), reason="the shared real pages are not here")
def test_cnns_comment_policy_is_not_in_its_article():
    page = read_html((SHARED / "cnn-arabic.html").read_bytes())
    expected = [line for line in (SHARED / "cnn-arabic.txt").read_text("utf-8").splitlines() if line.strip()]
    assert [block.text.split() for block in page.blocks] == [line.split() for line in expected]


@pytest.mark.parametrize("tag", ["div", "section", "blockquote", "span", "font color='red'", "b"])
def test_paragraphs_lie_as_deep_as_they_like(tag):
    """Templates that open one element more in every paragraph; libxml2 alone drops what lies deeper than 256."""
    name = tag.split()[0]
    for body in (
        f"<{tag}>" * 700 + f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>" + f"</{name}>" * 700,
        f"<p>{FIRST}</p>" + f"<{tag}> " * 700 + f"<p>{SECOND}</p><p>{THIRD}</p>",
    ):
        read = read_html(html(body=f"<h1>{TITLE}</h1>{body}"))
        assert [block.text for block in read.blocks] == [FIRST, SECOND, THIRD]


def test_an_unclosed_font_in_every_paragraph_keeps_them_apart():
    lines = [f"{SECOND[:-1]} {number}." for number in range(400)]
    read = read_html(html(body=f"<h1>{TITLE}</h1>" + "".join(f"<p><font size=3><b>{line}" for line in lines)))
    assert [block.text for block in read.blocks] == lines


def test_a_page_that_trafilatura_gives_in_one_line_keeps_its_paragraphs():
    read = read_html(html(body=f"<h1>{TITLE}</h1><p>{FIRST}</p>{'<table>' * 70}<p>{SECOND}</p><p>{THIRD}</p>"))
    assert [block.text for block in read.blocks] == [FIRST, SECOND, THIRD]


@pytest.mark.parametrize(
    "filler",
    [
        "<br>" * 120_000,
        "<br />\n" * 80_000,
        f"<div {' '.join(f'data-a{number}=1' for number in range(20_000))}>x</div>",
        "<!-- " * 50_000,
        "<script " * 30_000,
        "<a " * 100_000,
        "&amp;" * 50_000,
        "&Oslash;" * 40_000,
        "ط§" * 100_000,
        "12 مارس " * 20_000,
        "<time datetime='2024-03-12'>12 مارس 2024</time>" * 3_000,
        "<i class='date'>12 مارس 2024</i>" * 10_000,
        f"<p>{'<span>كلمة</span> ' * 20_000}</p>",
        "<h1>عنوان</h1>" * 10_000,
        "<article><h2>عنوان</h2></article>" * 5_000,
        "<a href='/1'>رابط</a>" * 10_000,
    ],
    ids=lambda filler: filler[:12],
)
def test_half_a_megabyte_of_anything_costs_a_bounded_time(filler):
    body = f"<h1>{TITLE}</h1><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"
    started = process_time()
    with suppress(Refused):
        read_html(html(body=body + filler))
    with suppress(Refused):
        read_html(html(body=filler + body))
    # Each takes a fifth of this on a slow machine; what this is for took 17 s and more.
    assert process_time() - started < 10
