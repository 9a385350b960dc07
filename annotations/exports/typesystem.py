"""The layers of annotations.exports.inception as a UIMA type system, which INCEpTION reads them from."""

from collections.abc import Iterable
from functools import cache

from lxml import etree

from annotations.exports.inception import RELATIONS, SPANS, STRING, Feature

TYPE_SYSTEM = "TypeSystem.xml"
NAMESPACE = "http://uima.apache.org/resourceSpecifier"
ANNOTATION, DOCUMENT = "uima.tcas.Annotation", "uima.tcas.DocumentAnnotation"
_DKPRO = "de.tudarmstadt.ukp.dkpro.core.api."
SENTENCE, TOKEN = f"{_DKPRO}segmentation.type.Sentence", f"{_DKPRO}segmentation.type.Token"
METADATA = f"{_DKPRO}metadata.type.DocumentMetaData"
# Of the document as a whole: an annotation without a place, as INCEpTION's document-level layers are.
ARTICLE, WHOLE = "webanno.custom.Article", "uima.cas.AnnotationBase"
_ARTICLE = tuple(Feature(name, STRING) for name in ("generator", "schema", "made", "site", "remainder"))
_METADATA = tuple(Feature(name, STRING) for name in ("documentTitle", "documentId", "documentUri", "collectionId"))
_ENDS = (Feature("Governor", ANNOTATION), Feature("Dependent", ANNOTATION))


@cache
def type_system() -> bytes:
    root = etree.Element("typeSystemDescription", nsmap={None: NAMESPACE})
    types = etree.SubElement(root, "types")
    _add(types, METADATA, DOCUMENT, _METADATA)
    _add(types, SENTENCE, ANNOTATION, (Feature("id", STRING),))
    _add(types, TOKEN, ANNOTATION, (Feature("id", STRING),))
    for layer, features in SPANS.items():
        _add(types, layer, ANNOTATION, features)
    for layer, features in RELATIONS.items():
        _add(types, layer, ANNOTATION, (*features, *_ENDS))
    _add(types, ARTICLE, WHOLE, _ARTICLE)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _add(types: etree._Element, name: str, parent: str, features: Iterable[Feature]) -> None:
    added = etree.SubElement(types, "typeDescription")
    _say(added, "name", name)
    _say(added, "supertypeName", parent)
    described = etree.SubElement(added, "features")
    for feature in features:
        one = etree.SubElement(described, "featureDescription")
        _say(one, "name", feature.name)
        _say(one, "rangeTypeName", feature.type)


def _say(element: etree._Element, tag: str, text: str) -> None:
    etree.SubElement(element, tag).text = text
