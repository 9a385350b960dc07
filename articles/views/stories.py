from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.provenance.stories import settle_stories
from articles.provenance.telling import changes, telling_of
from articles.views.results import page_number

PER_PAGE = 30
# A reader waits for no more than so many changes to be settled; the rest are settled by the next import.
SETTLED_AT_ONCE = 20


@require_safe
def story(request: HttpRequest, pk: int) -> HttpResponse:
    """A story: its articles in time, where the text came from and why, and what each of them changed."""
    if not (request.user.is_authenticated or settings.PUBLIC_READING):
        return redirect_to_login(request.get_full_path())
    settle_stories(SETTLED_AT_ONCE)
    telling = telling_of(pk, request.user)
    if telling is None:
        raise Http404
    page = Paginator(telling.articles, PER_PAGE).get_page(page_number(request))
    base = telling.first or telling.articles[0]
    found = changes(page.object_list, base)
    context = {
        "telling": telling,
        "base": base,
        "page": page,
        "copies": [(article, found.get(article.pk)) for article in page.object_list],
    }
    return render(request, "stories/story.html", context)
