"""The page on which an editor sends a file of marks, sees what it would do, and has it stored."""

import json
from dataclasses import replace
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from annotations.exports.formats import FORMATS
from annotations.exports.records import Losses
from annotations.models import Annotation, MarkImport, MarkImportPart
from annotations.receiving import asking
from tests.accounts import make_user
from tests.annotations.exports.samples import plain, uuid, whole
from tests.annotations.marks import make_mark
from tests.annotations.receiving.arriving import ABOUT, stored_sample
from tests.annotations.requests import signed_in

pytestmark = pytest.mark.django_db
LIST = "/imports/marks/"


@pytest.fixture
def editor():
    return make_user("editor")


@pytest.fixture
def client(editor) -> Client:
    return signed_in(editor)


def a_file(*records, name: str = "علامات.jsonl") -> SimpleUploadedFile:
    file = BytesIO()
    FORMATS["jsonl"].write(iter(records), file, ABOUT, Losses())
    return SimpleUploadedFile(name, file.getvalue())


def sent(client: Client, file: SimpleUploadedFile, **fields) -> MarkImport:
    response = client.post(LIST, {"file": file, "format": "jsonl"} | fields)
    asked = MarkImport.objects.first()
    assert (response.status_code, response.headers["Location"]) == (303, reverse("mark_import", args=[asked.uuid]))
    return asked


def work() -> None:
    """What the workers would do, by the jobs that wait for them."""
    tasks = {"annotations.tasks.check_marks": asking.check_marks, "annotations.tasks.store_marks": asking.store_marks}
    for job in ProcrastinateJob.objects.filter(task_name__in=tasks).order_by("id"):
        tasks[job.task_name](job.args["mark_import_id"])


def page(client: Client, asked: MarkImport) -> str:
    response = client.get(reverse("mark_import", args=[asked.uuid]))
    assert response.status_code == 200
    return response.content.decode()


def test_a_file_is_looked_at_first_and_stored_when_that_is_confirmed(client, editor):
    article = stored_sample()
    make_mark(article, "وزيرة المياه سلمى الرافعي", kind="speaker", by=editor)
    asked = sent(client, a_file(whole(), plain()))
    assert "تُفحص" in page(client, asked)
    work()
    shown = page(client, asked)
    assert "ما سيجري" in shown
    assert "كلماتها معلَّمة هنا من قبل" in shown
    assert "ليست هذه المادة هنا." in shown
    assert Annotation.objects.count() == 1
    assert client.post(reverse("confirm_mark_import", args=[asked.uuid])).status_code == 303
    work()
    shown = page(client, asked)
    assert "ما جرى" in shown
    assert "تمّ الاستيراد" in shown
    assert Annotation.objects.count() == 9
    asked.refresh_from_db()
    assert asked.report == asked.found
    assert not MarkImportPart.objects.filter(is_aside=False).exists()
    assert "علامات.jsonl" in client.get(LIST).content.decode()


def test_what_is_not_taken_can_be_taken_away_whole(client):
    asked = sent(client, a_file(plain()))
    work()
    response = client.get(reverse("mark_import_aside", args=[asked.uuid]))
    (line,) = map(json.loads, b"".join(response.streaming_content).splitlines())
    assert (line["mark"]["uuid"], line["reason"]) == (uuid(900), "ليست هذه المادة هنا.")
    assert "attachment" in response.headers["Content-Disposition"]
    assert "ليس في هذا الملف ما يُستورد." in page(client, asked)


def test_a_file_that_cannot_be_read_says_why_and_nothing_is_kept(client):
    asked = sent(client, SimpleUploadedFile("x.jsonl", b"not json"))
    work()
    assert "تعذّرت قراءة الملف" in page(client, asked)
    assert "line 1" in page(client, asked)
    assert not MarkImportPart.objects.exists()


def test_a_damaged_file_is_named_as_it_was_sent(client):
    asked = sent(client, SimpleUploadedFile("مشروعنا.zip", b"PK\x03\x04"), format="xmi")
    work()
    assert "مشروعنا.zip: a ZIP that is damaged or cut off" in page(client, asked)


def test_markup_in_names_and_words_is_shown_as_text(client):
    evil = "<img src=x onerror=alert(1)>"
    record = replace(plain(), title=evil, marks=(replace(plain().marks[0], uuid="", note=evil),))
    asked = sent(client, a_file(record, name=f"{evil}.jsonl"))
    work()
    assert "<img src=x" not in page(client, asked) + client.get(LIST).content.decode()


def test_replacing_is_asked_for(client, editor):
    stored_sample()
    first = sent(client, a_file(whole()))
    work()
    client.post(reverse("confirm_mark_import", args=[first.uuid]))
    work()
    other = replace(whole(), marks=(replace(whole().marks[0], note="رأي آخر"),))
    sent(client, a_file(other))
    work()
    assert MarkImport.objects.first().found["fates"]["differs"] == 1
    asked = sent(client, a_file(other), replace="on")
    work()
    client.post(reverse("confirm_mark_import", args=[asked.uuid]))
    work()
    assert Annotation.objects.get(uuid=uuid(1)).note == "رأي آخر"


def test_work_that_is_done_twice_changes_nothing(client):
    """A worker that died after it had stored some, or all."""
    stored_sample()
    asked = sent(client, a_file(whole()))
    work()
    client.post(reverse("confirm_mark_import", args=[asked.uuid]))
    work()
    MarkImport.objects.filter(pk=asked.pk).update(state="storing")
    work()
    assert Annotation.objects.count() == 9


@pytest.mark.parametrize(
    ("fields", "status", "line"),
    [
        ({"format": "jsonl"}, 422, "اختر ملفاً"),
        ({"format": "docx", "file": a_file(plain())}, 422, "صيغة الملف"),
        ({"format": "jsonl", "kind": "rumour", "file": a_file(plain())}, 422, "نوع العلامات"),
    ],
)
def test_what_is_wrong_with_the_form_is_said(client, fields, status, line):
    response = client.post(LIST, fields)
    assert response.status_code == status
    assert line in response.content.decode()
    assert not MarkImport.objects.exists()


def test_a_file_that_is_too_large_is_refused_before_it_is_read(client, settings):
    settings.UPLOAD_MAX_BYTES = -12_000_000 + 100
    response = client.post(LIST, {"format": "jsonl", "file": a_file(whole())})
    assert response.status_code == 413
    assert not MarkImport.objects.exists()


def test_nobody_keeps_the_workers_busy_alone(client):
    for _ in range(asking.MOST_AT_ONCE):
        sent(client, a_file(plain()))
    assert client.post(LIST, {"format": "jsonl", "file": a_file(plain())}).status_code == 409


def test_it_is_for_editors_and_a_file_is_for_who_sent_it(client):
    asked = sent(client, a_file(plain()))
    work()
    own = [reverse(name, args=[asked.uuid]) for name in ("mark_import", "mark_import_state", "mark_import_aside")]
    acts = [reverse(name, args=[asked.uuid]) for name in ("confirm_mark_import", "forget_mark_import")]
    assert [client.get(address).status_code for address in own] == [200] * 3
    other, annotator, visitor = signed_in(make_user("editor")), signed_in(make_user("annotator")), Client()
    assert {other.get(address).status_code for address in own} == {404}
    assert {other.post(address).status_code for address in acts} == {404}
    assert annotator.get(LIST).status_code == annotator.post(LIST).status_code == 403
    assert visitor.get(LIST).status_code == 302
    assert "/imports/marks/" in client.get(reverse("import_list")).content.decode()
    assert Client(enforce_csrf_checks=True).post(LIST).status_code in (302, 403)


def test_a_file_is_forgotten_when_asked_and_after_some_days(client):
    stored_sample()
    asked = sent(client, a_file(whole()))
    client.post(reverse("forget_mark_import", args=[asked.uuid]))
    assert not MarkImport.objects.exists()
    work()
    sent(client, a_file(whole()))
    MarkImport.objects.update(created_at="2020-01-01T00:00:00+00:00")
    asking.forget_old_imports()
    assert not MarkImport.objects.exists()
