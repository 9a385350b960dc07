"""The OpenAPI description: complete, sound, and true whatever is asked of the API."""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.urls import reverse
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from annotations.urls import urlpatterns as annotations_urls
from articles.naming.counting import settle_all_counts
from newsdesk.api.models import make_token
from newsdesk.wsgi import application
from tests.accounts import make_user
from tests.annotations.marks import make_mark, suggest
from tests.annotations.speaking.spoken import confirmed, told_by
from tests.articles.copies import FLOOD, stored
from tests.articles.markup import page_in
from tests.newsdesk.api.asking import answered, client_of
from tests.searching import index_everything

pytestmark = pytest.mark.django_db

EXAMPLES = 8  # of each operation
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
# What the article's page asks for itself, and what is no mark: not described.
PAGES_OWN = {
    "api/queue/next/",
    "api/articles/<int:pk>/decide/",
    "api/articles/<int:pk>/proposals/",
    "api/articles/<int:pk>/mentions-of/",
    "api/articles/<int:pk>/mentions-of/marks/",
    "api/marks/<uuid:uuid>/comments/seen/",
    "api/marks/<uuid:uuid>/history/",
    "api/marks/<uuid:uuid>/restore/",
    "api/marks/undo/",
    "api/comments/<int:pk>/",
    "api/members/",
}


@pytest.fixture
def archive():
    """A little of everything that the API tells."""
    article = told_by()
    confirmed(article)
    make_mark(article, "نغلق الميناء", by=make_user("annotator"), kind="claim")
    suggest(article, "ومضت", kind="claim")
    stored(FLOOD, source="أ")
    stored(FLOOD, source="ب", hours=1)
    settle_all_counts()
    index_everything()
    return article


@pytest.fixture
def many_requests(settings):
    """So many as a test sends, on its own connection: as Django's own test client has them."""
    settings.API_RATES = {"user": 100_000, "address": 100_000}
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def described() -> dict[str, dict]:
    return answered(client_of("reader"), "api_schema")["paths"]


def test_every_endpoint_of_the_marks_is_described_but_for_what_is_the_pages_own():
    routes = {str(one.pattern) for one in annotations_urls if str(one.pattern).startswith("api/")}
    told = {path.replace("{id}", "<int:pk>").replace("{uuid}", "<uuid:uuid>").lstrip("/") for path in described()}
    assert routes - told == PAGES_OWN


def test_every_operation_has_a_summary_and_every_change_an_example():
    for path, methods in described().items():
        for method, operation in methods.items():
            assert operation["summary"], path
            if method in ("post", "put", "patch"):
                assert operation["requestBody"]["content"]["application/json"]["example"], path


def test_the_page_of_endpoints_keeps_to_the_sites_policy():
    response = client_of("reader").get(reverse("api_docs"))
    page = page_in(response)
    assert "/api/quotes/" in page.text_content()
    assert not page.xpath("//style | //script[not(@src)] | //*[@style]")


def test_the_api_does_what_its_description_says_whatever_is_asked(archive, many_requests):
    # schemathesis reads no compressed answers where it calls the application itself.
    _row, token = make_token(by=make_user("editor"), name="schemathesis")
    headers = {"Authorization": f"Bearer {token}", "Accept-Encoding": "identity"}
    schema = schemathesis.openapi.from_wsgi(reverse("api_schema"), application)
    asked, wrong = 0, []
    for result in schema.get_all_operations():
        operation = result.ok()

        @settings(
            max_examples=EXAMPLES,
            deadline=None,
            database=None,
            derandomize=True,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy())
        def conforms(case):
            nonlocal asked
            asked += 1
            response = case.call(headers=headers)
            case.validate_response(response, checks=CHECKS)

        try:
            conforms()
        except BaseExceptionGroup as found:
            wrong.append(f"{operation.label}: {found!r}")
    assert not wrong, "\n".join(wrong)
    assert asked > 3 * len(described())
