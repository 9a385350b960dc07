"""From a page's credit to a source."""

import pytest

from articles.models import Source
from articles.provenance.crediting import Credited, credited_by
from tests.articles.factories import make_source
from tests.articles.pages import make_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def own():
    return make_source("بوابة القرية", key="village.example")


def test_a_well_known_agency_becomes_a_source_once(own):
    page = make_page(credit_lines=["المصدر: رويترز"])
    first, second = credited_by(page, own), credited_by(page, own)
    assert first == second
    assert (first.source.name, first.source.kind, first.words) == ("رويترز", "agency", "المصدر: رويترز")
    assert first.source.domains.filter(domain="ara.reuters.com").exists()
    assert Source.objects.count() == 2


def test_a_source_that_is_there_already_is_taken(own):
    agency = make_source("واس", key="was")
    agency.domains.create(domain="spa.gov.sa")
    assert credited_by(make_page(agencies="واس"), own).source == agency
    named = make_source("الجزيرة نت", key="jazeera")
    assert credited_by(make_page(credit_lines=["المصدر: الجزيرة نت"]), own).source == named


def test_an_outlet_nobody_knows_makes_no_source_but_its_words_are_kept(own):
    page = make_page(credit_lines=["المصدر: موقع نوافذ الساحل"])
    assert credited_by(page, own) == Credited(None, "المصدر: موقع نوافذ الساحل")
    windows = make_source("موقع نوافذ الساحل")
    assert credited_by(page, own).source == windows


def test_a_credit_to_others_that_names_none_is_kept_in_its_words_and_makes_no_source(own):
    make_source("مواقع إلكترونية")
    page = make_page(credit_lines=["المصدر: مواقع إلكترونية"])
    assert credited_by(page, own) == Credited(None, "المصدر: مواقع إلكترونية")
    assert Source.objects.count() == 2


def test_what_credits_its_own_outlet_is_no_credit():
    agency = make_source("وكالة الساحل", key="coast.example", kind=Source.Kind.AGENCY)
    assert credited_by(make_page(credit_lines=["المصدر: وكالة الساحل"]), agency) == Credited()


def test_a_page_without_credit_asks_nothing(own, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert credited_by(make_page(), own) == Credited()
