"""The page of one run: how far it is, its inputs, trying again, stopping, the list of what was refused."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.models import ImportItem, ImportRun, Quarantined
from tests.accounts import make_user
from tests.articles.factories import make_article
from tests.articles.markup import page_in, with_class, words

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}
OVER = ("finished", "stopped", "failed")


@pytest.fixture
def editor(client):
    client.force_login(make_user("editor"))
    return client


def make_run(state: str = "finished", *, ago: float = 60, **fields) -> ImportRun:
    """A run that began `ago` seconds before now; one that is over took half of that."""
    now = timezone.now()
    if state in OVER:
        fields.setdefault("finished_at", now - timedelta(seconds=ago / 2))
    if state == "failed":
        fields.setdefault("failure", "القرص ممتلئ")
    run = ImportRun.objects.create(**{"inputs": "pages.zip", "state": state, "alive_at": now} | fields)
    ImportRun.objects.filter(pk=run.pk).update(started_at=now - timedelta(seconds=ago))
    return run


def refuse(run: ImportRun, name: str, reason: str = "الملف فارغ", *, kept: bool = True, **fields) -> ImportItem:
    quarantined = Quarantined.objects.create(fingerprint=f"{run.pk} {name}", record={"name": name}) if kept else None
    ImportRun.objects.filter(pk=run.pk).update(refused=run.items.count() + 1)
    return run.items.create(input=name, outcome="refused", reason=reason, quarantined=quarantined, **fields)


def page_of(client, run: ImportRun, **asked):
    return page_in(client.get(reverse("import_run", args=[run.pk]), asked))


def fragment(client, run: ImportRun):
    return client.get(reverse("import_progress", args=[run.pk]), **HTMX)


def inputs_on(page) -> list[str]:
    return [words(name) for name in page.xpath("//ol[@class='item-rows']/li/p[@class='input-name']")]


@pytest.mark.parametrize(
    ("state", "silent", "label", "asks_again"),
    [
        ("waiting", 0, "في الانتظار", True),
        ("running", 0, "جارية", True),
        ("running", 115, "جارية", True),
        ("running", 125, "انقطعت", True),  # killed; a worker takes it up again, so it stays worth looking at
        ("waiting", 300, "في الانتظار", True),
        ("finished", 300, "انتهت", False),
        ("stopped", 0, "أُوقفت", False),
        ("failed", 0, "تعطّلت", False),
    ],
)
def test_a_run_says_its_state_and_is_asked_for_again_only_while_it_goes_on(editor, state, silent, label, asks_again):
    run = make_run(state, alive_at=timezone.now() - timedelta(seconds=silent))
    page = page_of(editor, run)
    progress = page.get_element_by_id("run-progress")
    assert words(with_class(page, "run-state")[0]) == label
    assert (progress.get("hx-trigger") == "every 2s, look") == asks_again
    assert bool(with_class(page, "run-reload")) == asks_again


@pytest.mark.parametrize(
    ("fields", "percent"),
    [
        ({"state": "running", "weight": 1_000, "weight_done": 420}, ["42"]),
        ({"state": "running", "weight": 1_000, "weight_done": 1_000}, ["99"]),  # the last page is not stored yet
        ({"state": "finished", "weight": 1_000, "weight_done": 900}, ["100"]),
        ({"state": "stopped", "weight": 1_000, "weight_done": 420}, ["42"]),
        ({"state": "finished"}, ["100"]),
        ({"state": "running"}, []),  # a bar without a value: nobody knows how much there is
        ({"state": "waiting"}, []),
    ],
)
def test_the_bar_says_how_many_of_the_bytes_are_done(editor, fields, percent):
    assert page_of(editor, make_run(**fields)).xpath("//progress/@value") == percent


def test_counts_duration_pace_and_what_is_left_are_told(editor):
    run = make_run("running", ago=120, created=1_200, updated=20, unchanged=30, refused=0, weight=300, weight_done=100)
    page = page_of(editor, run)
    assert words(with_class(page, "run-tally")[0]) == "جديدة 1,200 محدّثة 20 بلا تغيير 30 مرفوضة 0"
    now = words(with_class(page, "run-now")[0])
    assert "المدة 2:0" in now
    assert re.search(r"نحو 6[012]\d في الدقيقة", now)
    assert "بقي نحو 4:0" in now


def test_the_fragment_is_the_progress_alone_and_tells_when_the_run_is_over(editor):
    run = make_run("running")
    going_on = fragment(editor, run)
    assert b"<html" not in going_on.content
    assert "HX-Trigger" not in going_on
    assert b"hx-swap-oob" not in going_on.content
    ImportRun.objects.update(state="finished", finished_at=timezone.now(), created=2)
    over = fragment(editor, run)
    assert "import-over" in over["HX-Trigger"]
    page = page_in(over)
    assert words(page.xpath("//title")[0]) == f"انتهت · العملية {run.pk} · Newsdesk"
    said = page.xpath("//*[@hx-swap-oob='innerHTML:#run-said']")[0]
    assert words(said) == "انتهت. جديدة: 2، محدّثة: 0، بلا تغيير: 0، مرفوضة: 0."


def test_a_page_left_open_leads_to_signing_in_when_the_session_is_over(client):
    run = make_run("running")
    response = fragment(client, run)
    assert response["HX-Redirect"] == f"{reverse('login')}?next=%2Fimports%2F{run.pk}%2F"


@pytest.mark.parametrize(("ago", "told"), [(100, False), (140, True)])
def test_a_run_that_waits_for_long_says_whom_to_tell(editor, ago, told):
    progress = page_of(editor, make_run("waiting", ago=ago)).get_element_by_id("run-progress")
    assert ("فأخبر من يدير الموقع" in words(progress)) == told


def test_a_failure_is_told_in_its_own_line(editor):
    assert "القرص ممتلئ" in words(page_of(editor, make_run("failed")).get_element_by_id("run-progress"))


def test_refused_inputs_come_first_and_others_when_they_are_asked_for(editor):
    run, article = make_run(created=1), make_article(title="افتتاح الجسر")
    run.items.create(input="good.html", outcome="created", article=article)
    refuse(run, "bad.html", "لا نص مادة في الصفحة")
    page = page_of(editor, run)
    assert inputs_on(page) == ["bad.html"]
    assert "لا نص مادة في الصفحة" in words(page.get_element_by_id("items"))
    page = page_of(editor, run, outcome="created")
    assert inputs_on(page) == ["good.html"]
    assert page.xpath("//p[@class='item-article']/a/@href") == [article.get_absolute_url()]
    assert words(page.xpath("//p[@class='item-article']")[0]) == "افتتاح الجسر"


@pytest.mark.parametrize("asked", [{"outcome": "none"}, {"outcome": ""}, {}])
def test_without_refusals_the_new_articles_are_shown(editor, asked):
    run = make_run(created=1)
    run.items.create(input="good.html", outcome="created", article=make_article())
    assert inputs_on(page_of(editor, run, **asked)) == ["good.html"]


def test_an_article_that_is_gone_leaves_its_input(editor):
    run = make_run(created=1)
    run.items.create(input="good.html", outcome="created", article=None)
    assert "المادة محذوفة" in words(page_of(editor, run).get_element_by_id("items"))


def test_reasons_are_grouped_with_counts_and_lead_to_their_inputs(editor):
    run = make_run()
    for number in range(3):
        refuse(run, f"{number}.html", "لا نص مادة في الصفحة")
    refuse(run, "empty.html", "الملف فارغ")
    frequent, rare = page_of(editor, run).xpath("//section[@class='reasons']//li")
    assert "3" in words(frequent)
    assert "لا نص مادة في الصفحة" in words(frequent)
    assert "الملف فارغ" in words(rare)
    found = page_in(editor.get(rare.xpath(".//a/@href")[0]))
    assert inputs_on(found) == ["empty.html"]
    assert "الملف فارغ" in words(with_class(found, "item-reason")[0])


def test_the_same_refusal_of_many_addresses_is_one_reason(editor):
    run = make_run()
    for number in range(3):
        address = f"https://news.example/{number}?a=1"
        refuse(run, address, f"أجاب الموقع بالرمز 404: {address}")
    moved = refuse(run, "https://old.example/", "أجاب الموقع بالرمز 404: https://new.example/")
    refuse(run, "https://x.example/", "أجاب الموقع بالرمز 500: https://x.example/")
    frequent, rare = page_of(editor, run).xpath("//section[@class='reasons']//li")
    assert words(frequent).startswith("4 ")
    assert words(frequent).endswith("أجاب الموقع بالرمز 404")
    assert words(rare).endswith("أجاب الموقع بالرمز 500")
    found = page_in(editor.get(frequent.xpath(".//a/@href")[0]))
    assert inputs_on(found) == [*(f"https://news.example/{number}?a=1" for number in range(3)), moved.input]
    # Said once above them, except where it tells of another address than the input's.
    assert [words(why) for why in with_class(found, "item-why")] == [moved.reason]
    reasons = {words(why) for why in with_class(page_of(editor, run), "item-why")}
    assert reasons == {"أجاب الموقع بالرمز 404", "أجاب الموقع بالرمز 500", moved.reason}


@pytest.mark.parametrize("like", ["0", "x", "9" * 30, "-1", "١"])
def test_an_unknown_reason_restricts_nothing(editor, like):
    run = make_run()
    refuse(run, "bad.html")
    assert inputs_on(page_of(editor, run, like=like)) == ["bad.html"]


def test_the_reason_of_another_run_restricts_nothing(editor):
    run, other = make_run(), make_run()
    refuse(run, "bad.html", "الملف فارغ")
    assert inputs_on(page_of(editor, run, like=refuse(other, "x", "سبب آخر").pk)) == ["bad.html"]


def test_names_are_isolated_and_never_markup(editor):
    run = make_run(inputs="<script>alert(1)</script>")
    refuse(run, "<img src=x onerror=alert(1)>.html", "<b>سبب</b>")
    page = page_of(editor, run)
    assert page.xpath("//main//img | //main//script | //ol[@class='item-rows']//b") == []
    names = page.xpath("//ol[@class='item-rows']/li/p[@class='input-name']/bdi")
    assert [name.get("dir") for name in names] == ["auto"]


@pytest.mark.parametrize("number", [1, 300])
def test_the_page_asks_twelve_times_at_most_however_many_inputs(editor, django_assert_max_num_queries, number):
    run, later = make_run(refused=number, created=number), make_run()
    run.retries.add(later)
    articles = [make_article() for _ in range(min(number, 60))]
    reasons = [f"سبب {number % 20}" for number in range(number)]
    run.items.bulk_create(
        [ImportItem(run=run, input="x", outcome="refused", reason=reason, taken_in_by=later) for reason in reasons]
        + [ImportItem(run=run, input="y", outcome="created", article=article) for article in articles]
    )
    for outcome in ("refused", "created"):
        with django_assert_max_num_queries(12):
            page = page_of(editor, run, outcome=outcome)
        assert len(inputs_on(page)) == min(number, 50)
    with django_assert_max_num_queries(8):
        fragment(editor, run)
