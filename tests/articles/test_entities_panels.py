"""Apps add to an entity's page by the settings; without any it is what articles say of it."""

import pytest

from articles.layers import Panel
from tests.accounts import make_user
from tests.articles.factories import make_article, make_entity, make_mention
from tests.articles.markup import page_in, with_class, words

pytestmark = pytest.mark.django_db
NAME = "سلمى الهادي"


def kinds_of_three(entity, request):
    """A panel that lists what it is given, for whoever asks."""
    return [Panel("articles/kinds.html", {"kinds": [(entity.get_absolute_url(), f"لوح {request.user}", False)]})]


@pytest.fixture
def page(client, settings):
    def asked(*paths):
        settings.ENTITY_PANELS = list(paths)
        response = client.get(make_entity(NAME).get_absolute_url())
        assert response.status_code == 200
        return page_in(response)

    client.force_login(make_user("reader", username="قارئ"))
    make_mention(make_article(paragraphs=[f"حضرت {NAME} اللقاء."]), NAME)
    return asked


def test_a_panel_is_shown_with_what_it_gives_and_leaves_the_page_its_own(page):
    shown = with_class(page(f"{__name__}.kinds_of_three"), "kinds", "a")
    assert [words(link) for link in shown].count("لوح قارئ") == 1
    assert "أشخاص" in [words(link) for link in shown]


def test_without_panels_the_page_is_whole(page):
    bare = page()
    assert words(bare.find(".//h1")) == NAME
    assert not with_class(bare, "said-panel")
    assert with_class(bare, "naming")
