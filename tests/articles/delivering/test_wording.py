"""A search as an address and in words."""

import pytest
from django.utils import translation

from articles.delivering.wording import address_of, criteria_of, dated_plainly, form_of, in_words, name_for
from tests.accounts import make_user
from tests.articles.delivering.found import form_for
from tests.articles.factories import make_article, make_entity, make_mention, make_source

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader():
    return make_user("reader")


def test_the_same_search_has_one_address_however_it_was_sent(reader):
    source = make_article(source=make_source("قناة الأفق")).source_id
    sent = [
        f"q=جسر&source={source}&since=2024-05-01&page=3",
        f"page=9&since=2024-05-01&source={source}&until=&q=++جسر+",
        f"source={source}&source={source}&utm_source=x&q=سد&q=جسر&since=2024-05-01&sort=relevance",
    ]
    (address,) = {address_of(form_for(one, reader)) for one in sent}
    form = form_of(address, reader)
    assert form.is_valid()
    assert address_of(form) == address


def test_nothing_asked_is_an_empty_address_and_all_articles(reader):
    form = form_for("q=&page=2", reader)
    assert (address_of(form), criteria_of(form)) == ("", [])
    assert in_words(form) == name_for(form) == "كل المواد"


def test_what_was_asked_is_told_in_the_words_of_the_form(reader):
    article = make_article(source=make_source("قناة الأفق"), paragraphs=["قالت سلمى الهادي إن الجسر باقٍ."])
    make_article(source=make_source("الميناء"))
    entity = make_mention(article, "سلمى الهادي").entity_id
    asked = f"q=الجسر&source={article.source_id}&since=2024-05-01&entity={entity}"
    form = form_for(asked, reader)
    assert in_words(form) == "كلمات البحث: الجسر · وسيلة الإعلام: قناة الأفق · من يوم: 1 مايو 2024 · اسم: سلمى الهادي"
    assert name_for(form) == "الجسر، قناة الأفق، 1 مايو 2024، سلمى الهادي"


def test_an_entity_that_was_merged_is_told_by_what_it_became(reader):
    article = make_article(paragraphs=["قالت سلمى الهادي إن الجسر باقٍ."])
    standing = make_mention(article, "سلمى الهادي").entity
    merged = make_entity("سلمى")
    merged.merged_into = standing
    merged.save()
    assert "سلمى الهادي" in in_words(form_for(f"entity={merged.pk}", reader))


def test_a_name_is_never_longer_than_a_name_may_be(reader):
    assert len(name_for(form_for("q=" + "كلمة+" * 90, reader))) == 200


@pytest.mark.parametrize(
    ("precision", "line"), [("minute", "27 مارس 2024، 12:30"), ("day", "27 مارس 2024"), ("month", "مارس 2024")]
)
def test_dates_are_no_more_precise_than_they_are_known(settings, precision, line):
    settings.TIME_ZONE = "Asia/Riyadh"
    article = make_article(precision=precision)
    with translation.override("ar"):
        assert dated_plainly(article) == line
    assert dated_plainly(make_article(published_at=None)) == ""
