"""Marks taken away from the pages: chosen, downloaded at once or when they are ready, by who asked alone."""

from html import unescape
from io import BytesIO
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from annotations.exporting import running
from annotations.exporting.scopes import ALL, Scope
from annotations.exporting.wanted import Wanted
from annotations.exports import jsonl
from annotations.models import Export
from annotations.views import exports as views
from articles.models import Article, Source
from tests.accounts import make_user
from tests.annotations.exporting.desk import CLAIM, QUOTE, SPEAKER, SUGGESTED, TITLE, Desk, fill_desk
from tests.annotations.marks import make_mark
from tests.annotations.requests import signed_in
from tests.articles.factories import make_article
from tests.articles.working import waiting_jobs
from tests.searching import index_everything

pytestmark = pytest.mark.django_db
NEW = "/exports/new/"
CHOICES = {"format": "jsonl", "kinds": ["quote", "speaker", "claim"], "comments": "on", "history": "on"}


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path) -> None:
    settings.EXPORT_FOLDER = tmp_path / "exports"


@pytest.fixture
def desk() -> Desk:
    return fill_desk()


def articles_in(response, folder: Path) -> list:
    assert response.status_code == 200
    content = BytesIO(b"".join(response.streaming_content)).getvalue()
    path = folder / "answer.jsonl"
    path.write_bytes(content)
    return list(jsonl.read(path))


def words_in(response, folder: Path) -> list[str]:
    return [mark.exact for article in articles_in(response, folder) for mark in article.marks]


def test_the_marks_of_an_article_come_at_once(desk, tmp_path):
    client = signed_in(desk.annotator)
    address = f"{NEW}?article={desk.article.pk}"
    page = client.get(desk.article.get_absolute_url()).content.decode()
    assert f'href="{address}"' in page
    assert TITLE in client.get(address).content.decode()
    response = client.post(address, CHOICES | {"statuses": ["accepted", "suggested"]})
    assert response["Content-Disposition"].startswith('attachment; filename="newsdesk-')
    assert response["Content-Type"] == "application/x-ndjson"
    assert set(words_in(response, tmp_path)) == {SPEAKER, QUOTE, CLAIM, SUGGESTED, "سجلات الميناء"}
    assert not Export.objects.exists()


def test_the_marks_of_a_search_are_reached_from_its_results(desk, tmp_path):
    other = make_article(title="وصول القافلة", paragraphs=["قال المختار: «وصلنا»."])
    make_mark(other, "وصلنا", by=desk.annotator)
    index_everything()
    client = signed_in(desk.annotator)
    page = client.get(reverse("article_list"), {"q": "القافلة"}).content.decode()
    address = next(unescape(part.split('"')[0]) for part in page.split('href="') if part.startswith(NEW))
    assert "القافلة" in client.get(address).content.decode()
    response = client.post(address, CHOICES | {"statuses": ["accepted"]})
    assert words_in(response, tmp_path) == ["وصلنا"]


def test_what_rights_keep_here_is_said_before(desk):
    Source.objects.update(rights=Source.Rights.EXCERPT)
    client = signed_in(desk.annotator)
    assert "لا تسمح حقوق مصدرها" in client.get(f"{NEW}?article={desk.article.pk}").content.decode()
    Source.objects.update(rights=Source.Rights.INTERNAL)
    assert "ولن تخرج" in client.get(f"{NEW}?article={desk.article.pk}").content.decode()


def test_marks_that_the_desk_chose_are_exported_alone(desk, tmp_path):
    moderator = make_user("moderator")
    moderator.is_staff = True
    moderator.save()
    client = signed_in(moderator)
    chosen = {"action": "export_marks", "_selected_action": [desk.claim.pk, desk.speaker.pk]}
    response = client.post(reverse("admin:annotations_annotation_changelist"), chosen)
    assert words_in(client.post(response.url, CHOICES | {"statuses": ["accepted"]}), tmp_path) == [SPEAKER, CLAIM]
    chosen = {"action": "export_marks_of", "_selected_action": [desk.article.pk]}
    response = client.post(reverse("admin:articles_article_changelist"), chosen)
    assert len(words_in(client.post(response.url, CHOICES | {"statuses": ["accepted"]}), tmp_path)) == 3


def test_more_than_a_few_are_made_in_the_background(desk, monkeypatch):
    monkeypatch.setattr(views, "MOST_MARKS", 2)
    client = signed_in(desk.annotator)
    response = client.post(NEW, CHOICES | {"statuses": ["accepted"]})
    assert (response.status_code, response.url) == (303, reverse("export_list"))
    export = Export.objects.get()
    assert waiting_jobs() == [("make_export", {"export_id": export.pk})]
    assert "في الانتظار" in client.get(reverse("export_list")).content.decode()
    assert "hx-get" in client.get(reverse("export_row", args=[export.uuid])).content.decode()
    assert client.get(reverse("export_file", args=[export.uuid])).status_code == 404
    running.make_export(export.pk)
    row = client.get(reverse("export_row", args=[export.uuid])).content.decode()
    assert "hx-get" not in row
    assert reverse("export_file", args=[export.uuid]) in row


@pytest.fixture
def made(desk) -> Export:
    scope = Scope(ALL, desk.annotator)
    export = running.ask_export(by=desk.annotator, scope=scope, wanted=Wanted(), form="jsonl", site="")
    running.make_export(export.pk)
    return Export.objects.get()


def test_a_file_is_given_to_who_asked_for_it_and_to_nobody_else(desk, made, tmp_path):
    address = reverse("export_file", args=[made.uuid])
    assert len(words_in(signed_in(desk.annotator).get(address), tmp_path)) == 3
    others = signed_in(make_user("administrator"))
    for name in ("export_file", "export_row"):
        assert others.get(reverse(name, args=[made.uuid])).status_code == 404
    for name in ("cancel_export", "delete_export"):
        assert others.post(reverse(name, args=[made.uuid])).status_code == 404
    assert str(made.uuid) not in others.get(reverse("export_list")).content.decode()
    assert Client().get(address).status_code == 302


def test_a_file_is_deleted_by_who_asked_for_it(desk, made):
    client = signed_in(desk.annotator)
    assert client.post(reverse("delete_export", args=[made.uuid])).status_code == 303
    assert not Export.objects.exists()
    assert not running.file_of(made).exists()


def test_one_that_waits_is_cancelled(desk):
    scope = Scope(ALL, desk.annotator)
    export = running.ask_export(by=desk.annotator, scope=scope, wanted=Wanted(), form="jsonl", site="")
    signed_in(desk.annotator).post(reverse("cancel_export", args=[export.uuid]))
    assert Export.objects.get().state == Export.State.CANCELLED


def test_visitors_export_nothing_also_where_reading_is_open(desk, settings):
    settings.PUBLIC_READING = True
    client = Client()
    for address in (NEW, f"{NEW}?article={desk.article.pk}", reverse("export_list")):
        assert client.get(address).url.startswith(reverse("login"))
    assert client.post(f"{NEW}?article={desk.article.pk}", CHOICES).status_code == 302
    assert NEW not in client.get(desk.article.get_absolute_url()).content.decode()


def test_a_reader_exports_what_is_accepted_on_what_they_may_read(desk, tmp_path):
    client = signed_in(make_user("reader"))
    address = f"{NEW}?article={desk.article.pk}"
    assert 'name="statuses"' not in client.get(address).content.decode()
    response = client.post(address, CHOICES | {"statuses": ["suggested", "rejected"]})
    assert words_in(response, tmp_path) == [SPEAKER, QUOTE, CLAIM]
    Article.objects.update(status=Article.Status.PENDING)
    assert client.get(address).status_code == 404
    assert client.post(address, CHOICES).status_code == 404
    assert client.get(f"{NEW}?mark={desk.quote.pk}").status_code == 404


@pytest.mark.parametrize("query", ["article=x", "article=1,²", "mark=-1", "article=" + "9" * 30, "mark=1;2"])
def test_an_address_that_names_nothing_leads_nowhere(desk, query):
    assert signed_in(desk.annotator).get(f"{NEW}?{query}").status_code == 404


@pytest.mark.parametrize("given", [{"format": "nonsense"}, {"kinds": []}, {"statuses": []}, {"kinds": ["verb"]}])
def test_a_choice_that_is_none_is_refused_beside_it(desk, given):
    response = signed_in(desk.annotator).post(NEW, CHOICES | {"statuses": ["accepted"]} | given)
    assert response.status_code == 422
    assert not Export.objects.exists()


def test_a_search_that_asks_for_what_is_no_more_is_said(desk):
    response = signed_in(desk.annotator).get(f"{NEW}?of=search&source=987654")
    assert response.status_code == 400
    assert "لم يعد هذا البحث صالحاً" in response.content.decode()
