"""Several voices, interrupted quotes, claims with their claimants: how what was detected becomes marks."""

from datetime import UTC, date, datetime

import pytest

from annotations.connecting import connect_speaker
from annotations.detection.circumstances import _CHANNELS
from annotations.detection.cues import lexicon
from annotations.marking import accept, change_mark, reject
from annotations.models import Annotation, Channel, Stance
from annotations.suggesting import suggest_annotations
from tests.annotations.marks import make_mark, span
from tests.annotations.suggested import imported, proposed, telling
from tests.articles.factories import make_article

pytestmark = pytest.mark.django_db

FIRST = "لن نغلق الميناء مهما حدث"
REST = "وسنواصل العمل ليلاً ونهاراً في الأرصفة"
INTERRUPTED = f"«{FIRST}»، قال وزير النقل سالم الخطيب، «{REST}»."
JOINT = "وقال سالم الخطيب وخالد المنصوري في بيان مشترك إن الميناء سيبقى مفتوحاً أمام السفن."
RELAYED = "ونقلت وكالة رويترز عن سالم الخطيب قوله إن الميناء سيبقى مفتوحاً أمام السفن."
SECOND_HAND = "وقال سالم الخطيب إن خالد المنصوري أكد أن الميناء سيبقى مفتوحاً أمام 40 سفينة."
WARNING = (
    "وحذر وزير النقل سالم الخطيب في بيان الثلاثاء من أن 40 سفينة ستتوقف عن العمل خلال أشهر العام كلها بسبب الإضراب."
)


def voices(mark: Annotation) -> list[tuple[int, str, str, str]]:
    return [(link.order, link.display_name, link.role, link.certainty) for link in mark.attributions.all()]


def parts(mark: Annotation) -> list[tuple[str, str]]:
    return [(part.role, part.exact) for part in mark.parts.all()]


def test_what_only_its_cue_interrupts_is_one_mark_in_the_order_of_the_text():
    [quote] = proposed(telling(INTERRUPTED))
    assert parts(quote) == [("content", FIRST), ("cue", "قال"), ("content", REST)]
    assert quote.exact == f"{FIRST} … {REST}"
    assert voices(quote) == [(0, "سالم الخطيب", "said", "probable")]


def test_an_interrupted_quote_that_a_person_rejected_is_not_proposed_again_in_any_of_its_parts(annotator):
    article = telling(INTERRUPTED)
    reject(mark=proposed(article)[0], by=annotator)
    suggest_annotations(article.current_revision)
    assert proposed(article) == []


def test_of_an_interrupted_quote_only_the_part_that_nobody_decided_about_is_proposed(annotator):
    article = make_article(title="الميناء باق", paragraphs=[INTERRUPTED])
    make_mark(article, FIRST, by=annotator)
    imported(article)
    [quote] = proposed(article)
    assert parts(quote) == [("cue", "قال"), ("content", REST)]


def test_an_accepted_interrupted_quote_is_left_alone(annotator):
    article = telling(INTERRUPTED)
    accept(mark=proposed(article)[0], by=annotator)
    suggest_annotations(article.current_revision)
    assert proposed(article) == []
    assert Annotation.objects.get(kind="quote").exact == f"{FIRST} … {REST}"


def test_each_of_those_who_said_it_together_has_a_mark_and_an_entity():
    article = telling(JOINT)
    [quote] = proposed(article)
    assert voices(quote) == [(0, "سالم الخطيب", "joint", "probable"), (1, "خالد المنصوري", "joint", "probable")]
    assert [(link.speaker.exact, link.entity.name) for link in quote.attributions.all()] == [
        ("سالم الخطيب", "سالم الخطيب"),
        ("خالد المنصوري", "خالد المنصوري"),
    ]
    assert [link.speaks for link in quote.attributions.all()] == [True, True]


def test_who_relays_the_words_comes_after_who_said_them():
    [quote] = proposed(telling(RELAYED))
    assert voices(quote) == [(0, "سالم الخطيب", "said", "probable"), (1, "رويترز", "relayed", "probable")]
    assert [link.display_name for link in quote.said_by] == ["سالم الخطيب"]


def test_whom_the_speaker_says_to_have_said_it_comes_second_and_is_uncertain():
    [quote] = proposed(telling(SECOND_HAND))
    assert voices(quote) == [(0, "سالم الخطيب", "relayed", "probable"), (1, "خالد المنصوري", "said", "uncertain")]
    assert [link.display_name for link in quote.said_by] == ["سالم الخطيب"]


def test_accepting_confirms_everybody_but_whom_the_speaker_says_to_have_said_it(annotator):
    joint, relayed, heard = (proposed(telling(text))[0] for text in (JOINT, RELAYED, SECOND_HAND))
    for quote in (joint, relayed, heard):
        accept(mark=quote, by=annotator)
    assert {certainty for *_, certainty in (*voices(joint), *voices(relayed))} == {"confirmed"}
    assert [certainty for *_, certainty in voices(heard)] == ["confirmed", "uncertain"]
    assert [link.speaker.status for link in heard.attributions.all()] == ["accepted", "suggested"]


def test_words_that_a_person_said_are_no_speaker_take_only_their_own_voice_away(annotator):
    article = telling(JOINT)
    speaker = proposed(article)[0].attributions.first().speaker
    reject(mark=speaker, by=annotator)
    suggest_annotations(article.current_revision)
    assert [name for _, name, *_ in voices(proposed(article)[0])] == ["خالد المنصوري"]


def test_where_only_who_relays_it_is_left_nobody_said_it(annotator):
    article = telling(RELAYED)
    reject(mark=proposed(article)[0].attributions.first().speaker, by=annotator)
    suggest_annotations(article.current_revision)
    [quote] = proposed(article)
    assert voices(quote) == [(1, "رويترز", "relayed", "probable")]
    assert quote.said_by == []


def test_a_quote_that_nobody_could_be_found_for_is_attributed_to_nobody():
    [quote] = proposed(telling("وأضاف: «لن نغلق الميناء مهما حدث، وسنواصل العمل ليلاً ونهاراً»."))
    assert voices(quote) == []


def test_a_claim_is_attributed_to_whose_words_it_is_and_stands_in_their_quote():
    article = telling(SECOND_HAND)
    [quote], [claim] = proposed(article), proposed(article, "claim")
    assert claim.quote == quote
    [link] = claim.attributions.all()
    assert (link.name, link.entity.name, link.speaker) == (
        "سالم الخطيب",
        "سالم الخطيب",
        quote.attributions.first().speaker,
    )
    assert link.certainty == "probable"


def test_a_claim_of_several_is_attributed_to_each_of_them():
    article = telling(JOINT.replace("سيبقى مفتوحاً أمام السفن", "استقبل 40 سفينة خلال العام الماضي بسبب الإضراب"))
    [claim] = proposed(article, "claim")
    assert [name for _, name, *_ in voices(claim)] == ["سالم الخطيب", "خالد المنصوري"]


def test_a_claim_in_a_quote_that_a_person_rejected_is_nobodys(annotator):
    article = telling(WARNING)
    assert voices(*proposed(article, "claim")) == [(0, "سالم الخطيب", "said", "probable")]
    reject(mark=proposed(article)[0], by=annotator)
    suggest_annotations(article.current_revision)
    [claim] = proposed(article, "claim")
    assert (claim.quote, voices(claim)) == (None, [])


def test_a_claim_in_a_quote_that_a_person_decided_about_follows_the_person(annotator):
    article = telling(WARNING)
    [quote] = proposed(article)
    connect_speaker(mark=quote, name="ناطق باسم الوزارة", by=annotator)
    suggest_annotations(article.current_revision)
    [claim] = proposed(article, "claim")
    assert (claim.quote, voices(claim)) == (quote, [(0, "ناطق باسم الوزارة", "said", "probable")])


def test_the_proposed_quote_of_an_accepted_claim_stays_with_its_speaker(annotator):
    article = telling(WARNING)
    [claim], [quote] = proposed(article, "claim"), proposed(article)
    accept(mark=claim, by=annotator)
    suggest_annotations(article.current_revision)
    claim.refresh_from_db()
    assert (claim.quote, proposed(article)) == (quote, [quote])
    assert voices(quote) == [(0, "سالم الخطيب", "said", "probable")]
    assert quote.attributions.get().speaker is not None


def test_the_stance_the_channel_and_the_day_are_stored_with_the_quote():
    [quote] = proposed(telling(WARNING, published_at=datetime(2024, 3, 27, 9, 30, tzinfo=UTC)))
    assert (quote.stance, quote.channel, quote.said_when, quote.said_on) == (
        "warning",
        "statement",
        "الثلاثاء",
        date(2024, 3, 26),
    )


def test_the_occasion_the_framing_and_the_guess_of_a_translation_are_stored_with_the_quote():
    first, second = proposed(
        telling(
            "وقال سالم الخطيب خلال المؤتمر الاقتصادي في الدوحة يوم 25 مارس 2024 إن الميناء المزعوم لا وجود له.",
            f"وقال وزير الخارجية الأمريكي أنتوني بلينكن في مقابلة مع القناة «{FIRST}».",
        )
    )
    assert (first.occasion, first.framing, first.said_on) == (
        "المؤتمر الاقتصادي في الدوحة",
        "المزعوم",
        date(2024, 3, 25),
    )
    assert (first.translated, second.translated, second.channel) == (False, True, "interview")


@pytest.mark.parametrize(
    ("published", "precision"),
    [(None, ""), (datetime(2024, 3, 27, tzinfo=UTC), "month")],
)
def test_a_day_that_only_the_articles_own_day_could_tell_stays_open_where_that_is_not_known(published, precision):
    [quote] = proposed(telling(WARNING, published_at=published, precision=precision))
    assert (quote.said_when, quote.said_on) == ("الثلاثاء", None)


def test_nothing_is_said_after_it_was_reported():
    [quote] = proposed(
        telling(WARNING.replace("الثلاثاء", "يوم 30 مارس 2024"), published_at=datetime(2024, 3, 27, tzinfo=UTC))
    )
    assert (quote.said_when, quote.said_on) == ("30 مارس 2024", None)


def test_channels_and_stances_are_those_that_the_detector_knows():
    lines = [line.split("\t") for line in _CHANNELS.read_text("utf-8").splitlines() if line and line[0] != "#"]
    assert set(Channel.values) == {kind for kind, *_ in lines} - {"occasion"}
    assert {cue.stance for cue in lexicon().values()} <= set(Stance.values)


def test_what_a_person_changed_of_a_quote_with_several_parts_is_not_proposed_beside_it(annotator):
    article = telling(INTERRUPTED)
    [quote] = proposed(article)
    change_mark(mark=quote, spans=[span(article, "لن نغلق الميناء"), span(article, REST)], by=annotator)
    suggest_annotations(article.current_revision)
    assert proposed(article) == []
