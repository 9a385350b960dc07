"""What python-docx leaves to its users: writing from right to left, links, page numbers.

Word shows Arabic in order only where its paragraph says `bidi` and its run `rtl`; bold and size have a second element
for such runs, without which they are not applied. Word also wants the elements in the order of its schema.
"""

import re

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph
from docx.text.run import Run

_ARABIC = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_COUNTED = re.compile(r"\{(PAGE|NUMPAGES)\}")
_FONT = "Arial"
_LINK = RGBColor(0x1F, 0x4E, 0x9A)
_INK = RGBColor(0x24, 0x1F, 0x18)
_AFTER_BIDI = ("w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl")
# Points of the styles that are used here.
_SIZES = {"Normal": 12, "Title": 24, "Heading 1": 16, "Heading 2": 13, "Footer": 9}


def new_document(*, rtl: bool) -> WordDocument:
    """An empty one on A4, whose styles and pages run in this direction."""
    document = Document()
    for name, size in _SIZES.items():
        _set_style(document.styles[name], size)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.4)
    if rtl:
        sides = section._sectPr
        sides.find(qn("w:docGrid")).addprevious(OxmlElement("w:bidi"))
    return document


def run_from_right(paragraph: Paragraph) -> Paragraph:
    properties = paragraph._p.get_or_add_pPr()
    following = [element for name in _AFTER_BIDI if (element := properties.find(qn(name))) is not None]
    if following:
        following[0].addprevious(OxmlElement("w:bidi"))
    else:
        properties.append(OxmlElement("w:bidi"))
    return paragraph


def add_words(paragraph: Paragraph, text: str, *, bold: bool = False) -> Run:
    """Words in a run of their own, from right to left where there is Arabic among them."""
    run = paragraph.add_run(text)
    if bold:
        run.font.bold = run.font.cs_bold = True
    if _ARABIC.search(text):
        run.font.rtl = True
    return run


def add_link(paragraph: Paragraph, text: str, address: str) -> None:
    """The same as a link; `address` is a complete one in ASCII."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run = add_words(paragraph, text)
    run.font.underline, run.font.color.rgb = True, _LINK
    link.append(run._r)
    paragraph._p.append(link)


def add_page_numbers(document: WordDocument, line: str, *, rtl: bool) -> None:
    """A footer in the words of `line`, in which {PAGE} and {NUMPAGES} stand for what Word counts."""
    paragraph = document.sections[0].footer.paragraphs[0]
    if rtl:
        run_from_right(paragraph)
    for number, words in enumerate(_COUNTED.split(line)):
        if number % 2 == 0:
            add_words(paragraph, words)
            continue
        counted = OxmlElement("w:fldSimple")
        counted.set(qn("w:instr"), words)
        counted.append(add_words(paragraph, "1")._r)
        paragraph._p.append(counted)


def _set_style(style: ParagraphStyle, size: int) -> None:
    style.font.size, style.font.name, style.font.color.rgb = Pt(size), _FONT, _INK
    properties = style.element.get_or_add_rPr()
    fonts = properties.find(qn("w:rFonts"))
    # A theme's typeface would go before the one that is named.
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:cs"), _FONT)
    for known in properties.findall(qn("w:szCs")):
        properties.remove(known)
    properties.find(qn("w:sz")).addnext(_element("w:szCs", str(2 * size)))


def _element(name: str, value: str) -> BaseOxmlElement:
    element = OxmlElement(name)
    element.set(qn("w:val"), value)
    return element
