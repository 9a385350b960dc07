"""What is done with a run on its page: trying again, stopping, taking the list of refusals home."""

import csv

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import ImportRun
from tests.accounts import make_user
from tests.articles.markup import words
from tests.articles.test_pages_imports_run import make_run, page_of, refuse

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    client.force_login(make_user("editor"))
    return client


def test_what_was_taken_in_later_says_so_with_a_link_and_the_retry_leads_back(editor):
    run = make_run()
    again = make_run(retry_of=run)
    refuse(run, "late.html", kept=False, taken_in_by=again)
    page = page_of(editor, run)
    link = reverse("import_run", args=[again.pk])
    assert page.xpath(f"//ol[@class='item-rows']//a[@href='{link}']")
    assert page.xpath(f"//header[@class='run-head']//a[@href='{link}']")
    back = page_of(editor, again).xpath("//header[@class='run-head']//a/@href")
    assert back == [reverse("import_run", args=[run.pk])]


def test_how_many_can_be_tried_again_and_how_many_cannot_is_told(editor):
    run = make_run()
    for number in range(3):
        refuse(run, f"{number}.html")
    refuse(run, "gone.html", kept=False)
    refuse(run, "late.html", kept=False, taken_in_by=make_run())
    actions = page_of(editor, run).get_element_by_id("run-actions")
    assert "أعد محاولة المرفوضة (3)" in words(actions)
    assert "لأن شيئاً منه لم يُحفظ" in words(actions)
    assert "استُورد منها لاحقاً" in words(actions)


def test_where_nothing_was_kept_nothing_is_offered(editor):
    run = make_run()
    refuse(run, "gone.html", kept=False)
    assert page_of(editor, run).xpath("//form[contains(@action, 'retry')]") == []


def test_while_a_run_goes_on_it_can_be_stopped_and_nothing_be_tried_again(editor):
    run = make_run("running")
    run.chunks.create(number=0, records=3, payload=b"x")
    refuse(run, "bad.html")
    page = page_of(editor, run)
    assert page.xpath("//form[contains(@action, 'retry')]") == []
    response = editor.post(page.xpath("//form[contains(@action, 'stop')]/@action")[0])
    assert response.status_code == 303
    run.refresh_from_db()
    assert run.state == "stopped"
    assert "أُوقفت العملية" in editor.get(response["Location"]).content.decode()


def test_what_a_command_does_at_the_server_is_not_stopped_from_here(editor):
    run = make_run("running")
    page = page_of(editor, run)
    assert page.xpath("//form[contains(@action, 'stop')]") == []
    assert "على الخادم" in words(page.get_element_by_id("run-actions"))
    editor.post(reverse("stop_import", args=[run.pk]))
    run.refresh_from_db()
    assert run.state == "running"


def test_stopping_what_is_over_changes_nothing(editor):
    run = make_run("finished")
    editor.post(reverse("stop_import", args=[run.pk]))
    run.refresh_from_db()
    assert run.state == "finished"


@pytest.mark.parametrize("item", ["", "0", "x", "9" * 30])
def test_trying_again_what_is_not_there_is_one_line(editor, item):
    run = make_run()
    refuse(run, "gone.html", kept=False)
    response = editor.post(reverse("retry_import", args=[run.pk]), {"item": item}, follow=True)
    assert "لم يبقَ ما تمكن إعادة محاولته." in response.content.decode()
    assert ImportRun.objects.count() == 1


def test_the_refused_are_a_table_for_spreadsheets_that_holds_no_formula(editor):
    run = make_run()
    later = make_run()
    names = ["صفحة.html", '=HYPERLINK("http://x")', " @cmd", "-2+3.txt", "\t=1", "a,b;\nc.html"]
    for name in names:
        refuse(run, name, "=سبب", kept=False, taken_in_by=later)
    response = editor.get(reverse("import_refusals", args=[run.pk]))
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == f'attachment; filename="import-{run.pk}-refused.csv"'
    table = response.getvalue().decode("utf-8")
    assert table.startswith("\ufeff")
    head, *rows = csv.reader(table[1:].splitlines(keepends=True))
    assert head == ["المدخل", "السبب", "استُورد لاحقاً في العملية"]
    safe = [name if name in (names[0], names[-1]) else f"'{name}" for name in names]
    assert rows == [[name, "'=سبب", str(later.pk)] for name in safe]


PAGES = ("import_run", "import_refusals")
ACTIONS = ("stop_import", "retry_import")


@pytest.mark.parametrize("name", [*PAGES, *ACTIONS, "import_progress"])
@pytest.mark.parametrize("role", ["reader", "annotator"])
def test_a_run_is_for_those_who_import(client, name, role):
    run = make_run("running")
    client.force_login(make_user(role))
    address = reverse(name, args=[run.pk])
    assert (client.post(address) if name in ACTIONS else client.get(address)).status_code == 403


@pytest.mark.parametrize("name", ACTIONS)
def test_writing_is_by_post_and_from_our_own_pages(editor, name):
    address = reverse(name, args=[make_run("running").pk])
    assert editor.get(address).status_code == 405
    stranger = Client(enforce_csrf_checks=True)
    stranger.force_login(make_user("editor"))
    assert stranger.post(address).status_code == 403
    assert ImportRun.objects.get().state == "running"


@pytest.mark.parametrize("name", [*PAGES, "import_progress"])
def test_an_unknown_run_is_not_found(editor, name):
    assert editor.get(reverse(name, args=[10**18])).status_code == 404
    assert editor.get(f"/imports/{10**30}/").status_code == 404
