"""The feed of what somebody said: what people confirmed, for whoever may read it."""

import pytest
from django.urls import reverse
from lxml import etree

from annotations.models import Attribution
from annotations.speaking.feeds import feed_path
from tests.accounts import make_user
from tests.annotations.speaking.spoken import OTHER, SPEAKER, WORDS, confirmed, suggested, told_by
from tests.articles.factories import make_entity, make_source
from tests.articles.markup import page_in

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def person():
    return make_user("reader")


def feed_of(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return etree.fromstring(response.content)


def titles(client, address):
    return [title.text for title in feed_of(client, address).iterfind(f"{ATOM}entry/{ATOM}title")]


def test_a_member_reads_it_by_its_address_without_signing_in(client, person):
    mark = confirmed(told_by(source=make_source("جريدة السكة")))
    client.force_login(person)
    page = page_in(client.get(reverse("entity_quotes", args=[make_entity(SPEAKER).pk])))
    (address,) = page.xpath("//*[@class='said-feed']//input/@value")
    client.logout()
    (entry,) = feed_of(client, address).iterfind(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == f"{SPEAKER}: {WORDS}"
    assert entry.findtext(f"{ATOM}id") == f"urn:uuid:{mark.uuid}"
    assert entry.find(f"{ATOM}link").get("href").endswith(f"#mark-{mark.uuid}")
    assert "جريدة السكة" in entry.findtext(f"{ATOM}summary")


def test_nothing_that_nobody_confirmed_leaves_the_house(client, person):
    suggested(told_by())
    confirmed(told_by(day=2, said="«قول غير مؤكد القائل»"), "«قول غير مؤكد القائل»")
    Attribution.objects.filter(certainty="confirmed").update(certainty="uncertain")
    confirmed(told_by(day=3, said="«قول من مادة محجوبة»", status="hidden"), "«قول من مادة محجوبة»", person=editor())
    inside = told_by(day=4, said="«قول من مصدر داخلي»", source=make_source("مصدر داخلي"))
    confirmed(inside, "«قول من مصدر داخلي»")
    inside.source.rights = "internal"
    inside.source.save()
    confirmed(told_by(day=5, said="«قول مؤكد»"), "«قول مؤكد»")
    for reader in (person, editor()):
        assert titles(client, feed_path(make_entity(SPEAKER), reader)) == [f"{SPEAKER}: «قول مؤكد»"]


def editor():
    return make_user("editor")


def test_an_address_holds_for_one_entity_one_account_and_one_password(client, person):
    confirmed(told_by())
    confirmed(told_by(OTHER), by=OTHER)
    address = feed_path(make_entity(SPEAKER), person)
    signed = address.rstrip("/").rsplit("/", 1)[1]
    assert client.get(address).status_code == 200
    others = reverse("entity_quotes_feed_of", args=[make_entity(OTHER).pk, signed])
    assert client.get(others).status_code == 404
    assert client.get(reverse("entity_quotes_feed_of", args=[make_entity(SPEAKER).pk, "x" + signed])).status_code == 404
    person.set_password("كلمة أخرى طويلة 2024")
    person.save()
    assert client.get(address).status_code == 404
    renewed = feed_path(make_entity(SPEAKER), person)
    person.is_active = False
    person.save()
    assert client.get(renewed).status_code == 404


def test_visitors_read_the_open_one_where_reading_is_open(client, settings):
    confirmed(told_by())
    address = reverse("entity_quotes_feed", args=[make_entity(SPEAKER).pk])
    settings.PUBLIC_READING = True
    assert titles(client, address) == [f"{SPEAKER}: {WORDS}"]
    page = page_in(client.get(reverse("entity_quotes", args=[make_entity(SPEAKER).pk])))
    assert page.xpath("//link[@rel='alternate']/@href") == [f"http://testserver{address}"]
    settings.PUBLIC_READING = False
    assert client.get(address).status_code == 302


def test_a_feed_that_has_not_changed_is_not_sent_again(client, person):
    confirmed(told_by())
    address = feed_path(make_entity(SPEAKER), person)
    first = client.get(address)
    assert client.get(address, headers={"if-none-match": first["ETag"]}).status_code == 304
    confirmed(told_by(day=7))
    assert client.get(address, headers={"if-none-match": first["ETag"]}).status_code == 200


def test_a_name_that_was_merged_has_the_feed_of_what_it_became(client, person):
    confirmed(told_by())
    merged = make_entity(OTHER)
    address = feed_path(merged, person)
    merged.merged_into = make_entity(SPEAKER)
    merged.save()
    assert titles(client, address) == [f"{SPEAKER}: {WORDS}"]
