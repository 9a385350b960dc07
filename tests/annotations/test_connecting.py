import pytest
from django.core.exceptions import PermissionDenied

from annotations.connecting import connect_speaker, disconnect_speaker
from annotations.models import Annotation
from annotations.refusals import MarkRefused
from tests.accounts import make_user
from tests.annotations.marks import make_mark, span, suggest, suggest_said
from tests.articles.factories import make_article, make_entity, make_mention

pytestmark = pytest.mark.django_db

QUOTE = "«لن نُغلق الميناء»"
TITLED = "وزير النقل سالم الخطيب"
TEXT = f"قال {TITLED} للصحفيين {QUOTE}، ورحبت نقابة البحارة بالقرار."


@pytest.fixture
def article():
    return make_article(paragraphs=[TEXT])


@pytest.fixture
def quote(article, annotator):
    return make_mark(article, QUOTE, by=annotator)


def test_words_become_a_speaker_mark_and_the_person_they_name_is_known(article, quote, annotator):
    entity = make_mention(article, "سالم الخطيب").entity
    link = connect_speaker(mark=quote, span=span(article, TITLED), by=annotator)
    assert (link.speaker.exact, link.entity, link.certainty) == (TITLED, entity, "confirmed")
    assert link.display_name == "سالم الخطيب"


def test_an_institution_within_a_title_is_not_taken_for_the_speaker(article, quote, annotator):
    make_mention(article, "نقابة البحارة", entity=make_entity("نقابة البحارة", kind="organisation"))
    link = connect_speaker(mark=quote, span=span(article, "ورحبت نقابة البحارة"), by=annotator)
    assert link.entity is None


def test_words_that_two_people_are_named_in_name_neither(article, quote, annotator):
    make_mention(article, "سالم")
    make_mention(article, "الخطيب")
    assert connect_speaker(mark=quote, span=span(article, TITLED), by=annotator).entity is None


def test_a_merged_entity_stands_for_what_it_was_merged_into(article, quote, annotator):
    fuller = make_entity("سالم أحمد الخطيب")
    merged = make_mention(article, "سالم الخطيب").entity
    merged.merged_into = fuller
    merged.save()
    assert connect_speaker(mark=quote, span=span(article, "سالم الخطيب"), by=annotator).entity == fuller


def test_the_same_words_are_one_speaker_for_all_their_quotes(article, quote, annotator):
    claim = make_mark(article, "ورحبت نقابة البحارة بالقرار", kind="claim", by=annotator)
    first = connect_speaker(mark=quote, span=span(article, TITLED), by=annotator)
    second = connect_speaker(mark=claim, span=span(article, TITLED), by=annotator)
    assert first.speaker == second.speaker


def test_a_chosen_entity_or_a_name_is_enough(article, quote, annotator):
    entity = make_mention(article, "سالم الخطيب").entity
    assert connect_speaker(mark=quote, entity=entity, by=annotator).display_name == "سالم الخطيب"
    assert connect_speaker(mark=quote, name="مصدر في الوزارة", by=annotator).display_name == "مصدر في الوزارة"
    assert quote.attributions.count() == 1


def test_connecting_accepts_the_suggestions_that_it_speaks_of(article, annotator):
    quote, wrong = suggest_said(article, QUOTE, "نقابة البحارة")
    right = suggest(article, TITLED, kind="speaker")
    connect_speaker(mark=quote, speaker=right, by=annotator)
    quote.refresh_from_db()
    right.refresh_from_db()
    assert (quote.status, right.status) == ("accepted", "accepted")
    assert not Annotation.objects.filter(pk=wrong.pk).exists()


def test_disconnecting_leaves_the_quote_without_a_speaker(article, annotator):
    quote, speaker = suggest_said(article, QUOTE, TITLED)
    disconnect_speaker(mark=quote, by=annotator)
    quote.refresh_from_db()
    assert quote.status == "accepted"
    assert not quote.attributions.exists()
    assert not Annotation.objects.filter(pk=speaker.pk).exists()


def test_only_a_speaker_of_the_same_text_can_be_connected(article, quote, annotator):
    elsewhere = make_article(paragraphs=[TEXT])
    stranger = make_mark(elsewhere, TITLED, kind="speaker", by=annotator)
    claim = make_mark(article, "ورحبت نقابة البحارة بالقرار", kind="claim", by=annotator)
    own = make_mark(article, TITLED, kind="speaker", by=annotator)
    for mark, speaker in ((quote, stranger), (quote, claim), (own, own), (quote, None)):
        with pytest.raises(MarkRefused):
            connect_speaker(mark=mark, speaker=speaker, by=annotator)


def test_others_quotes_are_connected_by_editors_only(article, quote):
    with pytest.raises(PermissionDenied):
        connect_speaker(mark=quote, name="غيره", by=make_user("annotator"))
    with pytest.raises(PermissionDenied):
        disconnect_speaker(mark=quote, by=make_user("annotator"))
    assert connect_speaker(mark=quote, name="غيره", by=make_user("editor")).name == "غيره"
