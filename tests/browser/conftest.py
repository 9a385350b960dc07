"""A real Chromium against the real application. Tests are skipped, saying so, where the system has no Chromium."""

import os
import shutil
import time
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Route, expect, sync_playwright

from tests.accounts import make_user

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"))), None
)
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_AT_WORK = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'
"""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM:
        pytest.skip("no Chromium on this system (apt-get install chromium)")
    # Playwright's loop runs in this thread, beside which Django would refuse to touch the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


def wait_for_the_server() -> None:
    """Until nothing that a page asked for is under way: it would meet the emptying of the tables after the test."""
    quiet, late = 0, time.monotonic() + 20
    while quiet < 2 and time.monotonic() < late:
        with connection.cursor() as cursor:
            cursor.execute(_AT_WORK)
            [busy] = cursor.fetchone()
        quiet = 0 if busy else quiet + 1
        time.sleep(0.02)


@pytest.fixture
def context(browser: Browser, live_server) -> Iterator[BrowserContext]:
    """A reader who knows no other site: whatever is not the live server is refused, and so fails the test."""
    context = browser.new_context(base_url=live_server.url, locale="ar", viewport={"width": 1280, "height": 900})
    strangers: list[str] = []

    def stay_at_home(route: Route) -> None:
        if route.request.url.startswith((live_server.url, "data:", "blob:")):
            route.continue_()
        else:
            strangers.append(route.request.url)
            route.abort()

    context.route("**/*", stay_at_home)
    # Machines that run tests are busy; a page that never comes is still a failure.
    context.set_default_timeout(60_000)
    expect.set_options(timeout=20_000)
    yield context
    context.close()
    wait_for_the_server()
    assert not strangers, f"the page asked other servers: {strangers}"


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page of a signed-out reader; an error in a script or against the content security policy fails the test."""
    page = context.new_page()
    errors: list[str] = []

    def note_violation(message: ConsoleMessage) -> None:
        if message.type == "error" and "Content Security Policy" in message.text:
            errors.append(message.text)

    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", note_violation)
    yield page
    assert not errors, errors


@pytest.fixture
def signed_in_page(page: Page, live_server) -> Callable[[str], Page]:
    """signed_in_page(role): the page, signed in as a new person of this role; their account is page.user."""

    def sign_in(role: str) -> Page:
        client = Client()
        page.user = make_user(role)
        client.force_login(page.user)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
        return page

    return sign_in
