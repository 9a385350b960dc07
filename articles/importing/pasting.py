"""What a person pastes: a text, or a page's HTML."""

import hashlib
import re
from dataclasses import replace

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext

from articles.importing.pages import Page, Refused
from articles.importing.readers.html import read_document
from articles.importing.readers.text import read_text
from articles.importing.records import too_large
from articles.importing.sources import PASTED
from articles.importing.storing import store_page
from articles.language.folding import fold
from articles.models import Article

_LOOKS_LIKE_HTML = re.compile(
    r"\s*(?:<!doctype html|<html\b|<\?xml)|</(?:p|div|article|body|html|h1|span)\s*>|<br\s*/?>", re.I
)


def import_pasted(text: str, *, by: AbstractBaseUser) -> Article:
    """The article of a pasted text or page; pasting the same again gives the same article.

    A page that names its URL is the article under that URL. What names its site belongs to that site, everything else
    to the source of pasted texts.
    Raises Refused with a line for the person who pasted.
    """
    if not text.strip():
        raise Refused(gettext("ألصق نص المادة أو شيفرة صفحتها أولاً"))
    data = text.encode("utf-8", "ignore")
    if len(data) > settings.IMPORT_MAX_BYTES:
        raise Refused(too_large(settings.IMPORT_MAX_BYTES))
    page = read_document(text, original=data) if _LOOKS_LIKE_HTML.search(text) else read_text(data)
    return store_page(page if page.url else _without_url(page), by=by).article


def _without_url(page: Page) -> Page:
    words = fold("\n".join((page.title, *(block.text for block in page.blocks))))
    key = hashlib.sha256(words.encode()).hexdigest()[:32]
    return replace(page, key=key, source_key=page.source_name or PASTED[0], source_name=page.source_name or PASTED[1])
