"""A BERT with random weights that camel-tools' NERecognizer reads like a trained one, and a catalogue that names it."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

# In the order of the CAMeL models.
LABELS = ("B-LOC", "B-ORG", "B-PERS", "B-MISC", "I-LOC", "I-ORG", "I-PERS", "I-MISC", "O")
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
SMALL = {"hidden_size": 16, "num_attention_heads": 2, "intermediate_size": 16}
LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأؤإئىة«»()،؛؟.:!-0123456789"


def save_bert(folder: Path, *, words: Iterable[str] = (), labels: Iterable[str] = LABELS, seed: int = 7, **config: Any):
    """Write a model with a WordPiece vocabulary of these words, letters and pieces of one letter, and return it.

    `config` as in transformers' BertConfig. The weights are random, the same for the same seed.
    """
    import torch  # noqa: PLC0415 - an extra that is not everywhere
    from transformers import BertConfig, BertForTokenClassification, BertTokenizer  # noqa: PLC0415

    folder.mkdir(parents=True, exist_ok=True)
    pieces = [*SPECIAL, *LETTERS, *(f"##{letter}" for letter in LETTERS), *sorted(set(words) - set(LETTERS))]
    (folder / "vocab.txt").write_text("\n".join(pieces) + "\n", encoding="utf-8")
    torch.manual_seed(seed)
    names = dict(enumerate(labels))
    numbers = {label: number for number, label in names.items()}
    model = BertForTokenClassification(BertConfig(vocab_size=len(pieces), id2label=names, label2id=numbers, **config))
    model.save_pretrained(folder)
    BertTokenizer(str(folder / "vocab.txt"), do_lower_case=False).save_pretrained(folder)
    return model


def save_taught_bert(folder: Path, labels: Mapping[str, str]) -> None:
    """Write a BERT of two layers that gives each of these words its label, and every other word O.

    A word's vector points at its label, and the layers only pass it on.
    """
    import torch  # noqa: PLC0415

    model = save_bert(folder, words=labels, num_hidden_layers=2, **SMALL)
    vocabulary = (folder / "vocab.txt").read_text(encoding="utf-8").splitlines()
    embeddings = model.bert.embeddings
    with torch.no_grad():
        for part in (embeddings.word_embeddings, embeddings.position_embeddings, embeddings.token_type_embeddings):
            part.weight.zero_()
        for number, piece in enumerate(vocabulary):
            embeddings.word_embeddings.weight[number, LABELS.index(labels.get(piece, "O"))] = 1
        for layer in model.bert.encoder.layer:
            for dense in (layer.attention.output.dense, layer.output.dense):
                dense.weight.zero_()
                dense.bias.zero_()
        model.classifier.weight.copy_(torch.eye(*model.classifier.weight.shape))
        model.classifier.bias.zero_()
    model.save_pretrained(folder)


def write_catalogue(data: Path, model: str) -> Path:
    """A catalogue in camel-tools' data folder whose default recogniser is `model`; returns the model's folder."""
    datasets = {model: {"path": f"ner/{model}"}}
    components = {"NamedEntityRecognition": {"default": model, "datasets": datasets}}
    data.mkdir(parents=True, exist_ok=True)
    catalogue = {"version": "1.6.0", "packages": {}, "components": components}
    (data / "catalogue.json").write_text(json.dumps(catalogue), encoding="utf-8")
    return data / "data" / "ner" / model
