"""Merging and splitting on the moderators' desk."""

import pytest
from django.urls import reverse

from articles.models import Alias, Entity, EntityChange
from tests.accounts import make_user
from tests.articles.factories import make_article, make_entity, make_mention
from tests.articles.markup import page_in, words

pytestmark = pytest.mark.django_db

NAME, FULL = "سامر الحداري", "سامر عبد الله الحداري"


def staff(client, role):
    user = make_user(role)
    user.is_staff = True
    user.save()
    client.force_login(user)
    return client


@pytest.fixture
def moderator(client):
    return staff(client, "moderator")


def named_in(number, name=NAME, entity=None):
    articles = [make_article(title=f"خبر {name} {n}", paragraphs=[f"قال {name} ذلك."]) for n in range(number)]
    for article in articles:
        make_mention(article, name, entity=entity)
    return articles


def rows_of(page):
    return [words(row) for row in page.xpath("//tbody/tr")]


def merge_address(*entities):
    return reverse("admin:articles_entity_merge") + "?" + "&".join(f"entity={entity.pk}" for entity in entities)


def test_selected_names_are_merged_after_a_preview(moderator):
    named_in(2)
    named_in(1, FULL)
    less, more = make_entity(FULL), make_entity(NAME)
    chosen = {"action": "merge_selected", "_selected_action": [less.pk, more.pk]}
    answer = moderator.post(reverse("admin:articles_entity_changelist"), chosen)
    page = page_in(moderator.get(answer.url))
    numbers = {tuple(words(cell) for cell in row.xpath("td")[3:]) for row in page.xpath("//tbody/tr")}
    assert numbers == {("1", "0"), ("2", "0")}
    assert page.xpath("//input[@name='into'][@checked]/@value") == [str(more.pk)], "the more frequent one stays"
    assert not EntityChange.objects.exists(), "a preview changes nothing"
    moderator.post(answer.url, {"into": less.pk}, follow=True)
    assert Entity.objects.get(pk=more.pk).merged_into == less
    assert less.mentions.count() == 3


def test_a_further_name_is_found_in_any_spelling_and_added(moderator):
    first, second = make_entity("إيمان خليل"), make_entity("ايمان الخليل")
    page = page_in(moderator.get(merge_address(first) + "&q=ايمان"))
    assert page.xpath("//input[@type='checkbox']/@value") == [str(second.pk)]
    page = page_in(moderator.get(merge_address(first, second)))
    assert len(rows_of(page)) == 2


def test_a_split_shows_what_moves_and_then_moves_it(moderator):
    articles = named_in(3)
    entity = make_entity(NAME)
    address = reverse("admin:articles_entity_split", args=[entity.pk])
    page = page_in(moderator.get(address))
    assert {words(label) for label in page.xpath("//tbody//label")} == {article.title for article in articles}
    asked = {"article": [articles[0].pk, articles[1].pk], "name": NAME, "distinction": "لاعب الهلال"}
    page = page_in(moderator.post(address, asked | {"preview": "1"}))
    assert "مواضع الورود 2" in words(page)
    assert len(page.xpath("//tbody//input[@checked]")) == 2
    assert not EntityChange.objects.exists()
    moderator.post(address, asked | {"confirm": "1"})
    split = Entity.objects.get(distinction="لاعب الهلال")
    assert (split.mentions.count(), entity.mentions.count()) == (2, 1)


def test_a_split_without_a_distinction_says_what_is_missing_and_keeps_what_was_chosen(moderator):
    (article,) = named_in(1)
    entity = make_entity(NAME)
    address = reverse("admin:articles_entity_split", args=[entity.pk])
    page = page_in(moderator.post(address, {"article": [article.pk], "name": NAME, "distinction": "", "confirm": "1"}))
    assert "ما يميّز الجديد عنه" in words(page)
    assert len(page.xpath("//tbody//input[@checked]")) == 1


def test_a_merge_is_undone_from_the_list_of_changes(moderator):
    named_in(2)
    source, target = make_entity(NAME), make_entity(FULL)
    moderator.post(merge_address(source, target), {"into": target.pk})
    page = page_in(moderator.get(reverse("admin:articles_entitychange_changelist")))
    (undo,) = page.xpath("//a[contains(@href, '/undo/')]/@href")
    assert "موضعان" in words(page_in(moderator.get(undo)))
    moderator.post(undo)
    assert source.mentions.count() == 2
    page = words(page_in(moderator.get(reverse("admin:articles_entitychange_changelist"))))
    assert "تراجع…" not in page
    assert "moderator" in page


def test_what_was_built_upon_offers_no_undoing(moderator):
    first, second, third = make_entity("أ. الحداري"), make_entity(NAME), make_entity(FULL)
    moderator.post(merge_address(first, second), {"into": second.pk})
    moderator.post(merge_address(second, third), {"into": third.pk})
    earlier = EntityChange.objects.earliest("pk")
    page = page_in(moderator.get(reverse("admin:articles_entitychange_undo", args=[earlier.pk])))
    assert "اللاحق أولاً" in words(page)
    assert not page.xpath("//input[@type='submit']")


def test_namesakes_are_proposed_on_the_form_and_as_a_filter(moderator):
    one, other = (
        Entity.objects.create(kind="person", name=NAME, folded=NAME, distinction=role) for role in ("وزير", "لاعب")
    )
    alone = make_entity("كيوان الراوي")
    listed = page_in(moderator.get(reverse("admin:articles_entity_changelist"), {"namesakes": "yes"}))
    assert len(listed.xpath("//tbody/tr")) == 2
    page = page_in(moderator.get(reverse("admin:articles_entity_change", args=[one.pk])))
    (address,) = page.xpath("//a[contains(@href, '/merge/?')][contains(., 'لاعب')]/@href")
    assert len(rows_of(page_in(moderator.get(address)))) == 2
    assert other.pk != alone.pk


def test_a_form_that_leads_to_the_same_name_makes_a_candidate_too(moderator):
    one, other = make_entity(NAME), make_entity(FULL)
    Alias(entity=one, form=FULL).save()
    page = page_in(moderator.get(reverse("admin:articles_entity_change", args=[one.pk])))
    assert page.xpath(f"//a[contains(@href, 'entity={one.pk}&entity={other.pk}')]")


def test_a_merged_name_offers_neither_merge_nor_split(moderator):
    source, target = make_entity(NAME), make_entity(FULL)
    moderator.post(merge_address(source, target), {"into": target.pk})
    page = page_in(moderator.get(reverse("admin:articles_entity_change", args=[source.pk])))
    assert not page.xpath("//a[contains(@href, '/split/')]")
    assert moderator.get(reverse("admin:articles_entity_split", args=[source.pk])).status_code == 404


@pytest.mark.parametrize("role", ["annotator", "editor"])
def test_the_desk_s_pages_are_for_moderators(client, role):
    entity, other = make_entity(NAME), make_entity(FULL)
    client = staff(client, role)
    assert client.get(merge_address(entity, other)).status_code == 403
    assert client.post(merge_address(entity, other), {"into": other.pk}).status_code == 403
    assert client.get(reverse("admin:articles_entity_split", args=[entity.pk])).status_code == 403
    assert not EntityChange.objects.exists()


@pytest.mark.parametrize("query", ["", "?entity=x&entity=99999999999999999999", "?entity=1&q=%00"])
def test_odd_questions_open_an_empty_page(moderator, query):
    assert moderator.get(reverse("admin:articles_entity_merge") + query).status_code == 200
