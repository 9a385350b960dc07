"""TEI P5: a ZIP with one document an article; the text in its paragraphs, the marks beside it in <standOff>.

The content of <body> is the text to the last character, line ends included, so that an offset in code points is one in
`string(//body)`: «#string-range(text,120,15)» are the fifteen characters from the 120th on, and overlapping,
interrupted and line-crossing marks need nothing else. Validated against TEI's RELAX NG schema and DTD in the tests.
"""

import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from annotations.exports.archives import archive
from annotations.exports.dropped import standing
from annotations.exports.format import About
from annotations.exports.records import ArticleRecord, Losses
from annotations.exports.tei_standoff import count_comment_details, stand_off
from annotations.exports.xml_text import attributes, content, count_illegal, element

SCHEMA = "newsdesk-tei 1"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<TEI xmlns="http://www.tei-c.org/ns/1.0">\n'
_HEADING, _PARAGRAPH = "heading", "paragraph"
_LANGUAGE = re.compile(r"[a-zA-Z]{2,8}(?:-[a-zA-Z0-9]{1,8})*")
# What TEI takes for the version of a program.
_VERSION = re.compile(r"\d+[a-z]*\d*(?:\.\d+[a-z]*\d*){0,3}")
_OFFSETS = (
    "The content of body is the text of the article, character by character. In string-range(text,OFFSET,LENGTH) both "
    "count its Unicode code points, and the first of them is at 0."
)


def write(articles: Iterable[ArticleRecord], file: BinaryIO, about: About, losses: Losses) -> None:
    with archive(file, about, SCHEMA) as packed:
        for article in articles:
            if now := standing(article, losses):
                count_illegal(now, losses)
                count_comment_details(now, losses)
                packed.add(f"{packed.name(article)}.xml", "".join(_document(now, about)))


def _document(article: ArticleRecord, about: About) -> Iterator[str]:
    yield _HEAD
    yield f"<teiHeader>\n{_file(article, about)}{_encoding(about)}{_profile(article)}{_revision(article)}</teiHeader>\n"
    yield from stand_off(article)
    yield f"<text{_language(article)}>\n"
    yield "".join(_body(article))
    yield "\n</text>\n</TEI>\n"


def _file(article: ArticleRecord, about: About) -> str:
    author = element("author", article.byline) if article.byline else ""
    rights = article.source.rights if article.source else ""
    licence = element("p", f"Rights of the source, as Newsdesk keeps them: {rights or 'unknown'}")
    published = [
        element("publisher", about.program),
        element("date", about.made_at.isoformat(), when=about.made_at.isoformat()),
        "" if article.id is None else element("idno", str(article.id), type="newsdesk"),
        element("idno", article.address, type="URI") if article.address else "",
        f'<availability status="restricted">{licence}</availability>',
    ]
    return (
        f"<fileDesc>\n<titleStmt>{element('title', article.title)}{author}</titleStmt>\n"
        f"<publicationStmt>{''.join(published)}</publicationStmt>\n"
        f"<sourceDesc><bibl>{''.join(_source(article))}</bibl></sourceDesc>\n</fileDesc>\n"
    )


def _source(article: ArticleRecord) -> Iterator[str]:
    yield element("title", article.title)
    if article.source:
        yield element("publisher", article.source.name or article.source.key)
        yield element("idno", article.source.key, type="source")
    if article.published_at:
        when = article.published_at.isoformat()
        yield element("date", when, when=when, type=article.published_precision)
    if article.url:
        yield element("idno", article.url, type="URI")
    if article.key:
        yield element("idno", article.key, type="key")


def _encoding(about: About) -> str:
    match = _VERSION.match(about.version)
    label = element("label", about.program) + element("p", f"{about.program} {about.version}, {SCHEMA}")
    program = f'<application ident="newsdesk" version="{match[0] if match else 0}">{label}</application>'
    scope = element("p", about.scope) if about.scope else ""
    return (
        f"<encodingDesc>\n<projectDesc>{element('p', _OFFSETS)}{scope}</projectDesc>\n"
        f"<appInfo>{program}</appInfo>\n</encodingDesc>\n"
    )


def _profile(article: ArticleRecord) -> str:
    if not _LANGUAGE.fullmatch(article.language):
        return ""
    language = element("language", article.language, ident=article.language)
    return f"<profileDesc><langUsage>{language}</langUsage></profileDesc>\n"


def _revision(article: ArticleRecord) -> str:
    said = element("change", f"SHA-256 {article.current.sha256}", n=article.revision)
    return f"<revisionDesc>{said}</revisionDesc>\n"


def _language(article: ArticleRecord) -> str:
    return f' xml:lang="{article.language}"' if _LANGUAGE.fullmatch(article.language) else ""


def _body(article: ArticleRecord) -> Iterator[str]:
    """Each line in an element of its own, the line ends between them."""
    kinds = {block.start: block.kind for block in article.current.blocks}
    lines = article.text.split("\n")
    written = [line for line in lines if line]
    yield '<body xml:id="text" xml:space="preserve">'
    start = 0
    for number, line in enumerate(lines):
        if number:
            yield "\n"
        if line:
            yield _line(line, kinds.get(start, _PARAGRAPH), first=start == 0 and len(written) > 1)
        start += len(line) + 1
    if not written:
        yield "<ab/>"
    yield "</body>"


def _line(line: str, kind: str, *, first: bool) -> str:
    """A body cannot end with its head: a headline alone is a block like others."""
    if kind == _HEADING and first:
        return element("head", line)
    return element("p", line) if kind == _PARAGRAPH else f"<ab{attributes(type=kind)}>{content(line)}</ab>"
