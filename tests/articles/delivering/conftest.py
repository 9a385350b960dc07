import pytest

from tests.articles.delivering.mailed import SITE


@pytest.fixture
def mail_is_offered(settings) -> None:
    """A newsroom that sends mail."""
    settings.MAIL_SEARCHES, settings.BASE_URL = True, SITE
    settings.TIME_ZONE = "Asia/Riyadh"
