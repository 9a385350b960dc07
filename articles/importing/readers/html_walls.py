"""Pages that are no article: what they are instead, so that they are refused for their true reason."""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from django.utils.translation import gettext
from lxml.etree import XPath
from lxml.html import HtmlElement

from articles.importing.pages import Block, Refused
from articles.language.folding import fold

_WORDS = Path(__file__).parent.parent / "data" / "walls.tsv"
# A page with more text (in characters) has an article, whatever else it says.
_LITTLE_TEXT = 450
# A page that only says that it is gone says no more than this, and without such a headline less.
_SHORT_TEXT, _NOTICE = 400, 300
# Words about cookies, searching or maintenance are on many pages; a wall has them in most of its sentences.
_SHARE = 0.5
# Of a list of links nearly all letters are in links. An element for links that is never closed holds the whole article.
_LINK_SHARE = 0.85
_FEWEST_LINKS = 8
_SHORTEST_LINK, _LONGEST_LINK = 3, 250
# A text with so many passages of whole sentences is none of titles.
_PASSAGE, _PASSAGES = 120, 3
# Enough of a page to know it by, in links and in letters.
_MOST_LINKS, _WEIGHED = 500, 10_000
_SHOWN = (
    "p",
    "div",
    "h1",
    "h2",
    "h3",
    "span",
    "b",
    "strong",
    "label",
    "li",
    "td",
    "section",
    "main",
    "body",
    "font",
    "a",
)
_NO_WORD = re.compile(r"[\W\d_]+")
_AND = re.compile(r"\b[وف](?=\w{3})")
_SEPARATOR = re.compile(r"\s+[|–—-]\s+|\s*[|•]\s*")
_LINKS = XPath("//a[@href]")
_STATUSES = ("403", "404", "410", "500")
_SENTENCE = re.compile(r"[.!؟?\n]+")


def refuse_walls(tree: HtmlElement, title: str, lines: Sequence[Block]) -> None:
    """Raises Refused for a page that is gone, a login, a wall of cookies or of robots, or another notice.

    `lines` are what was taken for the article's text, if anything; the tree is that of the page.
    """
    text = "\n".join(line.text for line in lines) or _whole_text(tree)
    # Under these words pages offer their latest news. «خطأ» alone may head an article.
    if " " in _title(title) and _title(title) in _bare_words("title:missing"):
        raise Refused(gettext("الصفحة المطلوبة غير موجودة في الموقع"))
    if len(text) > _LITTLE_TEXT:
        return
    said = fold(f"{title}\n{text}")
    is_title = _title(title) in _bare_words("title:missing") or title.strip() in _STATUSES
    if len(text) <= _SHORT_TEXT and (is_title or (len(text) <= _NOTICE and _says(said, "missing"))):
        raise Refused(gettext("الصفحة المطلوبة غير موجودة في الموقع"))
    if _says(said, "login") or (tree.xpath("//input[@type='password']") and len(text) <= _SHORT_TEXT):
        raise Refused(gettext("تطلب الصفحة تسجيل الدخول أو الاشتراك قبل القراءة"))
    if _is_about(said, "text:cookies"):
        raise Refused(gettext("لا تعرض الصفحة إلا طلب الموافقة على ملفات الارتباط"))
    if len(text) <= _SHORT_TEXT and _says(said, "robot"):
        raise Refused(gettext("تطلب الصفحة التحقق من المتصفح قبل القراءة"))
    if len(text) <= _SHORT_TEXT:
        _refuse_notices(_title(title), fold(text))


def _refuse_notices(title: str, said: str) -> None:
    """Raises Refused for what a site says instead of an article; short news of such matters says who reported it."""

    def is_notice(kind: str) -> bool:
        return title in _bare_words(f"title:{kind}") or (_is_about(said, f"most:{kind}") and not _is_report(said))

    if is_notice("search"):
        raise Refused(gettext("صفحة بحث لا مادة فيها"))
    if is_notice("maintenance"):
        raise Refused(gettext("الموقع متوقف للصيانة"))
    if is_notice("advertising"):
        raise Refused(gettext("تطلب الصفحة تعطيل مانع الإعلانات قبل القراءة"))


def refuse_links(tree: HtmlElement, lines: Sequence[Block]) -> None:
    """Raises Refused for a page whose text is the titles of other pages, or its menu."""
    if sum(len(line.text) >= _PASSAGE and _SENTENCE.search(line.text[-3:]) is not None for line in lines) >= _PASSAGES:
        return
    text = _letters(" ".join(line.text for line in lines))[:_WEIGHED]
    links = {_letters(link.text_content()) for link in _LINKS(tree)[:_MOST_LINKS]}
    rest, found = text, 0
    for link in sorted(links, key=len, reverse=True):
        if _SHORTEST_LINK <= len(link) <= _LONGEST_LINK:
            found += rest.count(link)
            rest = rest.replace(link, "\n")
    if len(text) - len(rest.replace("\n", "")) < _LINK_SHARE * len(text):
        return
    is_list = found >= _FEWEST_LINKS
    raise Refused(gettext("الصفحة قائمة روابط لا مادة فيها") if is_list else gettext("لم يُعثر في الصفحة على نص مادة"))


def _whole_text(tree: HtmlElement) -> str:
    body = tree.find("body")
    return " ".join(" ".join((tree if body is None else body).itertext(*_SHOWN)).split())


def _title(title: str) -> str:
    """The headline without the site's name, figures and marks."""
    return " ".join(_NO_WORD.sub(" ", fold(_SEPARATOR.split(title)[0])).split())


def _says(said: str, kind: str) -> bool:
    return any(words in said for words in _words(f"text:{kind}"))


def _is_about(said: str, kind: str) -> bool:
    sentences = [sentence for sentence in _SENTENCE.split(said) if sentence.strip()]
    about = sum(any(words in sentence for words in _words(kind)) for sentence in sentences)
    return about > 0 and about >= _SHARE * len(sentences)


def _is_report(said: str) -> bool:
    words = _NO_WORD.sub(" ", said)
    return not {*words.split(), *_AND.sub("", words).split()}.isdisjoint(_words("report"))


def _letters(text: str) -> str:
    return _NO_WORD.sub("", text)


@cache
def _words(kind: str) -> tuple[str, ...]:
    lines = (line.split("\t") for line in _WORDS.read_text("utf-8").splitlines() if not line.startswith("#"))
    return tuple(fold(words) for name, written in lines if name == kind for words in written.split("|"))


@cache
def _bare_words(kind: str) -> frozenset[str]:
    """Without figures and marks, as titles are compared."""
    return frozenset(" ".join(_NO_WORD.sub(" ", words).split()) for words in _words(kind)) - {""}
