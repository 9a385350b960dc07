"""Mails of saved searches: what is in them, when they are sent, and that none is sent twice or left out."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from lxml import html

from articles.delivering import mailing
from articles.delivering.mailing import defer_due_mails, mail_search
from articles.models import Article, SavedSearch
from articles.search.index.folder import search_folder
from tests.accounts import make_user
from tests.articles.delivering.found import BRIDGE, FILLER
from tests.articles.delivering.mailed import SITE, mailed_search, settled_article
from tests.articles.factories import make_article, make_source
from tests.articles.markup import page_in, words
from tests.articles.working import waiting_jobs
from tests.searching import index_everything

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mail_is_offered")]


def test_a_mail_tells_what_is_new_as_text_and_as_html():
    article = settled_article(title="جسر <الوادي>", paragraphs=[*FILLER, BRIDGE], source=make_source("قناة الأفق"))
    search = mailed_search(name="أخبار الجسر")
    assert mail_search(search.pk)
    (sent,) = mail.outbox
    assert (sent.subject, sent.to) == ("أخبار الجسر: مادة جديدة واحدة", ["salma@desk.example"])
    page = html.fromstring(sent.alternatives[0][0])
    assert (page.get("dir"), page.get("lang")) == ("rtl", "ar")
    for told in (sent.body, words(page)):
        for line in ("جسر <الوادي>", "قناة الأفق", "27 مارس 2024، 12:30", "سلمى الهادي إن الجسر الجديد"):
            assert line in told
        assert FILLER[20] not in told
    links = page.xpath("//a/@href")
    assert f"{SITE}/articles/{article.pk}/" in links
    assert f"{SITE}/searches/{search.pk}/" in links
    assert page.xpath("//b/text()") == ["الجسر"]
    assert not page.xpath("//style | //@style | //img | //script")
    assert f"{SITE}/articles/{article.pk}/" in sent.body


def test_a_mail_can_be_stopped_from_the_mail_program():
    settled_article()
    search = mailed_search()
    mail_search(search.pk)
    headers = mail.outbox[0].message()
    stop = re.fullmatch("<(.*)>", headers["List-Unsubscribe"])[1]
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert headers["Auto-Submitted"] == "auto-generated"
    assert re.fullmatch(rf"<search-{search.pk}-\d+@desk\.example>", headers["Message-ID"])
    program = Client(enforce_csrf_checks=True)
    assert program.get(stop.removeprefix(SITE)).status_code == 200
    assert SavedSearch.objects.get().mail == "daily"
    assert program.post(stop.removeprefix(SITE), {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert SavedSearch.objects.get().mail == "none"
    assert "لن تصلك رسائل هذا البحث" in words(page_in(program.get(stop.removeprefix(SITE))))
    SavedSearch.objects.all().delete()
    assert program.post(stop.removeprefix(SITE)).status_code == 200


@pytest.mark.parametrize("signed", ["x", "WzFd:abc", "W10:x", "%00", "WzFd"])
def test_nobody_stops_a_mail_with_a_link_that_we_did_not_sign(signed):
    search = mailed_search()
    assert Client().post(f"/searches/unsubscribe/{signed}/").status_code == 404
    assert SavedSearch.objects.get(pk=search.pk).mail == "daily"


def test_one_mail_for_many_missed_days_and_then_none_until_the_next_time():
    for _ in range(3):
        settled_article()
    search = mailed_search()
    SavedSearch.objects.update(last_mailed=timezone.now() - timedelta(days=40))
    assert mail_search(search.pk)
    assert not mail_search(search.pk)
    assert [sent.subject for sent in mail.outbox] == ["الجسر: 3 مواد جديدة"]


def test_what_was_told_once_is_not_told_again_and_nothing_is_left_out():
    settled_article(title="جسر أول")
    search = mailed_search()
    on_its_way = make_article(title="جسر ثان")  # Imported a moment ago: for the next mail.
    index_everything()
    mail_search(search.pk)
    Article.objects.filter(pk=on_its_way.pk).update(imported_at=timezone.now() - timedelta(minutes=3))
    SavedSearch.objects.update(last_mailed=timezone.now() - timedelta(days=2))
    mail_search(search.pk)
    assert [("جسر أول" in sent.body, "جسر ثان" in sent.body) for sent in mail.outbox] == [(True, False), (False, True)]


def test_nothing_new_is_no_mail():
    settled_article(title="سد", paragraphs=["لا صلة له."])
    settled_article(status="hidden")
    search = mailed_search()
    assert not mail_search(search.pk)
    assert mail.outbox == []
    assert not mailing.defer_due_mails()


def test_a_long_list_is_cut_and_leads_to_the_rest(monkeypatch):
    monkeypatch.setattr(mailing, "MOST_SHOWN", 2)
    for _ in range(5):
        settled_article()
    mail_search(mailed_search().pk)
    (sent,) = mail.outbox
    assert sent.subject == "الجسر: 5 مواد جديدة"
    assert "و3 مواد أخرى" in sent.body
    assert len(html.fromstring(sent.alternatives[0][0]).xpath("//h2")) == 2


def test_the_newest_come_first_however_the_search_is_sorted():
    day = settled_article(title="سد", paragraphs=["لا صلة له."]).published_at
    for number in (2, 3, 1):
        settled_article(title=f"جسر {number}", published_at=day.replace(day=number))
    mail_search(mailed_search("q=جسر&sort=oldest").pk)
    page = html.fromstring(mail.outbox[0].alternatives[0][0])
    assert page.xpath("//h2//text()") == ["جسر 3", "جسر 2", "جسر 1"]


@pytest.mark.parametrize("role", ["reader", "editor"])
def test_only_what_is_published_is_sent(role):
    settled_article(title="جسر ظاهر")
    for status in ("pending", "hidden"):
        settled_article(title="جسر مستور", status=status)
    mail_search(mailed_search(owner=make_user(role)).pk)
    assert "جسر ظاهر" in mail.outbox[0].body
    assert "جسر مستور" not in mail.outbox[0].body


def test_what_was_hidden_a_moment_ago_is_not_sent():
    article = settled_article()
    Article.objects.filter(pk=article.pk).update(status="hidden")
    assert not mail_search(mailed_search().pk)
    assert mail.outbox == []


@pytest.mark.parametrize("how", ["inactive", "without address", "mail stopped", "no server"])
def test_who_wants_no_mail_or_can_get_none_is_left_alone(settings, how):
    settled_article()
    search = mailed_search()
    owner = search.owner
    match how:
        case "inactive":
            owner.is_active = False
        case "without address":
            owner.email = ""
        case "mail stopped":
            SavedSearch.objects.update(mail="none")
        case "no server":
            settings.MAIL_SEARCHES = False
    owner.save()
    assert not mail_search(search.pk)
    assert not mail_search(0)
    assert defer_due_mails() == 0
    assert mail.outbox == []


def test_a_search_for_what_is_no_more_is_told_to_its_owner_once():
    source = settled_article(source=make_source("قناة عابرة")).source_id
    search = mailed_search(f"source={source}")
    Article.objects.update(status="hidden")
    assert not mail_search(search.pk)
    assert defer_due_mails() == 0
    assert "لم يعد هذا البحث صالحاً" in SavedSearch.objects.get().mail_failure


def test_while_the_index_is_being_built_a_mail_waits(monkeypatch):
    monkeypatch.setattr(mailing, "_PATIENCE", 0)
    search = mailed_search()
    with search_folder().following():  # Another process is at it.
        assert not mail_search(search.pk)
    settled_article()
    assert mail_search(search.pk)


@pytest.mark.django_db(transaction=True)
def test_while_the_index_is_behind_a_mail_waits_so_that_it_leaves_out_nothing(monkeypatch):
    monkeypatch.setattr(mailing, "_PATIENCE", 0)
    search = mailed_search()
    index_everything()
    article = make_article()
    Article.objects.filter(pk=article.pk).update(imported_at=timezone.now() - timedelta(minutes=5))
    with search_folder().following():  # Another process is about to index it.
        assert not mail_search(search.pk)
    assert mail_search(search.pk)
    assert len(mail.outbox) == 1


def test_a_mail_that_is_owed_is_one_job():
    settled_article()
    search = mailed_search()
    mailed_search(mail="weekly", owner=search.owner, query="q=جسر")
    assert defer_due_mails() == 2
    assert defer_due_mails() == 0
    assert ("mail_search", {"search_id": search.pk}) in waiting_jobs()
