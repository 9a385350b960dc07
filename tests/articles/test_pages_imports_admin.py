"""Imports, the quarantine and the subscriptions at the moderators' desk."""

import gzip

import pytest
from django.urls import reverse

from articles.models import FeedSubscription, ImportItem, ImportRun, Quarantined
from tests.accounts import make_user
from tests.articles.factories import make_article
from tests.articles.markup import page_in, words

pytestmark = pytest.mark.django_db
HOSTILE = b"<script>alert(document.cookie)</script>"


def at_desk(client, role: str):
    user = make_user(role)
    user.is_staff = True
    user.save()
    client.force_login(user)
    return client


@pytest.fixture
def moderator(client):
    return at_desk(client, "moderator")


def make_run(refused: int = 0) -> ImportRun:
    run = ImportRun.objects.create(inputs="pages.zip\nmore.zip", refused=refused)
    ImportItem.objects.bulk_create(
        ImportItem(run=run, input=f"{number}.html", outcome="refused", reason="الملف فارغ") for number in range(refused)
    )
    return run


def quarantine(data: bytes | None = HOSTILE, **record) -> Quarantined:
    compressed = gzip.compress(data) if data else None
    number = Quarantined.objects.count()
    return Quarantined.objects.create(fingerprint=str(number), record=record, compressed=compressed)


def test_a_run_shows_a_few_of_its_refusals_and_leads_to_all_of_them_page_by_page(moderator):
    run = make_run(refused=130)
    page = page_in(moderator.get(reverse("admin:articles_importrun_change", args=[run.pk])))
    shown = page.xpath("//div[contains(@class, 'field-refusals')]//li")
    assert len(shown) == 20
    assert words(shown[0]) == "0.html: الملف فارغ"
    address = page.xpath("//div[contains(@class, 'field-refusals')]//a/@href")[0]
    items = page_in(moderator.get(address))
    assert len(items.xpath("//table[@id='result_list']/tbody/tr")) == 50
    assert "129.html" in words(items)


def test_an_input_leads_to_its_run_and_to_the_article_that_it_became(moderator):
    run, article = make_run(), make_article(title="افتتاح الجسر")
    item = run.items.create(input="good.html", outcome="created", article=article)
    page = page_in(moderator.get(reverse("admin:articles_importitem_change", args=[item.pk])))
    links = set(page.xpath("//fieldset//a/@href"))
    assert links == {article.get_absolute_url(), reverse("admin:articles_importrun_change", args=[run.pk])}


def test_refused_inputs_of_other_runs_are_not_in_the_list_of_one(moderator):
    run, other = make_run(refused=1), ImportRun.objects.create(inputs="x")
    other.items.create(input="stranger.html", outcome="refused", reason="سبب")
    address = f"{reverse('admin:articles_importitem_changelist')}?run__id__exact={run.pk}&outcome__exact=refused"
    assert "stranger.html" not in moderator.get(address).content.decode()


def test_what_is_kept_of_a_refused_input_is_downloaded_as_it_was_and_never_shown(moderator):
    kept = quarantine(name="<b>bad</b>.html")
    page = moderator.get(reverse("admin:articles_quarantined_change", args=[kept.pk]))
    assert HOSTILE.decode() not in page.content.decode()
    assert page_in(page).xpath("//*[contains(@class, 'field-name')]//b") == []
    address = page_in(page).xpath("//div[contains(@class, 'field-download')]//a/@href")[0]
    answer = moderator.get(address)
    assert answer.content == HOSTILE
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"] == f'attachment; filename="quarantined-{kept.pk}.bin"'
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_an_address_has_nothing_to_download(moderator):
    kept = quarantine(None, address="https://news.example/1")
    page = moderator.get(reverse("admin:articles_quarantined_changelist")).content.decode()
    assert "https://news.example/1" in page
    assert reverse("admin:articles_quarantined_download", args=[kept.pk]) not in page
    assert moderator.get(reverse("admin:articles_quarantined_download", args=[kept.pk])).status_code == 404


def test_the_quarantine_says_why_each_input_was_refused_and_an_input_leads_to_it(moderator):
    run, kept = make_run(), quarantine(name="a.html")
    run.items.create(input="a.html", outcome="refused", reason="لا نص مادة في الصفحة", quarantined=kept)
    address = reverse("admin:articles_quarantined_change", args=[kept.pk])
    assert address in moderator.get(reverse("admin:articles_importitem_changelist")).content.decode()
    assert "لا نص مادة في الصفحة" in moderator.get(address).content.decode()


def test_the_quarantine_is_for_those_who_were_given_it(client):
    kept = quarantine(name="a.html")
    at_desk(client, "editor")
    for name, arguments in (("changelist", []), ("change", [kept.pk]), ("download", [kept.pk])):
        assert client.get(reverse(f"admin:articles_quarantined_{name}", args=arguments)).status_code == 403


def test_subscriptions_are_listed_with_their_failures(moderator):
    feed = FeedSubscription.objects.create(address="https://news.example/feed", failures=3, failure="لم يجب الخادم")
    assert feed.address in moderator.get(reverse("admin:articles_feedsubscription_changelist")).content.decode()
    page = moderator.get(reverse("admin:articles_feedsubscription_change", args=[feed.pk])).content.decode()
    assert "لم يجب الخادم" in page


@pytest.mark.parametrize("model", ["importrun", "importitem", "quarantined", "feedsubscription"])
def test_at_the_desk_nothing_of_an_import_is_written_by_hand(moderator, model):
    run, kept = make_run(refused=1), quarantine(name="a.html")
    feed = FeedSubscription.objects.create(address="https://news.example/feed")
    found = {"importrun": run, "importitem": run.items.get(), "quarantined": kept, "feedsubscription": feed}[model]
    assert moderator.get(reverse(f"admin:articles_{model}_add")).status_code == 403
    assert moderator.post(reverse(f"admin:articles_{model}_change", args=[found.pk])).status_code == 403


@pytest.mark.parametrize("number", [1, 60])
def test_the_lists_ask_the_same_few_questions_however_long_they_are(moderator, number, django_assert_max_num_queries):
    run = make_run(refused=number)
    for item in run.items.all():
        item.quarantined = quarantine(name=item.input)
        item.save()
    for model in ("importrun", "importitem", "quarantined"):
        with django_assert_max_num_queries(12):
            assert moderator.get(reverse(f"admin:articles_{model}_changelist")).status_code == 200
