"""Marks come back from the project's own files as they left, and a second time changes nothing."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied

from annotations.carrying import carry_marks
from annotations.commenting import add_comment, delete_comment
from annotations.connecting import connect_speaker, link_to_quote
from annotations.history import history_of
from annotations.marking import change_mark, reject
from annotations.models import Annotation, ChangedMark, Comment, MarkChange, Tag
from annotations.receiving.running import Asked, receive_file
from annotations.refusals import CannotUndo
from annotations.states import same, states_of
from annotations.tagging import set_tags
from annotations.undoing import restore, undo
from tests.accounts import make_user
from tests.annotations.exports.compared import differences
from tests.annotations.exports.samples import plain, uuid, whole
from tests.annotations.marks import make_mark, suggest, suggest_said
from tests.annotations.receiving.arriving import exported, received, stored_sample, told, written
from tests.articles.factories import add_revision, make_entity

pytestmark = pytest.mark.django_db
# What another database numbers otherwise, what follows from the places (how sure a mark stands), and the history, which
# tells of the import too.
OTHERWISE = {"attributions.entity.id", "attributions.entity.address", "standing", "changes"}


@pytest.fixture
def editor():
    return make_user("editor", username="محررة")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "marks.jsonl"


def rows() -> dict[str, int]:
    models = [*apps.get_app_config("annotations").get_models(), *apps.get_app_config("articles").get_models()]
    return {model._meta.label: model._base_manager.count() for model in models if not model._meta.proxy}


def test_every_field_comes_back(editor, path):
    """But for the accounts that comments speak to: only who is named an account here can be told."""
    make_user("annotator", username="ليلى")
    article = stored_sample()
    report = received(path, whole(), by=editor, people={"ليلى": "ليلى"})
    assert (told(report), dict(report.left_out)) == ({"new": 9}, {"name in the text": 5})
    (found,) = exported(article)
    assert set(differences(whole().marks, found.marks)) <= OTHERWISE
    assert Comment.objects.filter(mentions__member__username="ليلى").count() == 1


def test_the_history_that_a_file_tells_is_kept_and_the_import_is_one_act_after_it(editor, path):
    article = stored_sample()
    received(path, whole(), by=editor)
    (found,) = exported(article)
    before, after = whole().marks, found.marks
    assert [mark.changes[:-1] for mark in after] == [mark.changes for mark in before]
    assert {(mark.changes[-1].act, mark.changes[-1].by) for mark in after} == {("imported", "محررة")}
    assert len({mark.changes[-1].uuid for mark in after}) == 1


def test_what_is_told_is_shown_in_the_history_and_cannot_be_restored(editor, path):
    stored_sample()
    received(path, whole(), by=editor)
    history = history_of(Annotation.objects.get(uuid=uuid(3)).uuid, editor)
    assert [(entry.act, entry.by, entry.change is None) for entry in history.entries] == [
        ("imported", "محررة", False),
        ("placed", "سامر", True),
        ("marked", "ليلى", True),
    ]
    with pytest.raises(CannotUndo):
        restore(changed=ChangedMark.objects.filter(change__act="placed").get(), by=editor)


def test_marks_that_left_come_back_into_an_emptied_archive_as_they_were(editor, path):
    """Made with everything that people can do here, exported, wiped out, imported, exported again."""
    annotator = make_user("annotator", username="نور")
    article = stored_sample(earlier=False)
    quote = make_mark(article, "«سيروي ثلاث مدن»", by=annotator, cue="قالت")
    speaker = make_mark(article, "وزيرة المياه سلمى الرافعي", kind="speaker", by=annotator)
    connect_speaker(mark=quote, speaker=speaker, entity=make_entity("سلمى الرافعي"), by=annotator)
    claim = make_mark(article, "سيروي ثلاث مدن", kind="claim", by=annotator)
    link_to_quote(claim=claim, quote=quote, by=annotator)
    set_tags(mark=claim, names=["مياه", "أرقام 💧"], by=annotator)
    change_mark(mark=quote, note="سطر\nآخر", circumstances={"said_on": date(2026, 3, 24)}, by=annotator)
    first = add_comment(mark=claim, text="من قال؟", by=editor)
    add_comment(mark=claim, text="هي.", by=annotator, reply_to=first)
    delete_comment(comment=first, by=editor)
    suggest_said(article, "«التربة صالحة للبناء 👷🏽‍♀️ بلا تحفظ»", "زياد الحلو", entity=make_entity("زياد الحلو"))
    reject(mark=suggest(article, "«الماء حقٌّ لكل بيت في المدينة»"), by=annotator)
    title, *lines = article.current_revision.text.replace("في مؤتمر صحفي ", "").split("\n")
    carry_marks(add_revision(article, title=title, paragraphs=lines))
    (before,) = exported(article)

    Annotation.objects.all().delete()
    MarkChange.objects.all().delete()
    Tag.objects.all().delete()
    report = received(path, before, by=editor)
    assert (told(report), dict(report.left_out)) == ({"new": len(before.marks)}, {})
    (after,) = exported(article)
    assert set(differences(before.marks, after.marks)) == {"changes", "comments.mentions"}
    assert [mark.changes[:-1] for mark in after.marks] == [mark.changes for mark in before.marks]
    assert not list(differences(replace(before, marks=()), replace(after, marks=())))


def test_the_same_file_again_changes_nothing(editor, path):
    stored_sample()
    received(path, whole(), by=editor)
    before, states = rows(), states_of(Annotation.objects.values_list("pk", flat=True))
    report = received(path, whole(), by=editor)
    assert told(report) == {"unchanged": 9}, report.lines
    assert rows() == before
    assert states_of(Annotation.objects.values_list("pk", flat=True)) == states


def test_people_stay_strangers_unless_they_are_said_to_be_an_account_here(editor, path):
    namesake, other = make_user(username="ليلى"), make_user(username="سامر")
    stored_sample()
    received(path, whole(), by=editor, people={"سامر": "سامر"})
    assert not Annotation.objects.filter(created_by=namesake).exists()
    assert set(Annotation.objects.filter(detector="").values_list("created_by_name", "created_by")) == {("ليلى", None)}
    first, answer, deleted = Comment.objects.order_by("pk")
    assert (first.author, first.author_name, answer.author, answer.author_name) == (other, "سامر", None, "ليلى")
    assert (deleted.reply_to, deleted.deleted_by_name) == (answer, "سامر")
    assert not Comment.objects.filter(mentions__isnull=False).exists()
    assert not MarkChange.objects.filter(by=namesake).exists()


def test_names_are_cut_and_nobody_has_a_name_too(editor, path):
    stored_sample()
    long, nobody = (replace(plain_quote(number), created_by=name) for number, name in ((1, "س" * 400), (2, "")))
    received(path, replace(whole(), marks=(long, nobody)), by=editor)
    assert [mark.created_by_name for mark in Annotation.objects.order_by("pk")] == ["س" * 150, "كاتب غير معروف"]


def plain_quote(number: int):
    """The headline's quote under another name; the second one over other words."""
    mark = whole().marks[0]
    return replace(mark if number == 1 else whole().marks[5], uuid=uuid(500 + number), attributions=())


def test_the_import_of_an_article_is_taken_back_and_done_again(editor, path):
    article = stored_sample()
    kept = make_mark(article, "مروان الشامي", kind="speaker", by=editor)
    received(path, whole(), by=editor)
    after = states_of(Annotation.objects.values_list("pk", flat=True))
    undo(change=MarkChange.objects.first(), by=editor)
    assert list(Annotation.objects.all()) == [kept]
    undo(change=MarkChange.objects.first(), by=editor)
    again = states_of(Annotation.objects.values_list("pk", flat=True))
    assert again.keys() == after.keys()
    assert all(same(again[pk], after[pk]) for pk in after)
    assert Comment.objects.count() == 3


def test_a_mark_that_differs_is_told_and_stays(editor, path):
    stored_sample()
    received(path, whole(), by=editor)
    first = whole().marks[0]
    other = replace(first, note="رأي آخر", tags=("سد",), stance="warning")
    report = received(path, replace(whole(), marks=(other,)), by=editor)
    assert told(report) == {"differs": 1}
    assert report.lines[0].reason == "هذه العلامة هنا، ويختلف فيها: ملاحظة، نبرة الفعل، الوسوم."
    assert Annotation.objects.get(uuid=first.uuid).note == ""


@pytest.mark.parametrize(
    "change",
    [
        {"note": "رأي آخر"},
        {"tags": ("سد",)},
        {"attributions": ()},
        {"quote_type": "indirect"},
        {"stance": "denying", "channel": "speech", "said_on": date(2020, 1, 1), "translated": False},
        {"created_by": "غيرها", "created_at": datetime(2020, 1, 1, tzinfo=UTC)},
        {"status": "rejected"},
        {"parts": whole().marks[0].parts, "revision": 2},
    ],
    ids=lambda change: " ".join(change),
)
def test_what_is_replaced_becomes_the_files_with_history_and_is_taken_back(editor, path, change):
    article = stored_sample()
    interrupted = whole().marks[2]
    received(path, replace(whole(), marks=whole().marks[1:3]), by=editor)
    before = states_of(Annotation.objects.values_list("pk", flat=True))
    other = replace(whole(), marks=(replace(interrupted, **change),))
    assert told(received(path, other, by=editor, replace=True)) == {"replaced": 1}
    (found,) = exported(article)
    now = next(mark for mark in found.marks if mark.uuid == interrupted.uuid)
    assert {name: getattr(now, name) for name in change} == change
    assert [change.act for change in now.changes][-1] == "imported"
    assert [comment.text for comment in now.comments] == [comment.text for comment in interrupted.comments]
    assert told(received(path, other, by=editor)) == {"unchanged": 1}
    undo(change=MarkChange.objects.first(), by=editor)
    again = states_of(Annotation.objects.values_list("pk", flat=True))
    assert all(same(again[pk], before[pk]) for pk in before)


def test_missing_comments_are_a_difference_and_are_added_by_replacing(editor, path):
    stored_sample()
    bare = replace(whole().marks[2], attributions=(), comments=whole().marks[2].comments[:1])
    received(path, replace(whole(), marks=(bare,)), by=editor)
    full = replace(whole(), marks=(replace(bare, comments=whole().marks[2].comments),))
    assert told(received(path, full, by=editor)) == {"differs": 1}
    assert told(received(path, full, by=editor, replace=True)) == {"replaced": 1}
    assert [comment.author_name for comment in Comment.objects.order_by("pk")] == ["سامر", "ليلى", "نور"]
    assert told(received(path, full, by=editor)) == {"unchanged": 1}


def test_replacing_does_not_put_two_marks_on_the_same_words(editor, path):
    article = stored_sample()
    received(path, replace(whole(), marks=whole().marks[1:2]), by=editor)
    ours = make_mark(article, "زياد الحلو", kind="speaker", by=editor)
    (part,) = ours.parts.all()
    words = replace(whole().marks[1].parts[0], start=part.start, end=part.end, exact=part.exact)
    moved = replace(whole(), marks=(replace(whole().marks[1], parts=(words,)),))
    assert told(received(path, moved, by=editor, replace=True)) == {"differs": 1}
    assert Annotation.objects.filter(parts__exact="زياد الحلو").count() == 1


def test_only_who_may_import_does_and_only_who_may_change_others_marks_replaces(path):
    article = stored_sample()
    with pytest.raises(PermissionDenied):
        received(path, whole(), by=make_user("annotator"))
    assert not Annotation.objects.filter(revision__article=article).exists()


def test_words_that_are_marked_already_keep_their_mark(editor, path, tmp_path):
    article = stored_sample()
    ours = make_mark(article, "وزيرة المياه سلمى الرافعي", kind="speaker", by=editor)
    aside = tmp_path / "refused.jsonl"
    report = received(path, whole(), by=editor, aside=aside)
    assert told(report) == {"new": 8, "already": 1}
    assert not Annotation.objects.filter(uuid=uuid(2)).exists()
    # What the file links with its mark is linked with ours, which is over the same words.
    assert Annotation.objects.get(uuid=uuid(3)).attributions.get().speaker == ours
    assert uuid(2) in aside.read_text("utf-8")


def test_undecided_suggestions_give_way_to_decided_marks_and_what_they_were_linked_with_stays(editor, path):
    article = stored_sample()
    quote, speaker = suggest_said(article, "قالت", "وزيرة المياه سلمى الرافعي")
    received(path, replace(whole(), marks=whole().marks[1:3]), by=editor)
    imported = Annotation.objects.get(uuid=uuid(2))
    assert quote.attributions.get().speaker == imported
    assert not Annotation.objects.filter(pk=speaker.pk).exists()
    undo(change=MarkChange.objects.first(), by=editor)
    assert set(Annotation.objects.all()) == {quote, speaker}
    assert quote.attributions.get().speaker == speaker


def test_a_suggestion_that_comes_in_leaves_what_is_there(editor, path):
    article = stored_sample()
    ours = suggest(article, whole().marks[-1].exact, kind="claim")
    report = received(path, replace(whole(), marks=whole().marks[-1:]), by=editor)
    assert told(report) == {"already": 1}
    assert list(Annotation.objects.all()) == [ours]


def test_a_suggestion_that_people_talk_about_stays(editor, path):
    article = stored_sample()
    ours = suggest(article, "وزيرة المياه سلمى الرافعي", kind="speaker")
    add_comment(mark=ours, text="هل هي؟", by=editor)
    assert told(received(path, replace(whole(), marks=whole().marks[1:2]), by=editor)) == {"already": 1}


def test_tags_join_the_vocabulary_in_whatever_spelling(editor, path):
    stored_sample()
    known = Tag.objects.create(name="ميزانيه & ارقام")
    received(path, whole(), by=editor)
    assert Tag.objects.count() == 3
    assert known.marks.get().uuid == Annotation.objects.get(uuid=uuid(3)).uuid
    assert told(received(path, whole(), by=editor)) == {"unchanged": 9}


def test_entities_are_those_that_are_here_by_name_or_made(editor, path):
    article = stored_sample()
    agency = make_entity("وكالة الواحه", kind="organisation")
    received(path, whole(), by=editor)
    links = {link.entity for mark in Annotation.objects.all() for link in mark.attributions.all()} - {None}
    assert agency in links
    made = next(entity for entity in links if entity.distinction)
    assert (made.name, made.distinction, made.kind) == ("سلمى الرافعي", "وزيرة المياه", "person")
    assert article.current_revision.mentions.count() == 0


def test_links_to_what_is_not_in_the_file_or_no_such_mark_are_left_out_and_told(editor, path):
    stored_sample()
    claim = replace(whole().marks[7], quote=uuid(2), attributions=(replace(whole().marks[2].attributions[0], name=""),))
    report = received(path, replace(whole(), marks=(whole().marks[1], claim)), by=editor)
    assert told(report) == {"new": 2}
    assert report.left_out["quote that is not here"] == 1
    assert Annotation.objects.get(uuid=claim.uuid).attributions.get().speaker.uuid.hex == uuid(2).replace("-", "")


def test_a_dry_run_says_what_the_run_then_does_and_stores_nothing(editor, path):
    article = stored_sample()
    make_mark(article, "وزيرة المياه سلمى الرافعي", kind="speaker", by=editor)
    moved = replace(whole().marks[0], uuid=uuid(700), parts=(replace(whole().marks[0].parts[0], start=3, end=20),))
    alternating = [
        replace(whole(), marks=whole().marks[:4]),
        plain(),
        replace(whole(), marks=(*whole().marks[3:], moved, replace(whole().marks[0], note="غيره"))),
        replace(whole(), marks=(replace(whole().marks[5], uuid=uuid(701)),)),
    ]
    before = rows()
    rehearsed = received(path, *alternating, by=editor, dry_run=True)
    assert rows() == before
    report = received(path, *alternating, by=editor)
    assert rehearsed.counts == report.counts
    assert told(report) == {"new": 8, "unchanged": 1, "already": 2, "differs": 1, "refused": 2}
    assert (rehearsed.articles, rehearsed.unknown) == (report.articles, report.unknown) == (3, 1)


def test_an_interruption_leaves_whole_articles_and_the_next_run_takes_the_rest(editor, path):
    stored_sample()
    asked = iter([False, False, False, True])
    file = written(path, replace(whole(), marks=whole().marks[:2]), whole())
    report = receive_file(Asked(file, "jsonl", editor), stop=lambda: next(asked))
    assert report.interrupted
    assert told(report) == {"new": 2}
    assert told(received(path, whole(), by=editor)) == {"new": 7, "unchanged": 2}
