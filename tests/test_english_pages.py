"""Pages and answers in English: no word of them is left in Arabic."""

import pytest
from django.urls import reverse
from django.utils import timezone

from annotations.connecting import connect_speaker
from articles.corrections.correcting import correct_article
from articles.models import Article, Entity, EntityChange, FeedSubscription, ImportRun, Quarantined, Story
from tests.accounts import PASSWORD, make_user
from tests.annotations.marks import make_mark, suggest, suggest_said
from tests.articles.factories import make_article, make_entity, make_mention, make_source
from tests.articles.markup import page_in
from tests.english import ARABIC_WRITING, arabic_on, in_english
from tests.searching import index_everything


@pytest.fixture
def archive():
    """Articles whose own words hold no Arabic letter, so that every Arabic letter on a page is the interface's."""
    source = make_source("Harbour Gazette", key="gazette.example")
    said = "We will not close the port"
    article = make_article(
        title="The port stays open",
        paragraphs=[f"Minister Salim said: {said}. Half of the trade passes here. Layla Haddad agreed."],
        source=source,
        byline="Amal Naser",
        language="en",
    )
    for surface, kind in (("Salim", "person"), ("Minister", "organisation"), ("port", "place"), ("trade", "other")):
        make_mention(article, surface, entity=make_entity(surface, kind=kind))
    annotator = make_user("annotator", username="annotator")
    quote = make_mark(article, said, by=annotator, cue="said")
    connect_speaker(mark=quote, name="Salim", by=annotator)
    quote.attributions.create(order=1, name="Layla Haddad", role="joint", certainty="confirmed")
    make_mark(article, "Half of the trade passes here", kind="claim", by=annotator)
    suggest_said(article, "agreed", "Layla Haddad", certainty="uncertain")
    suggest(article, "Half of the trade", kind="claim")
    for number in range(21):
        status = ("published", "pending", "hidden")[number % 3] if number < 3 else "published"
        make_article(title=f"Note {number}", paragraphs=["A line."], source=source, status=status, published_at=None)
    ImportRun.objects.create(inputs="pages", by_name="editor")
    index_everything()
    return article


@pytest.mark.django_db
@pytest.mark.parametrize("role", [None, "reader", "annotator", "editor"])
def test_pages_in_english_have_no_arabic_left(archive, settings, role):
    client = in_english(role)
    addresses = ["/", "/?page=2", "/?q=port", "/?q=nowhere", "/?since=2024-05-02&until=2024-05-01", "/?entity=0"]
    addresses += ["/accounts/login/", "/accounts/password/", "/accounts/password/changed/", "/lost/", "/paste/"]
    addresses += [archive.get_absolute_url(), reverse("ledger", args=[archive.pk])]
    addresses += ["/people/", "/organisations/?q=min", "/places/?page=9", "/other-names/?q=none"]
    addresses += [entity.get_absolute_url() for entity in Entity.objects.all()]
    addresses += [reverse("entity_quotes", args=[entity.pk]) for entity in Entity.objects.all()]
    addresses += ["/api/docs/", "/accounts/tokens/", "/exports/", "/exports/new/", "/imports/marks/"]
    assert ("Sign out" in client.get("/").content.decode()) == bool(role)
    for settings.PUBLIC_READING in (True, False):
        for address in addresses:
            assert arabic_on(client.get(address, follow=True)) == [], address


@pytest.fixture
def runs(archive):
    """An import in each state, one of them with inputs of every outcome, and two feeds."""
    over = {"finished_at": timezone.now()}
    for state, more in (("waiting", {}), ("running", {}), ("stopped", over), ("failed", over | {"failure": "disk"})):
        ImportRun.objects.create(inputs=f"{state}.zip", state=state, **more)
    run = ImportRun.objects.create(inputs="all.zip", state="finished", created=1, refused=3, **over)
    kept = Quarantined.objects.create(fingerprint="0" * 64, record={"format": "html"})
    run.items.create(input="1.html", outcome="created", article=archive)
    for number in range(3):
        run.items.create(
            input=f"{number}.html", outcome="refused", reason="empty", quarantined=kept if number else None
        )
    ImportRun.objects.create(inputs="all.zip", state="finished", retry_of=run, **over)
    FeedSubscription.objects.create(address="https://a.example/feed", title="A", created_by_name="editor")
    FeedSubscription.objects.create(address="https://b.example/feed", active=False, failures=3, failure="404")
    return ImportRun.objects.order_by("pk")


@pytest.mark.django_db
def test_imports_and_feeds_in_english_have_no_arabic_left(runs):
    client = in_english("editor")
    addresses = ["/imports/", "/imports/?page=9", "/imports/feeds/", *(f"/imports/{run.pk}/" for run in runs)]
    addresses += [f"/imports/{runs.get(created=1).pk}/?outcome={outcome}" for outcome in ("created", "updated")]
    addresses += [reverse("remove_feed", args=[feed.pk]) for feed in FeedSubscription.objects.all()]
    for address in addresses:
        assert arabic_on(client.get(address)) == [], address
    for nothing in ("/imports/", "/imports/feeds/"):
        assert arabic_on(client.post(nothing, {"address": "ftp://a.example/"})) == [], nothing
    desk = in_english("administrator")
    for model in ("importrun", "importitem", "quarantined", "feedsubscription", "boilerplateline", "story"):
        assert arabic_on(desk.get(reverse(f"admin:articles_{model}_changelist"))) == [], model


@pytest.mark.django_db
def test_corrections_copies_and_comparisons_in_english_have_no_arabic_left(archive):
    moderator = make_user("moderator")
    body = archive.current_revision.text.partition("\n")[2]
    seen = archive.current_revision.pk
    correct_article(article=archive, seen=seen, title="The port closes", body=body, note="As announced", by=moderator)
    copy = make_article(title="The port closes", paragraphs=["We will not close the port."], source=archive.source)
    story = Story.objects.create(origin=copy, origin_by="earliest")
    Article.objects.filter(pk__in=(archive.pk, copy.pk)).update(story=story)
    client = in_english("moderator")
    addresses = [archive.get_absolute_url(), reverse("correct", args=[archive.pk]), story.get_absolute_url()]
    addresses += [reverse("compare", args=[archive.pk, copy.pk]), reverse("compare_revisions", args=[archive.pk, 1, 2])]
    for address in addresses:
        assert arabic_on(client.get(address)) == [], address


@pytest.mark.django_db
def test_merging_and_splitting_in_english_have_no_arabic_left(archive):
    client = in_english("administrator")
    salim, port = Entity.objects.get(name="Salim"), Entity.objects.get(name="port")
    merging = f"{reverse('admin:articles_entity_merge')}?entity={salim.pk}&entity={port.pk}&q=min"
    splitting = reverse("admin:articles_entity_split", args=[salim.pk])
    refused = {"article": archive.pk, "name": "Salim", "confirm": "1"}
    pages = [client.get(merging), client.get(splitting), client.post(splitting, refused)]
    pages.append(client.post(merging, {"into": salim.pk}, follow=True))
    undoing = reverse("admin:articles_entitychange_undo", args=[EntityChange.objects.get().pk])
    pages += [client.get(undoing), client.post(undoing, follow=True), client.get(undoing)]
    assert [arabic_on(page) for page in pages] == [[]] * len(pages)


@pytest.mark.django_db
def test_refusals_in_english_have_no_arabic_left(archive):
    editor = in_english("editor")
    for pasted in ("", " ", "word", "<html><body></body></html>"):
        response = editor.post("/paste/", {"text": pasted})
        assert response.status_code == 422
        assert arabic_on(response) == [], pasted
    stranger = in_english()
    assert arabic_on(stranger.post("/accounts/login/", {"username": "nobody", "password": PASSWORD[::-1]})) == []
    marks = reverse("api_article_marks", args=[archive.pk])
    for client, body in ((stranger, {}), (editor, {"kind": "guess"}), (editor, {"kind": "quote", "parts": []})):
        answer = client.post(marks, body, content_type="application/json")
        assert answer.status_code >= 400
        assert not ARABIC_WRITING.search(answer.json()["detail"])


@pytest.mark.django_db
def test_the_moderators_desk_in_english_has_no_arabic_left(archive):
    client = in_english("administrator")
    models = ["articles_article", "articles_source", "articles_entity", "articles_importrun", "annotations_annotation"]
    lists = [reverse(f"admin:{model}_changelist") for model in models]
    assert arabic_on(client.get("/admin/")) == []
    for address in lists:
        page = client.get(address)
        assert arabic_on(page) == [], address
        first = page_in(page).xpath("//table[@id='result_list']//th/a/@href")[0]
        assert arabic_on(client.get(first)) == [], first
