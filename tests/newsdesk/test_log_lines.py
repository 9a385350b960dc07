"""What the log says of requests: refusals in a line, breakdowns with their traceback."""

import logging
from logging.config import DictConfigurator

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import override_settings
from django.urls import path

import newsdesk.urls


def refuse(request):
    raise PermissionDenied


def miss(request):
    raise Http404


def break_down(request):
    raise RuntimeError("on purpose")


urlpatterns = [
    path("refused/", refuse),
    path("missing/", miss),
    path("broken/", break_down),
    *newsdesk.urls.urlpatterns,
]


@pytest.fixture
def written(caplog):
    """The records of this test as the configured formatter writes them."""
    formatter = DictConfigurator(settings.LOGGING).configure_formatter(settings.LOGGING["formatters"]["line"])
    return lambda: [formatter.format(record) for record in caplog.records]


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/refused/", "/missing/", "/nowhere/"])
@override_settings(ROOT_URLCONF=__name__)
def test_a_request_that_is_refused_is_one_line(client, written, address):
    assert client.get(address).status_code in (403, 404)
    (line,) = written()
    assert line.count("\n") == 0
    assert "WARNING django.request" in line
    assert address in line


@pytest.mark.django_db
def test_a_host_that_is_not_ours_is_one_line(client, written):
    assert client.get("/", HTTP_HOST="elsewhere.example").status_code == 400
    assert all("\n" not in line for line in written())
    assert "elsewhere.example" in written()[0]


@pytest.mark.django_db
@override_settings(ROOT_URLCONF=__name__)
def test_a_breakdown_keeps_its_traceback(client, written):
    client.raise_request_exception = False
    assert client.get("/broken/").status_code == 500
    (line,) = written()
    assert line.endswith("RuntimeError: on purpose")
    assert "Traceback" in line


def test_an_error_outside_of_requests_keeps_its_traceback_and_other_handlers_get_the_record_whole(caplog, written):
    logger = logging.getLogger("articles")
    try:
        raise ValueError("no")
    except ValueError:
        logger.exception("it failed")
        logger.warning("refused", exc_info=True, extra={"status_code": 403})
    assert "ValueError: no" in written()[0]
    assert "\n" not in written()[1]
    assert caplog.records[1].exc_info
