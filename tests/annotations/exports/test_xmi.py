"""UIMA CAS XMI, read back by dkpro-cassis, which reads INCEpTION's own files, and by our reader."""

import re
import time
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from cassis import Cas, load_cas_from_xmi, load_typesystem
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotations.exports import archives, dropped, tool_drops, xmi
from annotations.exports.format import NotReadable
from annotations.exports.records import CUE, ArticleRecord, AttributionRecord, TextRecord
from annotations.exports.typesystem import ARTICLE, METADATA, SENTENCE, TOKEN, type_system
from tests.annotations.exports.compared import differences
from tests.annotations.exports.samples import TEXT, plain, uuid, whole
from tests.annotations.exports.tool_files import article, entries, mark, packed, stored, written

CUSTOM = "webanno.custom."


def read(folder: Path, content: bytes, name: str = "marks.zip") -> list[ArticleRecord]:
    return list(xmi.read(stored(folder, content, name)))


def cases(content: bytes) -> Iterator[Cas]:
    types = load_typesystem(BytesIO(entries(content, "TypeSystem.xml")["TypeSystem.xml"]))
    for one in entries(content, ".xmi").values():
        yield load_cas_from_xmi(BytesIO(one), typesystem=types)


def test_cassis_reads_text_sentences_and_tokens() -> None:
    (cas,) = cases(written(xmi.write, whole())[0])
    assert cas.sofa_string == TEXT
    assert next(one.get_covered_text() for one in cas.select(SENTENCE)) == TEXT.split("\n")[0]
    assert "".join(one.get_covered_text() for one in cas.select(TOKEN)) == "".join(TEXT.split())
    (about,) = cas.select(METADATA)
    assert (about.documentTitle, about.documentId, about.language) == (whole().title, "17", "ar-SY")
    (article,) = cas.select(ARTICLE)
    assert (article.generator, article.schema) == ("Newsdesk 0.1.0", "newsdesk-xmi 1")


@pytest.mark.parametrize(("layer", "kind"), [("Quote", "quote"), ("Speaker", "speaker"), ("Claim", "claim")])
def test_cassis_finds_every_mark_over_its_words_although_emoji_are_two_units(layer: str, kind: str) -> None:
    (cas,) = cases(written(xmi.write, whole())[0])
    spans = [(one.mark, one.begin, one.end, one.get_covered_text()) for one in cas.select(CUSTOM + layer)]
    marks = [one for one in whole().standing().marks if one.kind == kind]
    assert spans == [(one.uuid, part.start, part.end, part.exact) for one in marks for part in one.content]


def test_cassis_finds_what_the_layers_say() -> None:
    (cas,) = cases(written(xmi.write, whole())[0])
    first, second = (one for one in cas.select(f"{CUSTOM}Quote") if one.mark == uuid(3))
    assert (first.status, first.quoteType, first.stance, first.translated) == ("accepted", "mixed", "assertive", True)
    assert first.note == whole().marks[2].note
    assert tuple(first.tags.elements) == ("مياه", "<script>alert('سد')</script>", "ميزانية & أرقام")
    assert (second.status, second.part) == (None, 1)
    assert [(one.mark, one.get_covered_text()) for one in cas.select(f"{CUSTOM}Cue")] == [
        (uuid(4), "أعلن"),
        (uuid(7), "تقول"),
    ]
    named = [
        (one.value, one.get_covered_text())
        for one in cas.select("de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity")
    ]
    assert named == [
        ("LOC", "وادي الزعفران"),
        ("PER", "سلمى الرافعي"),
        ("OTH", "السدّ الجديد"),
        ("PER", "Anna Lindqvist"),
        ("ORG", "وكالة الواحة"),
    ]


def test_cassis_follows_the_relations() -> None:
    (cas,) = cases(written(xmi.write, whole())[0])
    said = [
        (one.Governor.mark, one.Dependent.mark, one.role, one.certainty) for one in cas.select(f"{CUSTOM}Attribution")
    ]
    assert said == [(uuid(3), uuid(2), "said", "confirmed"), (uuid(4), uuid(5), "joint", "probable")]
    assert [(one.Governor.mark, one.Dependent.mark) for one in cas.select(f"{CUSTOM}InQuote")] == [(uuid(8), uuid(7))]


def test_what_is_written_comes_back_but_for_the_stated_losses(tmp_path) -> None:
    content, losses = written(xmi.write, whole(), plain())
    full, bare = read(tmp_path, content)
    assert set(differences(whole().standing(), full)) == {"mentions.recogniser"}
    assert bare == plain()
    assert losses == {
        "text of another revision": 1,
        "words that a mark was made on in another revision": 1,
        "recogniser of a name": 4,
    }
    assert losses.keys() <= set(tool_drops.XMI)


def test_what_cassis_writes_is_read_the_same(tmp_path) -> None:
    """Cassis leaves arrays, numbers and order to itself, as INCEpTION does."""
    (cas,) = cases(written(xmi.write, whole())[0])
    (full,) = read(tmp_path, cas.to_xmi().encode(), "a.xmi")
    assert set(differences(whole().standing(), full)) == {"mentions.recogniser"}


def test_changes_made_in_inception_are_the_truth(tmp_path) -> None:
    """Marks without a `mark`, as people make them there: a quote with its cue, a speaker, and who said it."""
    (cas,) = cases(written(xmi.write, whole())[0])
    for one in (*cas.select(f"{CUSTOM}Attribution"), *cas.select(f"{CUSTOM}InQuote")):
        cas.remove(one)
    claim = next(one for one in cas.select(f"{CUSTOM}Claim") if one.mark == uuid(9))
    claim.status, claim.note = "rejected", "لا رقم فيه"
    make = {name: cas.typesystem.get_type(CUSTOM + name) for name in ("Quote", "Speaker", "Cue", "Attribution")}
    quote, cue, speaker = (
        make[layer](begin=TEXT.index(words), end=TEXT.index(words) + len(words))
        for layer, words in (("Quote", "يبلغ عمق"), ("Cue", "62 متراً"), ("Speaker", "مروان الشامي"))
    )
    link = make["Attribution"](begin=speaker.begin, end=speaker.end, Governor=quote, Dependent=speaker, role="relayed")
    cas.add_all([quote, speaker, cue, link])
    (changed,) = read(tmp_path, cas.to_xmi().encode(), "a.xmi")
    found = {one.uuid: one for one in changed.marks}
    assert (found[uuid(9)].status, found[uuid(9)].note) == ("rejected", "لا رقم فيه")
    assert found[uuid(3)].attributions == ()
    assert found[uuid(8)].quote is None
    assert [link.name for link in found[uuid(4)].attributions] == ["زياد الحلو"]
    new_quote, new_speaker = (
        next(one for one in changed.marks if one.exact == words) for words in ("يبلغ عمق", "مروان الشامي")
    )
    assert new_quote.attributions == (AttributionRecord(speaker=new_speaker.uuid, role="relayed"),)
    assert [part.role for part in new_quote.parts] == ["content", CUE]


def test_an_article_whose_text_stays_is_left_out_and_what_xml_cannot_hold_is_counted(tmp_path) -> None:
    text = "عنوان\x0bثان"
    odd = article(text, mark(text, "claim", "ثان", uuid=uuid(1), note="أ\x00ب"))
    content, losses = written(xmi.write, replace(plain(), texts=(TextRecord(1, "0" * 64),)), odd)
    (found,) = read(tmp_path, content)
    assert losses == {dropped.NO_TEXT: 1, tool_drops.ILLEGAL: 2}
    assert (found.text, found.marks[0].exact, found.marks[0].note) == ("عنوان\ufffdثان", "ثان", "أ\ufffdب")


HEAD = (
    '<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" '
    'xmlns:custom="http:///webanno/custom.ecore" xmi:version="2.0">'
)
TAIL = (
    '<cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" sofaString="قال 💧 كلام"/>'
    '<cas:View sofa="1" members="2 3 4"/></xmi:XMI>'
)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "a.xmi, line .*: not well-formed"),
        (HEAD, "not well-formed XML, or cut off"),
        ("<html/>", "not XMI"),
        (HEAD + "</xmi:XMI>", "0 texts in it"),
        (
            HEAD + '<custom:Quote xmi:id="2" begin="0" end="99"/>' + TAIL,
            r"Quote 2: 0 to 98 is not within the text of 10",
        ),
        (HEAD + '<custom:Quote xmi:id="2" begin="3" end="3"/>' + TAIL, "Quote 2: 3 to 3 is not within"),
        (HEAD + '<custom:Quote xmi:id="2" begin="-3" end="3"/>' + TAIL, "Quote 2: -3 to 3 is not within"),
        (HEAD + '<custom:Quote xmi:id="2" begin="x" end="3"/>' + TAIL, "Quote 2: no begin and end"),
        (HEAD + '<custom:Opinion xmi:id="2" begin="0" end="3"/>' + TAIL, "layer webanno.custom.Opinion is not known"),
        (HEAD + '<custom:Cue xmi:id="2" begin="0" end="3"/>' + TAIL, "Cue 2: no quote or claim"),
        (HEAD + '<custom:InQuote xmi:id="2" Governor="7" Dependent="8"/>' + TAIL, "relation 2: leads to no mark"),
        (
            HEAD + '<custom:Quote xmi:id="2" begin="0" end="3"/>'
            '<custom:InQuote xmi:id="3" Governor="2" Dependent="2"/>' + TAIL,
            "relation 3: cannot hold between a quote and a quote",
        ),
        (HEAD + '<custom:Quote xmi:id="2" begin="0" end="3" remainder="[1]"/>' + TAIL, "should be a JSON object"),
        (
            HEAD + "<custom:Quote xmi:id='2' begin='0' end='3' remainder='{\"version\": -1}'/>" + TAIL,
            "version: should be a whole number",
        ),
        (HEAD + "<custom:Article xmi:id='2' remainder='{\"article\": 5}'/>" + TAIL, "should be a JSON object"),
        ("<!DOCTYPE xmi:XMI>" + HEAD + TAIL, "with a DOCTYPE"),
    ],
)
def test_what_is_wrong_is_said_in_one_line_with_its_place(tmp_path, content: str, reason: str) -> None:
    with pytest.raises(NotReadable, match=reason) as caught:
        read(tmp_path, content.encode(), "a.xmi")
    assert "\n" not in str(caught.value)


def test_what_the_view_does_not_list_was_deleted(tmp_path) -> None:
    content = HEAD + '<custom:Quote xmi:id="9" begin="0" end="3"/><custom:Claim xmi:id="2" begin="0" end="3"/>' + TAIL
    (found,) = read(tmp_path, content.encode(), "a.xmi")
    assert [one.kind for one in found.marks] == ["claim"]


def test_a_file_without_a_view_has_all_that_is_in_it(tmp_path) -> None:
    content = HEAD + '<custom:Claim xmi:id="2" begin="0" end="3"/>' + TAIL
    (found,) = read(tmp_path, re.sub(r"<cas:View[^>]*>", "", content).encode(), "a.xmi")
    assert [one.exact for one in found.marks] == ["قال"]


def test_fifty_thousand_cues_of_one_quote_take_no_longer_than_their_number(tmp_path) -> None:
    cues = "".join(f'<custom:Cue xmi:id="{number}" begin="0" end="3"/>' for number in range(3, 50_003))
    content = HEAD + '<custom:Quote xmi:id="2" begin="7" end="11"/>' + cues + re.sub(r"<cas:View[^>]*>", "", TAIL)
    began = time.process_time()
    (found,) = read(tmp_path, content.encode(), "a.xmi")
    assert len(found.marks[0].cues) == 50_000
    assert time.process_time() - began < 15


BOMB = "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>" + "".join(
    f"<!ENTITY {name} '{f'&{before};' * 10}'>" for before, name in zip("abcdefghi", "bcdefghij", strict=True)
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("place", ["<x>&j;</x>", "<x y='&j;'/>", HEAD + "<custom:Quote note='&j;'/></xmi:XMI>"])
def test_entity_bombs_are_refused_at_once_whatever_their_encoding(tmp_path, place: str, encoding: str) -> None:
    with pytest.raises(NotReadable):
        read(tmp_path, (BOMB + "]>" + place).encode(encoding), "a.xmi")


def test_files_of_the_machine_are_not_read_through_entities(tmp_path) -> None:
    (tmp_path / "secret").write_text("سرّ", "utf-8")
    content = f"<!DOCTYPE x [<!ENTITY s SYSTEM '{(tmp_path / 'secret').as_uri()}'>]>{HEAD}&s;{TAIL}"
    with pytest.raises(NotReadable, match="DOCTYPE"):
        read(tmp_path, content.encode(), "a.xmi")


def test_a_gigabyte_of_xml_costs_neither_its_memory_nor_its_time(tmp_path) -> None:
    path = tmp_path / "bomb.zip"
    with (
        ZipFile(path, "w", ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("a.xmi", "w", force_zip64=True) as file,
    ):
        file.write(HEAD.encode())
        for _ in range(1000):
            file.write(b"<cas:x/>" * 125_000)
    tracemalloc.start()
    began = time.process_time()
    with pytest.raises(NotReadable, match=r"a\.xmi: larger than 32,000,000 bytes"):
        list(xmi.read(path))
    assert tracemalloc.get_traced_memory()[1] < 100_000_000
    tracemalloc.stop()
    assert time.process_time() - began < 10


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (HEAD + "<cas:x>" * 400_000, "not well-formed"),
        (HEAD + '<custom:Quote xmi:id="2" begin="0" end="3"/>' * 110_000 + TAIL, "more than 100,000 annotations"),
        (HEAD + f'<custom:Quote xmi:id="2" note="{"x" * 15_000_000}"/>' + TAIL, "not well-formed"),
    ],
    ids=["deep", "many", "long"],
)
def test_deep_long_or_endless_files_are_refused(tmp_path, content: str, reason: str) -> None:
    with pytest.raises(NotReadable, match=reason):
        read(tmp_path, content.encode(), "a.xmi")


def test_archives_that_are_damaged_or_locked_are_named(tmp_path, monkeypatch) -> None:
    content = written(xmi.write, whole())[0]
    inside = content.index(b"17-zafaran") + 100
    for broken in (content[:-30], content[:inside] + b"x" * 60 + content[inside + 60 :], b"PK"):
        with pytest.raises(NotReadable, match=r"damaged"):
            read(tmp_path, broken)
    with pytest.raises(NotReadable, match=r"no \.xmi file in it"):
        list(xmi.read(packed(tmp_path, a_txt="")))
    monkeypatch.setattr(archives, "LARGEST", 100)
    with pytest.raises(NotReadable, match="larger than 100 bytes"):
        read(tmp_path, content)


def test_the_type_system_holds_every_layer_with_its_features() -> None:
    types = load_typesystem(BytesIO(type_system()))
    assert {one.name for one in types.get_types() if one.name.startswith(CUSTOM)} == {
        *(f"{CUSTOM}{name}" for name in ("Quote", "Speaker", "Claim", "Cue", "Attribution", "InQuote", "Article"))
    }


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.data())
def test_a_damaged_file_is_read_or_refused_and_nothing_else(tmp_path, data) -> None:
    content = bytearray(entries(written(xmi.write, whole())[0], ".xmi")["17-zafaran-example.xmi"])
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    refused = ""
    try:
        read(tmp_path, bytes(content), "a.xmi")
    except NotReadable as error:
        refused = str(error)
    assert len(refused.splitlines()) <= 1


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.text(st.sampled_from("ابتَُ💧👷🏽\u200d♀\n.؟«»a&<>\"' \t"), max_size=40), st.data())
def test_any_marks_on_any_text_come_back(tmp_path, text: str, data) -> None:
    text = f"س{text}ش"
    spans = data.draw(st.lists(st.tuples(st.integers(0, len(text)), st.integers(0, len(text))), max_size=4))
    marks = [mark(text, "claim", text[a:b], uuid=uuid(n), note=text) for n, (a, b) in enumerate(spans) if a < b]
    content, _ = written(xmi.write, article(text, *marks))
    (after,) = read(tmp_path, content)
    found = [(part.start, part.end, part.exact, one.note) for one in after.marks for part in one.parts]
    assert sorted(found) == sorted((part.start, part.end, part.exact, text) for one in marks for part in one.parts)
