"""One page of what a search found, ready to show."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.core.paginator import Page, Paginator
from django.http import HttpRequest

from articles.models import Article
from articles.search import SearchPage, SearchQuery, search
from articles.views.cards import Card, cards_of

PER_PAGE = 20
# Nobody reads on to page 500: whoever would is better served by a narrower question, and so is the database.
MOST_PAGES = 100


@dataclass(frozen=True)
class Results:
    cards: list[Card]
    total: int
    page: Page

    @property
    def numbers(self) -> Iterable[int | str]:
        """Page numbers around this one, with an ellipsis where some are left out."""
        return self.page.paginator.get_elided_page_range(self.page.number, on_each_side=2, on_ends=1)

    @property
    def goes_beyond(self) -> bool:
        """Whether more was found than the pages show."""
        return self.total > self.page.paginator.count


NOTHING = Results(cards=[], total=0, page=Paginator([], PER_PAGE).page(1))


def results_of(query: SearchQuery, *, number: int, user: AbstractBaseUser | AnonymousUser) -> Results:
    """The page of this number, or the last one when there are fewer."""
    found = _found(query, number, user)
    page = Paginator(range(min(found.total, MOST_PAGES * PER_PAGE)), PER_PAGE).get_page(number)
    if page.number != number:
        found = _found(query, page.number, user)
    return Results(cards=cards_of(found.ids, user), total=found.total, page=page)


def page_number(request: HttpRequest) -> int:
    """The page asked for; anything that is no page number asks for the first."""
    number = request.GET.get("page", "")
    return max(int(number), 1) if number.isdecimal() and len(number) < 10 else 1


def _found(query: SearchQuery, number: int, user: AbstractBaseUser | AnonymousUser) -> SearchPage:
    offset = (min(number, MOST_PAGES) - 1) * PER_PAGE
    return search(query, articles=Article.objects.visible_to(user), offset=offset, limit=PER_PAGE)
