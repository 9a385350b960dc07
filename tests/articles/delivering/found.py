"""Searches to deliver, in tests: articles in the index, forms and queries as pages make them."""

from django.http import QueryDict

from articles.delivering.saving import save_search
from articles.forms import SearchForm
from articles.models import Article, SavedSearch
from tests.accounts import make_user
from tests.articles.factories import make_article
from tests.searching import index_everything

BRIDGE = "قالت سلمى الهادي إن الجسر الجديد فوق نهر الوادي يفتح صباح الاثنين أمام حركة السير."
# Sentences that are no part of any passage about the bridge.
FILLER = [f"وتابع المجلس البلدي في جلسته رقم {number} مناقشة موازنة الحدائق والأسواق." for number in range(40)]


def article_in_index(**fields) -> Article:
    article = make_article(**fields)
    index_everything()
    return article


def form_for(address: str, user) -> SearchForm:
    form = SearchForm(QueryDict(address), user=user)
    assert form.is_valid(), form.errors
    return form


def keep(query: str = "q=الجسر", *, owner=None, name: str = "الجسر", email: str = "") -> SavedSearch:
    owner = owner or make_user("reader")
    if email:
        owner.email = email
        owner.save()
    return save_search(by=owner, query=query, name=name)
