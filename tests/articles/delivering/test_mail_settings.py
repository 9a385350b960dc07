"""Setting up the mail of a saved search."""

import os
import subprocess
import sys
from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from articles.models import SavedSearch
from tests.articles.delivering.found import keep
from tests.articles.markup import page_in, with_class, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mail_is_offered")]


def test_mail_is_set_up_on_the_page_of_searches(client):
    search = keep(email="salma@desk.example")
    client.force_login(search.owner)
    response = client.post(
        reverse("mail_search", args=[search.pk]), {"mail": "weekly", "hour": "16", "weekday": "4"}, follow=True
    )
    (row,) = with_class(page_in(response), "search-row")
    assert "رسالة كل أسبوع، يوم الخميس الساعة 16:00" in words(row)
    kept = SavedSearch.objects.get()
    assert (kept.mail, kept.hour, kept.weekday) == ("weekly", 16, 4)
    assert timezone.now() - kept.last_mailed < timedelta(minutes=1)
    client.post(reverse("mail_search", args=[search.pk]), {"mail": "daily", "hour": "5"})
    again = SavedSearch.objects.get()
    assert (again.mail, again.last_mailed) == ("daily", kept.last_mailed)


@pytest.mark.parametrize(
    "sent", [{"mail": "hourly", "hour": "5"}, {"mail": "daily", "hour": "24"}, {"mail": "daily"}, {}]
)
def test_mail_that_cannot_be_is_refused_in_a_line(client, sent):
    search = keep(email="salma@desk.example")
    client.force_login(search.owner)
    page = client.post(reverse("mail_search", args=[search.pk]), sent, follow=True)
    assert "لم تُحفظ إعدادات الإرسال" in words(page_in(page))
    assert SavedSearch.objects.get().mail == "none"


def test_without_an_address_there_is_no_mail(client):
    search = keep()
    client.force_login(search.owner)
    page = client.post(reverse("mail_search", args=[search.pk]), {"mail": "daily", "hour": "5"}, follow=True)
    assert "ليس في حسابك عنوان بريد إلكتروني" in words(page_in(page))
    assert SavedSearch.objects.get().mail == "none"


def test_without_a_server_mail_is_not_offered(client, settings):
    settings.MAIL_SEARCHES = False
    search = keep(email="salma@desk.example")
    client.force_login(search.owner)
    assert "بريد" not in words(page_in(client.get(reverse("search_list"))))
    client.post(reverse("mail_search", args=[search.pk]), {"mail": "daily", "hour": "5"})
    assert SavedSearch.objects.get().mail == "none"


@pytest.mark.parametrize(
    ("environment", "line"),
    [
        ({"EMAIL_URL": "smtp://mail.example:25"}, "NEWSDESK_BASE_URL is not"),
        ({"EMAIL_URL": "pigeon://mail.example", "NEWSDESK_BASE_URL": "https://desk.example"}, "pigeon"),
        ({"NEWSDESK_BASE_URL": "desk.example"}, "it has to begin with http:// or https://"),
        ({}, "False newsdesk"),
        (
            {"EMAIL_URL": "smtp+tls://a:b%40c@mail.example:587", "NEWSDESK_BASE_URL": "https://desk.example/"},
            "b@c True",
        ),
    ],
)
def test_the_settings_of_mail_are_read_or_refused_at_start(environment, line, tmp_path):
    script = (
        "import newsdesk.settings as s\n"
        "of = lambda name: getattr(s, name, 'newsdesk')\n"
        "print(of('EMAIL_HOST_PASSWORD'), s.MAIL_SEARCHES, of('DEFAULT_FROM_EMAIL'))"
    )
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("NEWSDESK_", "EMAIL_"))}
    bare |= {"NEWSDESK_ENV": os.devnull, "NEWSDESK_DATA": str(tmp_path)}
    command = [sys.executable, "-W", "ignore", "-c", script]
    result = subprocess.run(
        command, cwd=settings.BASE_DIR, env=bare | environment, capture_output=True, text=True, check=False
    )
    assert line in (result.stdout + result.stderr).splitlines()[-1]
