"""What leaves a search in English has no Arabic left but the articles' own."""

import io

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from docx import Document
from openpyxl import load_workbook

from articles.delivering.saving import set_mail
from articles.delivering.unsubscribing import unsubscribe_path
from tests.articles.delivering.found import keep
from tests.articles.factories import make_article, make_source
from tests.english import ARABIC_WRITING, arabic_on, in_english
from tests.searching import index_everything

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(settings):
    """A client with two searches, of which one asks for what is no more."""
    settings.MAIL_SEARCHES = True
    client = in_english("reader")
    owner = User.objects.get()
    gone = make_article(title="Dam", paragraphs=["A dam."], source=make_source("Gone"), language="en")
    keep(f"source={gone.source_id}", owner=owner, name="Dams")
    gone.delete()
    search = keep("q=bridge&since=2024-01-01", owner=owner, name="Bridges", email="salma@desk.example")
    for _ in range(3):
        make_article(title="Bridge", paragraphs=["The bridge opens."], source=make_source("The Port"), language="en")
    index_everything()
    client.search = search
    return client


def test_the_pages_of_searches(desk):
    search = desk.search
    addresses = [
        reverse("search_list"),
        f"{reverse('save_search')}?q=bridge&since=2024-01-01",
        reverse("delete_search", args=[search.pk]),
        unsubscribe_path(search),
        "/searches/unsubscribe/x/",
    ]
    pages = [desk.get(address) for address in addresses]
    for mail in ("daily", "weekly"):
        set_mail(search, mail=mail, hour=7, weekday=4)
        pages.append(desk.get(reverse("search_list")))
    for name, sent in (
        ("rename_search", {"name": "Bridges and rivers"}),
        ("rename_search", {"name": ""}),
        ("mail_search", {"mail": "daily", "hour": "5"}),
        ("mail_search", {"mail": "x"}),
        ("renew_feed", {}),
        ("delete_search", {}),
    ):
        pages.append(desk.post(reverse(name, args=[search.pk]), sent, follow=True))
    for name in ("", "Rivers"):
        pages.append(desk.post(f"{reverse('save_search')}?q=river", {"name": name}, follow=True))
    pages.append(desk.post(f"{reverse('save_search')}?q=river", {"name": "Rivers"}, follow=True))
    pages.append(desk.post(unsubscribe_path(search)))
    assert [arabic_on(page) for page in pages] == [[]] * len(pages)


def test_files_and_feeds(desk):
    address = f"{reverse('export')}?q=bridge+opens&since=2024-01-01"
    word = Document(io.BytesIO(b"".join(desk.get(f"{address}&format=docx").streaming_content)))
    sheet = load_workbook(io.BytesIO(b"".join(desk.get(f"{address}&format=xlsx").streaming_content))).active
    told = [paragraph.text for paragraph in (*word.paragraphs, *word.sections[0].footer.paragraphs)]
    told += [str(cell.value) for row in sheet for cell in row]
    told += [sheet.title, b"".join(desk.get(f"{address}&format=csv").streaming_content).decode()]
    told.append(desk.get(f"{reverse('public_feed')}?q=bridge&since=2024-01-01").content.decode())
    assert [text for text in told if ARABIC_WRITING.search(text)] == []
