"""The trained tagger: what it finds, how well it does on held-out newswire, and that no text upsets it."""

import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

pytest.importorskip("numpy")

from articles.language.folding import fold
from articles.language.tagger import MODEL, TaggedName, labelled_spans, load_tagger, tagged_names, tagger, tokens_of
from articles.language.tagger_network import widened

REPOSITORY = Path(__file__).parents[2]
HELD_OUT = REPOSITORY / "tests" / "data" / "anercorp-last-tenth.conll"
FLOOR = 0.77
TEXT = 40


def found(text: str) -> list[tuple[str, str]]:
    return [(text[name.start : name.end], name.kind) for name in tagged_names(text)]


def held_out_sentences() -> list[tuple[list[str], list[str]]]:
    """(folded tokens, labels) of each sentence; a word of several tokens spreads its label over them."""
    sentences: list[tuple[list[str], list[str]]] = []
    for block in HELD_OUT.read_text(encoding="utf-8").split("\n\n")[1:]:
        tokens: list[str] = []
        labels: list[str] = []
        for line in block.strip().split("\n"):
            word, label = line.split()
            for number, token in enumerate(tokens_of(fold(word))):
                tokens.append(token)
                labels.append(label.replace("B-", "I-") if number else label)
        sentences.append((tokens, labels))
    return sentences


def held_out_f1() -> float:
    hits = wanted = given = 0
    sentences = held_out_sentences()
    for start in range(0, len(sentences), TEXT):
        text = sentences[start : start + TEXT]
        tokens = [token for words, _ in text for token in words]
        ends = [sum(len(words) for words, _ in text[: number + 1]) for number in range(len(text))]
        bounds = list(zip([0, *ends], ends, strict=False))
        labels = tagger().tag(tokens, bounds).labels
        for (first, last), (_, gold) in zip(bounds, text, strict=True):
            right, made = set(labelled_spans(gold)), set(labelled_spans(labels[first:last]))
            hits, wanted, given = hits + len(right & made), wanted + len(right), given + len(made)
    return 2 * hits / (wanted + given)


def test_people_places_and_organisations_of_a_news_sentence_are_found():
    text = "قال الرئيس الأميركي باراك أوباما في واشنطن إن الأمم المتحدة سترسل بعثة إلى بيروت."
    assert found(text) == [
        ("باراك أوباما", "person"),
        ("واشنطن", "place"),
        ("الأمم المتحدة", "organisation"),
        ("بيروت", "place"),
    ]


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("وصل الوفد إلى القاهرة قادماً من باريس ولندن.", "لندن"),
        ("وأعلن المسؤول أن الطائرة توجهت مباشرة لواشنطن.", "واشنطن"),
        ("وعقد الاجتماع أمس ببيروت وحضره عدد من الوزراء.", "بيروت"),
        ("ووصل الوزير أمس إلى وارسو.", "وارسو"),
    ],
)
def test_attached_letters_stay_outside_a_name_and_a_names_own_letters_inside(sentence: str, name: str):
    assert (name, "place") in found(sentence)


def test_offsets_count_code_points_of_the_text_as_it_is_written():
    text = "\u202bزار مُحَمَّد البرادعي مـصـر والقاهرة 😀 ثم باريس.\u202c"
    names = found(text)
    assert ("مـصـر", "place") in names
    assert ("باريس", "place") in names


def test_names_come_in_order_and_do_not_overlap():
    text = "\n".join(" ".join(tokens) for tokens, _ in held_out_sentences()[:60])
    names = tagged_names(text)
    assert len(names) > 50
    assert all(before.end <= after.start for before, after in pairwise(names))
    assert all(0.0 < name.score <= 1.0 and name.start < name.end for name in names)


def test_the_same_text_gives_the_same_names_whatever_was_read_before():
    text = "التقى وزير الخارجية المصري أحمد أبو الغيط في القاهرة وفداً من حزب الله."
    before = tagged_names(text)
    tagged_names("\n".join(" ".join(tokens) for tokens, _ in held_out_sentences()[:50]))
    assert [name[:3] for name in tagged_names(text)] == [name[:3] for name in before]


def test_a_texts_scores_are_the_same_to_the_last_digit_whatever_words_were_read_before():
    texts = [tokens for tokens, _ in held_out_sentences()[:60]]
    one, other = load_tagger(MODEL), load_tagger(MODEL)
    for start in range(0, len(texts), 7):
        other.tag([token for tokens in texts[start : start + 7] for token in reversed(tokens)], [(0, 1)])
    for tokens in texts:
        bounds = [(0, len(tokens))]
        assert one.tag(tokens, bounds).scores == other.tag(tokens, bounds).scores


def test_held_out_newswire_is_tagged_no_worse_than_before():
    assert held_out_f1() >= FLOOR


@pytest.mark.parametrize(
    "text",
    ["", "\n\n", "   ", "no Arabic, in London", "\ud800\udc00\ud800", "\u202e\u2066\u2069", "«»\"'…", "12 345,6", "ء"],
)
def test_odd_input_gives_an_answer(text: str):
    assert all(isinstance(name, TaggedName) for name in tagged_names(text))


def test_a_very_long_line_is_read_to_its_end():
    text = "قال المتحدث في باريس إن الاجتماع تأجل " * 2000
    names = tagged_names(text)
    assert {text[name.start : name.end] for name in names} == {"باريس"}
    assert len(names) == 2000


def test_another_mention_in_the_text_does_not_change_which_letters_are_its_own():
    text = "زار الوزير بلينكن عمّان. وقال بلينكن إن لبلينكن رأياً."
    assert [text[name.start : name.end] for name in tagged_names(text) if name.kind == "person"] == ["بلينكن"] * 3


def test_words_forgotten_to_make_room_are_read_again_as_before():
    small = load_tagger(MODEL, room=1000)
    sentences = [tokens for tokens, _ in held_out_sentences()]
    texts = [sentences[start : start + 20] for start in range(0, len(sentences), 20)]
    for text in texts[:12]:
        tokens = [token for sentence in text for token in sentence]
        bounds = [(0, len(tokens))]
        assert small.tag(tokens, bounds).labels == tagger().tag(tokens, bounds).labels


def test_tagging_needs_neither_torch_nor_django():
    code = (
        "import sys; from articles.language.tagger import tagged_names; tagged_names('في باريس');"
        "sys.exit(bool({'torch', 'django'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=REPOSITORY, check=False).returncode == 0


def test_the_model_is_small_enough_to_ship():
    assert MODEL.stat().st_size < 16_000_000


def test_kept_numbers_come_back_as_numpy_would_read_them():
    np = pytest.importorskip("numpy")
    every = np.arange(1 << 16, dtype=np.uint16).view(np.float16)
    halves = every[np.isfinite(every)].reshape(2, -1)
    widen = widened(halves)
    assert widen.dtype == np.float32
    assert np.array_equal(widen.view(np.uint32), halves.astype(np.float32).view(np.uint32))
