"""Starting an import in the browser, and the list of runs."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.models import ImportRun, Upload
from tests.accounts import make_user
from tests.articles.factories import make_source
from tests.articles.markup import page_in, with_class, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    client.user = make_user("editor", username="nadia")
    client.force_login(client.user)
    return client


def file(name: str = "صفحة.html", content: bytes = b"<p>x") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def start(client: Client, **given):
    return client.post(reverse("import_list"), given)


def errors_of(response) -> str:
    return words(page_in(response).get_element_by_id("start-errors"))


def over(state: str = "finished", **fields) -> ImportRun:
    failure = {"failure": "القرص ممتلئ"} if state == "failed" else {}
    return ImportRun.objects.create(state=state, finished_at=timezone.now(), **failure, **fields)


def test_files_and_addresses_become_one_run_that_is_shown(editor):
    response = start(editor, files=[file("a.html"), file("b.html")], addresses="https://news.example/feed")
    run = ImportRun.objects.get()
    assert (response.status_code, response["Location"]) == (303, reverse("import_run", args=[run.pk]))
    assert (run.state, run.by, run.by_name) == ("waiting", editor.user, "nadia")
    assert {"a.html", "b.html", "https://news.example/feed"} <= set(run.inputs.splitlines())
    assert {(run.pk, "a.html"), (run.pk, "b.html")} <= set(Upload.objects.values_list("run", "name"))


def test_the_options_reach_the_run_and_its_page(editor):
    columns = "العنوان=headline\n\ntext = body=html\n"
    response = start(editor, files=file("t.csv"), source="جريدة السكة", format="csv", columns=columns)
    run = ImportRun.objects.get()
    assert run.options["columns"] == {"title": "headline", "text": "body=html"}
    assert (run.options["format"], run.options["source"]) == ("csv", "جريدة السكة")
    told = words(with_class(page_in(editor.get(response["Location"])), "run-options")[0])
    assert told == "وسيلة الإعلام جريدة السكة نوع الملفات جدول CSV العنوان headline النص body=html"


@pytest.mark.parametrize("given", [{}, {"addresses": " \n\n "}, {"source": "جريدة السكة"}])
def test_an_empty_form_is_one_clear_line(editor, given):
    response = start(editor, **given)
    assert response.status_code == 422
    assert errors_of(response) == "اختر ملفاً، أو اكتب عنواناً واحداً على الأقل."
    assert not ImportRun.objects.exists()


def test_addresses_are_taken_one_a_line_and_once(editor):
    start(editor, addresses="https://a.example/1\r\n  b.example/خبر \n\nhttps://a.example/1\nHTTP://c.example")
    taken = ImportRun.objects.get().inputs.splitlines()
    assert taken == ["https://a.example/1", "https://b.example/خبر", "HTTP://c.example"]


@pytest.mark.parametrize(
    "line",
    [
        "file:///etc/passwd",
        "/etc/passwd",
        "ftp://a.example/x",
        "javascript://x%0a",
        "https://",
        "https://a b.example",
        "https://[::1",
        "https://a.example:99999/",
        "https://a.example/" + "x" * 2000,
        "https://a.example/\u202eabc",
    ],
)
def test_what_is_no_web_address_is_named_and_nothing_begins(editor, line):
    response = start(editor, addresses=f"https://a.example/1\n{line}", source="جريدة السكة")
    assert response.status_code == 422
    assert errors_of(response).startswith("عناوين صفحات أو خلاصات أو خرائط مواقع: السطر 2 ليس عنوان صفحة:")
    page = page_in(response)
    assert line in page.get_element_by_id("id_addresses").text_content()
    assert page.get_element_by_id("id_source").get("value") == "جريدة السكة"
    assert page.xpath("//details[@class='start-options']/@open") == [""]
    assert not ImportRun.objects.exists()


def test_a_path_of_the_server_is_no_input_from_the_browser(editor):
    """A line without a scheme is taken for an address on the web, never for a file beside the program."""
    start(editor, addresses="etc/passwd")
    assert ImportRun.objects.get().inputs == "https://etc/passwd"


@pytest.mark.parametrize("columns", ["title", "title=", "=x", "nothing=x", "title=" + "x" * 201])
def test_a_column_map_that_cannot_be_read_names_its_line(editor, columns):
    response = start(editor, files=file("t.csv"), columns=f"text=body\n{columns}")
    assert response.status_code == 422
    assert "السطر 2 غير مفهوم" in errors_of(response)


def test_an_upload_beyond_the_bound_is_one_line_and_the_rest_of_the_form_stays(editor, settings):
    settings.UPLOAD_MAX_BYTES = 2_000
    response = start(editor, files=[file("a.txt", b"x" * 1_500), file("b.txt", b"x" * 1_500)], addresses="a.example")
    assert response.status_code == 422
    assert errors_of(response).startswith("الملفات: ما اخترته أكبر مما يُرسل دفعة واحدة (2 كيلوبايت).")
    assert page_in(response).get_element_by_id("id_addresses").text_content().strip() == "a.example"
    assert not ImportRun.objects.exists()


def test_a_far_larger_one_is_not_even_kept_while_it_is_read(editor, settings, monkeypatch):
    settings.UPLOAD_MAX_BYTES = 1_000
    monkeypatch.setattr("articles.views.importing.uploads._FIELDS_BYTES", 1_000)
    settings.FILE_UPLOAD_HANDLERS = ["tests.articles.test_pages_imports.NoFileMayCome"]
    response = start(editor, addresses="a.example", files=file("a.txt", b"x" * 100_000), source="س")
    assert response.status_code == 413
    assert "أكبر مما يُرسل دفعة واحدة" in errors_of(response)
    assert page_in(response).get_element_by_id("id_addresses").text_content().strip() == "a.example"
    assert page_in(response).get_element_by_id("id_source").get("value") == "س"


class NoFileMayCome:
    """An upload handler that no file may reach."""

    chunk_size = 1_000

    def __init__(self, request):
        pass

    def handle_raw_input(self, *args):
        return None

    def new_file(self, *args):
        raise AssertionError("the file was taken in")

    def upload_interrupted(self):
        return None

    def upload_complete(self):
        return None


def test_too_many_files_are_one_line_once_all_was_sent(editor, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 3
    response = start(editor, files=[file(f"{number}.txt", b"x" * 300_000) for number in range(8)])
    # A server that hangs up in the middle leaves the browser with an error of its own.
    assert response.wsgi_request.META["wsgi.input"].read() == b""
    assert response.status_code == 413
    assert errors_of(response) == "الملفات: الملفات أكثر من 3. اجمعها في ملف ZIP واحد وأرسله."
    assert not ImportRun.objects.exists()


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.html", "passwd.html"),
        ("C:\\data\\a.html", "a.html"),
        ("a\x07\u202eb.html", "ab.html"),
        ("<b onclick=x>.html", "<b onclick=x>.html"),
    ],
)
def test_a_hostile_file_name_is_only_a_name(editor, name, kept):
    start(editor, files=file(name))
    run = ImportRun.objects.get()
    assert run.inputs == kept
    page = page_in(editor.get(reverse("import_run", args=[run.pk])))
    assert words(page.xpath("//h1")[0]) == kept
    assert page.xpath("//h1//b") == []


def test_a_name_of_three_hundred_letters_is_taken(editor):
    assert start(editor, files=file("ط" * 296 + ".html")).status_code == 303
    assert ImportRun.objects.get().inputs.startswith("ط" * 50)


def test_an_empty_file_is_for_the_run_to_refuse_and_not_for_the_form(editor):
    assert start(editor, files=[file("empty.html", b""), file("a.html")]).status_code == 303


def test_the_runs_are_listed_the_newest_first_with_who_what_state_and_counts(editor):
    over(inputs="/srv/pages", created=1_200, refused=3)
    ImportRun.objects.create(inputs="a.zip\nb.zip\nc.zip", by_name="samar", state="running", weight=200, weight_done=50)
    newest, oldest = with_class(page_in(editor.get(reverse("import_list"))), "run-row")
    assert "a.zip" in words(newest)
    assert "2" in words(newest)
    assert "b.zip" not in words(newest)
    assert "جارية" in words(newest)
    assert "samar" in words(newest)
    assert newest.xpath(".//progress/@value") == ["25"]
    assert "/srv/pages انتهت من الخادم" in words(oldest)
    assert "جديدة 1,200 مرفوضة 3" in words(oldest)
    assert oldest.xpath(".//progress") == []


def test_a_run_that_failed_says_why_in_the_list(editor):
    over("failed", inputs="a.zip")
    assert "القرص ممتلئ" in words(with_class(page_in(editor.get(reverse("import_list"))), "run-row")[0])


def test_runs_of_others_are_seen_by_every_editor_twenty_a_page(editor):
    ImportRun.objects.bulk_create(ImportRun(inputs=f"{number}.zip", by_name="samar") for number in range(45))
    page = page_in(editor.get(reverse("import_list"), {"page": 3}))
    assert [words(row) for row in with_class(page, "run-what")] == [f"{number}.zip" for number in range(4, -1, -1)]
    assert "الصفحة 3 من 3" in words(with_class(page, "paging")[0])


def test_an_outlet_can_be_chosen_among_those_that_are_known(editor):
    make_source("جريدة السكة")
    page = page_in(editor.get(reverse("import_list")))
    assert page.xpath("//datalist[@id='outlets']/option/@value") == ["جريدة السكة"]


@pytest.mark.parametrize("number", [0, 20])
def test_the_page_asks_twelve_times_at_most_however_many_runs(editor, django_assert_max_num_queries, number):
    ImportRun.objects.bulk_create(ImportRun(inputs="x\n" * 5_000, by=editor.user) for _ in range(number))
    with django_assert_max_num_queries(12):
        editor.get(reverse("import_list"))


@pytest.mark.parametrize(("role", "answer"), [("reader", 403), ("annotator", 403), ("editor", 200), ("moderator", 200)])
def test_who_may_import(client, role, answer):
    client.force_login(make_user(role))
    assert client.get(reverse("import_list")).status_code == answer
    assert start(client, addresses="a.example").status_code == {200: 303}.get(answer, answer)
    assert (f'href="{reverse("import_list")}"' in client.get("/").content.decode()) == (answer == 200)


def test_nobody_imports_signed_out_and_what_was_sent_is_not_read(client):
    response = start(client, files=file())
    assert response["Location"].startswith(reverse("login"))
    assert not ImportRun.objects.exists()


def test_an_import_from_another_site_is_refused():
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user("editor"))
    assert start(client, addresses="a.example").status_code == 403
    assert not ImportRun.objects.exists()
