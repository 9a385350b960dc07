"""One page of what a search found, ready to show."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from tantivy import Searcher

from articles.models import Article
from articles.models.articles import ArticleQuerySet
from articles.search.asking import Question, question_of
from articles.search.asking.suggesting import suggested_wording
from articles.search.faceting import asks_nothing, facets_of_all
from articles.search.finding import page_of
from articles.search.index.reading import SearchUnavailable, searching
from articles.search.query import Reader, SearchPage, SearchQuery, Sort
from articles.views.cards import Card, cards_of

PER_PAGE = 20
# Nobody reads on to page 500: whoever would is better served by a narrower question, and so is the database.
MOST_PAGES = 100
# Where fewer are found, another wording may find more.
FEW = 10

User = AbstractBaseUser | AnonymousUser


@dataclass(frozen=True)
class Results:
    """`cards` fit all of the query, `nearby` only some of its words; `total` counts the former and is None where
    nobody counted. With `every` false nothing fits all, and `total` is of `nearby`. `instead`: another wording.
    `unavailable`: why there is no search, and the newest articles stand here.
    """

    cards: list[Card]
    total: int | None
    page: Page
    nearby: list[Card] = field(default_factory=list)
    every: bool = True
    notes: Sequence[str] = ()
    instead: str | None = None
    unavailable: str = ""

    @property
    def numbers(self) -> Iterable[int | str]:
        """Page numbers around this one, with an ellipsis where some are left out."""
        return self.page.paginator.get_elided_page_range(self.page.number, on_each_side=2, on_ends=1)

    @property
    def goes_beyond(self) -> bool:
        """Whether more was found than the pages show."""
        return (self.total or 0) > self.page.paginator.count


NOTHING = Results(cards=[], total=0, page=Paginator([], PER_PAGE).page(1))


def results_of(query: SearchQuery, *, number: int, user: User) -> Results:
    """The page of this number, or the last one when there are fewer."""
    if asks_nothing(query):
        return _all_articles(query.sort, number, user)
    try:
        return _found(query, number, user)
    except SearchUnavailable as unavailable:
        return replace(_all_articles(Sort.NEWEST, 1, user), page=_page(0, 1), total=None, unavailable=unavailable.why)


def page_number(request: HttpRequest) -> int:
    """The page asked for; anything that is no page number asks for the first."""
    number = request.GET.get("page", "")
    return max(int(number), 1) if number.isdecimal() and len(number) < 10 else 1


def _found(query: SearchQuery, number: int, user: User) -> Results:
    question = question_of(query, Reader.of(user))
    with searching() as searcher:
        found = _search(searcher, question, number)
        page = _page(found.total, number)
        if page.number != number:
            found = _search(searcher, question, page.number)
        instead = suggested_wording(searcher, question) if not found.every or found.total < FEW else None
    cards = cards_of(found.ids, user, question.asked)
    nearby = set(found.ids[len(found.ids) - found.nearby :])
    return Results(
        cards=[card for card in cards if card.article.pk not in nearby],
        nearby=[card for card in cards if card.article.pk in nearby],
        total=found.total,
        page=page,
        every=found.every,
        notes=found.notes,
        instead=instead,
    )


def _search(searcher: Searcher, question: Question, number: int) -> SearchPage:
    offset = (min(number, MOST_PAGES) - 1) * PER_PAGE
    return page_of(searcher, question, offset=offset, limit=PER_PAGE)


def _all_articles(sort: Sort, number: int, user: User) -> Results:
    """Everything that the person may read: the database gives the page, the index the number of all."""
    articles = Article.objects.visible_to(user).newest_first()
    total, unavailable = None, ""
    try:
        total = facets_of_all(Reader.of(user)).total
    except SearchUnavailable as error:
        unavailable = error.why
    page = _page(_reachable(articles) if total is None else total, number)
    ordered = articles.reverse() if sort is Sort.OLDEST else articles
    first = (page.number - 1) * PER_PAGE
    ids = list(ordered.values_list("pk", flat=True)[first : first + PER_PAGE])
    return Results(cards_of(ids, user), total, page, unavailable=unavailable)


def _reachable(articles: ArticleQuerySet) -> int:
    """How many there are, as far as the pages go: a million are not counted for a page."""
    return articles[: MOST_PAGES * PER_PAGE].count()


def _page(total: int, number: int) -> Page:
    return Paginator(range(min(total, MOST_PAGES * PER_PAGE)), PER_PAGE).get_page(number)
