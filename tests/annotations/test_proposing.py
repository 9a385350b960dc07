"""Who selects words is offered whole words, the cue and the speaker, also where the detector found nothing itself."""

import json
from pathlib import Path

import pytest
from django.urls import reverse

from annotations.models import Annotation, MarkChange
from annotations.proposing.excerpts import excerpt
from annotations.proposing.occurrences import occurrences
from annotations.proposing.snapping import snapped
from annotations.proposing.voices import propose
from articles.language.entities import recognise
from articles.language.folding import fold
from articles.language.spans import Span
from articles.models import Article
from articles.recognition import record_mentions
from tests.accounts import make_user
from tests.annotations.marks import make_mark, span
from tests.annotations.requests import assert_problem, send, signed_in
from tests.articles.factories import make_article

GOLD = sorted((Path(__file__).parents[1] / "data" / "gold").glob("*.json"))
# Two or three points below what was measured when this was made: 96 of 100 speakers offered first.
FIRST = 0.93


def spoken(text: str, words: str) -> list[tuple[str, str]]:
    """Who is offered for these words, and why."""
    start = text.index(words)
    voices = propose(text, start, start + len(words), recognise(text)).voices
    return [(voice.name or text[slice(*voice.span)], voice.why) for voice in voices]


@pytest.mark.parametrize(
    ("selected", "whole", "bare"),
    [
        ("لوزي", "وبالوزير", "الوزير"),
        ("وبالوزير أمس", "وبالوزير أمس", "الوزير أمس"),
        ("واشنطن", "لواشنطن", "واشنطن"),
        ("وأضاف أن", "وأضاف أن", "أضاف أن"),
        ("سيعلن", "سيعلن", "سيعلن"),
        ("وزير النق", "وزير النقل", "وزير النقل"),
        (" أمس ، ", "أمس ،", "أمس ،"),
        ("«لن نغلق», قال", "«لن نغلق», قال", "«لن نغلق», قال"),
        ("، ", "، ", "، "),
        ("اَلنَّاطِ", "اَلنَّاطِقُ", "اَلنَّاطِقُ"),
        ("F-1", "F-16", "F-16"),
    ],
)
def test_a_selection_snaps_to_words_and_offers_them_without_attached_letters(selected, whole, bare):
    text = "التقوا وبالوزير أمس ، لواشنطن وأضاف أن وزير النقل سيعلن «لن نغلق», قال اَلنَّاطِقُ F-16 اليوم"
    start = text.index(selected)
    found = snapped(text, start, start + len(selected))
    assert (text[slice(*found.words)], text[slice(*found.bare)]) == (whole, bare)


def test_a_known_name_says_where_its_word_begins():
    text = "سافر إلى بلينوس"
    assert snapped(text, 9, 12, [Span(10, 15)]).bare == Span(10, 15)


def test_the_speaker_beside_the_cue_comes_first_and_who_is_named_near_follows():
    text = "خبر\nالتقى رامي الحداد رئيس النقابة. وقال وزير النقل سالم الخطيب إن الميناء لن يغلق هذا العام."
    found = spoken(text, "الميناء لن يغلق هذا العام")
    assert found[0] == ("سالم الخطيب", "detected")
    assert "رامي الحداد" in [name for name, _ in found[1:]]


def test_words_that_no_detector_found_are_given_the_subject_of_the_cue_beside_them():
    text = "خبر\nوفي كلمة له تحدث وزير النقل سالم الخطيب عن الموسم المقبل ونصف التجارة يمر من هنا كما قال أمام الحضور."
    start = text.index("نصف التجارة")
    proposal = propose(text, start, start + len("نصف التجارة يمر من هنا"), recognise(text))
    assert text[slice(*proposal.cue)] == "قال"
    assert proposal.voices[0].name == "سالم الخطيب"


def test_words_without_any_cue_are_given_who_is_named_nearest():
    text = "خبر\nزار سالم الخطيب المرفأ. التجارة تمر من هنا.\nوحضر رامي الحداد المؤتمر الصحفي."
    assert spoken(text, "التجارة تمر من هنا")[0] == ("سالم الخطيب", "paragraph")
    assert spoken("خبر\nلا أحد هنا.", "لا أحد هنا") == []


def test_the_gold_speakers_are_offered_first():
    right, asked = 0, []
    for path in GOLD:
        gold = json.loads(path.read_text("utf-8"))
        entities = recognise(gold["text"])
        for quote in (quote for quote in gold["quotes"] if quote.get("speaker")):
            voices = propose(gold["text"], quote["start"], quote["end"], entities).voices
            right += bool(voices) and is_meant(voices[0], quote)
            asked.append(quote)
    assert right / len(asked) >= FIRST, f"{right} of {len(asked)}"


def is_meant(voice, quote) -> bool:
    start, end = quote["speaker"]
    shared = min(voice.span.end, end) - max(voice.span.start, start) if voice.span else 0
    return 2 * shared > end - start or fold(voice.name) == fold(quote["name"])


@pytest.mark.parametrize("place", [0, 40, 300, 900])
def test_in_a_long_article_what_stands_around_the_words_is_enough_and_offsets_are_the_articles(place):
    line = "وأعلن رئيس البلدية كمال الناصر أن العمل في الجسر رقم {} مستمر طوال فصل الصيف المقبل."
    text = "\n".join(["عنوان المادة 😀", *(line.format(number) for number in range(1000))])
    words = f"العمل في الجسر رقم {place} مستمر"
    start = text.index(words)
    entities = recognise("\n".join(text.split("\n")[:3]))[:1]
    proposal = propose(text, start, start + len(words), entities)
    assert text[slice(*proposal.cue)] == "أعلن"
    assert text[slice(*proposal.voices[0].span)] == "رئيس البلدية كمال الناصر"
    part = excerpt(text, start, start + len(words), entities)
    assert len(part.text) < 4000
    inside = part.within(start, start + len(words))
    assert (part.text[slice(*inside)], part.place(inside)) == (words, Span(start, start + len(words)))


def test_a_name_is_found_in_every_spelling_and_behind_attached_letters():
    text = "قال سالم الخطيب، ثم لسالم الخطيب وبالخطيب والخَطيب. خطيب الجمعة. سالم الخطيبي وسام"
    found = occurrences(text, ["سالم الخطيب", "الخطيب"], [Span(4, 15)])
    assert [(text[place.start : place.end], place.known) for place in found] == [
        ("سالم الخطيب", True),
        ("سالم الخطيب", False),
        ("الخطيب", False),
        ("الخَطيب", False),
    ]


def test_the_article_behind_li_is_found_and_what_names_somebody_else_is_not():
    text = "للوزير كلام، والوزير صامت. سالم الحداد غير سالم."
    assert [text[place.start : place.end] for place in occurrences(text, ["الوزير"], [])] == ["لوزير", "الوزير"]
    start = text.index("سالم الحداد")
    [only] = occurrences(text, ["سالم"], [], [Span(start, start + len("سالم الحداد"))])
    assert only.start == text.rindex("سالم")


def test_one_word_that_may_be_another_is_not_sure():
    text = "حصل على وسام، وقال سام إن وسام بخير"
    assert [(place.start, place.sure) for place in occurrences(text, ["سام"], [])] == [
        (9, False),
        (19, True),
        (27, False),
    ]


pytestmark = pytest.mark.django_db

SPEAKER = "سالم الخطيب"
QUOTE = "«لن نغلق الميناء، ونصف التجارة يمر من هنا»"
TEXT = f"قال وزير النقل {SPEAKER} {QUOTE}. ورحبت النقابة بالقرار. وأثنى الحضور على الخطيب أمس، ولسالم الخطيب كلمة."


@pytest.fixture
def article():
    article = make_article(paragraphs=[TEXT])
    record_mentions(article.current_revision)
    return article


@pytest.fixture
def client():
    return signed_in(make_user("annotator"))


def asked(client, article, name: str, body: object):
    return send(client, "POST", reverse(name, args=[article.pk]), body)


def test_marking_a_quote_proposes_its_cue_and_speaker_and_stores_nothing(
    article, client, django_assert_max_num_queries
):
    words = span(article, QUOTE)
    with django_assert_max_num_queries(9):
        answer = asked(
            client, article, "api_proposals", {"start": words.start, "end": words.end, "kind": "quote"}
        ).json()
    assert answer["words"] == {"start": words.start, "end": words.end, "exact": QUOTE}
    assert (answer["cue"]["exact"], answer["quote_type"]) == ("قال", "direct")
    first = answer["speakers"][0]
    assert (first["part"]["exact"], first["name"], first["why"]) == (f"وزير النقل {SPEAKER}", SPEAKER, "detected")
    assert first["entity"]["kind"] == "person"
    assert first["reason"]
    assert not Annotation.objects.exists()
    assert not MarkChange.objects.exists()


def test_a_marked_speaker_is_offered_as_the_mark_that_it_is(article, client):
    speaker = make_mark(article, f"وزير النقل {SPEAKER}", kind="speaker", by=make_user("annotator"))
    words = span(article, QUOTE)
    answer = asked(client, article, "api_proposals", {"start": words.start, "end": words.end, "kind": "quote"}).json()
    assert answer["speakers"][0]["speaker"] == str(speaker.uuid)


def test_a_claim_is_offered_its_claimant_and_the_quote_that_it_stands_in(article, client):
    quote = make_mark(article, QUOTE, by=make_user("annotator"))
    words = span(article, "نصف التجارة يمر من هنا")
    answer = asked(client, article, "api_proposals", {"start": words.start, "end": words.end, "kind": "claim"}).json()
    assert (answer["quote"], answer["speakers"][0]["name"]) == (str(quote.uuid), SPEAKER)
    assert answer["bare"]["exact"] == "نصف التجارة يمر من هنا"


def test_words_that_name_a_speaker_are_offered_whom_they_name(article, client):
    words = span(article, "وزير النقل سالم")
    answer = asked(client, article, "api_proposals", {"start": words.start, "end": words.end, "kind": "speaker"}).json()
    assert [one["name"] for one in answer["speakers"] if one["entity"]["kind"] == "person"] == [SPEAKER]


def test_all_mentions_are_looked_at_first_and_then_marked_and_undone_at_once(article, client):
    by_words = asked(client, article, "api_mentions_of", {"part": span(article, SPEAKER)._asdict()}).json()
    assert [place["exact"] for place in by_words["places"]] == [SPEAKER, "الخطيب", SPEAKER]
    by_entity = asked(client, article, "api_mentions_of", {"entity": by_words["entity"]}).json()
    assert by_entity["places"] == by_words["places"]
    parts = [{name: place[name] for name in ("start", "end", "exact")} for place in by_words["places"]]
    made = asked(client, article, "api_mark_mentions", {"parts": parts}).json()
    assert (made["done"], made["refused"], len(made["marks"])) == (3, [], 3)
    again = asked(client, article, "api_mark_mentions", {"parts": parts}).json()
    assert [one["code"] for one in again["refused"]] == ["already_marked"] * 3
    assert (again["done"], again["undo"]) == (0, None)
    speaker = Annotation.objects.first()
    by_mark = asked(client, article, "api_mentions_of", {"speaker": str(speaker.uuid)}).json()
    assert [bool(place["marked"]) for place in by_mark["places"]] == [True] * 3
    assert len(send(client, "POST", reverse("api_undo"), {"undo": made["undo"]}).json()["gone"]) == 3
    assert not Annotation.objects.exists()


def test_what_is_no_sensible_question_is_refused(article, client):
    text = article.current_revision.text
    for name, body, status, code in [
        ("api_proposals", {"start": 0}, 400, "bad_request"),
        ("api_proposals", {"start": 0, "end": 3, "kind": "rumour"}, 400, "bad_request"),
        ("api_proposals", {"start": 5, "end": 5}, 422, "outside_text"),
        ("api_proposals", {"start": 5, "end": len(text) + 1}, 422, "outside_text"),
        ("api_proposals", {"start": 0, "end": 3, "revision": article.current_revision.pk + 1}, 409, "text_changed"),
        ("api_mentions_of", {}, 422, "no_speaker"),
        ("api_mentions_of", {"entity": 10**12}, 404, "not_found"),
        ("api_mentions_of", {"part": {"start": 0, "end": 3, "exact": "xyz"}}, 409, "text_changed"),
        ("api_mark_mentions", {}, 400, "bad_request"),
    ]:
        assert_problem(asked(client, article, name, body), status, code)
    everything = asked(client, article, "api_proposals", {"start": 0, "end": len(text)})
    assert everything.status_code == 200
    reader = signed_in(make_user("reader"))
    Article.objects.update(status="hidden")
    for name in ("api_proposals", "api_mentions_of", "api_mark_mentions"):
        assert_problem(asked(reader, article, name, {}), 403, "not_permitted")
    assert_problem(asked(client, article, "api_proposals", {"start": 0, "end": 3}), 404, "not_found")
