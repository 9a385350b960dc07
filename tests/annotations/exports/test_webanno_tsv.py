"""WebAnno TSV 3.3, read back by a reader of its grammar that is written here from INCEpTION's description of it.

The package web-anno-tsv, which knows the first layer and no relations, reads the names.
"""

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from web_anno_tsv import open_web_anno_tsv

from annotations.exports import dropped, tool_drops, webanno_tsv
from annotations.exports.records import ArticleRecord, TextRecord
from tests.annotations.exports.samples import TEXT, plain, uuid, whole
from tests.annotations.exports.tool_files import article, entries, mark, written

UNIT = re.compile(r"(\d+)-(\d+)(?:\.(\d+))?")
NUMBER = re.compile(r"(.*)\[(\d+(?:_\d+)?)\]", re.S)
ESCAPES = {"\\\\": "\\", "\\[": "[", "\\]": "]", "\\|": "|", "\\_": "_", "\\->": "->", "\\;": ";", "\\*": "*"}
ESCAPES |= {"\\t": "\t", "\\n": "\n"}


@dataclass
class Read:
    """Texts of sentences with their offset; spans and relations by layer; offsets in UTF-16 units."""

    sentences: list[tuple[int, str]] = field(default_factory=list)
    spans: dict[str, dict[int, dict]] = field(default_factory=dict)
    relations: dict[str, list[dict]] = field(default_factory=dict)


def read(content: str) -> Read:
    """By the rules: the header ends with an empty line, each sentence begins with one and has #Text in front."""
    head, *blocks = content.split("\n\n")
    form, *layers = head.split("\n")
    assert form == "#FORMAT=WebAnno TSV 3.3"
    columns = [column for layer in layers for column in _columns(layer)]
    found, last = Read(), -1
    for number, block in enumerate(blocks, 1):
        (first, *rows) = block.removeprefix("\n").removesuffix("\n").split("\n")
        assert first.startswith("#Text=")
        assert rows
        text = _unescaped(first.removeprefix("#Text="))
        found.sentences.append((int(rows[0].split("\t")[1].split("-")[0]), text))
        last = _read_rows(rows, number, columns, found, last)
    return found


def _columns(layer: str) -> list[tuple[str, str, str]]:
    sort, name, *features = re.fullmatch(r"#(T_SP|T_RL)=(.+)", layer)[1], *layer.split("=", 1)[1].split("|")
    assert sort == "T_SP" or features[-1].startswith("BT_")
    return [(sort, name, feature) for feature in features]


def _read_rows(rows: list[str], sentence: int, columns: list, found: Read, last: int) -> int:
    sentence_start, text = found.sentences[-1]
    expected, token = 1, (0, 0)
    for row in rows:
        name, where, words, *cells, end = row.split("\t")
        start, stop = map(int, where.split("-"))
        assert end == ""
        assert len(cells) == len(columns)
        assert _units(text)[2 * (start - sentence_start) : 2 * (stop - sentence_start)] == _units(words)
        of, number, part = UNIT.fullmatch(name).groups()
        assert int(of) == sentence
        if part:
            assert int(number) == expected - 1
            assert token[0] <= start < stop <= token[1]
            assert (start, stop) != token
        else:
            assert int(number) == expected
            assert start >= last
            expected, token, last = expected + 1, (start, stop), stop
        _read_cells(cells, columns, (start, stop), name, found)
    return last


def _read_cells(cells: list[str], columns: list, where: tuple[int, int], unit: str, found: Read) -> None:
    relations: dict[str, list[dict]] = {}
    for cell, (sort, layer, feature) in zip(cells, columns, strict=True):
        if cell == "_":
            continue
        for position, value in enumerate(re.split(r"(?<!\\)\|", cell)):
            if sort == "T_SP":
                said, number = NUMBER.fullmatch(value).groups()
                span = found.spans.setdefault(layer, {}).setdefault(int(number), {"at": where, "units": []})
                span["at"] = span["at"][0], where[1]
                span["units"].append(unit)
                span[feature] = None if said == "*" else _unescaped(said)
                continue
            if position == len(relations.setdefault(layer, [])):
                relations[layer].append({"unit": unit})
            relations[layer][position][feature] = value
    for layer, many in relations.items():
        found.relations.setdefault(layer, []).extend(many)


def _unescaped(text: str) -> str:
    return re.sub(r"\\(?:->|.)", lambda match: ESCAPES.get(match[0], match[0]), text, flags=re.S)


def _units(text: str) -> bytes:
    return text.encode("utf-16-le")


def words_at(text: str, where: tuple[int, int]) -> str:
    return _units(text)[2 * where[0] : 2 * where[1]].decode("utf-16-le")


def read_one(*articles: ArticleRecord) -> tuple[Read, dict[str, int]]:
    content, losses = written(webanno_tsv.write, *articles)
    (document,) = entries(content, ".tsv").values()
    return read(document.decode()), losses


def test_the_sentences_give_the_text_back_each_at_its_place() -> None:
    found, _ = read_one(whole())
    for start, text in found.sentences:
        assert words_at(TEXT, (start, start + len(_units(text)) // 2)) == text
    assert "".join("".join(text.split()) for _, text in found.sentences) == "".join(TEXT.split())


@pytest.mark.parametrize("kind", ["Quote", "Speaker", "Claim"])
def test_every_mark_is_over_its_words_although_emoji_are_two_units(kind: str) -> None:
    found, _ = read_one(whole())
    spans = [(span["mark"], words_at(TEXT, span["at"])) for span in found.spans[f"webanno.custom.{kind}"].values()]
    marks = [one for one in whole().standing().marks if one.kind == kind.lower()]
    assert spans == [(one.uuid, part.exact) for one in marks for part in one.content]


def test_what_the_layers_say_is_in_the_columns() -> None:
    found, _ = read_one(whole())
    first, second = (one for one in found.spans["webanno.custom.Quote"].values() if one["mark"] == uuid(3))
    said = [first[name] for name in ("status", "quoteType", "stance", "translated", "note")]
    assert said == ["accepted", "mixed", "assertive", "true", whole().marks[2].note]
    assert (second["part"], second["status"]) == ("1", None)
    named = found.spans["de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"].values()
    assert [(one["value"], words_at(TEXT, one["at"])) for one in named] == [
        ("LOC", "وادي الزعفران"),
        ("PER", "سلمى الرافعي"),
        ("OTH", "السدّ الجديد"),
        ("PER", "Anna Lindqvist"),
        ("ORG", "وكالة الواحة"),
    ]


def test_the_package_web_anno_tsv_reads_the_names(tmp_path) -> None:
    (document,) = entries(written(webanno_tsv.write, whole())[0], ".tsv").values()
    path = tmp_path / "marks.tsv"
    path.write_bytes(document)
    with open_web_anno_tsv(str(path)) as sentences:
        found = [(name.label, name.text) for sentence in sentences for name in sentence.annotations]
    assert found == [
        ("LOC", "وادي الزعفران"),
        ("PER", "سلمى الرافعي"),
        ("OTH", "السدّ الجديد"),
        ("PER", "Anna Lindqvist"),
        ("ORG", "وكالة الواحة"),
    ]


def test_relations_lead_from_the_quote_to_the_speaker_and_from_the_claim_to_its_quote() -> None:
    found, _ = read_one(whole())
    spans = {number: span for layer in found.spans.values() for number, span in layer.items()}
    for layer, ends in (("Attribution", [(3, 2), (4, 5)]), ("InQuote", [(8, 7)])):
        links = found.relations[f"webanno.custom.{layer}"]
        sources = [NUMBER.fullmatch(link["BT_uima.tcas.Annotation"]).groups() for link in links]
        numbers = [tuple(map(int, both.split("_"))) for _, both in sources]
        assert [(spans[one]["mark"], spans[other]["mark"]) for one, other in numbers] == [
            (uuid(one), uuid(other)) for one, other in ends
        ]
        for (unit, _), (one, other), link in zip(sources, numbers, links, strict=True):
            assert (unit, link["unit"]) == (spans[one]["units"][0], spans[other]["units"][0])
    assert [link["role"] for link in found.relations["webanno.custom.Attribution"]] == ["said", "joint"]


def test_a_mark_within_a_word_has_a_row_of_its_own() -> None:
    content, _ = written(webanno_tsv.write, article("قالت لواشنطن", mark("قالت لواشنطن", "speaker", "واشنطن")))
    (document,) = entries(content, ".tsv").values()
    rows = [row.split("\t")[:3] for row in document.decode().split("\n") if row[:1] == "1"]
    assert rows == [["1-1", "0-4", "قالت"], ["1-2", "5-12", "لواشنطن"], ["1-2.1", "6-12", "واشنطن"]]


def test_marks_over_the_same_words_are_stacked_with_their_numbers() -> None:
    text = "كلام"
    marks = mark(text, "claim", text, uuid=uuid(1)), mark(text, "claim", text, uuid=uuid(2), note="أ|[_]*;->\\")
    found, _ = read_one(article(text, *marks))
    assert [(one["mark"], one["note"]) for one in found.spans["webanno.custom.Claim"].values()] == [
        (uuid(1), None),
        (uuid(2), "أ|[_]*;->\\"),
    ]


def test_signs_that_mean_something_in_cells_are_escaped() -> None:
    one = article("كلام", mark("كلام", "claim", "كلام", note="a_b*c|d;e[f]->\\"))
    (document,) = entries(written(webanno_tsv.write, one)[0], ".tsv").values()
    assert "\ta\\_b\\*c\\|d\\;e\\[f\\]\\->\\\\[1]\t" in document.decode()


def test_the_archive_holds_the_layers_and_says_what_made_it() -> None:
    content, _ = written(webanno_tsv.write, whole(), plain())
    assert list(entries(content, "")) == ["newsdesk.json", "TypeSystem.xml", "17-zafaran-example.tsv", "90-article.tsv"]
    assert b'"schema": "newsdesk-webanno-tsv 1"' in entries(content, ".json")["newsdesk.json"]


def test_what_is_lost_is_counted_and_listed() -> None:
    text = "انتهى.  وبدأ"
    stays = replace(plain(), texts=(TextRecord(1, "0" * 64),))
    _, losses = written(webanno_tsv.write, whole(), stays, article(text))
    assert losses.keys() <= set(tool_drops.WEBANNO_TSV)
    assert set(tool_drops.WEBANNO_TSV) - losses.keys() == {dropped.NOT_STANDING}
    assert (losses["tag"], losses[tool_drops.NO_SPEAKER], losses[tool_drops.WHO], losses[tool_drops.GAP]) == (
        4,
        6,
        2,
        1,
    )


@settings(max_examples=80, deadline=None)
@given(st.text(st.sampled_from("ابتَُ💧👷🏽\u200d♀\n.؟«»a_-[]|* \\"), max_size=40), st.data())
def test_any_marks_on_any_text_stand_over_their_words(text: str, data) -> None:
    text = f"س{text}ش"
    spans = data.draw(st.lists(st.tuples(st.integers(0, len(text)), st.integers(0, len(text))), max_size=4))
    marks = [
        mark(text, "claim", text[a:b].strip(), uuid=uuid(n), note=text)
        for n, (a, b) in enumerate(spans)
        if text[a:b].strip()
    ]
    found, _ = read_one(article(text, *marks))
    spans = found.spans.get("webanno.custom.Claim", {}).values()
    assert sorted((one["mark"], words_at(text, one["at"])) for one in spans) == [(one.uuid, one.exact) for one in marks]
    assert all(one["note"] == text for one in spans)
    assert all(one[0] < other[0] for one, other in pairwise(found.sentences))
