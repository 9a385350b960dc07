from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe
from django_htmx.http import HttpResponseClientRedirect, push_url

from articles.forms import PasteForm, SearchForm
from articles.views.chips import address, chips_of, written_address
from articles.views.results import NOTHING, page_number, results_of


@require_safe
def article_list(request: HttpRequest) -> HttpResponse:
    """Search and browse; to htmx the results alone."""
    may_read = request.user.is_authenticated or settings.PUBLIC_READING
    fragment = request.htmx and not request.htmx.history_restore_request
    if fragment and not may_read:  # The session ended while the page stood open.
        return HttpResponseClientRedirect(f"{reverse('login')}?{urlencode({'next': written_address(request.GET)})}")
    form = SearchForm(request.GET, user=request.user)
    query = form.query() if may_read else None
    context = {
        "form": form,
        "results": results_of(query, number=page_number(request), user=request.user) if query else NOTHING,
        "chips": chips_of(form) if query else [],
        "may_read": may_read,
        # Facets do not change from page to page.
        "facets_address": "" if fragment and "page" in request.GET else _facets_address(request),
    }
    if fragment:
        response = push_url(render(request, "articles/results.html", context), written_address(request.GET))
    else:
        response = render(request, "articles/list.html", context | {"paste_form": PasteForm()})
    patch_vary_headers(response, ["HX-Request", "HX-History-Restore-Request"])
    return response


def _facets_address(request: HttpRequest) -> str:
    _, _, asked = address(request.GET).partition("?")
    return f"{reverse('article_facets')}?{asked}" if asked else reverse("article_facets")
