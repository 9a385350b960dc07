"""What a moderator sees of stories, and decides."""

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Story
from tests.accounts import make_user
from tests.articles.copies import FLOOD, LIBRARY, stored
from tests.articles.markup import page_in, words

pytestmark = pytest.mark.django_db


def client_of(role):
    user = make_user(role)
    user.is_staff = True
    user.save()
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def copies():
    return stored(FLOOD, source="أ"), stored(FLOOD, source="ب", hours=3)


def change_page(story):
    return reverse("admin:articles_story_change", args=[story.pk])


def test_a_moderator_lists_stories_with_the_number_of_their_copies(copies):
    page = page_in(client_of("moderator").get(reverse("admin:articles_story_changelist")))
    (row,) = page.xpath("//table[@id='result_list']/tbody/tr")
    assert words(row).startswith("أ: ")
    assert words(row.xpath(".//td[contains(@class, 'field-number')]")[0]) == "2"


def test_a_moderator_decides_the_origin_and_takes_it_back(copies):
    story, moderator = Story.objects.get(), client_of("moderator")
    assert moderator.post(change_page(story), {"origin": copies[1].pk}).status_code == 302
    story.refresh_from_db()
    assert (story.origin, story.origin_by) == (copies[1], "decided")
    assert story.events.latest("pgh_created_at").pgh_context.metadata["username"].startswith("moderator")
    moderator.post(change_page(story), {"origin": ""})
    story.refresh_from_db()
    assert (story.origin, story.origin_by) == (copies[0], "earliest")


def test_only_the_story_s_own_copies_can_be_its_origin(copies):
    other, story = stored(LIBRARY), Story.objects.get()
    assert client_of("moderator").post(change_page(story), {"origin": other.pk}).status_code == 200
    story.refresh_from_db()
    assert story.origin == copies[0]


@pytest.mark.parametrize("role", ["reader", "annotator", "editor"])
def test_nobody_else_does(copies, role):
    story, client = Story.objects.get(), client_of(role)
    assert client.get(reverse("admin:articles_story_changelist")).status_code == 403
    assert client.post(change_page(story), {"origin": copies[1].pk}).status_code == 403
