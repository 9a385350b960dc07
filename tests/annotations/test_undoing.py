"""What was done to marks is taken back exactly, done again, and never over what somebody else did since."""

import pytest
from django.core.exceptions import PermissionDenied

from annotations.carrying import carry_marks
from annotations.connecting import connect_speaker, disconnect_speaker
from annotations.marking import accept, change_mark, create_mark, delete_mark, reject
from annotations.models import Annotation, Attribution, Comment, MarkChange, Placement
from annotations.recording import written
from annotations.refusals import AlreadyMarked, CannotUndo
from annotations.reviewing import confirm_place, drop_place
from annotations.states import same, states_of
from annotations.undoing import restore, undo
from tests.accounts import make_user
from tests.annotations.marks import make_mark, span, suggest, suggest_said
from tests.annotations.test_carrying import LINES, changed
from tests.annotations.test_carrying import QUOTE as LONG_QUOTE
from tests.articles.factories import add_revision, make_article, make_entity, make_mention

pytestmark = pytest.mark.django_db

QUOTE, OTHER, SPEAKER = "«لن نُغلق الميناء 😀»", "«سنوسّعه»", "سالم الخطيب"
TEXT = f"قال الوزير {SPEAKER} {QUOTE} ثم أضاف {OTHER} أمس."


@pytest.fixture
def article():
    return make_article(paragraphs=[TEXT])


def states(article) -> dict:
    return states_of(Annotation.objects.filter(revision__article=article).values_list("pk", flat=True))


def last() -> MarkChange:
    return MarkChange.objects.first()


def equal(one: dict, other: dict) -> bool:
    return one.keys() == other.keys() and all(same(one[pk], other[pk]) for pk in one)


def undone_and_redone(article, by, act) -> None:
    """Every act is taken back to the very rows that were there, done again, and taken back once more."""
    before = states(article)
    act()
    after = states(article)
    assert not equal(before, after)
    undo(change=last(), by=by)
    assert equal(states(article), before)
    undo(change=last(), by=by)
    assert equal(states(article), after)
    assert last().act == "redone"
    undo(change=last(), by=by)
    assert equal(states(article), before)


def test_each_act_is_taken_back_exactly_and_done_again(article, annotator):
    entity = make_mention(article, SPEAKER).entity
    own = make_mark(article, "الوزير", kind="speaker", by=annotator)
    claim = make_mark(article, "ثم أضاف", kind="claim", by=annotator)
    quote, speaker = suggest_said(article, QUOTE, SPEAKER, entity=entity, certainty="uncertain")
    second = suggest(article, OTHER)
    Attribution.objects.create(annotation=second, order=0, speaker=speaker, certainty="probable")
    alone = suggest(article, "أمس", kind="claim")
    for act in [
        lambda: make_mark(article, OTHER, kind="claim", by=annotator),
        lambda: make_mark(article, OTHER, by=annotator),  # accepts the suggestion over the same words
        lambda: accept(mark=quote, by=annotator),
        lambda: reject(mark=quote, by=annotator),
        lambda: reject(mark=speaker, by=annotator),  # takes its attributions along
        lambda: delete_mark(mark=alone, by=annotator),
        lambda: delete_mark(mark=claim, by=annotator),
        lambda: change_mark(mark=claim, spans=[span(article, "أضاف")], note="أقصر", by=annotator),
        lambda: change_mark(mark=quote, spans=[span(article, QUOTE), span(article, OTHER)], by=annotator),
        lambda: connect_speaker(mark=claim, speaker=own, by=annotator),
        lambda: connect_speaker(mark=claim, span=span(article, "وزير"), by=annotator),  # makes a speaker mark
        lambda: connect_speaker(mark=quote, name="مصدر", by=annotator),
        lambda: connect_speaker(mark=quote, speaker=own, by=annotator),
        lambda: disconnect_speaker(mark=quote, by=annotator),
    ]:
        undone_and_redone(article, annotator, act)


def test_several_acts_in_one_are_taken_back_as_one_with_all_that_was_linked(article, annotator):
    quote, speaker = suggest_said(article, QUOTE, SPEAKER)
    second = suggest(article, OTHER)
    Attribution.objects.create(annotation=second, order=0, speaker=speaker, certainty="probable")

    def act():
        with written(by=annotator, act="changed"):
            accept(mark=quote, by=annotator)
            reject(mark=speaker, by=annotator)  # which the second quote loses too

    undone_and_redone(article, annotator, act)
    assert second.attributions.get().speaker == speaker


def test_a_deleted_mark_comes_back_as_itself_with_what_was_said_about_it(article, annotator):
    mark = make_mark(article, QUOTE, by=annotator)
    comment = Comment.objects.create(annotation=mark, author=annotator, author_name="هدى", text="للمراجعة")
    Comment.objects.create(annotation=mark, author_name="ليلى", text="نعم", reply_to=comment)
    uuid = mark.uuid
    delete_mark(mark=Annotation.objects.get(), by=annotator)
    assert not Comment.objects.exists()
    undo(change=last(), by=annotator)
    again = Annotation.objects.get(uuid=uuid)
    assert [one.text for one in again.comments.all()] == ["للمراجعة", "نعم"]
    assert again.comments.last().reply_to == comment
    assert (again.exact, again.created_by, again.status) == (QUOTE, annotator, "accepted")


def test_what_is_said_meanwhile_neither_hinders_nor_goes(article, annotator):
    mark = suggest(article, QUOTE)
    accept(mark=mark, by=annotator)
    Comment.objects.create(annotation=mark, author_name="ليلى", text="متأكد؟")
    undo(change=last(), by=annotator)
    mark.refresh_from_db()
    assert mark.status == "suggested"
    assert mark.comments.get().text == "متأكد؟"


def test_the_version_grows_with_every_change_and_never_comes_back(article, annotator):
    mark = make_mark(article, QUOTE, by=annotator)
    seen = [mark.version]
    for act in [
        lambda: change_mark(mark=mark, note="أ", by=annotator),
        lambda: change_mark(mark=mark, spans=[span(article, OTHER)], by=annotator),
        lambda: connect_speaker(mark=mark, name="مصدر", by=annotator),
        lambda: disconnect_speaker(mark=mark, by=annotator),
        lambda: undo(change=last(), by=annotator),
        lambda: delete_mark(mark=mark, by=annotator),
    ]:
        act()
        seen += Annotation.objects.values_list("version", flat=True)
    undo(change=last(), by=annotator)
    seen.append(Annotation.objects.get().version)
    assert seen == sorted(set(seen))


def test_a_change_that_changes_nothing_is_none(article, annotator):
    mark = make_mark(article, QUOTE, by=annotator)
    accept(mark=mark, by=annotator)
    change_mark(mark=mark, note="", by=annotator)
    mark.refresh_from_db()
    assert (MarkChange.objects.count(), mark.version) == (1, 1)


def test_what_somebody_changed_since_is_not_taken_back(article, annotator):
    mark = suggest(article, QUOTE)
    accept(mark=mark, by=annotator)
    mine = last()
    change_mark(mark=mark, note="رأي آخر", by=make_user("editor"))
    with pytest.raises(CannotUndo):
        undo(change=mine, by=annotator)
    mark.refresh_from_db()
    assert (mark.status, mark.note) == ("accepted", "رأي آخر")


def test_a_speaker_of_others_quotes_is_not_taken_from_them(article, annotator):
    speaker = make_mark(article, SPEAKER, kind="speaker", by=annotator)
    made = last()
    connect_speaker(mark=make_mark(article, QUOTE, by=annotator), speaker=speaker, by=annotator)
    with pytest.raises(CannotUndo):
        undo(change=made, by=annotator)
    assert Attribution.objects.get().speaker == speaker


def test_a_speaker_accepted_with_a_second_quote_stays_when_the_first_is_taken_back(article, annotator):
    quote, speaker = suggest_said(article, QUOTE, SPEAKER)
    second = suggest(article, OTHER)
    Attribution.objects.create(annotation=second, order=0, speaker=speaker, certainty="probable")
    accept(mark=quote, by=annotator)
    first = last()
    accept(mark=second, by=annotator)
    undo(change=first, by=annotator)
    statuses = dict(Annotation.objects.values_list("pk", "status"))
    assert statuses == {quote.pk: "suggested", second.pk: "accepted", speaker.pk: "accepted"}


def test_words_that_were_marked_anew_are_not_marked_twice(article, annotator):
    delete_mark(mark=make_mark(article, QUOTE, by=annotator), by=annotator)
    gone = last()
    make_mark(article, QUOTE, by=make_user("annotator"))
    with pytest.raises(AlreadyMarked):
        undo(change=gone, by=annotator)
    assert Annotation.objects.count() == 1


def test_what_was_done_on_another_text_is_not_taken_back(article, annotator):
    make_mark(article, QUOTE, by=annotator)
    carry_marks(add_revision(article, title=article.title, paragraphs=["سطر جديد.", TEXT]))
    with pytest.raises(CannotUndo):
        undo(change=last(), by=annotator)


def test_only_who_did_it_takes_it_back_and_only_while_they_may_mark(article, annotator):
    make_mark(article, QUOTE, by=annotator)
    with pytest.raises(PermissionDenied):
        undo(change=last(), by=make_user("administrator"))
    annotator.groups.clear()
    with pytest.raises(PermissionDenied):
        undo(change=last(), by=type(annotator).objects.get(pk=annotator.pk))
    assert Annotation.objects.count() == 1


def test_decisions_about_places_are_taken_back_too(annotator):
    article = make_article(title="الميناء باق", paragraphs=LINES)
    mark = make_mark(article, LONG_QUOTE, by=annotator)
    other = LONG_QUOTE.replace("مهما حدث، وسنواصل العمل", "أبداً، وسنمضي في التشغيل")
    changed(article, LINES[0].replace(LONG_QUOTE, other), *LINES[1:])
    assert Placement.objects.get().state == "doubtful"
    undone_and_redone(article, annotator, lambda: confirm_place(mark=mark, by=annotator))
    undone_and_redone(article, annotator, lambda: drop_place(mark=mark, by=annotator))
    undone_and_redone(article, annotator, lambda: delete_mark(mark=mark, by=annotator))


def test_what_was_referred_to_and_is_gone_cannot_come_back_by_undoing(article, annotator):
    mark = make_mark(article, QUOTE, by=annotator)
    entity = make_entity("اسم عابر")
    connect_speaker(mark=mark, entity=entity, by=annotator)
    disconnect_speaker(mark=mark, by=annotator)
    entity.delete()
    with pytest.raises(CannotUndo):
        undo(change=last(), by=annotator)
    assert not mark.attributions.exists()


def test_accounts_that_are_gone_leave_their_names(article, annotator):
    mark, editor = make_mark(article, QUOTE, by=annotator), make_user("editor")
    delete_mark(mark=mark, by=editor)
    name = annotator.username
    annotator.delete()
    undo(change=last(), by=editor)
    again = Annotation.objects.get()
    assert (again.created_by, again.created_by_name) == (None, name)


def test_an_editor_brings_back_what_a_mark_was_whoever_changed_it(article, annotator):
    editor = make_user("editor")
    mark = make_mark(article, QUOTE, by=annotator)
    entity = make_entity("اسم عابر")
    connect_speaker(mark=mark, entity=entity, by=annotator)
    connected = last().marks.get()
    change_mark(mark=mark, spans=[span(article, OTHER)], note="خطأ", by=annotator)
    disconnect_speaker(mark=mark, by=annotator)
    delete_mark(mark=mark, by=annotator)
    entity.delete()
    with pytest.raises(PermissionDenied):
        restore(changed=connected, by=annotator)
    restore(changed=connected, by=editor)
    again = Annotation.objects.get(uuid=mark.uuid)
    assert (again.exact, again.note) == (QUOTE, "")
    assert (again.attributions.get().name, again.attributions.get().entity) == ("اسم عابر", None)
    undo(change=last(), by=editor)
    assert not Annotation.objects.exists()


def test_a_mark_restored_after_the_text_changed_is_found_in_the_new_text(article, annotator):
    mark = make_mark(article, QUOTE, by=annotator)
    made = last().marks.get()
    delete_mark(mark=mark, by=annotator)
    revision = add_revision(article, title=article.title, paragraphs=["سطر جديد.", TEXT])
    restore(changed=made, by=make_user("editor"))
    placement = Placement.objects.get()
    assert (placement.state, revision.text[placement.start : placement.end]) == ("moved", QUOTE)


def test_history_says_who_did_what_and_what_was_there_also_of_a_mark_that_is_gone(article, annotator):
    mark = create_mark(revision=article.current_revision, kind="quote", spans=[span(article, QUOTE)], by=annotator)
    editor = make_user("editor", username="ليلى")
    change_mark(mark=mark, note="راجعه", by=editor)
    delete_mark(mark=mark, by=editor)
    editor.delete()
    rows = [(change.act, change.by_name, change.marks.get()) for change in MarkChange.objects.order_by("pk")]
    assert [(act, name) for act, name, _ in rows] == [
        ("marked", annotator.username),
        ("changed", "ليلى"),
        ("deleted", "ليلى"),
    ]
    assert [bool(row.before) for _, _, row in rows] == [False, True, True]
    assert rows[1][2].after["mark"]["note"] == "راجعه"
    assert [row.owner for _, _, row in rows] == [None, annotator, annotator]
