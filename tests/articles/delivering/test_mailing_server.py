"""Mails on their way: the server takes them, refuses them or is not there; workers do them, side by side, or die."""

import threading
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone

from articles.delivering import mailing
from articles.delivering.mailing import defer_due_mails, mail_search
from articles.models import SavedSearch
from tests.articles.delivering.found import BRIDGE
from tests.articles.delivering.mail_server import mail_server
from tests.articles.delivering.mailed import mailed_search, settled_article
from tests.articles.working import empty_queue, work_off

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mail_is_offered")]


def smtp(settings, port: int) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.DEFAULT_FROM_EMAIL = "newsdesk@desk.example"


@pytest.mark.django_db(transaction=True)
def test_a_worker_sends_what_is_owed():
    settled_article()
    mailed_search()
    try:
        assert defer_due_mails() == 1
        work_off()
        assert defer_due_mails() == 0
    finally:
        empty_queue()
    assert len(mail.outbox) == 1


def test_a_server_gets_the_mail_as_it_should_be(settings):
    settled_article(paragraphs=[BRIDGE])
    with mail_server() as server:
        smtp(settings, server.port)
        assert mail_search(mailed_search(name="الجسر").pk)
    (sent,) = server.mails
    assert server.recipients == ["salma@desk.example"]
    assert (sent["Subject"], sent["From"]) == ("الجسر: مادة جديدة واحدة", "newsdesk@desk.example")
    parts = {part.get_content_type(): part.get_content() for part in sent.iter_parts()}
    assert "سلمى الهادي" in parts["text/plain"]
    assert '<html lang="ar" dir="rtl">' in parts["text/html"]


def test_a_mail_that_was_refused_is_tried_again_later_and_told_to_its_owner(settings):
    settled_article()
    search = mailed_search()
    with mail_server() as server:
        smtp(settings, server.port)
        server.refusals = ["451 later"]
        assert not mail_search(search.pk)
        assert defer_due_mails() == 0
        kept = SavedSearch.objects.get()
        assert kept.mail_failures == 1
        assert "451" in kept.mail_failure
        assert timedelta(minutes=4) < kept.retry_at - timezone.now() < timedelta(minutes=6)
        SavedSearch.objects.update(retry_at=timezone.now())
        assert mail_search(search.pk)
        assert not mail_search(search.pk)
    assert len(server.mails) == 1
    kept = SavedSearch.objects.get()
    assert (kept.mail_failures, kept.mail_failure, kept.retry_at) == (0, "", None)


def test_after_many_refusals_the_next_regular_mail_is_waited_for_and_holds_everything(settings):
    settled_article()
    search = mailed_search()
    with mail_server() as server:
        smtp(settings, server.port)
        server.refusals = ["550 no"] * mailing._MOST_ATTEMPTS
        for _ in range(mailing._MOST_ATTEMPTS):
            SavedSearch.objects.exclude(retry_at=None).update(retry_at=timezone.now())
            assert not mail_search(search.pk)
        assert SavedSearch.objects.get().retry_at is None
        assert defer_due_mails() == 0
        SavedSearch.objects.update(last_mailed=timezone.now() - timedelta(days=2))
        assert mail_search(search.pk)
    assert len(server.mails) == 1


def test_a_server_that_is_not_there_breaks_nothing(settings):
    settled_article()
    smtp(settings, 1)
    search = mailed_search()
    assert not mail_search(search.pk)
    assert SavedSearch.objects.get().mail_failures == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_workers_one_sends():
    settled_article()
    search = mailed_search()
    sent, both = [], threading.Barrier(2)

    def work() -> None:
        both.wait()
        try:
            sent.append(mail_search(search.pk))
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(sent) == [False, True]
    assert len(mail.outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_dies_on_the_way_sends_nothing_twice_and_loses_nothing(monkeypatch):
    settled_article()
    search = mailed_search()

    def die(self) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(mail.EmailMessage, "send", die)
        with pytest.raises(KeyboardInterrupt):
            mail_search(search.pk)
    assert not mail_search(search.pk)
    SavedSearch.objects.update(last_mailed=timezone.now() - timedelta(days=2))
    assert mail_search(search.pk)
    assert len(mail.outbox) == 1
