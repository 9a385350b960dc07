"""Pages as readers give them, for tests of what becomes of them."""

from typing import Any

from articles.importing.pages import Block, Page

TITLE = "بلدية القرية تفتتح مكتبة عامة في مبنى المحطة القديمة"
FIRST = "افتتحت بلدية القرية، السبت، مكتبة عامة في مبنى محطة القطار التي أُغلقت قبل ثلاثين عاماً."
SECOND = "وقال رئيس البلدية عادل الراوي إن المكتبة تضم ستة آلاف كتاب تبرع السكان بأكثر من نصفها."


def make_page(*paragraphs: str, **details: Any) -> Page:
    """A page of these paragraphs; its original differs whenever anything of it does."""
    details.setdefault("title", TITLE)
    details.setdefault("blocks", [Block("paragraph", text) for text in paragraphs or (FIRST, SECOND)])
    details.setdefault("original", repr(sorted(details.items(), key=str)).encode())
    return Page(media_type=details.pop("media_type", "text/html"), **details)
