"""Which article here a record of a file is of.

By its URL in all its forms, else by outlet and key, else by its text; never by a number alone, which is another
article's elsewhere.
"""

from collections.abc import Sequence

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import F, Func, QuerySet, TextField
from django.utils.translation import gettext as _

from annotations.exports.records import ArticleRecord, TextRecord
from articles.importing.canonical import canonical_url
from articles.importing.cleaning import same_words
from articles.importing.composing import Composed, compose_lines
from articles.importing.pages import Block, Refused
from articles.importing.variants import variants_of
from articles.models import Article, Revision

# Of articles with one headline so many are looked at.
_MOST_NAMESAKES = 50


class ArticleUnknown(Exception):
    """No article here is the record's, or several may be; the message is a line that says which."""


def article_of(record: ArticleRecord, by: AbstractBaseUser) -> Article:
    """The article that this person may read. Raises ArticleUnknown."""
    readable = Article.objects.visible_to(by).defer("metadata", "as_read")
    for found in (_at_url(readable, record), _under_key(readable, record), _with_text(readable, record)):
        if len(found) == 1:
            return found[0]
        if found:
            raise ArticleUnknown(_("هنا أكثر من مادة قد تكون هي المقصودة."))
    raise ArticleUnknown(_("ليست هذه المادة هنا."))


def sha256_of_text() -> Func:
    """Of Revision.text, in hexadecimal, as TextRecord has it."""
    template = "encode(sha256(convert_to(%(expressions)s, 'UTF8')), 'hex')"
    return Func(F("text"), template=template, output_field=TextField())


def _at_url(readable: QuerySet[Article], record: ArticleRecord) -> Sequence[Article]:
    """At its URL; at another form of it where that shows the same page."""
    try:
        url = canonical_url(record.url) if record.url else ""
    except Refused:
        return []
    if not url:
        return []
    exact = readable.filter(url=url).first()
    if exact:
        return [exact]
    found = list(readable.filter(url__in=variants_of(url)))
    return [article for article in found if same_words(article.title, record.title) or _has_text(article, record)]


def _under_key(readable: QuerySet[Article], record: ArticleRecord) -> Sequence[Article]:
    if not (record.key and record.source and record.source.key):
        return []
    return readable.filter(source__key=record.source.key, key=record.key, url=None)[:2]


def _with_text(readable: QuerySet[Article], record: ArticleRecord) -> Sequence[Article]:
    """With one of its texts, letter by letter, else word by word. The same text under another URL is a copy of it."""
    texts = [text for text in record.texts if text.text]
    if record.url:
        readable = readable.filter(url=None)
    candidates = [article for text in texts for article in _candidates(readable, record, text)]
    found = {article.pk: article for article in candidates}
    exact = [article for article in found.values() if _has_text(article, record)]
    return exact or [article for article in found.values() if _has_words(article, texts)]


def _candidates(readable: QuerySet[Article], record: ArticleRecord, text: TextRecord) -> Sequence[Article]:
    """By what an index leads to: the number, the content as an import stores it; and by the headline."""
    stored = Revision.objects.filter(content_hash=_composed(text).content_hash)
    keys = {*stored.values_list("article", flat=True)[:_MOST_NAMESAKES], record.id}
    found = readable.filter(pk__in=keys - {None})
    title = " ".join(text.text.lstrip().partition("\n")[0].split())
    return found or readable.filter(title=title)[:_MOST_NAMESAKES]


def _composed(text: TextRecord) -> Composed:
    """As the text would be stored; the first line is the headline where nothing is said of lines."""
    if text.blocks:
        return compose_lines([Block(block.kind, text.text[block.start : block.end]) for block in text.blocks])
    first, *lines = text.text.split("\n")
    return compose_lines([Block("heading", first), *(Block("paragraph", line) for line in lines)])


def _has_text(article: Article, record: ArticleRecord) -> bool:
    digests = {TextRecord.of(1, text.text).sha256 if text.text else text.sha256 for text in record.texts}
    return article.revisions.annotate(digest=sha256_of_text()).filter(digest__in=digests).exists()


def _has_words(article: Article, texts: Sequence[TextRecord]) -> bool:
    wanted = {" ".join(text.text.split()) for text in texts}
    return any(" ".join(text.split()) in wanted for text in article.revisions.values_list("text", flat=True))
