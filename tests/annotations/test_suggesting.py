import pytest

from annotations.connecting import connect_speaker
from annotations.detection import DETECTOR, VERSION
from annotations.marking import accept, change_mark, delete_mark, reject
from annotations.models import Annotation, Part
from annotations.suggesting import suggest_annotations
from articles.recognition import record_mentions
from tests.annotations.marks import make_mark, span
from tests.annotations.suggested import imported, proposed
from tests.articles.factories import add_revision, make_article

pytestmark = pytest.mark.django_db

QUOTE = "«لن نغلق الميناء مهما حدث، وسنواصل العمل ليلاً ونهاراً»"
PARAGRAPHS = [
    f"قال وزير النقل سالم الخطيب {QUOTE}.",
    "وأضاف الخطيب «سنوسّع الأرصفة في العام المقبل بإذن الله».",
]


@pytest.fixture
def article():
    return imported(make_article(title="الميناء باق", paragraphs=PARAGRAPHS))


def test_a_quote_is_suggested_with_its_cue_speaker_and_entity(article):
    quote = proposed(article)[0]
    assert (quote.exact.strip("«»"), quote.quote_type) == (QUOTE.strip("«»"), "direct")
    assert (quote.detector, quote.detector_version) == (DETECTOR, VERSION)
    assert quote.rule
    assert 0 < quote.confidence <= 1
    assert [part.exact for part in quote.parts.filter(role="cue")] == ["قال"]
    link = quote.attributions.get()
    assert link.entity.name == "سالم الخطيب"
    assert "سالم الخطيب" in link.speaker.exact
    assert link.speaker.status == "suggested"
    assert link.certainty in ("probable", "uncertain")


def test_every_part_holds_the_words_at_its_place(article):
    text = article.current_revision.text
    parts = [part for mark in Annotation.objects.all() for part in mark.parts.all()]
    assert len(parts) >= 4
    for part in parts:
        assert text[part.start : part.end] == part.exact
        assert text[: part.start].endswith(part.prefix)
        assert text[part.end :].startswith(part.suffix)


def test_a_rerun_replaces_what_nobody_decided(article):
    before = {mark.exact for mark in proposed(article)}
    old = {mark.pk for mark in proposed(article)}
    suggest_annotations(article.current_revision)
    assert {mark.exact for mark in proposed(article)} == before
    assert not old & {mark.pk for mark in proposed(article)}


def test_a_rerun_leaves_what_people_made_and_decided_and_proposes_none_of_it_again(article, annotator):
    first, second = proposed(article)
    accept(mark=first, by=annotator)
    reject(mark=second, by=annotator)
    own = make_mark(article, "الميناء باق", kind="claim", by=annotator)
    suggest_annotations(article.current_revision)
    assert proposed(article) == []
    statuses = dict(Annotation.objects.exclude(kind="speaker").values_list("pk", "status"))
    assert statuses == {first.pk: "accepted", second.pk: "rejected", own.pk: "accepted"}
    assert first.attributions.get().certainty == "confirmed"


@pytest.mark.parametrize(("words", "proposed_then"), [(1, 1), (6, 2)])
def test_what_was_rejected_a_word_shorter_is_not_proposed_and_what_was_half_of_it_is(
    article, annotator, words, proposed_then
):
    quote = proposed(article)[0]
    part = quote.parts.get(role="content")
    cut = len("".join(part.exact.rsplit(maxsplit=words)[1:])) + words
    Part.objects.filter(pk=part.pk).update(end=part.end - cut, exact=part.exact[:-cut])
    reject(mark=quote, by=annotator)
    suggest_annotations(article.current_revision)
    assert len(proposed(article)) == proposed_then


def test_a_suggestion_whose_span_a_person_corrected_is_not_proposed_beside_it(article, annotator):
    quote = proposed(article)[0]
    change_mark(mark=quote, spans=[span(article, "لن نغلق الميناء مهما حدث")], by=annotator)
    suggest_annotations(article.current_revision)
    assert len(proposed(article)) == 1


def test_the_proposed_speaker_of_a_quote_that_a_person_accepted_by_changing_it_stays(article, annotator):
    quote = proposed(article)[0]
    change_mark(mark=quote, note="مهم", by=annotator)
    suggest_annotations(article.current_revision)
    link = quote.attributions.get()
    assert (link.speaker.status, link.certainty != "confirmed") == ("suggested", True)


def test_a_deleted_suggestion_does_not_come_back(article, annotator):
    delete_mark(mark=proposed(article)[0], by=annotator)
    suggest_annotations(article.current_revision)
    assert len(proposed(article)) == 1


def test_words_that_a_person_said_are_no_speaker_are_not_proposed_as_one_again(article, annotator):
    speaker = proposed(article)[0].attributions.get().speaker
    reject(mark=speaker, by=annotator)
    suggest_annotations(article.current_revision)
    quote = proposed(article)[0]
    assert not quote.attributions.exists()
    assert not article.current_revision.annotations.filter(kind="speaker", status="suggested").filter(
        parts__start=speaker.parts.get().start
    )


def test_a_speaker_that_a_person_marked_is_taken_for_a_later_runs_quotes(annotator):
    article = make_article(title="الميناء باق", paragraphs=PARAGRAPHS)
    own = make_mark(article, "سالم الخطيب", kind="speaker", by=annotator)
    imported(article)
    assert proposed(article)[0].attributions.get().speaker == own


def test_what_was_rejected_in_an_earlier_revision_is_not_proposed_in_the_next(article, annotator):
    rejected = proposed(article)[0]
    reject(mark=rejected, by=annotator)
    add_revision(article, title="الميناء باق", paragraphs=["فقرة جديدة قبل الكلام كله.", *PARAGRAPHS])
    imported(article)
    assert [mark.exact for mark in proposed(article)] != []
    assert rejected.exact not in [mark.exact for mark in proposed(article)]


def test_what_was_connected_by_a_person_is_kept_by_a_rerun(article, annotator):
    quote = proposed(article)[1]
    connect_speaker(mark=quote, name="ناطق باسم الوزارة", by=annotator)
    suggest_annotations(article.current_revision)
    assert quote.attributions.get().display_name == "ناطق باسم الوزارة"


def test_a_handful_of_queries_however_many_suggestions(django_assert_num_queries):
    article = make_article(title="الميناء باق", paragraphs=PARAGRAPHS * 12)
    record_mentions(article.current_revision)
    with django_assert_num_queries(5):
        suggest_annotations(article.current_revision)
    assert Annotation.objects.filter(kind="quote").count() >= 20


def test_a_text_without_quotes_gets_none():
    article = imported(make_article(title="الطقس", paragraphs=["السماء صافية والرياح خفيفة."]))
    assert not article.current_revision.annotations.filter(kind="quote").exists()
