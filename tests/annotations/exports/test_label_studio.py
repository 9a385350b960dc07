"""Tasks for Label Studio, held to what its importer and its frontend ask of them."""

import io
import json
from dataclasses import replace
from zipfile import ZipFile

import pytest
from django.utils import translation
from lxml import etree

from annotations.exports import label_studio, wording
from annotations.exports.dropped import NO_TEXT, NOT_STANDING, REJECTED
from annotations.exports.records import ArticleRecord, Losses, TextRecord
from tests.annotations.exports.compared import ABOUT
from tests.annotations.exports.samples import TEXT, plain, uuid, whole


def exported(*articles: ArticleRecord) -> tuple[dict[str, str], Losses]:
    file, losses = io.BytesIO(), Losses()
    label_studio.write(articles, file, ABOUT, losses)
    with ZipFile(file) as packed:
        assert packed.testzip() is None
        return {name: packed.read(name).decode() for name in packed.namelist()}, losses


def tasks(*articles: ArticleRecord) -> list[dict]:
    files, _ = exported(*articles)
    return [task for name in sorted(files) if name.startswith("tasks-") for task in json.loads(files[name])]


def results(task: dict, kind: str) -> list[dict]:
    sets = [*task["annotations"], *task["predictions"]]
    return [result for one in sets for result in one["result"] if result["type"] == kind]


def region(task: dict, name: str, tag: str = "mark") -> dict:
    (found,) = [one for kind in ("labels", "choices", "textarea") for one in results(task, kind)
                if (one["id"], one["from_name"]) == (name, tag)]  # fmt: skip
    return found


def test_every_region_holds_its_words_in_code_points():
    (task,) = tasks(whole())
    regions = results(task, "labels")
    assert task["data"]["text"] == TEXT
    assert len(regions) == sum(len(mark.parts) for mark in whole().standing().marks) + len(whole().mentions)
    for one in regions:
        value = one["value"]
        assert TEXT[value["start"] : value["end"]] == value["text"]
    behind = region(task, f"{uuid(4)}-1")["value"]
    assert behind["text"] == "التربة صالحة للبناء 👷🏽‍♀️ بلا تحفظ"
    assert len(TEXT[: behind["start"]].encode("utf-16-le")) // 2 > behind["start"]


def test_the_interface_has_a_tag_for_everything_that_the_tasks_say():
    files, _ = exported(whole(), plain())
    root = etree.fromstring(files["labeling_config.xml"].encode())
    tags = {tag.get("name"): tag for tag in root.iter("Labels", "Choices", "TextArea")}
    known = {name: {one.get("alias") for one in tag} for name, tag in tags.items()}
    assert {tag.get("toName") for tag in tags.values()} == {root.find("Text").get("name")}
    assert root.get("style") == "direction: rtl"
    for task in tasks(whole(), plain()):
        assert root.find("Text").get("value") == "$text"
        assert isinstance(task["data"]["text"], str)
        for kind in ("labels", "choices"):
            for one in results(task, kind):
                assert set(one["value"][kind]) <= known[one["from_name"]]
        assert {one["from_name"] for one in results(task, "textarea")} <= tags.keys()
        relations = {label for one in results(task, "relation") for label in one["labels"]}
        assert relations <= {one.get("value") for one in root.iter("Relation")}
    assert known["stance"] == set(wording.STANCES)


def test_links_lead_from_region_to_region_of_one_annotation():
    (task,) = tasks(whole())
    for one in [*task["annotations"], *task["predictions"]]:
        names = {result["id"] for result in one["result"] if result["type"] == "labels"}
        ends = [(link["from_id"], link["to_id"]) for link in one["result"] if link["type"] == "relation"]
        assert {end for link in ends for end in link} <= names
    links = {(link["from_id"], link["labels"][0], link["to_id"]) for link in results(task, "relation")}
    quote = f"{uuid(4)}-1"
    assert {(f"{uuid(4)}-0", "cue_of", quote), (quote, "said_by", f"{uuid(5)}-0")} <= links
    assert (f"{uuid(8)}-0", "stands_in", f"{uuid(7)}-0") in links
    assert (f"{uuid(3)}-1", "continues", f"{uuid(3)}-0") in links


def test_what_people_decided_is_an_annotation_and_what_is_suggested_a_prediction():
    (task,) = tasks(whole())
    (annotation,) = task["annotations"]
    assert not any(result.get("id", "").startswith(uuid(9)) for result in annotation["result"])
    predictions = {one["model_version"]: one for one in task["predictions"]}
    assert predictions.keys() == {"newsdesk 2", "newsdesk"}
    assert predictions["newsdesk 2"]["score"] == 0.75
    (suggested,) = predictions["newsdesk 2"]["result"]
    assert (suggested["id"], suggested["score"]) == (f"{uuid(9)}-0", 0.75)
    assert {one["value"]["labels"][0] for one in predictions["newsdesk"]["result"]} == {"place", "person", "other"}
    assert tasks(replace(plain(), marks=()))[0]["annotations"] == []


def test_what_is_known_of_a_mark_stands_at_its_first_words():
    (task,) = tasks(whole())
    first = f"{uuid(3)}-0"
    assert region(task, first, "quote_type")["value"]["choices"] == ["mixed"]
    assert region(task, first, "stance")["value"]["choices"] == ["assertive"]
    assert region(task, first, "channel")["value"]["choices"] == ["press_conference"]
    assert region(task, first, "tags")["value"]["text"] == list(whole().marks[2].tags)
    assert region(task, first, "note")["value"]["text"] == [whole().marks[2].note]
    assert region(task, f"{uuid(6)}-0", "speakers")["value"]["text"] == [
        "مروان الشامي (غير مؤكد)",
        "وكالة الواحة (نقل)",
    ]


def test_what_does_not_leave_is_counted():
    kept_here = replace(plain(), texts=(TextRecord(1, "0" * 64),))
    rejected = replace(plain(), marks=(replace(plain().marks[0], status="rejected"),))
    gone = replace(plain(), marks=(replace(plain().marks[0], revision=7),))
    files, losses = exported(kept_here, rejected, gone, whole())
    assert len(json.loads(files["tasks-0001.json"])) == 3
    assert (losses.counted[NO_TEXT], losses.counted[REJECTED], losses.counted[NOT_STANDING]) == (1, 1, 1)
    assert losses.counted.keys() <= set(label_studio.DROPS)


def test_a_link_to_a_mark_that_is_not_in_the_annotation_is_counted():
    article = whole()
    unlinked = replace(article, marks=tuple(mark for mark in article.marks if mark.uuid != uuid(7)))
    _, losses = exported(unlinked)
    assert losses.counted[label_studio.UNLINKED] == 1


def test_tasks_are_parted_into_files_that_are_not_too_large(monkeypatch):
    monkeypatch.setattr(label_studio, "LARGEST", 4_000)
    files, _ = exported(*(replace(plain(), id=number) for number in range(1, 8)))
    parts = sorted(name for name in files if name.startswith("tasks-"))
    assert len(parts) > 1
    assert all(len(files[name].encode()) < 4_200 for name in parts)
    assert [task["data"]["article"] for name in parts for task in json.loads(files[name])] == [*range(1, 8)]


def test_nothing_gives_a_file_that_is_a_list_of_no_tasks():
    assert json.loads(exported()[0]["tasks-0001.json"]) == []


def test_the_file_names_program_version_and_schema():
    files, _ = exported(plain())
    about = json.loads(files["newsdesk.json"])
    assert (about["program"], about["version"], about["schema"]) == ("Newsdesk", "0.1.0", "newsdesk-label-studio 1")
    assert tasks(plain())[0]["data"]["exported_by"] == "Newsdesk 0.1.0"


@pytest.mark.parametrize(("language", "label", "side"), [("ar", "اقتباس", "rtl"), ("en", "Quote", "ltr")])
def test_labels_are_shown_in_the_language_of_whoever_exports(language, label, side):
    with translation.override(language):
        root = etree.fromstring(exported(plain())[0]["labeling_config.xml"].encode())
    assert root.find("Labels")[0].get("value") == label
    assert root.find("Labels")[0].get("alias") == "quote"
    assert root.get("style") == f"direction: {side}"
