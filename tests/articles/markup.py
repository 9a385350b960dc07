"""A served page as tests look at it."""

from django.http import HttpResponse
from lxml import html
from lxml.html import HtmlElement


def page_in(response: HttpResponse) -> HtmlElement:
    return html.fromstring(response.content.decode())


def with_class(page: HtmlElement, name: str, within: str = "") -> list[HtmlElement]:
    """Elements of this class, or the elements of the tag `within` inside them, in document order."""
    holds = f"[contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]"
    return page.xpath(f"//*{holds}" + (f"//{within}" if within else ""))


def words(element: HtmlElement) -> str:
    """What is read there, white space collapsed."""
    return " ".join(element.text_content().split())
