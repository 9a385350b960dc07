"""The moderators' desk: tags renamed and merged with a look first, comments taken away, what was done to marks."""

import pytest
from django.urls import reverse

from annotations.commenting import add_comment
from annotations.marking import delete_mark
from annotations.models import Annotation, Comment, MarkChange, Tag
from annotations.tagging import create_tag, set_tags
from tests.accounts import make_user
from tests.annotations.marks import make_mark, suggest
from tests.annotations.requests import signed_in
from tests.articles.factories import make_article

pytestmark = pytest.mark.django_db

QUOTE, OTHER = "«لن نُغلق الميناء»", "«سنوسّعه»"


@pytest.fixture
def annotator():
    return make_user("annotator", username="هدى")


@pytest.fixture
def desk():
    moderator = make_user("moderator", username="المشرف")
    moderator.is_staff = True
    moderator.save()
    return signed_in(moderator)


@pytest.fixture
def mark(annotator):
    article = make_article(paragraphs=[f"قال الوزير {QUOTE} وأضاف {OTHER} أمس."])
    return make_mark(article, QUOTE, by=annotator)


def changelist(model: str) -> str:
    return reverse(f"admin:annotations_{model}_changelist")


def test_tags_are_merged_after_a_look_at_what_would_move(desk, mark, annotator):
    set_tags(mark=mark, names=["موانئ"], by=annotator)
    old, stays = Tag.objects.get(), create_tag(name="ميناء", by=annotator)
    selected = {"action": "merge_selected", "_selected_action": [old.pk, stays.pk]}
    look = desk.post(changelist("tag"), selected, follow=True)
    page = look.content.decode()
    assert all(words in page for words in ("موانئ", "ميناء", "<td>1</td>", "<td>0</td>"))
    assert Tag.objects.count() == 2
    done = desk.post(f"{look.redirect_chain[-1][0]}", {"into": stays.pk}, follow=True).content.decode()
    assert "صار الوسم «ميناء» على علامة واحدة" in done
    assert [tag.name for tag in mark.tags.all()] == ["ميناء"]


def test_a_tag_is_renamed_and_another_spelling_of_an_old_one_is_refused_beside_the_field(desk, annotator):
    tag, other = create_tag(name="نقل", by=annotator), create_tag(name="إعلام", by=annotator)
    address = reverse("admin:annotations_tag_change", args=[tag.pk])
    assert "يوجد وسم مماثل: «إعلام»" in desk.post(address, {"name": "اعلام", "description": ""}).content.decode()
    desk.post(address, {"name": "نقل بحري", "description": "السفن"})
    tag.refresh_from_db()
    assert (tag.name, tag.folded, tag.description) == ("نقل بحري", "نقل بحري", "السفن")
    assert desk.get(reverse("admin:annotations_tag_delete", args=[other.pk])).status_code == 403
    desk.post(reverse("admin:annotations_tag_add"), {"name": "ميناء", "description": ""})
    assert Tag.objects.get(name="ميناء").created_by_name == "المشرف"
    assert "نقل بحري" in desk.get(changelist("tag"), {"q": "نَقل"}).content.decode()


def test_comments_lose_their_words_and_keep_their_place(desk, mark, annotator):
    comment = add_comment(mark=mark, text="كلام لا يليق", by=annotator)
    assert "كلام لا يليق" in desk.get(changelist("comment")).content.decode()
    desk.post(changelist("comment"), {"action": "delete_chosen", "_selected_action": [comment.pk]})
    comment.refresh_from_db()
    assert (comment.text, comment.deleted_by_name) == ("", "المشرف")
    desk.post(changelist("comment"), {"action": "delete_selected", "_selected_action": [comment.pk], "post": "yes"})
    assert Comment.objects.exists()


def test_the_log_leads_to_the_history_of_marks_also_of_those_that_are_gone(desk, mark, annotator):
    delete_mark(mark=mark, by=annotator)
    page = desk.get(changelist("markchange")).content.decode()
    assert page.count(reverse("mark_history", args=[mark.uuid])) == 2
    assert "حُذفت العلامة" in page
    assert "حُذفت هذه العلامة" in desk.get(reverse("mark_history", args=[mark.uuid])).content.decode()


def test_what_is_changed_and_deleted_at_the_desk_is_kept_as_everywhere(desk, mark):
    address = reverse("admin:annotations_annotation_change", args=[mark.pk])
    desk.post(address, {"note": "راجعه المشرف"})
    mark.refresh_from_db()
    assert (mark.note, mark.version) == ("راجعه المشرف", 2)
    assert "المشرف" in desk.get(address).content.decode()
    proposed = suggest(mark.revision.article, OTHER)
    for one in (mark, proposed):
        desk.post(reverse("admin:annotations_annotation_delete", args=[one.pk]), {"post": "yes"})
    assert [(one.pk, one.status) for one in Annotation.objects.all()] == [(proposed.pk, "rejected")]
    assert [change.act for change in MarkChange.objects.filter(by_name="المشرف").order_by("pk")] == [
        "changed",
        "deleted",
        "deleted",
    ]
