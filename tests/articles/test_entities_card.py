"""The card of a name and its forms, as they are served."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from articles.models import Mention, RemovedMention
from tests.accounts import make_user
from tests.articles.factories import add_revision, make_article, make_entity, make_mention
from tests.articles.markup import page_in, with_class, words

pytestmark = pytest.mark.django_db

NAME = "سلمى الهادي"
FETCH = {"HTTP_X_REQUESTED_WITH": "fetch"}


@pytest.fixture
def article():
    article = make_article(paragraphs=[f"قالت {NAME} إن {NAME} باقية مع كيوان."])
    make_mention(article, NAME)
    make_mention(article, NAME, occurrence=1)
    return article


@pytest.fixture
def annotator(client):
    client.force_login(make_user("annotator"))
    return client


def address(name, article, occurrence=0):
    mention = article.current_revision.mentions.order_by("start")[occurrence]
    return reverse(name, args=[mention.pk])


def place(article, text):
    start = article.current_revision.text.index(text)
    return {"revision": article.current_revision_id, "start": start, "end": start + len(text)}


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_the_card_is_a_page_and_to_the_script_a_fragment(annotator, article):
    page = page_in(annotator.get(address("mention", article)))
    fragment = annotator.get(address("mention", article), **FETCH).content.decode()
    assert words(page.find(".//h1")) == NAME
    assert "<html" not in fragment
    assert NAME in fragment


def test_readers_see_the_card_without_the_means_to_correct(client, article):
    client.force_login(make_user("reader"))
    page = page_in(client.get(address("mention", article)))
    assert with_class(page, "name-card-name", "a")[0].get("href") == make_entity(NAME).get_absolute_url()
    assert not page.xpath("//main//form | //main//button")


def test_choices_are_found_in_any_spelling_and_only_among_what_may_be_read(annotator, article):
    for title, name, status in (("أ", "إيمان خليل", "published"), ("ب", "ايمان المستترة", "hidden")):
        make_mention(make_article(title=title, paragraphs=[f"قالت {name} ذلك."], status=status), name)
    page = page_in(annotator.get(address("mention", article), {"q": "أيمان"}))
    assert [words(choice) for choice in with_class(page, "name-choices", "li")] == ["إيمان خليل شخص"]


def test_enter_in_the_search_decides_nothing(annotator, article):
    page = page_in(annotator.get(address("mention", article)))
    (box,) = page.xpath("//main//input[@name='q']")
    assert box.getparent().get("method") == "get"


def test_a_name_is_removed_and_the_reader_led_back_to_the_words_before(annotator, article):
    first, second = article.current_revision.mentions.order_by("start")
    answer = annotator.post(address("remove_name", article, 1))
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{article.get_absolute_url()}#mention-{first.pk}")
    assert not Mention.objects.filter(pk=second.pk).exists()
    annotator.post(address("remove_name", article), {"everywhere": "on"})
    assert RemovedMention.objects.count() == 2


def test_another_entity_is_chosen_here_or_everywhere(annotator, article):
    other = make_entity("سلمى عبد الهادي")
    make_mention(make_article(paragraphs=["قالت سلمى عبد الهادي ذلك."]), "سلمى عبد الهادي", entity=other)
    annotator.post(address("change_name", article), {"entity": other.pk})
    assert other.mentions.filter(revision=article.current_revision).count() == 1
    annotator.post(address("change_name", article, 1), {"kind": "organisation", "name": "", "everywhere": "on"})
    kinds = article.current_revision.mentions.order_by("start").values_list("entity__kind", flat=True)
    assert list(kinds) == ["person", "organisation"]


def test_an_entity_that_may_not_be_seen_cannot_be_chosen(annotator, article):
    secret = make_entity("كيوان المستتر")
    make_mention(make_article(paragraphs=["قال كيوان المستتر."], status="hidden"), "كيوان المستتر", entity=secret)
    assert annotator.post(address("change_name", article), {"entity": secret.pk}).status_code == 404


def test_words_become_a_name(annotator, article):
    names = reverse("new_mention", args=[article.pk])
    page = page_in(annotator.get(names, place(article, "كيوان")))
    assert words(page.find(".//h1")) == "كيوان"
    hidden = {field.name: field.value for field in page.get_element_by_id("name-decision").inputs if field.name}
    answer = annotator.post(names, hidden | {"kind": "person", "name": "كيوان الراوي"})
    mention = Mention.objects.get(surface="كيوان")
    assert answer.headers["Location"] == mention.get_absolute_url()
    assert mention.entity.name == "كيوان الراوي"


@pytest.mark.parametrize(
    ("asked", "line"),
    [
        ({"kind": "nonsense"}, "اختر نوع الاسم."),
        ({"kind": "person", "end": "9999999"}, "هذا الموضع خارج النص."),
        ({"kind": "person", "start": "x"}, "هذه الكلمات لا تصلح اسماً"),
    ],
)
def test_what_cannot_be_is_refused_with_a_line(annotator, article, asked, line):
    answer = annotator.post(reverse("new_mention", args=[article.pk]), place(article, "كيوان") | asked)
    assert answer.status_code == 303
    assert said(answer)[0].startswith(line)
    assert article.current_revision.mentions.count() == 2


def test_a_text_that_changed_meanwhile_says_so(annotator, article):
    asked = place(article, "كيوان") | {"kind": "person"}
    add_revision(article, title="عنوان", paragraphs=["نص آخر."])
    answer = annotator.post(reverse("new_mention", args=[article.pk]), asked)
    assert said(answer)[0].startswith("تغيّر نص المادة")


@pytest.mark.parametrize("next_page", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_nobody_is_led_to_another_site(annotator, article, next_page):
    answer = annotator.post(address("remove_name", article), {"next": next_page})
    assert answer.headers["Location"].startswith(article.get_absolute_url())


def test_from_the_entity_s_page_one_comes_back_to_it(annotator, article):
    page = page_in(annotator.get(make_entity(NAME).get_absolute_url()))
    card = page_in(annotator.get(with_class(page, "place-correct")[0].get("href")))
    fields = dict(card.get_element_by_id("name-decision").fields)
    answer = annotator.post(address("remove_name", article), {"next": fields["next"]})
    assert answer.headers["Location"] == make_entity(NAME).get_absolute_url()


@pytest.mark.parametrize("role", [None, "reader"])
def test_deciding_is_for_annotators(client, article, role):
    if role:
        client.force_login(make_user(role))
    names = reverse("new_mention", args=[article.pk])
    for target in (address("remove_name", article), address("change_name", article), names):
        answer = client.post(target, place(article, "كيوان") | {"kind": "person"})
        assert answer.status_code == (403 if role else 302)
    assert article.current_revision.mentions.count() == 2


@pytest.mark.parametrize("status", ["hidden", "pending"])
def test_names_in_unpublished_articles_are_not_there(annotator, article, status):
    type(article).objects.update(status=status)
    assert annotator.get(address("mention", article)).status_code == 404
    assert annotator.post(address("remove_name", article)).status_code == 404
    assert annotator.get(reverse("new_mention", args=[article.pk]), {"revision": 1}).status_code == 404


def test_only_annotators_find_the_action_on_the_palette(client, article):
    for role, there in (("reader", 0), ("annotator", 1), ("editor", 1)):
        client.force_login(make_user(role))
        page = page_in(client.get(article.get_absolute_url()))
        assert len(page.xpath("//button[@data-do='name'][@data-key='KeyN']")) == there
