"""UIMA CAS XMI, as INCEpTION writes and reads it: a ZIP with one .xmi an article and the layers' type system.

Offsets are UTF-16 code units, as Java counts. The layers are those of annotations.exports.inception; what none of them
has a feature for is in `remainder`, as JSON, and what is to say of the article in webanno.custom.Article.
"""

from collections.abc import Iterable, Iterator
from typing import BinaryIO
from xml.sax.saxutils import escape

from annotations.exports.archives import archive
from annotations.exports.dropped import RECOGNISER, standing
from annotations.exports.format import About
from annotations.exports.inception import Span, Value, annotated
from annotations.exports.offsets import Sentence, Utf16, tokenised
from annotations.exports.records import ArticleRecord, Losses
from annotations.exports.remainder import article_values, written
from annotations.exports.typesystem import ARTICLE, METADATA, SENTENCE, TYPE_SYSTEM, type_system
from annotations.exports.values import values_of
from annotations.exports.xmi_reading import read
from annotations.exports.xml_text import attributes, count_illegal, legal

__all__ = ["SCHEMA", "read", "write"]

SCHEMA = "newsdesk-xmi 1"
_PREFIXES = {
    "webanno.custom": "custom",
    "de.tudarmstadt.ukp.dkpro.core.api.metadata.type": "metadata",
    "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type": "segmentation",
    "de.tudarmstadt.ukp.dkpro.core.api.ner.type": "ner",
}
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" '
    + " ".join(f'xmlns:{prefix}="http:///{name.replace(".", "/")}.ecore"' for name, prefix in _PREFIXES.items())
    + ' xmlns:cas="http:///uima/cas.ecore" xmi:version="2.0">\n<cas:NULL xmi:id="0"/>\n'
)
_SOFA = 1


def write(articles: Iterable[ArticleRecord], file: BinaryIO, about: About, losses: Losses) -> None:
    with archive(file, about, SCHEMA) as packed:
        packed.add(TYPE_SYSTEM, type_system())
        for article in articles:
            if now := standing(article, losses):
                count_illegal(now, losses)
                losses.count(RECOGNISER, sum(mention.recogniser != "" for mention in now.mentions))
                packed.add(f"{packed.name(article)}.xmi", "".join(_Document(now, about).lines()))


class _Document:
    """Feature structures one after another, each with the next number; the view at the end lists all of them."""

    def __init__(self, article: ArticleRecord, about: About) -> None:
        self._article, self._about = article, about
        self._utf16 = Utf16(article.text)
        self._last = _SOFA

    def lines(self) -> Iterator[str]:
        found = annotated(self._article)
        numbers: dict[Span, int] = {}
        yield _HEAD
        yield from self._document(written(self._remainder(found.entities)))
        for sentence in tokenised(self._article.text):
            yield self._at(SENTENCE, sentence.start, sentence.end)
            yield from self._tokens(sentence)
        for span in found.spans:
            yield self._at(span.layer, span.start, span.end, span.features)
            numbers[span] = self._last
        for relation in found.relations:
            ends = {"Governor": numbers[relation.governor], "Dependent": numbers[relation.dependent]}
            # A relation stands where its dependent does.
            place = relation.dependent.start, relation.dependent.end
            yield self._at(relation.layer, *place, relation.features | ends)
        yield from self._view()

    def _remainder(self, entities: dict) -> dict:
        known = {identifier: values_of(entity) for identifier, entity in entities.items()}
        return {"article": article_values(self._article)} | ({"entities": known} if known else {})

    def _document(self, remainder: str) -> Iterator[str]:
        article, about = self._article, self._about
        said = {
            "language": article.language,
            "documentTitle": article.title,
            "documentId": "" if article.id is None else str(article.id),
            "documentUri": article.address or article.url,
            "collectionId": article.source.key if article.source else "",
        }
        yield self._at(METADATA, 0, len(article.text), said)
        made = {
            "generator": f"{about.program} {about.version}",
            "schema": SCHEMA,
            "made": about.made_at.isoformat(),
            "site": about.site,
            "remainder": remainder,
        }
        yield self._structure(ARTICLE, made)

    def _tokens(self, sentence: Sentence) -> Iterator[str]:
        """Most of a file, hence without all that other structures may need."""
        units = self._utf16.units
        for number, (start, end) in enumerate(sentence.tokens, self._last + 1):
            place = f'begin="{units(start)}" end="{units(end)}"'
            yield f'<segmentation:Token xmi:id="{number}" sofa="{_SOFA}" {place}/>\n'
        self._last += len(sentence.tokens)

    def _at(self, kind: str, start: int, end: int, features: dict[str, Value] | None = None) -> str:
        place: dict[str, Value] = {"begin": self._utf16.units(start), "end": self._utf16.units(end)}
        return self._structure(kind, place | features if features else place)

    def _structure(self, kind: str, features: dict[str, Value]) -> str:
        self._last += 1
        package, _, name = kind.rpartition(".")
        tag = f"{_PREFIXES[package]}:{name}"
        lists = {key: value for key, value in features.items() if isinstance(value, tuple)}
        single = {key: _value(value) for key, value in features.items() if key not in lists}
        inner = "".join(f"<{key}>{escape(legal(one))}</{key}>" for key, many in lists.items() for one in many)
        start = f'<{tag} xmi:id="{self._last}" sofa="{_SOFA}"{attributes(**single)}'
        return f"{start}>{inner}</{tag}>\n" if inner else f"{start}/>\n"

    def _view(self) -> Iterator[str]:
        text = attributes(sofaNum=1, sofaID="_InitialView", mimeType="text", sofaString=self._article.text)
        yield f'<cas:Sofa xmi:id="{_SOFA}"{text}/>\n'
        members = " ".join(str(number) for number in range(_SOFA + 1, self._last + 1))
        yield f'<cas:View sofa="{_SOFA}" members="{members}"/>\n</xmi:XMI>\n'


def _value(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
