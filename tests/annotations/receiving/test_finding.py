"""Which article a record is of."""

from dataclasses import replace

import pytest

from annotations.exports.records import ArticleRecord, SourceRecord, TextRecord
from annotations.receiving.finding import ArticleUnknown, article_of
from articles.models import Article
from tests.accounts import make_user
from tests.articles.factories import make_article, make_source

pytestmark = pytest.mark.django_db
URL = "https://news.example/2026/water-plan"
TITLE, LINE = "خطة المياه تبدأ من القرى", "قالت المديرة إن الخطة تبدأ من القرى البعيدة ثم تصل إلى المدينة."
TEXT = f"{TITLE}\n{LINE}"


@pytest.fixture
def editor():
    return make_user("editor")


def record(**fields) -> ArticleRecord:
    return ArticleRecord(**{"id": None, "title": TITLE} | fields)


def without_url(key: str = "a-7", **fields) -> Article:
    article = make_article(title=TITLE, paragraphs=[LINE], source=make_source(key="desk"), **fields)
    Article.objects.filter(pk=article.pk).update(url=None, key=key)
    return article


@pytest.mark.parametrize(
    "url",
    [
        URL,
        f"{URL}?utm_source=feed",
        f"{URL}/",
        f"http://www.news.example{URL.removeprefix('https://news.example')}/amp/",
        "https://m.news.example/2026/water-plan",
    ],
)
def test_by_its_url_in_whatever_form(editor, url):
    article = make_article(title=TITLE, paragraphs=[LINE], url=URL)
    assert article_of(record(url=url), editor) == article


def test_another_form_of_the_url_with_another_headline_and_text_is_another_page(editor):
    make_article(title=TITLE, paragraphs=[LINE], url=URL)
    with pytest.raises(ArticleUnknown):
        article_of(record(url=f"{URL}/", title="خبر آخر", texts=(TextRecord.of(1, "خبر آخر\nنص آخر."),)), editor)


def test_a_page_under_two_forms_of_its_url_is_refused_where_neither_is_meant_alone(editor):
    make_article(title=TITLE, paragraphs=[LINE], url=URL)
    make_article(title=TITLE, paragraphs=[LINE], url=f"{URL}/")
    with pytest.raises(ArticleUnknown, match="أكثر من مادة"):
        article_of(record(url=f"http://www.{URL.removeprefix('https://')}"), editor)


def test_never_by_its_number_alone(editor):
    article = make_article(title=TITLE, paragraphs=[LINE], url=URL)
    for other in (record(id=article.pk), record(id=article.pk, url="https://other.example/1")):
        with pytest.raises(ArticleUnknown):
            article_of(other, editor)


def test_by_outlet_and_key_where_it_has_no_url(editor):
    article = without_url()
    assert article_of(record(key="a-7", source=SourceRecord("desk")), editor) == article
    with pytest.raises(ArticleUnknown):
        article_of(record(key="a-7", source=SourceRecord("another")), editor)


@pytest.mark.parametrize("text", [TEXT, TEXT.replace("\n", "\r\n\r\n").replace(" إن ", "  إن ")])
def test_by_its_text_letter_by_letter_or_word_by_word(editor, text):
    article = make_article(title=TITLE, paragraphs=[LINE], url=URL)
    assert article_of(record(texts=(TextRecord.of(1, text),)), editor) == article


def test_by_its_text_and_number_where_the_headline_has_changed(editor):
    article = make_article(title=TITLE, paragraphs=[LINE], url=URL)
    Article.objects.filter(pk=article.pk).update(title="عنوان مصحح")
    assert article_of(record(id=article.pk, texts=(TextRecord.of(1, TEXT),)), editor) == article


def test_the_same_text_under_another_url_is_a_copy(editor):
    make_article(title=TITLE, paragraphs=[LINE], url=URL)
    with pytest.raises(ArticleUnknown):
        article_of(record(url="https://copies.example/9", texts=(TextRecord.of(1, TEXT),)), editor)


def test_of_copies_none_is_chosen(editor):
    make_article(title=TITLE, paragraphs=[LINE], url=URL)
    make_article(title=TITLE, paragraphs=[LINE], url="https://copies.example/9")
    with pytest.raises(ArticleUnknown, match="أكثر من مادة"):
        article_of(record(texts=(TextRecord.of(1, TEXT),)), editor)


def test_what_one_may_not_read_is_not_there(editor):
    article = make_article(title=TITLE, paragraphs=[LINE], url=URL, status="hidden")
    assert article_of(record(url=URL), editor) == article
    with pytest.raises(ArticleUnknown):
        article_of(record(url=URL), make_user("annotator"))


@pytest.mark.parametrize("url", ["javascript:alert(1)", "https://", "ليس رابطاً", "https://[::1", "https://x@y/"])
def test_an_address_that_is_none_finds_nothing(editor, url):
    make_article(title=TITLE, paragraphs=[LINE], url=URL)
    with pytest.raises(ArticleUnknown):
        article_of(replace(record(), url=url), editor)
