"""Saved searches whose owners are owed a mail, and articles for it, in tests."""

from datetime import timedelta

from django.utils import timezone

from articles.delivering.saving import set_mail
from articles.models import Article, SavedSearch
from tests.articles.delivering.found import keep
from tests.articles.factories import make_article
from tests.searching import index_everything

SITE = "https://desk.example"


def mailed_search(query: str = "q=الجسر", *, mail: str = "daily", **fields) -> SavedSearch:
    """One that was given its mail two days ago, at every hour a daily one is due."""
    search = keep(query, email="salma@desk.example", **fields)
    set_mail(search, mail=mail, hour=7, weekday=7)
    earlier = timezone.now() - timedelta(days=2 if mail == "daily" else 8)
    SavedSearch.objects.filter(pk=search.pk).update(last_mailed=earlier, mailed_until=earlier, mailed_article=0)
    return SavedSearch.objects.get(pk=search.pk)


def settled_article(**fields) -> Article:
    """One that was imported some minutes ago."""
    article = make_article(**fields)
    Article.objects.filter(pk=article.pk).update(imported_at=timezone.now() - timedelta(minutes=5))
    index_everything()
    return article
