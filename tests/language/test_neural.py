"""camel-tools' neural recogniser: its real class on a small BERT made here, without a network."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from articles import recognising
from articles.language.neural import NeuralRecogniser, NeuralUnavailable, load_neural
from articles.models import Mention
from articles.recognition import record_mentions
from tests.articles.factories import make_article
from tests.language.bert import LABELS, SMALL, save_bert, save_taught_bert, write_catalogue

pytest.importorskip("torch", reason="torch is an extra; `make neural` installs it")
pytest.importorskip("transformers", reason="transformers is an extra; `make neural` installs it")

REPOSITORY = Path(__file__).parents[2]
MODEL = "small"
TAUGHT = {
    **{"سامر": "B-PERS", "الحداري": "I-PERS", "والحداري": "B-PERS", "بلينكن": "B-PERS"},
    **{"باريس": "B-LOC", "وباريس": "B-LOC", "لواشنطن": "B-LOC", "واشنطن": "B-LOC"},
    **{"»": "I-PERS"},  # marks are labelled now and then
    **{"للأمم": "B-ORG", "الأمم": "B-ORG", "المتحدة": "I-ORG", "حماس": "I-ORG"},
    **{"كأس": "B-MISC", "العالم": "I-MISC", "http": "B-ORG", "a": "I-ORG", "b": "I-ORG", "/": "I-ORG"},
}


@pytest.fixture(scope="session")
def data(tmp_path_factory) -> Iterator[Path]:
    """camel-tools' data folder with a taught model. Its catalogue is read once in a process: one for all."""
    folder = tmp_path_factory.mktemp("camel-tools")
    save_taught_bert(write_catalogue(folder, MODEL), TAUGHT)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CAMELTOOLS_DATA", str(folder))
        yield folder


@pytest.fixture(scope="module", autouse=True)
def _no_network() -> Iterator[None]:
    def refuse(*arguments: object) -> None:
        raise AssertionError("the network is used")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", refuse)
        patch.setattr(socket, "getaddrinfo", refuse)
        yield


@pytest.fixture(scope="session")
def taught(data) -> NeuralRecogniser:
    return load_neural()


@pytest.fixture(scope="session")
def random_weights(taught, tmp_path_factory) -> NeuralRecogniser:
    """A model that knows nothing and gives labels all the same."""
    from camel_tools.ner import NERecognizer  # noqa: PLC0415 - an extra that is not everywhere

    folder = tmp_path_factory.mktemp("bert") / "random"
    save_bert(folder, num_hidden_layers=2, **SMALL)
    return NeuralRecogniser(NERecognizer(str(folder)), "random")


def found(recogniser: NeuralRecogniser, text: str) -> list[tuple[str, str]]:
    return [(text[name.start : name.end], name.kind) for name in recogniser.recognise(text)]


def test_labelled_words_become_names_of_our_kinds(taught):
    text = "قال سامر الحداري في باريس إن الأمم المتحدة تتابع كأس العالم."
    assert found(taught, text) == [
        ("سامر الحداري", "person"),
        ("باريس", "place"),
        ("الأمم المتحدة", "organisation"),
        ("كأس العالم", "other"),
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("وسافر بعدها لواشنطن مساءً.", "واشنطن"),
        ("بين روما وباريس.", "باريس"),
        ("وكان في واشنطن أمس.", "واشنطن"),
        ("وقال بلينكن إن الأمر واضح.", "بلينكن"),
    ],
)
def test_attached_letters_stay_outside_and_a_names_own_letters_inside(taught, text, name):
    assert [words for words, _ in found(taught, text)] == [name]


def test_a_name_behind_attached_letters_is_joined_to_the_same_name_without_them(taught):
    text = "دعوة للأمم المتحدة. وقالت الأمم المتحدة إنها تلقتها."
    assert found(taught, text) == [("للأمم المتحدة", "organisation"), ("الأمم المتحدة", "organisation")]
    assert {name.name for name in taught.recognise(text)} == {"الأمم المتحدة"}


def test_a_surname_is_joined_to_the_full_name_of_the_article(taught):
    names = taught.recognise("وصل سامر الحداري صباحاً.\nوالحداري وزير سابق.")
    assert [name.name for name in names] == ["سامر الحداري"] * 2


def test_marks_around_a_name_stay_outside(taught):
    assert found(taught, "وصل «سامر الحداري» إلى (باريس)، أمس.") == [("سامر الحداري", "person"), ("باريس", "place")]


def test_offsets_count_code_points_of_the_text_as_it_is_written(taught):
    text = "\u202bزار ســامِر 😀 \u200fبارِيس\u202c"
    assert found(taught, text) == [("ســامِر", "person"), ("بارِيس", "place")]


def test_what_the_models_tokeniser_reads_as_nothing_moves_no_label(taught):
    assert found(taught, "وصل \ue000 \ue001 سامر الحداري \ufffd إلى باريس.") == [
        ("سامر الحداري", "person"),
        ("باريس", "place"),
    ]


def test_names_of_many_sentences_are_found_where_they_stand(taught):
    text = "\n".join(f"وصل سامر الحداري إلى باريس يوم {number}." for number in range(300))
    names = taught.recognise(text)
    assert len(names) == 600
    assert {text[name.start : name.end] for name in names} == {"سامر الحداري", "باريس"}


def test_a_sentence_longer_than_the_models_window_is_read_to_its_end(taught):
    assert len(found(taught, "وصل الوفد صباح أمس إلى باريس " * 500)) == 500


def test_an_address_of_more_pieces_than_the_models_window_is_no_name_and_stops_nothing(taught):
    assert found(taught, f"http://a.example/{'a/b/' * 300} ووصل إلى باريس") == [("باريس", "place")]


@pytest.mark.parametrize("text", ["", "\n\n", "   ", "\ud800\udc00\ud800", "\u202e\u2066\u2069", "«»\"'…", "no Arabic"])
def test_odd_input_gives_no_names(taught, text):
    assert taught.recognise(text) == []


@hypothesis_settings(max_examples=60, deadline=None)
@given(text=st.text(st.one_of(st.characters(), st.sampled_from("ابتسلوه ،.\n«»\u0640\u064b\u200f")), max_size=120))
def test_whatever_is_labelled_spans_lie_in_the_text_in_order_and_apart(random_weights, text):
    names = random_weights.recognise(text)
    assert all(0 <= name.start < name.end <= len(text) and name.name for name in names)
    assert all(before.end <= after.start for before, after in pairwise(names))


def test_a_model_without_the_labels_of_names_is_refused(data, taught):
    folder = data / "data" / "ner" / MODEL
    config = (folder / "config.json").read_text(encoding="utf-8")
    try:
        save_bert(folder, labels=[f"LABEL_{number}" for number in range(len(LABELS))], num_hidden_layers=2, **SMALL)
        with pytest.raises(NeuralUnavailable, match="does not label PERS"):
            load_neural()
    finally:
        save_taught_bert(folder, TAUGHT)
    assert (folder / "config.json").read_text(encoding="utf-8") == config


def test_a_broken_model_is_refused_in_one_line(data, taught):
    weights = data / "data" / "ner" / MODEL / "model.safetensors"
    whole = weights.read_bytes()
    weights.write_bytes(whole[:100])
    try:
        with pytest.raises(NeuralUnavailable, match="cannot be read") as refused:
            load_neural()
    finally:
        weights.write_bytes(whole)
    assert "\n" not in str(refused.value)


@pytest.mark.django_db
def test_stored_mentions_tell_which_recogniser_ran(taught, settings, monkeypatch):
    recognising._neural.cache_clear()
    settings.RECOGNISER = "camel"
    monkeypatch.setattr(sys, "argv", ["manage.py", "analyse_articles"])
    article = make_article(title="وصول", paragraphs=["وصل سامر الحداري لواشنطن."])
    record_mentions(article.current_revision)
    assert list(Mention.objects.order_by("start").values_list("surface", "recogniser")) == [
        ("سامر الحداري", "camel small 1"),
        ("واشنطن", "camel small 1"),
    ]
    recognising._neural.cache_clear()


def test_analyse_text_uses_it(data, tmp_path):
    (tmp_path / "a.txt").write_text("بلينكن في كأس العالم\nوصل بلينكن.", encoding="utf-8")
    result = subprocess.run(
        [sys.executable, "manage.py", "analyse_text", str(tmp_path / "a.txt"), "--output", str(tmp_path / "out")],
        cwd=REPOSITORY,
        env=os.environ | {"NEWSDESK_RECOGNISER": "camel", "DJANGO_SETTINGS_MODULE": "newsdesk.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (result.returncode, result.stderr) == (0, "")
    entities = json.loads((tmp_path / "out" / "a.json").read_text(encoding="utf-8"))["entities"]
    assert [(entity["start"], entity["end"], entity["type"]) for entity in entities] == [
        (0, 6, "PERS"),
        (10, 20, "MISC"),
        (25, 31, "PERS"),
    ]
