"""A database of its own, the application over it, and Chromium as somebody who marks, for what is measured there.

Importing this sets Django up; it comes before the application's own modules.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
django.setup()

from django.conf import settings  # noqa: E402 - the settings come first
from django.contrib.staticfiles.handlers import StaticFilesHandler  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.testcases import LiveServerThread  # noqa: E402
from django.test.utils import setup_databases, teardown_databases  # noqa: E402
from playwright.sync_api import Page, sync_playwright  # noqa: E402

from tests.accounts import make_user  # noqa: E402
from tests.browser.conftest import CHROMIUM, SWITCHES  # noqa: E402


@contextmanager
def served() -> Iterator[str]:
    """The address of a server over an empty database, both gone afterwards."""
    settings.ALLOWED_HOSTS = ["localhost"]
    databases = setup_databases(verbosity=0, interactive=False)
    server = LiveServerThread("localhost", StaticFilesHandler)
    server.daemon = True
    try:
        server.start()
        server.is_ready.wait()
        yield f"http://localhost:{server.port}"
    finally:
        server.terminate()
        # Threads that answered the browser may hold theirs a little longer.
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        teardown_databases(databases, verbosity=0)


@contextmanager
def opened(base: str, role: str = "editor") -> Iterator[Page]:
    """A page of Chromium, signed in as a new person of this role."""
    client = Client()
    client.force_login(make_user(role))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        context = browser.new_context(base_url=base, locale="ar", viewport={"width": 1280, "height": 900})
        context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": base}])
        page = context.new_page()
        page.set_default_timeout(120_000)
        yield page
        browser.close()
