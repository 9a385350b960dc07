"""The scale of ratings and the checks in the admin."""

import pytest
from django.urls import reverse

from annotations.models import Rating
from tests.accounts import make_user
from tests.annotations.checking.cases import decided, make_check, rating
from tests.annotations.requests import signed_in
from tests.articles.markup import page_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    moderator = make_user("moderator")
    moderator.is_staff = True
    moderator.save()
    return signed_in(moderator)


def test_a_newsroom_adds_to_its_scale_and_retires_from_it(desk):
    old = rating("Unproven")
    told = {"position": 9, "label": "ساخر", "label_en": "Satire", "colour": "violet", "is_offered": "on"}
    desk.post(reverse("admin:annotations_rating_add"), told)
    assert str(Rating.objects.get(label="ساخر")) == "ساخر"
    change = reverse("admin:annotations_rating_change", args=[old.pk])
    desk.post(change, {"position": 4, "label": old.label, "label_en": "Unproven", "colour": "grey"})
    old.refresh_from_db()
    assert not old.is_offered


def test_what_readers_were_told_keeps_its_name(desk):
    used = decided(make_check()).rating
    page = page_in(desk.get(reverse("admin:annotations_rating_change", args=[used.pk])))
    assert page.xpath("//input[@name='label']") == []
    assert page.xpath("//select[@name='colour']")


def test_checks_are_looked_up_in_any_spelling_and_lead_to_their_pages(desk):
    check = make_check("أُغلِقت المدرسة الكبرى")
    make_check()
    page = page_in(desk.get(reverse("admin:annotations_check_changelist"), {"q": "اغلقت المدرسه"}))
    assert page.xpath("//td[contains(@class, 'field-page')]/a/@href") == [check.get_absolute_url()]
