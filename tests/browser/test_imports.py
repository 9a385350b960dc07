"""Importing in a real browser: files go up, a worker takes them in, and the page says so by itself."""

import asyncio
import io
import zipfile
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Thread

import pytest
from django.db import connections
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from procrastinate.contrib.django import app

from articles.models import Article, FeedSubscription, ImportItem, ImportRun, Quarantined

WIDTHS = (320, 390, 768, 1280)
TEXT = "افتتحت البلدية صباح الأربعاء مكتبة عامة في حي الميناء تضم عشرين ألف كتاب وقاعة كبيرة للأطفال."
# Where a page says what it is doing: a tab that is not looked at asks for nothing.
HIDE = """hidden => {
    Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
    document.dispatchEvent(new Event("visibilitychange"));
}"""
DROP = """([names, folder]) => {
    const data = new DataTransfer();
    for (const name of names) data.items.add(new File(["<p>x</p>"], name));
    const entry = DataTransferItem.prototype.webkitGetAsEntry;
    DataTransferItem.prototype.webkitGetAsEntry = () => ({ isDirectory: folder });
    const area = document.querySelector("[data-drop]");
    for (const type of ["dragenter", "dragover", "drop"]) {
        area.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
    }
    DataTransferItem.prototype.webkitGetAsEntry = entry;
}"""


def page_of(title: str) -> str:
    return f"<html lang='ar'><head><title>{title}</title></head><body><h1>{title}</h1><p>{TEXT}</p><p>{TEXT}</p></body>"


def zipped(**files: str) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        for name, content in files.items():
            file.writestr(f"{name}.html", content)
    return archive.getvalue()


def choose(page: Page, name: str, data: bytes) -> None:
    page.get_by_label("الملفات", exact=True).set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": data}
    )


def begin(page: Page) -> None:
    page.get_by_role("button", name="ابدأ الاستيراد").click()
    page.wait_for_url("**/imports/*/")


def work() -> None:
    """Everything that waits for a worker, done by a real one; in a thread, because Playwright's loop runs in ours."""

    async def until_nothing_waits() -> None:
        loop = asyncio.get_running_loop()
        loop.set_default_executor(ThreadPoolExecutor(1))
        with app.replace_connector(app.connector.get_worker_connector()) as worker:
            async with worker.open_async():
                await worker.run_worker_async(wait=False, install_signal_handlers=False, listen_notify=False)
        await loop.run_in_executor(None, connections.close_all)

    thread = Thread(target=lambda: asyncio.run(until_nothing_waits()))
    thread.start()
    thread.join(120)
    assert not thread.is_alive()


def make_run(state: str, **fields) -> ImportRun:
    now = timezone.now()
    if state not in ("waiting", "running"):
        fields["finished_at"] = now
    return ImportRun.objects.create(inputs="pages.zip", state=state, alive_at=now, **fields)


def make_every_kind_of_page(page: Page) -> list[str]:
    """Runs in every state, with long names, and subscriptions; the addresses of their pages."""
    long = "https://news.example/" + "very-long-slug-" * 20
    runs = [make_run("waiting"), make_run("running", weight=100, weight_done=42), make_run("running", created=3)]
    runs.append(make_run("failed", failure="القرص ممتلئ " * 20))
    runs.append(make_run("finished", refused=60, options={"columns": {"title": "x" * 200}}))
    kept = Quarantined.objects.create(fingerprint="1")
    ImportItem.objects.bulk_create(
        ImportItem(
            run=runs[-1], input=long + str(number), outcome="refused", reason=f"{long} {number % 3}", quarantined=kept
        )
        for number in range(60)
    )
    ImportRun.objects.filter(pk=runs[0].pk).update(inputs=f"{long}\n{long}")
    feed = FeedSubscription.objects.create(address=long, failures=1, failure="سبب طويل " * 30)
    addresses = [f"/imports/{run.pk}/" for run in runs]
    return [*addresses, "/imports/", "/imports/feeds/", f"/imports/feeds/{feed.pk}/remove/"]


def test_a_zip_is_uploaded_and_the_page_turns_to_finished_by_itself(signed_in_page):
    page = signed_in_page("editor")
    page.goto("/")
    page.get_by_role("link", name="الاستيراد").click()
    choose(page, "أرشيف.zip", zipped(a=page_of("افتتاح مكتبة في الميناء"), b="<p></p>"))
    expect(page.locator(".chosen")).to_contain_text("أرشيف.zip")
    begin(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("أرشيف.zip")
    expect(page.locator("#run-progress .run-state")).to_have_text("في الانتظار")
    page.evaluate("window.same = true")
    work()
    expect(page.locator("#run-progress .run-state")).to_have_text("انتهت")
    assert page.evaluate("window.same")
    expect(page).to_have_title(f"انتهت · العملية {ImportRun.objects.get().pk} · Newsdesk")
    expect(page.locator("#run-said")).to_contain_text("انتهت. جديدة: 1")
    expect(page.locator(".reasons li")).to_have_count(1)
    expect(page.locator(".item-rows")).to_contain_text("b.html")
    page.locator(".item-outcomes").get_by_role("link", name="جديدة").click()
    page.locator(".item-article a").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("افتتاح مكتبة في الميناء")


def test_what_was_refused_is_tried_again_and_both_runs_lead_to_each_other(signed_in_page):
    page = signed_in_page("editor")
    page.goto("/imports/")
    choose(page, "أرشيف.zip", zipped(a="<p></p>", b="<p></p>"))
    begin(page)
    work()
    page.get_by_role("button", name="أعد محاولة المرفوضة (2)").click()
    first, again = ImportRun.objects.order_by("pk")
    page.wait_for_url(f"**/imports/{again.pk}/")
    work()
    expect(page.locator("#run-progress .run-state")).to_have_text("انتهت")
    page.get_by_role("link", name=f"إعادة محاولة لما رُفض في العملية {first.pk}").click()
    page.get_by_role("link", name="أُعيدت محاولة ما رُفض هنا").click()
    page.wait_for_url(f"**/imports/{again.pk}/")


def test_a_run_is_stopped_before_a_worker_came_to_it(signed_in_page):
    page = signed_in_page("editor")
    page.goto("/imports/")
    choose(page, "a.html", page_of("افتتاح مكتبة").encode())
    begin(page)
    page.get_by_role("button", name="أوقف الاستيراد").click()
    expect(page.locator("#run-progress .run-state")).to_have_text("أُوقفت")
    work()
    assert not Article.objects.exists()


def test_everything_is_done_without_javascript(browser: Browser, signed_in_page, live_server):
    session = signed_in_page("editor").context.storage_state()
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False, storage_state=session)
    page = context.new_page()
    page.goto("/imports/")
    expect(page.locator("[data-add], [data-drop-invitation]").first).to_be_hidden()
    choose(page, "مواد.csv", f"headline,body\nافتتاح مكتبة,{TEXT * 2}\n,\n".encode())
    page.locator("summary", has_text="خيارات").click()
    page.get_by_label("وسيلة الإعلام").fill("صحيفة الميناء")
    page.get_by_label("أسماء الأعمدة في الجدول").fill("العنوان=headline\nالنص=body")
    begin(page)
    work()
    page.get_by_role("link", name="حدّث الصفحة").click()
    expect(page.locator("#run-progress .run-state")).to_have_text("انتهت")
    article = Article.objects.get()
    assert (article.title, article.source.name) == ("افتتاح مكتبة", "صحيفة الميناء")
    page.locator(".item-outcomes").get_by_role("link", name="جديدة").click()
    expect(page.locator(".item-article")).to_have_text("افتتاح مكتبة")
    FeedSubscription.objects.create(address="https://news.example/feed")
    page.goto("/imports/feeds/")
    page.get_by_role("button", name="أوقف").click()
    page.get_by_role("link", name="ألغِ الاشتراك").click()
    page.get_by_role("button", name="ألغِ الاشتراك").click()
    expect(page.locator(".imports-empty")).to_have_text("لا اشتراكات بعد.")
    context.close()


def test_columns_are_named_in_rows_and_sent_as_lines(signed_in_page):
    page = signed_in_page("editor")
    page.goto("/imports/")
    page.locator("summary", has_text="خيارات").click()
    expect(page.locator("#id_columns")).to_be_hidden()
    page.get_by_label("الحقل", exact=True).select_option(label="العنوان")
    page.get_by_label("اسم العمود في الملف").fill("headline")
    page.get_by_role("button", name="أضف عموداً").click()
    page.get_by_label("الحقل", exact=True).last.select_option(label="النص")
    page.get_by_label("اسم العمود في الملف").last.fill("a=b")
    assert page.locator("#id_columns").input_value() == "title=headline\ntext=a=b"
    page.get_by_role("button", name="أزل هذا السطر").first.click()
    assert page.locator("#id_columns").input_value() == "text=a=b"


def test_files_are_dropped_beside_those_that_were_chosen_and_a_folder_is_told_about(signed_in_page):
    page = signed_in_page("editor")
    page.goto("/imports/")
    choose(page, "a.html", b"<p>a</p>")
    page.evaluate(DROP, [["b.html", "ج.html"], False])
    expect(page.locator(".chosen bdi")).to_have_text(["a.html", "b.html", "ج.html"])
    page.evaluate(DROP, [["pages"], True])
    expect(page.locator(".chosen bdi")).to_have_count(3)
    expect(page.locator("[data-said]")).to_contain_text("اضغطه في ملف ZIP")


def test_what_is_too_much_is_told_before_it_is_sent(signed_in_page, settings):
    settings.UPLOAD_MAX_BYTES = 2_000
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 3
    page = signed_in_page("editor")
    page.goto("/imports/")
    choose(page, "a.html", b"x" * 3_000)
    expect(page.locator("[data-said]")).to_contain_text("أكبر مما يُرسل دفعة واحدة (2 كيلوبايت)")
    page.get_by_role("button", name="ابدأ الاستيراد").click()
    choose(page, "a.html", b"x")
    expect(page.locator("[data-said]")).to_be_empty()
    page.evaluate(DROP, [["1.html", "2.html", "3.html"], False])
    expect(page.locator("[data-said]")).to_contain_text("أكثر من 3")
    page.get_by_role("button", name="ابدأ الاستيراد").click()
    assert not ImportRun.objects.exists()


def test_without_javascript_the_server_s_line_arrives_however_much_is_sent(
    browser: Browser, signed_in_page, live_server, settings, monkeypatch
):
    settings.UPLOAD_MAX_BYTES = 1_000_000
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 3
    monkeypatch.setattr("articles.views.importing.uploads._FIELDS_BYTES", 1_000_000)
    session = signed_in_page("editor").context.storage_state()
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False, storage_state=session)
    page = context.new_page()
    for size, number, line in ((8_000_000, 1, "أكبر مما يُرسل دفعة واحدة"), (1_500_000, 6, "الملفات أكثر من 3")):
        page.goto("/imports/")
        files = [{"name": f"{n}.txt", "mimeType": "text/plain", "buffer": b"x" * size} for n in range(number)]
        page.get_by_label("الملفات", exact=True).set_input_files(files)
        page.get_by_role("button", name="ابدأ الاستيراد").click()
        expect(page.locator("#start-errors")).to_contain_text(line)
    assert not ImportRun.objects.exists()
    context.close()


def test_a_refused_upload_keeps_the_files_that_were_chosen(signed_in_page):
    page = signed_in_page("editor")
    page.goto("/imports/")
    choose(page, "a.html", page_of("افتتاح مكتبة").encode())
    page.get_by_label("عناوين صفحات").fill("ليس عنواناً")
    page.get_by_role("button", name="ابدأ الاستيراد").click()
    expect(page.locator("#start-errors .notice")).to_be_focused()
    expect(page.locator("#start-errors")).to_contain_text("السطر 1 ليس عنوان صفحة")
    expect(page.locator(".chosen bdi")).to_have_text(["a.html"])
    page.get_by_label("عناوين صفحات").fill("")
    begin(page)
    assert ImportRun.objects.get().inputs == "a.html"


def test_a_tab_that_is_not_looked_at_asks_for_nothing(signed_in_page):
    run = make_run("running", created=1)
    page = signed_in_page("editor")
    page.goto(f"/imports/{run.pk}/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/progress/" in request.url else None)
    page.evaluate(HIDE, True)
    page.wait_for_timeout(4_500)
    assert asked == []
    ImportRun.objects.update(state="finished", finished_at=timezone.now())
    page.evaluate(HIDE, False)
    expect(page.locator("#run-progress .run-state")).to_have_text("انتهت")
    asked.clear()
    page.wait_for_timeout(4_500)
    assert asked == []


def test_a_server_that_does_not_answer_is_told_and_asked_again(signed_in_page):
    run = make_run("running", created=1)
    page = signed_in_page("editor")
    page.goto(f"/imports/{run.pk}/")
    page.route("**/progress/", lambda route: route.abort())
    expect(page.locator("[data-unreachable]")).to_be_visible()
    page.unroute("**/progress/")
    expect(page.locator("[data-unreachable]")).to_be_hidden()


def test_the_button_that_stops_keeps_the_focus_while_the_page_renews_itself(signed_in_page):
    run = make_run("running", created=1)
    run.chunks.create(number=0, records=1, payload=b"x")
    page = signed_in_page("editor")
    page.goto(f"/imports/{run.pk}/")
    stop = page.get_by_role("button", name="أوقف الاستيراد")
    stop.focus()
    ImportRun.objects.update(created=2, alive_at=timezone.now() + timedelta(seconds=1))
    expect(page.locator(".count-created dd")).to_have_text("2")
    expect(stop).to_be_focused()


@pytest.mark.parametrize("language", ["ar", "en"])
def test_no_import_page_scrolls_sideways_on_any_screen(signed_in_page, live_server, language):
    page = signed_in_page("editor")
    page.context.add_cookies([{"name": "django_language", "value": language, "url": live_server.url}])
    for address in make_every_kind_of_page(page):
        page.goto(address)
        for folded in page.locator("details.start-options summary").all():
            folded.click()
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 700})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (address, width)


def test_what_a_finger_has_to_hit_in_an_import_is_large_enough(signed_in_page):
    page = signed_in_page("editor")
    page.set_viewport_size({"width": 360, "height": 700})
    for address in make_every_kind_of_page(page):
        page.goto(address)
        small = page.evaluate(
            """() => [...document.querySelectorAll("main :is(button, .button, summary, select, textarea, nav a)")]
                .filter(control => control.checkVisibility())
                .filter(control => control.getBoundingClientRect().height < 43.5)
                .map(control => control.outerHTML)"""
        )
        assert small == [], address
