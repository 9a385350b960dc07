"""A Word digest of who said what: accepted quotes under their speakers, those whose speaker is unsure at the end.

To put quotes under speakers all of them have to be in memory: the first MOST_QUOTES are, and the document says how many
more there are.
"""

from collections.abc import Iterable
from typing import BinaryIO

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _
from docx.text.paragraph import Paragraph

from annotations.exports.cited import BEYOND, MOST_QUOTES, Quote, Speaker, by_speaker, quotes_of
from annotations.exports.format import About
from annotations.exports.records import ArticleRecord, Losses
from articles.delivering.plain_text import printable
from articles.delivering.word_parts import add_link, add_page_numbers, add_words, new_document, run_from_right

SCHEMA = 1


def write(articles: Iterable[ArticleRecord], file: BinaryIO, about: About, losses: Losses) -> None:
    kept: list[Quote] = []
    found = 0
    for article in articles:
        for quote in quotes_of(article, losses):
            found += 1
            if len(kept) < MOST_QUOTES:
                kept.append(quote)
    losses.count(BEYOND, found - len(kept))
    document = _Writer(about)
    document.write_beginning(len(kept), found)
    for speaker, quotes in by_speaker(kept):
        document.write_speaker(speaker, quotes)
    document.save(file)


class _Writer:
    def __init__(self, about: About) -> None:
        self._about, self._rtl = about, get_language_bidi()
        self._document = new_document(rtl=self._rtl)
        properties = self._document.core_properties
        properties.title, properties.author = (
            printable(about.scope)[:255],
            printable(about.made_by or about.program)[:255],
        )
        properties.comments = f"{about.program} {about.version}, {SCHEMA}"
        # Looked up once: python-docx searches all styles for a name.
        names = ("Normal", "Title", "Heading 1")
        self._styles = {name: self._document.styles[name] for name in names}

    def save(self, file: BinaryIO) -> None:
        pages = _("الصفحة %(number)s من %(total)s") % {"number": "{PAGE}", "total": "{NUMPAGES}"}
        add_page_numbers(self._document, pages, rtl=self._rtl)
        self._document.save(file)

    def write_beginning(self, shown: int, found: int) -> None:
        self._add("Title", _("الأقوال وقائلوها"))
        if self._about.scope:
            self._add("Normal", self._about.scope)
        made = date_format(timezone.localtime(self._about.made_at), _("j F Y، H:i"))
        program = f"{self._about.program} {self._about.version}"
        said = _("عدد الاقتباسات: %(number)s. أُعدّ هذا الملف في %(moment)s ببرنامج %(program)s.")
        self._add("Normal", said % {"number": f"{shown:,}", "moment": made, "program": program})
        self._add("Normal", _("لا يضمّ إلا اقتباسات مقبولة، مواضعها ثابتة في نص المادة الحالي."))
        if found > shown:
            more = _("عدد الاقتباسات المطلوبة %(found)s، وفي هذا الملف أول %(shown)s منها. ضيّق الطلب ليضمّها كلها.")
            self._add("Normal", more % {"found": f"{found:,}", "shown": f"{shown:,}"})

    def write_speaker(self, speaker: Speaker, quotes: list[Quote]) -> None:
        self._add("Heading 1", speaker.name or _("القائل غير مؤكد"))
        for quote in quotes:
            add_words(self._add("Normal", rtl=quote.rtl), quote.words, bold=True)
            if quote.facts:
                self._add("Normal", " · ".join(quote.facts))
            line = self._add("Normal")
            if quote.address:
                add_link(line, quote.title or quote.address, quote.address)
            else:
                add_words(line, quote.title)
            add_words(line, f" · {quote.where}")

    def _add(self, style: str, text: str = "", *, rtl: bool | None = None) -> Paragraph:
        paragraph = self._document.add_paragraph(style=self._styles[style])
        if self._rtl if rtl is None else rtl:
            run_from_right(paragraph)
        if text:
            add_words(paragraph, printable(text))
        return paragraph
