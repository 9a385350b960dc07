"""XML as text that parsers can be trusted with: no entities of its own, no tower of elements.

Parsers differ in what they stop by themselves. feedparser takes time with the square of a tag's attributes, of
the depth of unclosed elements and of the elements in a text, so all are bounded here, in one pass that takes time with
the length alone.
"""

import re

from django.utils.translation import gettext

from articles.importing.decoding.encoding import decode
from articles.importing.pages import Refused

_DEEPEST = 500
# Of a feed; a sitemap has many more, and a parser to which they are nothing.
FEED_ELEMENTS = 50_000
_MOST_ATTRIBUTES = 200
# An end that is missing is the end of the text, so that each character is looked at once.
_CDATA = r"<!\[CDATA\[.*?(?:\]\]>|\Z)"
_NO_MARKUP = re.compile(_CDATA + r"|<!--.*?(?:-->|\Z)", re.DOTALL)
_TAG = re.compile(r"<(/?)[A-Za-z_][^<>]*>?")
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# What many write for &amp; in addresses.
_BARE_AMPERSAND = re.compile(_CDATA + r"|(&)(?!#\d{1,7};|#[xX][0-9A-Fa-f]{1,6};|[A-Za-z][A-Za-z0-9]{0,31};)", re.DOTALL)


def read_xml_text(data: bytes, declared_encoding: str = "", *, most_elements: int | None = None) -> str:
    """The document without its declaration, to be parsed as UTF-8. Raises Refused for what is made to hurt."""
    text = _NOT_XML.sub("", _DECLARATION.sub("", decode(data, declared_encoding)))
    markup = _NO_MARKUP.sub("", text)
    if "<!entity" in markup.lower():
        raise Refused(gettext("يعرّف الملف كيانات XML خاصة به، وهذا لا يُقبل"))
    _require_sense(markup, most_elements)
    return text


def _require_sense(markup: str, most_elements: int | None) -> None:
    depth = elements = 0
    for tag in _TAG.finditer(markup):
        if tag[1]:
            depth = max(depth - 1, 0)
            continue
        elements += 1
        depth += not tag[0].endswith("/>")
        too_many = most_elements is not None and elements > most_elements
        if too_many or depth > _DEEPEST or tag[0].count("=") > _MOST_ATTRIBUTES:
            raise Refused(gettext("عناصر XML متداخلة أو كثيرة أكثر مما يُعقل"))


def with_ampersands_escaped(text: str) -> str:
    """Outside of CDATA, where they are what they are."""
    return _BARE_AMPERSAND.sub(lambda match: "&amp;" if match[1] else match[0], text)
