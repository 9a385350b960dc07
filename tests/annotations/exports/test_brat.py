"""brat standoff, held against the grammar of brat's own description and read back by our reader.

No package that reads brat is both licensed and light; the grammar here is written from https://brat.nlplab.org/standoff.
"""

import re
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotations.exports import archives, brat, dropped, tool_drops
from annotations.exports.brat_types import LINE_ENDS
from annotations.exports.format import NotReadable
from annotations.exports.records import ArticleRecord, AttributionRecord, TextRecord
from tests.annotations.exports.compared import differences
from tests.annotations.exports.samples import plain, uuid, whole
from tests.annotations.exports.tool_files import article, entries, mark, packed, stored, written

GRAMMAR = {
    "T": r"T[1-9]\d*\t[\w-]+ \d+ \d+(;\d+ \d+)*\t[^\t]+",
    "R": r"R[1-9]\d*\t[\w-]+ Arg1:T\d+ Arg2:T\d+",
    "A": r"A[1-9]\d*\t[\w-]+ T\d+( [\w-]+)?",
    "N": r"N[1-9]\d*\tReference T\d+ [\w-]+:\S+\t[^\t]+",
    "#": r"#[1-9]\d*\t[\w-]+ [TR]\d+\t[^\t]*",
}


def read(folder: Path, content: bytes) -> list[ArticleRecord]:
    return list(brat.read(stored(folder, content)))


def check_standoff(text: str, annotations: str) -> None:
    """Every line by its grammar, every name once, every reference to a span, every fragment within a line."""
    lines = annotations.splitlines()
    assert lines == annotations.split("\n")[:-1]
    names = [line.split("\t")[0] for line in lines]
    assert len(set(names)) == len(names)
    for line in lines:
        assert re.fullmatch(GRAMMAR[line[0]], line), line
        assert all(one in names for one in re.findall(r"(?:Arg\d:| )(T\d+)", line.split("\t")[1]))
        if line[0] == "T":
            _, where, words = line.split("\t")
            fragments = [tuple(map(int, one.split())) for one in where.split(" ", 1)[1].split(";")]
            assert fragments == sorted(fragments)
            assert all(len(text[start:end].splitlines()) == 1 for start, end in fragments)
            assert " ".join(text[start:end] for start, end in fragments).replace("\t", " ") == words


def test_the_files_keep_to_the_grammar_of_standoff() -> None:
    content, _ = written(brat.write, whole(), plain())
    texts, annotations = entries(content, ".txt"), entries(content, ".ann")
    assert list(annotations) == ["17-zafaran-example.ann", "90-article.ann"]
    for text, lines in zip(texts.values(), annotations.values(), strict=True):
        check_standoff(text.decode(), lines.decode())


def test_every_type_that_is_written_is_in_the_configuration() -> None:
    content, _ = written(brat.write, whole())
    configured = {
        line.split("\t")[0] for line in entries(content, "annotation.conf")["annotation.conf"].decode().splitlines()
    }
    lines = entries(content, ".ann")["17-zafaran-example.ann"].decode().splitlines()
    used = {line.split("\t")[1].split(" ")[0] for line in lines if line[0] in "TRA"}
    assert used <= configured
    assert {"Quote", "Cue", "Person", "SaidBy", "ProbablyJointlySaidBy", "InQuote", "Stance"} <= used


def test_a_file_says_its_program_and_schema_and_that_text_runs_from_right_to_left() -> None:
    content, _ = written(brat.write)
    assert entries(content, ".conf")["visual.conf"].decode().startswith("# Newsdesk 0.1.0, newsdesk-brat 1, 2026-04-02")
    assert "direction:rtl" in entries(content, ".conf")["tools.conf"].decode()
    assert b'"schema": "newsdesk-brat 1"' in entries(content, ".json")["newsdesk.json"]


def test_an_interrupted_quote_is_one_span_in_fragments_and_its_link_says_how_sure_it_is() -> None:
    lines = entries(written(brat.write, whole())[0], ".ann")["17-zafaran-example.ann"].decode()
    assert "Quote 126 140;154 179\tسيروي ثلاث مدن العملَ فيه يبدأ قبل الصيف" in lines
    assert re.search(r"SaidBy Arg1:T3 Arg2:T2\n", lines)
    assert "AnnotatorNotes T3\tسطر أول\\nوسطر ثانٍ: <b>ليس</b> علامة & لا «وسماً»\n" in lines
    assert "Tag T3\t<script>alert('سد')</script>\n" in lines


def test_what_is_written_comes_back_but_for_the_stated_losses(tmp_path) -> None:
    content, losses = written(brat.write, whole(), plain())
    full, bare = read(tmp_path, content)
    # Of the sample, brat keeps all that is left of it in one text.
    assert list(differences(whole().standing(), full)) == []
    assert bare == plain()
    assert losses == {"text of another revision": 1, "words that a mark was made on in another revision": 1}
    assert losses.keys() <= set(tool_drops.BRAT)


def test_two_parts_between_which_a_line_ends_come_back_as_one_and_are_counted(tmp_path) -> None:
    text = "أول كلام\nثاني كلام"
    content, losses = written(brat.write, article(text, mark(text, "quote", "أول كلام", "ثاني", uuid=uuid(1))))
    assert losses == {tool_drops.BORDER: 1}
    assert [part.exact for part in read(tmp_path, content)[0].marks[0].parts] == ["أول كلام\nثاني"]


def test_line_ends_at_the_edge_of_a_mark_are_left_out_and_counted(tmp_path) -> None:
    text = "أول\nثان\nثالث"
    content, losses = written(brat.write, article(text, mark(text, "claim", "\nثان\n", uuid=uuid(1))))
    assert losses == {tool_drops.BORDER: 2}
    assert read(tmp_path, content)[0].marks[0].exact == "ثان"


def test_a_mark_over_white_space_alone_is_left_out_and_counted(tmp_path) -> None:
    text = "أول\nثان"
    content, losses = written(brat.write, article(text, mark(text, "claim", "\n")))
    assert losses == {tool_drops.BLANK: 1}
    assert read(tmp_path, content)[0].marks == ()


def test_an_article_whose_text_stays_is_left_out_and_counted(tmp_path) -> None:
    content, losses = written(brat.write, replace(plain(), texts=(TextRecord(1, "0" * 64),)), plain())
    assert read(tmp_path, content) == [plain()]
    assert losses == {dropped.NO_TEXT: 1}


def test_changes_made_in_brat_are_the_truth(tmp_path) -> None:
    content, _ = written(brat.write, whole())
    with ZipFile(stored(tmp_path, content)) as archive:
        archive.extractall(tmp_path / "collection")
    file = tmp_path / "collection" / "17-zafaran-example.ann"
    lines = file.read_text("utf-8").replace("Status T11 suggested", "Status T11 accepted")
    lines = lines.replace("R3\tSaidBy Arg1:T3 Arg2:T2\n", "R3\tProbablyRelayedBy Arg1:T3 Arg2:T2\n")
    lines = re.sub(r"#\d+\t(AnnotatorNotes T10|Tag T3)\t.*\n|R\d+\tInQuote.*\n", "", lines)
    file.write_text(lines + "T90\tClaim 35 48\tوادي الزعفران\n", "utf-8")
    (changed,) = brat.read(file)
    found = {one.uuid: one for one in changed.marks}
    assert found[uuid(9)].status == "accepted"
    assert [(link.role, link.certainty, link.name) for link in found[uuid(3)].attributions] == [
        ("relayed", "probable", "سلمى الرافعي")
    ]
    assert (found[uuid(8)].note, found[uuid(8)].quote, found[uuid(3)].tags) == ("", None, ())
    assert (found[""].kind, found[""].exact, found[""].status) == ("claim", "وادي الزعفران", "accepted")


FOREIGN = (
    "T1\tQuote 4 14\tالسدّ جاهز\n"
    "T2\tSpeaker 16 20\tندى \n"
    "T3\tPER 16 20\tندى\n"
    "R1\tSaidBy Arg1:T1 Arg2:T2\t\n"
    "N1\tReference T3 Newsdesk:12\tندى السالم\n"
    "A1\tQuoteType T1 direct\n"
    "#1\tAnnotatorNotes T1\tلا \\n سطر\n"
    "#2\tReview T1\tيُراجَع\n"
)


def test_files_of_others_are_read_with_what_they_say(tmp_path) -> None:
    (tmp_path / "a.txt").write_text("قال «السدّ جاهز» ندى ", "utf-8")
    (tmp_path / "a.ann").write_text(FOREIGN.replace("4 14", "5 15").replace("16 20", "17 21"), "utf-8")
    for path in (tmp_path / "a.ann", tmp_path):
        (found,) = brat.read(path)
        quote, speaker = found.marks
        assert (found.id, found.title, quote.uuid) == (None, "قال «السدّ جاهز» ندى", "")
        assert (quote.exact, quote.note) == ("السدّ جاهز", "لا \\n سطر\nReview: يُراجَع")
        assert quote.attributions == (AttributionRecord(speaker=speaker.uuid),)
        assert (found.mentions[0].entity.id, found.mentions[0].entity.name) == (12, "ندى السالم")
    # The same words in the same text have the same name each time.
    assert speaker.uuid == next(brat.read(tmp_path)).marks[1].uuid


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ("T1\tQuote 0 99\tقال\n", r"a.ann, line 1: 0 to 99 is not within the text of 8 characters"),
        ("T1\tQuote 3 3\t\n", "line 1: 3 to 3 is not within"),
        ("T1\tQuote 0 3\tغير\n", "line 1: the words are not those of the text"),
        ("T1\tQuote 0 9999999999\tقال\n", "line 1: not a span"),
        ("T1\tEvent 0 3\tقال\n", "line 1: type Event is not known; rename it to one of Quote, Speaker, Claim, Cue"),
        ("T1\t<b>x 0 3\tقال\n", "line 1: not a span|type <b>x"),
        ("T1\tQuote 0 3\tقال\nT1\tQuote 0 3\tقال\n", "line 2: T1 is there twice"),
        ("T1\tCue 0 3\tقال\n", "line 1: a cue of no mark"),
        ("T1\tQuote 0 3\tقال\nR1\tSaidBy Arg1:T1 Arg2:T7\n", "line 2: leads to no mark"),
        ("T1\tQuote 0 3\tقال\nR1\tSaidBy Arg1:T1 Arg2:T1\n", "line 2: cannot hold between a quote and a quote"),
        ("T1\tQuote 0 3\tقال\nR1\tHates Arg1:T1 Arg2:T1\n", "line 2: relation Hates is not known"),
        ("T1\tQuote 0 3\tقال\nA1\tMood T1 bad\n", "line 2: attribute Mood is not known"),
        ("A1\tStatus T9 accepted\n", "line 1: T9 is nowhere"),
        ("E1\tSay:T1\n", "line 1: not a line that Newsdesk reads"),
        ("T1\tQuote 0 3\tقال\n#1\tNewsdesk T1\t{\n", "line 1: the rest of the mark should be a JSON object"),
        ("T1\tQuote 0 3\tقال\n#1\tNewsdesk T1\t" + "[" * 100_000 + "\n", "line 1: the rest of the mark"),
        ('T1\tQuote 0 3\tقال\n#1\tNewsdesk T1\t{"version": -1}\n', "line 1: version: should be a whole number"),
        ('T1\tQuote 0 3\tقال\n#1\tNewsdesk T1\t{"attributions": 5}\n', "line 1: attributions: should be a list"),
        ('T1\tPerson 0 3\tقال\n#1\tNewsdesk T1\t{"recogniser": 5}\n', "recogniser: should be text"),
        ("\n" * 100_001, "more than 100,000 lines"),
        ("T1\tQuote " + ";".join(["0 3"] * 100_001) + "\tقال\n", "line 1: more than 100,000 fragments"),
    ],
)
def test_what_is_wrong_is_said_in_one_line_with_its_place(tmp_path, lines: str, reason: str) -> None:
    with pytest.raises(NotReadable, match=reason) as caught:
        list(brat.read(packed(tmp_path, a_txt="قال كلام", a_ann=lines)))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({"a_ann": ""}, "a.ann: no a.txt beside it"),
        ({"a_txt": ""}, "made.zip: no .ann file in it"),
        ({"a_txt": b"\xff", "a_ann": ""}, "a.txt: not UTF-8 at byte 1"),
        ({"a_txt": "", "a_ann": "", "a_json": "[]"}, "a.json: .* should be a JSON object"),
        ({"a_txt": "", "a_ann": "", "a_json": '{"texts": 5}'}, "a.ann: "),
        ({"a_txt": "", "a_ann": "", "a_json": '{"revision": 2, "texts": [{"revision": 1}]}'}, "a.ann: the article's"),
    ],
)
def test_files_that_are_wrong_are_named(tmp_path, files: dict[str, str | bytes], reason: str) -> None:
    with pytest.raises(NotReadable, match=reason):
        list(brat.read(packed(tmp_path, **files)))


def test_what_is_too_large_is_not_taken_into_memory(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(archives, "LARGEST", 1000)
    with pytest.raises(NotReadable, match=r"a\.txt: larger than 1,000 bytes"):
        list(brat.read(packed(tmp_path, a_txt="ا" * 501, a_ann="")))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.data())
def test_a_damaged_file_is_read_or_refused_and_nothing_else(tmp_path, data) -> None:
    content = bytearray(written(brat.write, whole())[0])
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    if data.draw(st.booleans()):
        del content[data.draw(st.integers(0, len(content) - 1)) :]
    refused = ""
    try:
        read(tmp_path, bytes(content))
    except NotReadable as error:
        refused = str(error)
    assert len(refused.splitlines()) <= 1


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=30), st.data())
def test_any_marks_on_any_text_come_back(tmp_path, text: str, data) -> None:
    text = f"س{text}ش"
    spans = data.draw(st.lists(st.tuples(st.integers(0, len(text)), st.integers(0, len(text))), max_size=4))
    marks = [mark(text, "claim", text[a:b], uuid=uuid(n), note=text) for n, (a, b) in enumerate(spans) if a < b]
    before = article(text, *marks)
    content, losses = written(brat.write, before)
    for lines in entries(content, ".ann").values():
        check_standoff(text, lines.decode())
    (after,) = read(tmp_path, content)
    assert len(after.marks) == len(marks) - losses.get(tool_drops.BLANK, 0)
    for one in after.marks:
        assert one.exact.strip(LINE_ENDS) == one.parts[0].exact.strip(LINE_ENDS)
