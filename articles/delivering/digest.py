"""The Word digest of a search: what was asked, and each article with its headline, source, date and passages."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import IO

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from docx.document import Document as WordDocument
from docx.text.paragraph import Paragraph

from articles.delivering.excerpts import Excerpts
from articles.delivering.plain_text import printable, web_address
from articles.delivering.word_parts import add_link, add_page_numbers, add_words, new_document, run_from_right
from articles.delivering.wording import Criterion, dated_plainly
from articles.models import Article
from articles.templatetags.reading import direction

MOST_ARTICLES = 500


class Grouping(StrEnum):
    DAY = "day"
    SOURCE = "source"


@dataclass(frozen=True)
class Asked:
    """What it is of: `total` articles were found, with every word or some; `site` is the address of this Newsdesk."""

    criteria: list[Criterion]
    total: int
    every: bool
    at: datetime
    grouping: Grouping
    site: str
    rtl: bool


def write_digest(file: IO[bytes], *, asked: Asked, articles: Iterable[Article], excerpts: Excerpts) -> None:
    """Of at most MOST_ARTICLES; how many more were found is said at the beginning."""
    shown = list(articles)
    document = new_document(rtl=asked.rtl)
    document.core_properties.title = document.core_properties.subject = ""
    document.core_properties.author = "Newsdesk"
    writer = _Writer(document, asked, excerpts)
    writer.write_beginning(len(shown))
    for heading, group in _groups(shown, asked.grouping):
        writer.add("Heading 1", heading)
        for article in group:
            writer.write_article(article)
    pages = _("الصفحة %(number)s من %(total)s") % {"number": "{PAGE}", "total": "{NUMPAGES}"}
    add_page_numbers(document, pages, rtl=asked.rtl)
    document.save(file)


class _Writer:
    def __init__(self, document: WordDocument, asked: Asked, excerpts: Excerpts) -> None:
        self._document, self._asked, self._excerpts = document, asked, excerpts
        # Looked up once: python-docx searches all styles for a name.
        self._styles = {name: document.styles[name] for name in ("Normal", "Title", "Heading 1", "Heading 2")}

    def add(self, style: str, text: str = "", *, rtl: bool | None = None) -> Paragraph:
        paragraph = self._document.add_paragraph(style=self._styles[style])
        if self._asked.rtl if rtl is None else rtl:
            run_from_right(paragraph)
        if text:
            add_words(paragraph, printable(text))
        return paragraph

    def write_beginning(self, shown: int) -> None:
        self.add("Title", _("تقرير رصد"))
        for label, value in self._asked.criteria:
            line = self.add("Normal")
            add_words(line, f"{label}: ", bold=True)
            add_words(line, printable(value))
        number = ngettext("مادة واحدة", "%(shown)s مادة", shown) % {"shown": f"{shown:,}"}
        made = date_format(self._asked.at, _("j F Y، H:i"))
        self.add("Normal", _("%(number)s. أُعدّ هذا التقرير في %(moment)s.") % {"number": number, "moment": made})
        if not self._asked.every:
            self.add("Normal", _("لا مادة تحوي الكلمات كلها، وهذه مواد تحوي بعضها."))
        if self._asked.total > shown:
            more = _("عدد النتائج %(total)s، وفي هذا التقرير %(shown)s منها. ضيّق البحث ليضمّها التقرير كلها.")
            self.add("Normal", more % {"total": f"{self._asked.total:,}", "shown": f"{shown:,}"})

    def write_article(self, article: Article) -> None:
        rtl = direction(article.language) == "rtl"
        headline = self.add("Heading 2", rtl=rtl)
        link = web_address(article.url) or self._asked.site + article.get_absolute_url()
        add_link(headline, printable(article.title), link)
        facts = [article.source.name, dated_plainly(article) or _("بلا تاريخ"), article.byline]
        if article.status != Article.Status.PUBLISHED:
            facts.append(article.get_status_display())
        self.add("Normal", " · ".join(fact for fact in facts if fact))
        for excerpt in self._excerpts.leaving(article):
            passage = self.add("Normal", rtl=rtl)
            for piece in excerpt:
                add_words(passage, printable(piece.text), bold=piece.sought)


def _groups(articles: list[Article], grouping: Grouping) -> list[tuple[str, list[Article]]]:
    """Days from the newest one, sources from the one with most; inside a group as the search has them."""
    key: Callable[[Article], date | str] = _day if grouping == Grouping.DAY else lambda article: article.source.name
    groups: dict[date | str, list[Article]] = {}
    for article in articles:
        groups.setdefault(key(article), []).append(article)
    if grouping == Grouping.DAY:
        return [(_day_in_words(day), groups[day]) for day in sorted(groups, reverse=True)]
    return sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))


def _day(article: Article) -> date:
    """In the newsroom's time zone; the first of all days where none is known."""
    return timezone.localdate(article.published_at) if article.published_at else date.min


def _day_in_words(day: date) -> str:
    # Translators: Django date format string, for a day with its weekday.
    return _("بلا تاريخ") if day == date.min else date_format(day, _("l j F Y"))
