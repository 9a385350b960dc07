"""Tags from a vocabulary that all share."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from annotations.models import Annotation, Tag
from annotations.refusals import MarkRefused
from annotations.tagging import TagExists, create_tag, merge_tags, rename_tag, set_tags, with_mark_counts
from tests.accounts import make_user
from tests.annotations.marks import make_mark, suggest
from tests.annotations.requests import address, assert_problem, send, signed_in
from tests.articles.factories import make_article

pytestmark = pytest.mark.django_db

QUOTE = "«لن نُغلق الميناء»"


@pytest.fixture
def article():
    return make_article(paragraphs=[f"قال الوزير {QUOTE} أمس."])


@pytest.fixture
def mark(article, annotator):
    return make_mark(article, QUOTE, by=annotator)


def tags_of(mark) -> list[str]:
    return sorted(tag.name for tag in mark.tags.all())


def test_a_mark_gets_tags_and_new_ones_join_the_vocabulary(mark, annotator):
    set_tags(mark=mark, names=["  اقتصاد   دولي", "ميناء"], by=annotator)
    set_tags(mark=mark, names=["ميناء", "نقل"], by=annotator)
    assert tags_of(mark) == ["ميناء", "نقل"]
    assert list(Tag.objects.values_list("name", "created_by_name")) == [
        ("اقتصاد دولي", annotator.username),
        ("ميناء", annotator.username),
        ("نقل", annotator.username),
    ]


def test_another_spelling_is_the_same_tag(mark, annotator):
    create_tag(name="الإقتصاد", by=annotator)
    set_tags(mark=mark, names=["الاقتصاد", "الْإقتصاد"], by=annotator)
    assert tags_of(mark) == ["الإقتصاد"]
    with pytest.raises(TagExists, match="الإقتصاد"):
        create_tag(name="الاقتصاد", by=annotator)


@pytest.mark.parametrize("name", ["", "  ", "ـــ", "\u064b", "س" * 81])
def test_a_tag_without_a_name_is_refused(mark, annotator, name):
    with pytest.raises(MarkRefused):
        create_tag(name=name, by=annotator)
    with pytest.raises(MarkRefused):
        set_tags(mark=mark, names=["ميناء", name], by=annotator)
    assert not Tag.objects.exists()


def test_tagging_a_suggestion_accepts_it(article, annotator):
    mark = set_tags(mark=suggest(article, QUOTE), names=["ميناء"], by=annotator)
    assert (mark.status, tags_of(mark)) == ("accepted", ["ميناء"])


def test_who_may_tag_rename_and_merge(article, mark, annotator):
    first, second = create_tag(name="نقل", by=annotator), create_tag(name="ميناء", by=annotator)
    for act, allowed in [
        (lambda user: create_tag(name=f"وسم {user.pk}", by=user), "annotator editor moderator"),
        (lambda user: set_tags(mark=mark, names=["نقل"], by=user), "editor moderator"),
        (lambda user: rename_tag(tag=first, name=f"نقل {user.pk}", by=user), "moderator"),
        (lambda user: merge_tags(tags=[first], into=second, by=user), "moderator"),
    ]:
        for role in ("reader", "annotator", "editor", "moderator"):
            if role in allowed.split():
                act(make_user(role))
            else:
                with pytest.raises(PermissionDenied):
                    act(make_user(role))


def test_a_renamed_tag_stays_on_its_marks_and_is_never_called_like_another(mark, annotator):
    moderator = make_user("moderator")
    set_tags(mark=mark, names=["نقل", "ميناء"], by=annotator)
    tag = Tag.objects.get(name="نقل")
    rename_tag(tag=tag, name="نقل بحري", by=moderator)
    assert tags_of(mark) == ["ميناء", "نقل بحري"]
    rename_tag(tag=tag, name="نَقل بحري", by=moderator)
    with pytest.raises(TagExists, match="ميناء"):
        rename_tag(tag=tag, name="الميناء"[2:], by=moderator)


def test_merged_tags_leave_their_marks_with_the_one_that_stays(article, mark, annotator):
    both = make_mark(article, "الوزير", kind="speaker", by=annotator)
    set_tags(mark=mark, names=["موانئ"], by=annotator)
    set_tags(mark=both, names=["موانئ", "ميناء"], by=annotator)
    old, stays = Tag.objects.get(name="موانئ"), Tag.objects.get(name="ميناء")
    assert with_mark_counts([old, stays]) == {old: 2, stays: 1}
    seen = Annotation.objects.get(pk=mark.pk).version
    assert merge_tags(tags=[old, stays], into=stays, by=make_user("moderator")) == 2
    assert (tags_of(mark), tags_of(both)) == (["ميناء"], ["ميناء"])
    assert list(Tag.objects.all()) == [stays]
    assert Annotation.objects.get(pk=mark.pk).version == seen + 1
    with pytest.raises(MarkRefused):
        merge_tags(tags=[old], into=stays, by=make_user("moderator"))


def test_the_vocabulary_is_found_by_how_names_begin(article, annotator):
    client = signed_in(annotator)
    for name in ("إعلام", "اعلان", "ميناء"):
        send(client, "POST", reverse("api_tags"), {"name": name, "description": "متى يوضع"})
    found = signed_in(make_user("reader")).get(reverse("api_tags"), {"q": "أع"}).json()["tags"]
    assert found == [{"name": name, "description": "متى يوضع"} for name in ("إعلام", "اعلان")]
    assert_problem(send(client, "POST", reverse("api_tags"), {"name": "مينـاء"}), 409, "tag_exists")
    assert_problem(send(client, "POST", reverse("api_tags"), {}), 422, "tag_unnamed")


def test_tags_go_with_the_mark_over_the_api_and_are_for_members(mark, annotator, settings):
    settings.PUBLIC_READING = True
    client = signed_in(annotator)
    assert send(client, "PUT", address(mark, "api_mark_tags"), {"tags": ["نقل"]}).json()["tags"] == ["نقل"]
    assert client.get(address(mark)).json()["tags"] == ["نقل"]
    assert "tags" not in signed_out().get(address(mark)).json()
    assert_problem(signed_out().get(reverse("api_tags")), 401, "sign_in")
    for wrong in ({}, {"tags": "نقل"}, {"tags": [1]}, {"tags": [None]}, {"tags": ["س" * 81]}, {"tags": ["س"] * 31}):
        assert_problem(send(client, "PUT", address(mark, "api_mark_tags"), wrong), 400, "bad_request")


def signed_out():
    return type(signed_in(make_user("reader")))()
