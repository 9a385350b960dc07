"""CoNLL-U Plus, read back by the conllu package."""

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import conllu
import pytest

from annotations.exports import conll, dropped, tool_drops
from annotations.exports.dropped import standing
from annotations.exports.format import About
from annotations.exports.records import (
    ArticleRecord,
    EntityRecord,
    Losses,
    MarkRecord,
    MentionRecord,
    PartRecord,
    TextRecord,
)
from tests.annotations.exports.samples import TEXT, plain, whole

ABOUT = About("Newsdesk", "0.1.0", datetime(2026, 3, 25, 9, tzinfo=UTC), site="https://desk.example")


def written(*articles: ArticleRecord) -> tuple[str, dict[str, int]]:
    file, losses = BytesIO(), Losses()
    conll.write(iter(articles), file, ABOUT, losses)
    return file.getvalue().decode(), losses.counted


def article(text: str, *marks: MarkRecord, mentions: tuple[MentionRecord, ...] = ()) -> ArticleRecord:
    return ArticleRecord(5, text.split("\n")[0], texts=(TextRecord.of(1, text),), marks=marks, mentions=mentions)


def mark(text: str, kind: str, *words: str, **fields: object) -> MarkRecord:
    parts = [PartRecord(text.index(one), text.index(one) + len(one), one) for one in words]
    return MarkRecord("", kind, tuple(parts), **fields)


def tagged(content: str, column: str) -> list[tuple[str, str]]:
    """Words with their tag, of one column, without those that have none."""
    key = f"newsdesk:{column}"
    tokens = [token for sentence in conllu.parse(content) for token in sentence]
    return [(token["form"], token[key]) for token in tokens if token[key] != "O"]


def runs(content: str, column: str) -> list[tuple[int, int]]:
    """Start and end of each run of B and I, as the conllu package reads the columns."""
    key, found = f"newsdesk:{column}", []
    for token in (token for sentence in conllu.parse(content) for token in sentence):
        if token[key].startswith("B"):
            found.append((int(token["start"]), int(token["end"])))
        elif token[key].startswith("I"):
            found[-1] = found[-1][0], int(token["end"])
    return found


def test_tokens_stand_at_their_words_in_the_text() -> None:
    content, _ = written(whole())
    tokens = [token for sentence in conllu.parse(content) for token in sentence]
    assert [TEXT[int(token["start"]) : int(token["end"])] for token in tokens] == [token["form"] for token in tokens]
    assert "".join(token["form"] for token in tokens) == "".join(TEXT.split())


def test_an_article_says_what_it_is_before_its_first_sentence() -> None:
    content, _ = written(plain(), whole())
    found = [one.metadata for one in conllu.parse(content) if "newdoc id" in one.metadata]
    assert content.startswith("# global.columns = ID FORM START END NEWSDESK:ENTITY")
    assert (found[0]["generator"], found[0]["schema"]) == ("Newsdesk 0.1.0", "newsdesk-conll 1")
    assert [one["newdoc id"] for one in found] == ["90", "17"]
    assert (found[1]["url"], found[1]["revision"]) == ("https://zafaran.example/2026/03/24/سد", "2")
    assert found[1]["sha256"] == whole().current.sha256


def test_marks_stand_over_the_words_they_were_made_on() -> None:
    content, _ = written(whole())
    now = whole().standing()
    at = {column: runs(content, column) for column in ("entity", "quote", "cue", "speaker")}
    parts = [(one.kind, one.exact, part) for one in now.marks for part in one.parts]
    assert at["entity"] == sorted((mention.start, mention.end) for mention in now.mentions)
    assert at["quote"] == sorted((p.start, p.end) for kind, _, p in parts if kind == "quote" and p.role == "content")
    # «وأعلن» is one word with the conjunction, «والخبيرة» too.
    assert [TEXT[start:end] for start, end in at["cue"]] == ["وأعلن", "تقول"]
    assert [TEXT[start:end] for start, end in at["speaker"]] == ["وزيرة المياه سلمى الرافعي", "والخبيرة Anna Lindqvist"]


@pytest.mark.parametrize(
    ("kind", "tag"), [("person", "PERS"), ("organisation", "ORG"), ("place", "LOC"), ("other", "MISC")]
)
def test_names_are_tagged_by_their_kind(kind: str, tag: str) -> None:
    mention = MentionRecord(4, 15, "وادي الأراك", EntityRecord(kind, "وادي الأراك"))
    content, _ = written(article("زار وادي الأراك", mentions=(mention,)))
    assert tagged(content, "entity") == [("وادي", f"B-{tag}"), ("الأراك", f"I-{tag}")]


def test_a_mark_across_sentences_begins_anew_in_each() -> None:
    text = "عنوان\nانتهى الأمر. وبدأ آخر."
    content, losses = written(article(text, mark(text, "claim", "الأمر. وبدأ")))
    assert tagged(content, "claim") == [("الأمر", "B-CLAIM"), (".", "I-CLAIM"), ("وبدأ", "B-CLAIM")]
    assert losses[tool_drops.CUT] == 1


def test_a_mark_within_a_word_takes_the_whole_word_and_is_counted() -> None:
    content, losses = written(article("قالت لواشنطن", mark("قالت لواشنطن", "speaker", "واشنطن")))
    assert tagged(content, "speaker") == [("لواشنطن", "B-SPEAKER")]
    assert losses[tool_drops.GROWN] == 1


def test_of_two_overlapping_marks_in_a_column_the_first_one_is_written() -> None:
    text = "واحد اثنان ثلاثة"
    marks = mark(text, "claim", "واحد اثنان"), mark(text, "claim", "اثنان ثلاثة")
    content, losses = written(article(text, *marks))
    assert tagged(content, "claim") == [("واحد", "B-CLAIM"), ("اثنان", "I-CLAIM")]
    assert losses[tool_drops.OVERLAP] == 1


def test_rejected_marks_are_left_out_and_counted() -> None:
    content, losses = written(article("كلام", mark("كلام", "claim", "كلام", status="rejected")))
    assert tagged(content, "claim") == []
    assert losses[dropped.REJECTED] == 1


def test_an_article_whose_text_stays_is_left_out_and_counted() -> None:
    content, losses = written(replace(plain(), texts=(TextRecord(1, "0" * 64),)), plain())
    assert content.count("# newdoc id") == 1
    assert losses[dropped.NO_TEXT] == 1


def test_a_headline_alone_and_a_hashtag_are_read() -> None:
    content, _ = written(article("#غزة_الآن"))
    assert [token["form"] for token in conllu.parse(content)[0]] == ["#", "غزة", "_", "الآن"]


def test_what_is_lost_is_counted_and_listed() -> None:
    _, losses = written(whole())
    assert losses.keys() <= set(tool_drops.CONLL)
    assert (losses["tag"], losses["comment"], losses["attribution"]) == (4, 3, 8)
    # Of what the list names, the sample has all but these, which tests above show.
    assert set(tool_drops.CONLL) - losses.keys() == {
        dropped.NO_TEXT,
        dropped.NOT_STANDING,
        dropped.REJECTED,
        tool_drops.OVERLAP,
    }


def test_marks_without_a_place_in_the_current_text_are_counted() -> None:
    lost = replace(plain(), revision=2, texts=(*plain().texts, TextRecord.of(2, "نص آخر")))
    losses = Losses()
    assert standing(lost, losses).marks == ()
    assert losses.counted == {dropped.NOT_STANDING: 1, dropped.EARLIER_TEXT: 1}
