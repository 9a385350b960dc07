"""Marks that people decided, when the article's text changes: what an import and the pages make of it."""

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse
from django.utils.module_loading import import_string

from annotations.carrying import carry_marks
from annotations.connecting import connect_speaker
from annotations.layers import count_marks
from annotations.ledger import ledger_of
from annotations.marking import accept, change_mark, create_mark, reject
from annotations.models import Annotation, Placement
from annotations.reading import marks_of
from annotations.reviewing import confirm_place
from articles.layers import MarkCount
from articles.models import Article, Revision
from tests.annotations.marks import make_mark, span, suggest, suggest_said
from tests.articles.factories import add_revision, make_article

pytestmark = pytest.mark.django_db

QUOTE = "«لن نغلق الميناء مهما حدث، وسنواصل العمل ليلاً ونهاراً»"
SPEAKER = "وزير النقل سالم الخطيب"
SECOND = "سنوسّع الأرصفة في العام المقبل بإذن الله"
LINES = [
    f"قال {SPEAKER} {QUOTE}، في حديث إلى الصحفيين أمام بوابة الميناء الشمالية صباح الثلاثاء.",
    f"وأضاف الخطيب أن الحكومة {SECOND}، وأن العمل لن يتوقف خلال أعمال التوسعة الجديدة.",
    "وحضر الجولة عدد من النواب وممثلو العمال في المدينة، ثم زاروا قاعة المراقبة.",
]
NEW_LINE = "فقرة جديدة كتبها المحرر قبل الكلام كله، وفيها كلمات لم تكن في المادة."


@pytest.fixture
def article():
    return make_article(title="الميناء باق", paragraphs=LINES)


def changed(article: Article, *lines: str, title: str = "الميناء باق") -> Revision:
    """The article with another text, as an import leaves it."""
    revision = add_revision(article, title=title, paragraphs=lines)
    for path in settings.REVISION_STEPS:
        import_string(path)(revision)
    return revision


def shown(article: Article, user, kind: str = "quote") -> list[tuple[str, str]]:
    """The decided marks of a kind on the current text: their words there, and how sure their place is."""
    text = article.current_revision.text
    marks = [mark for mark in marks_of(article.current_revision, user) if mark.kind == kind]
    for mark in marks:
        assert [text[part.start : part.end] for part in mark.parts.all()] == [part.exact for part in mark.parts.all()]
    return [(mark.exact, mark.standing) for mark in marks if mark.status != "suggested"]


def decided(client: Client, article: Article) -> list[dict]:
    """The API's marks on the current text, without suggestions."""
    marks = client.get(f"/api/articles/{article.pk}/marks/").json()["marks"]
    return [mark for mark in marks if mark["status"] == "accepted"]


def test_a_mark_is_shown_where_its_words_stand_now_and_stays_where_it_was_made(article, annotator):
    quote = make_mark(article, QUOTE, by=annotator, cue="قال")
    first = article.current_revision
    revision = changed(article, NEW_LINE, *LINES)
    assert shown(article, annotator) == [(QUOTE, "moved")]
    quote.refresh_from_db()
    assert quote.revision == first
    places = Placement.objects.filter(revision=revision)
    assert {(place.state, place.score, place.part.role) for place in places} == {
        ("moved", 1.0, "content"),
        ("moved", 1.0, "cue"),
    }


def test_a_mark_on_words_that_did_not_move_is_exact(article, annotator):
    make_mark(article, QUOTE, by=annotator)
    changed(article, *LINES, NEW_LINE)
    assert shown(article, annotator) == [(QUOTE, "exact")]


def test_speakers_and_attributions_come_along(article, annotator):
    quote = make_mark(article, QUOTE, by=annotator)
    connect_speaker(mark=quote, span=span(article, SPEAKER), by=annotator)
    changed(article, NEW_LINE, *LINES)
    assert shown(article, annotator, "speaker") == [(SPEAKER, "moved")]
    [mark] = [mark for mark in marks_of(article.current_revision, annotator) if mark.pk == quote.pk]
    [link] = mark.attributions.all()
    assert (link.speaker.exact, link.certainty) == (SPEAKER, "confirmed")
    ledger = ledger_of(marks_of(article.current_revision, annotator), annotator, place="")
    assert QUOTE in [entry.words for entry in ledger.speakers[0].entries]


def test_a_speaker_whose_words_are_gone_is_still_named_with_the_quote(article, annotator):
    quote = make_mark(article, QUOTE, by=annotator)
    connect_speaker(mark=quote, span=span(article, SPEAKER), by=annotator)
    changed(article, LINES[0].replace(SPEAKER, "مسؤول حكومي رفيع"), *LINES[1:])
    [mark] = [mark for mark in marks_of(article.current_revision, annotator) if mark.pk == quote.pk]
    [link] = mark.attributions.all()
    assert (link.speaker, link.display_name) == (None, SPEAKER)
    page = Client()
    page.force_login(annotator)
    assert SPEAKER in page.get(article.get_absolute_url()).content.decode()


def test_the_parts_of_an_interrupted_quote_come_along_as_one_mark(annotator):
    first, second = "«لن نغلق الميناء مهما حدث»", "«وسنواصل العمل ليلاً ونهاراً»"
    line = f"{first}، قال الوزير للصحفيين أمام البوابة، {second}، ثم غادر القاعة مع الوفد."
    article = make_article(title="الميناء باق", paragraphs=[line])
    create_mark(
        revision=article.current_revision,
        kind="quote",
        spans=[span(article, first), span(article, "قال", role="cue"), span(article, second)],
        by=annotator,
    )
    changed(article, NEW_LINE, line)
    assert shown(article, annotator) == [(f"{first} … {second}", "moved")]


def test_a_rejected_suggestion_does_not_come_back_and_an_accepted_one_is_not_proposed_beside_it(annotator):
    article = make_article(title="الميناء باق", paragraphs=LINES)
    for path in settings.REVISION_STEPS:
        import_string(path)(article.current_revision)
    quotes = [mark for mark in marks_of(article.current_revision, annotator) if mark.kind == "quote"]
    assert len(quotes) >= 2
    accept(mark=quotes[0], by=annotator)
    reject(mark=quotes[1], by=annotator)
    words = {quotes[0].exact, quotes[1].exact}
    changed(article, NEW_LINE, *LINES)
    found = [mark for mark in marks_of(article.current_revision, annotator) if mark.kind == "quote"]
    assert [(mark.pk, mark.status) for mark in found if mark.exact in words] == [(quotes[0].pk, "accepted")]


def test_undecided_suggestions_are_made_anew_and_none_is_left_on_the_old_text(article, annotator):
    for path in settings.REVISION_STEPS:
        import_string(path)(article.current_revision)
    before = {mark.exact for mark in marks_of(article.current_revision, annotator)}
    revision = changed(article, NEW_LINE, *LINES)
    assert {mark.exact for mark in marks_of(revision, annotator)} == before
    assert set(Annotation.objects.suggested().values_list("revision", flat=True)) == {revision.pk}


def test_a_proposed_speaker_of_an_accepted_quote_comes_along(article, annotator):
    quote, speaker = suggest_said(article, QUOTE, SPEAKER)
    change_mark(mark=quote, note="مهم", by=annotator)
    changed(article, NEW_LINE, *LINES)
    [mark] = [mark for mark in marks_of(article.current_revision, annotator) if mark.pk == quote.pk]
    assert mark.attributions.all()[0].speaker == speaker
    assert mark.attributions.all()[0].speaker.exact == SPEAKER


def test_changed_words_are_shown_as_doubtful_and_lost_ones_not_at_all(article, annotator):
    make_mark(article, QUOTE, by=annotator)
    make_mark(article, SECOND, by=annotator)
    other = QUOTE.replace("مهما حدث، وسنواصل العمل", "أبداً، وسنمضي في التشغيل")
    revision = changed(article, LINES[0].replace(QUOTE, other), LINES[2])
    assert shown(article, annotator) == [(other, "doubtful")]
    assert sorted(place.state for place in Placement.objects.filter(revision=revision)) == ["doubtful", "lost"]
    assert Annotation.objects.count() >= 2


@pytest.mark.parametrize("other", ["أبداً، وسنمضي في التشغيل", "يوماً، وسنواصل العمل"])
def test_doubtful_words_are_for_members_until_a_person_confirmed_them(article, annotator, settings, other):
    settings.PUBLIC_READING = True
    quote = make_mark(article, QUOTE, by=annotator)
    connect_speaker(mark=quote, span=span(article, SPEAKER), by=annotator)
    other = QUOTE.replace("مهما حدث، وسنواصل العمل", other)
    changed(article, LINES[0].replace(QUOTE, other), *LINES[1:])
    assert shown(article, annotator) == [(other, "doubtful")]
    assert _traces_for_anonymous_readers(article, quote) == (False, False, False, 404, MarkCount(1, 0))
    confirm_place(mark=quote, by=annotator)
    assert _traces_for_anonymous_readers(article, quote) == (True, True, True, 200, MarkCount(2, 0))


def test_a_quote_of_which_a_part_is_lost_is_for_members(annotator, settings):
    settings.PUBLIC_READING = True
    first, second = "«لن نغلق الميناء مهما حدث»", "«وسنواصل العمل ليلاً ونهاراً»"
    line = f"{first}، قال الوزير للصحفيين أمام البوابة، {second}، ثم غادر القاعة مع الوفد."
    article = make_article(title="الميناء باق", paragraphs=[line])
    spans = [span(article, first), span(article, second)]
    quote = create_mark(revision=article.current_revision, kind="quote", spans=spans, by=annotator)
    changed(article, line.replace(f" {second}،", ""))
    assert shown(article, annotator) == [(first, "doubtful")]
    assert _traces_for_anonymous_readers(article, quote) == (False, False, False, 404, None)


def test_a_speaker_whose_words_are_doubtful_is_named_without_them_for_anonymous_readers(article, annotator, settings):
    settings.PUBLIC_READING = True
    quote = make_mark(article, QUOTE, by=annotator)
    connect_speaker(mark=quote, span=span(article, SPEAKER), by=annotator)
    changed(article, LINES[0].replace("وزير النقل سالم", "وزير الطرق سالم"), *LINES[1:])
    assert shown(article, annotator, "speaker") == [("وزير الطرق سالم الخطيب", "doubtful")]
    client = Client()
    listed = next(mark for mark in decided(client, article) if mark["uuid"] == str(quote.uuid))
    for found in (listed, client.get(f"/api/marks/{quote.uuid}/").json()):
        [link] = found["attributions"]
        assert (link["speaker"], link["name"]) == (None, SPEAKER)


def _traces_for_anonymous_readers(article: Article, mark: Annotation) -> tuple[bool, bool, bool, int, MarkCount | None]:
    """Whether the page, the ledger and the API's list have the mark, what the API answers for it, and the count."""
    client, uuid = Client(), str(mark.uuid)
    return (
        uuid in client.get(article.get_absolute_url()).content.decode(),
        uuid in client.get(reverse("ledger", args=[article.pk])).content.decode(),
        uuid in [found["uuid"] for found in decided(client, article)],
        client.get(f"/api/marks/{uuid}/").status_code,
        count_marks([article.pk], AnonymousUser()).get(article.pk),
    )


def test_a_text_that_comes_back_brings_every_mark_back_exactly(article, annotator):
    make_mark(article, QUOTE, by=annotator, cue="قال")
    make_mark(article, SECOND, by=annotator, kind="claim")
    before = [
        (mark.exact, [part.start for part in mark.parts.all()])
        for mark in marks_of(article.current_revision, annotator)
    ]
    changed(article, LINES[0].replace("مهما حدث", "يوماً واحداً"), LINES[2])
    changed(article, "نص آخر تماماً لا شيء فيه من النص الأول.")
    assert shown(article, annotator) == []
    changed(article, *LINES)
    marks = [mark for mark in marks_of(article.current_revision, annotator) if mark.status != "suggested"]
    assert [(mark.exact, [part.start for part in mark.parts.all()]) for mark in marks] == before
    assert {mark.standing for mark in marks} == {"exact"}


def test_a_mark_goes_on_from_where_it_stood_last(article, annotator):
    """Ten changes of one word each, none of which would be recognised against the first text any more."""
    make_mark(article, SECOND, by=annotator, kind="claim")
    words = SECOND.split()
    line = LINES[1]
    for number, word in enumerate(words[:5]):
        line = line.replace(word, f"كلمة{'ابتثج'[number]}", 1)
        changed(article, LINES[0], line, LINES[2])
        [(exact, standing)] = shown(article, annotator, "claim")
        mark = Annotation.objects.get(kind="claim", status="accepted")
        if standing == "doubtful":
            Placement.objects.filter(part__annotation=mark, revision=article.current_revision).update(
                state="moved", decided_by_name="محرر", decided_at=mark.decided_at
            )
        assert exact in line
    assert exact.split()[5:] == words[5:]


def test_new_words_for_a_mark_of_an_earlier_text_make_it_a_mark_of_the_present_one(article, annotator):
    mark = make_mark(article, QUOTE, by=annotator, cue="قال")
    revision = changed(article, NEW_LINE, *LINES)
    words = "لن نغلق الميناء مهما حدث"
    change_mark(mark=mark, spans=[span(article, words)], by=annotator)
    mark.refresh_from_db()
    assert mark.revision == revision
    assert {(part.role, part.exact) for part in mark.parts.all()} == {("content", words), ("cue", "قال")}
    assert shown(article, annotator) == [(words, "exact")]


def test_the_same_words_are_not_marked_twice_across_revisions(article, annotator):
    mark = make_mark(article, QUOTE, by=annotator)
    changed(article, NEW_LINE, *LINES)
    client = Client()
    client.force_login(annotator)
    place = span(article, QUOTE)
    body = {"kind": "quote", "parts": [{"start": place.start, "end": place.end, "exact": QUOTE}]}
    response = client.post(f"/api/articles/{article.pk}/marks/", body, content_type="application/json")
    assert (response.status_code, response.json()["code"]) == (409, "already_marked")
    other = make_mark(article, SPEAKER, kind="speaker", by=annotator)
    connect_speaker(mark=mark, speaker=other, by=annotator)
    [quote] = [one for one in decided(client, article) if one["kind"] == "quote"]
    assert quote["attributions"][0]["speaker"] == str(other.uuid)
    assert (quote["standing"], quote["parts"][0]["start"]) == ("moved", place.start)


def test_the_api_says_of_a_lost_mark_where_it_was_made(article, annotator):
    mark = make_mark(article, QUOTE, by=annotator)
    start = mark.content[0].start
    changed(article, LINES[1])
    client = Client()
    client.force_login(annotator)
    found = client.get(f"/api/marks/{mark.uuid}/").json()
    assert (found["standing"], found["parts"][0]["start"], found["parts"][0]["exact"]) == ("lost", start, QUOTE)
    assert decided(client, article) == []


def test_a_mark_is_counted_in_lists_as_long_as_its_words_are_there(article, annotator):
    make_mark(article, QUOTE, by=annotator)
    suggest(article, "صباح الثلاثاء", kind="claim")
    changed(article, NEW_LINE, *LINES)
    assert Annotation.objects.accepted().on_current_text().count() == 1
    changed(article, "نص آخر تماماً.")
    assert Annotation.objects.accepted().on_current_text().count() == 0


def test_carrying_again_changes_nothing(article, annotator):
    make_mark(article, QUOTE, by=annotator)
    revision = changed(article, NEW_LINE, *LINES)
    before = list(Placement.objects.values())
    carry_marks(revision)
    assert list(Placement.objects.values()) == before


def test_a_first_text_costs_no_query_and_sixty_marks_as_few_as_one(article, annotator, django_assert_num_queries):
    with django_assert_num_queries(0):
        carry_marks(article.current_revision)
    long = make_article(title="طويلة", paragraphs=[f"{line} {number}" for number in range(20) for line in LINES])
    for number in range(60):
        make_mark(long, f"{LINES[number % 3]} {number // 3}", by=annotator, kind="claim")
    revision = add_revision(long, title="طويلة", paragraphs=[NEW_LINE, *long.current_revision.text.split("\n")[1:]])
    with django_assert_num_queries(5):
        carry_marks(revision)
    assert Placement.objects.filter(revision=revision, state="moved").count() == 60
