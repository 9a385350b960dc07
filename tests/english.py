"""The interface in English, of which nothing is left in Arabic."""

import re

from django.conf import settings
from django.test import Client

from tests.accounts import make_user
from tests.articles.markup import page_in

# On a page in English an Arabic comma is as foreign as an Arabic letter.
ARABIC_WRITING = re.compile("[\u060c\u061b\u061f\u0620-\u064a\u066e-\u06d3]")


def in_english(role: str | None = None) -> Client:
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    if role:
        user = make_user(role)
        user.is_staff = user.is_superuser = role == "administrator"
        user.save()
        client.force_login(user)
    return client


def arabic_on(response) -> list[str]:
    """Every piece of text and every attribute with Arabic in it, except the language switch."""
    page = page_in(response)
    assert page.get("lang", "en") == "en"
    for switch in page.xpath("//button[@lang='ar']"):
        switch.drop_tree()
    # What may be typed into a search stands there in Arabic: so are the articles.
    for example in page.xpath("//table[@class='search-help']//code"):
        example.drop_tree()
    pieces = [str(piece) for piece in page.xpath("//text() | //@*")]
    return [piece.strip() for piece in pieces if ARABIC_WRITING.search(piece)]
