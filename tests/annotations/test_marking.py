import pytest
from django.core.exceptions import PermissionDenied

from annotations.marking import accept, change_mark, create_mark, delete_mark, reject
from annotations.models import Annotation, Attribution
from annotations.refusals import AlreadyMarked, MarkRefused, TextChanged
from annotations.spans import MarkedSpan
from tests.accounts import make_user
from tests.annotations.marks import make_mark, span, suggest, suggest_said
from tests.articles.factories import add_revision, make_article

pytestmark = pytest.mark.django_db

QUOTE = "«لن نُغلق الميناء 😀»"
OTHER = "«سنوسّعه»"
TEXT = f"قال الوزير سالم الخطيب {QUOTE} ثم أضاف {OTHER} أمس."


@pytest.fixture
def article():
    return make_article(paragraphs=[TEXT])


def create(article, *spans, by, kind="quote", **more):
    return create_mark(revision=article.current_revision, kind=kind, spans=spans, by=by, **more)


def test_a_mark_stands_at_the_code_points_where_it_was_made_and_knows_the_words_around_it(article, annotator):
    mark = make_mark(article, QUOTE, by=annotator)
    [part] = mark.parts.all()
    text = article.current_revision.text
    assert text[part.start : part.end] == part.exact == QUOTE
    assert text.index(QUOTE) == part.start
    assert (part.prefix, part.suffix) == (text[part.start - 32 : part.start], text[part.end : part.end + 32])
    assert (mark.status, mark.created_by_name, mark.decided_by) == ("accepted", annotator.username, annotator)


def test_a_quote_may_have_two_parts_and_a_cue_between_them(article, annotator):
    cue = span(article, "ثم أضاف", role="cue")
    mark = create(article, span(article, OTHER), cue, span(article, QUOTE), by=annotator)
    assert [(part.role, part.exact) for part in mark.parts.all()] == [
        ("content", QUOTE),
        ("cue", "ثم أضاف"),
        ("content", OTHER),
    ]
    assert mark.exact == f"{QUOTE} … {OTHER}"


def test_part_of_a_word_can_be_marked_exactly(annotator):
    article = make_article(paragraphs=["سافر الوفد لواشنطن."])
    mark = make_mark(article, "واشنطن", kind="speaker", by=annotator)
    assert mark.exact == "واشنطن"


@pytest.mark.parametrize(
    ("start", "end", "exact", "code"),
    [
        (-1, 3, "افت", "outside_text"),
        (0, 10_000, "افتتاح", "outside_text"),
        (5, 5, "", "outside_text"),
        (9, 4, "تاح جسر", "outside_text"),
        (0, 6, "اختتام", "text_changed"),
        (6, 7, " ", "no_words"),
    ],
)
def test_spans_that_are_not_in_the_text_are_refused(article, annotator, start, end, exact, code):
    with pytest.raises(MarkRefused) as refused:
        create(article, MarkedSpan(start, end, exact), by=annotator)
    assert refused.value.code == code
    assert not Annotation.objects.exists()


def test_a_mark_without_words_of_an_unknown_kind_or_with_parts_that_overlap_is_refused(article, annotator):
    quote, word = span(article, QUOTE), span(article, "الميناء")
    for kind, spans in (("quote", []), ("rumour", [quote]), ("quote", [quote, word]), ("claim", [quote, word])):
        with pytest.raises(MarkRefused):
            create(article, *spans, kind=kind, by=annotator)
    with pytest.raises(MarkRefused):
        create(article, quote, quote_type="whispered", by=annotator)


def test_words_of_a_text_that_has_changed_meanwhile_are_refused(article, annotator):
    seen = article.current_revision
    add_revision(article, title=article.title, paragraphs=["نص جديد."])
    with pytest.raises(TextChanged):
        create_mark(revision=seen, kind="quote", spans=[MarkedSpan(0, 7, seen.text[:7])], by=annotator)


def test_the_same_words_are_not_marked_twice_as_the_same_kind(article, annotator):
    make_mark(article, QUOTE, by=annotator)
    make_mark(article, QUOTE, kind="claim", by=annotator)
    with pytest.raises(AlreadyMarked):
        make_mark(article, QUOTE, by=make_user("annotator"))


def test_marking_what_a_detector_proposed_accepts_its_suggestion(article, annotator):
    suggested = suggest(article, QUOTE)
    mark = make_mark(article, QUOTE, by=annotator)
    assert mark.pk == suggested.pk
    assert (mark.status, mark.decided_by, mark.detector) == ("accepted", annotator, suggested.detector)


def test_a_span_is_changed_and_the_cue_stays(article, annotator):
    mark = make_mark(article, QUOTE, cue="قال", by=annotator)
    change_mark(mark=mark, spans=[span(article, OTHER)], quote_type="indirect", note="راجعه", by=annotator)
    mark.refresh_from_db()
    assert [part.exact for part in mark.parts.all()] == ["قال", OTHER]
    assert (mark.quote_type, mark.note) == ("indirect", "راجعه")


def test_a_span_is_not_changed_to_where_the_same_mark_stands_already(article, annotator):
    make_mark(article, OTHER, by=annotator)
    mark = make_mark(article, QUOTE, by=annotator)
    with pytest.raises(AlreadyMarked):
        change_mark(mark=mark, spans=[span(article, OTHER)], by=annotator)
    assert mark.parts.get().exact == QUOTE


def test_changing_a_suggestion_accepts_it_but_not_its_speaker(article, annotator):
    quote, speaker = suggest_said(article, QUOTE, "سالم الخطيب")
    change_mark(mark=quote, spans=[span(article, "لن نُغلق الميناء")], by=annotator)
    quote.refresh_from_db()
    speaker.refresh_from_db()
    assert (quote.status, speaker.status) == ("accepted", "suggested")
    assert quote.attributions.get().certainty == "probable"


def test_accepting_a_quote_accepts_its_speaker_and_confirms_who_said_it(article, annotator):
    quote, speaker = suggest_said(article, QUOTE, "سالم الخطيب", certainty="uncertain")
    accept(mark=quote, by=annotator)
    for mark in (quote, speaker):
        mark.refresh_from_db()
        assert (mark.status, mark.decided_by, mark.decided_by_name) == ("accepted", annotator, annotator.username)
    assert quote.attributions.get().certainty == "confirmed"


def test_accepting_again_changes_nothing(article, annotator):
    quote = suggest(article, QUOTE)
    first = accept(mark=quote, by=annotator).decided_at
    assert accept(mark=quote, by=annotator).decided_at == first


def test_rejecting_a_quote_drops_the_speaker_that_nobody_else_speaks_of_and_keeps_the_name(article, annotator):
    quote, speaker = suggest_said(article, QUOTE, "سالم الخطيب")
    reject(mark=quote, by=annotator)
    quote.refresh_from_db()
    assert quote.status == "rejected"
    assert not Annotation.objects.filter(pk=speaker.pk).exists()
    assert quote.attributions.get().name == "سالم الخطيب"


def test_rejecting_one_of_two_quotes_leaves_their_common_speaker(article, annotator):
    quote, speaker = suggest_said(article, QUOTE, "سالم الخطيب")
    second = suggest(article, OTHER)
    Attribution.objects.create(annotation=second, order=0, speaker=speaker, certainty="probable")
    reject(mark=quote, by=annotator)
    assert second.attributions.get().speaker == speaker


def test_words_that_are_no_speaker_say_nothing(article, annotator):
    quote, speaker = suggest_said(article, QUOTE, "سالم الخطيب")
    reject(mark=speaker, by=annotator)
    quote.refresh_from_db()
    assert quote.status == "suggested"
    assert not quote.attributions.exists()


def test_a_persons_own_mark_is_deleted_and_a_detectors_is_kept_as_rejected(article, annotator):
    own, proposed = make_mark(article, QUOTE, by=annotator), suggest(article, OTHER)
    delete_mark(mark=own, by=annotator)
    delete_mark(mark=proposed, by=annotator)
    assert [(mark.pk, mark.status) for mark in Annotation.objects.all()] == [(proposed.pk, "rejected")]


def test_a_mark_that_someone_deleted_meanwhile_is_said_to_be_gone(article, annotator):
    mark = make_mark(article, QUOTE, by=annotator)
    delete_mark(mark=Annotation.objects.get(pk=mark.pk), by=annotator)
    with pytest.raises(MarkRefused) as refused:
        change_mark(mark=mark, note="متأخر", by=annotator)
    assert refused.value.code == "gone"


ROLES = ["reader", "annotator", "editor", "moderator", "administrator"]
ANNOTATORS, EDITORS = set(ROLES[1:]), set(ROLES[2:])


@pytest.mark.parametrize("role", ROLES)
def test_who_may_make_and_decide(article, role):
    user = make_user(role)
    proposed, other = suggest(article, QUOTE), suggest(article, OTHER)
    for allowed, act in [
        (ANNOTATORS, lambda: make_mark(article, "الوزير", kind="speaker", by=user)),
        (ANNOTATORS, lambda: accept(mark=proposed, by=user)),
        (ANNOTATORS, lambda: reject(mark=other, by=user)),
    ]:
        assert _is_done(act) == (role in allowed)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("made_by", ["a person", "a detector, accepted by that person"])
def test_who_may_touch_what_somebody_else_made_or_accepted(article, role, made_by):
    owner, user = make_user("annotator"), make_user(role)
    mark = (
        make_mark(article, QUOTE, by=owner) if made_by == "a person" else accept(mark=suggest(article, QUOTE), by=owner)
    )
    for act in [
        lambda: change_mark(mark=mark, note="تعديل", by=user),
        lambda: reject(mark=mark, by=user),
        lambda: delete_mark(mark=mark, by=user),
    ]:
        assert _is_done(act) == (role in EDITORS)


def test_who_no_longer_is_an_annotator_may_not_even_change_their_own_mark(article, annotator):
    mark = make_mark(article, QUOTE, by=annotator)
    annotator.groups.clear()
    demoted = type(annotator).objects.get(pk=annotator.pk)
    with pytest.raises(PermissionDenied):
        delete_mark(mark=mark, by=demoted)


@pytest.mark.parametrize(("role", "status"), [("annotator", "hidden"), ("annotator", "pending"), ("editor", "hidden")])
def test_marks_are_made_only_on_articles_that_the_person_may_read(role, status):
    article = make_article(paragraphs=[TEXT], status=status)
    assert _is_done(lambda: make_mark(article, QUOTE, by=make_user(role))) == (role == "editor")


def _is_done(act) -> bool:
    try:
        act()
    except PermissionDenied:
        return False
    return True
