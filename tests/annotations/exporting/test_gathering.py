"""What the database holds of marks, as records."""

from dataclasses import fields
from datetime import date

import pytest

from annotations.detection import DETECTOR
from annotations.exporting.gathering import (
    INTERNAL_ARTICLES,
    INTERNAL_MARKS,
    TEXTS_KEPT,
    UNDECIDED_MARKS,
    UNMARKED,
    records_of,
)
from annotations.exporting.wanted import Wanted, statuses_for
from annotations.exports.records import ArticleRecord, EntityRecord, Losses, MarkRecord
from annotations.models import Annotation
from articles.models import Article, Source
from articles.naming.merging import merge
from tests.accounts import make_user
from tests.annotations.exporting.desk import CLAIM, LATER, PARAGRAPHS, QUOTE, SPEAKER, SUGGESTED, TITLE, fill_desk
from tests.annotations.marks import make_mark
from tests.articles.factories import make_article, make_entity

pytestmark = pytest.mark.django_db
SITE = "https://desk.example"


def gathered(
    wanted: Wanted | None = None, *, losses: Losses | None = None, chosen: list[int] | None = None
) -> list[ArticleRecord]:
    ids = list(Article.objects.order_by("pk").values_list("pk", flat=True))
    return list(records_of([ids], wanted or Wanted(), losses or Losses(), site=SITE, chosen=chosen))


def mark_over(words: str, article: ArticleRecord) -> MarkRecord:
    return next(mark for mark in article.marks if mark.exact == words)


def test_an_article_is_told_of_with_both_its_texts():
    desk = fill_desk()
    (article,) = gathered()
    assert (article.id, article.title, article.revision) == (desk.article.pk, TITLE, 2)
    assert (article.url, article.address) == ("https://marfa.example/17", f"{SITE}/articles/{desk.article.pk}/")
    assert (article.source.key, article.source.name, article.source.rights) == ("marfa.example", "صحيفة المرفأ", "full")
    assert (article.byline, article.published_precision, article.language) == ("كتبت: هناء", "minute", "ar")
    assert article.published_at == desk.article.published_at
    assert [text.text for text in article.texts] == ["\n".join((TITLE, *PARAGRAPHS)), "\n".join((TITLE, *LATER))]
    assert [block.kind for block in article.texts[0].blocks] == ["heading", "paragraph", "paragraph"]
    assert article.text == desk.article.current_revision.text


def test_a_mark_is_told_of_with_all_that_it_has():
    desk = fill_desk()
    (article,) = gathered()
    quote = mark_over(QUOTE, article)
    assert (quote.uuid, quote.kind, quote.status, quote.revision) == (str(desk.quote.uuid), "quote", "accepted", 1)
    assert (quote.quote_type, quote.stance, quote.channel) == ("direct", "assertive", "statement")
    assert (quote.occasion, quote.said_when, quote.said_on) == ("في بيان", "الاثنين", date(2024, 3, 25))
    assert (quote.translated, quote.framing, quote.note) == (True, "على حد قوله", "يُراجع مع التسجيل")
    assert (quote.tags, quote.version) == (("ميناء", "<b>نقل</b>"), desk.quote.version)
    assert (quote.created_by, quote.decided_by) == ("ليلى", "ليلى")
    assert (quote.created_at, quote.decided_at) == (desk.quote.created_at, desk.quote.decided_at)
    (said,) = quote.attributions
    assert (said.speaker, said.role, said.certainty) == (str(desk.speaker.uuid), "said", "confirmed")
    assert (said.entity.name, said.entity.kind) == ("ربيع الساحلي", "person")
    assert said.entity.address == f"{SITE}/entities/{said.entity.id}/"
    assert mark_over(CLAIM, article).quote == quote.uuid


def test_parts_are_told_of_where_they_were_made_and_where_they_stand_now():
    fill_desk()
    (article,) = gathered()
    first, current = article.texts
    quote = mark_over(QUOTE, article)
    assert [(part.role, part.exact) for part in quote.parts] == [("cue", "قال"), ("content", QUOTE)]
    for mark in article.marks:
        for part in mark.parts:
            assert first.text[part.start : part.end] == part.exact
            assert first.text[max(0, part.start - 32) : part.start] == part.prefix
            assert first.text[part.end : part.end + 32] == part.suffix
            (place,) = part.places
            assert (place.revision, current.text[place.start : place.end]) == (2, place.exact)
    assert quote.standing in ("exact", "moved")
    assert [mark.exact for mark in article.standing().marks] == [SPEAKER, QUOTE, CLAIM]


def test_what_people_say_about_a_mark_keeps_its_order_and_its_replies():
    fill_desk()
    (article,) = gathered()
    first, second = mark_over(QUOTE, article).comments
    assert (first.author, first.text, first.mentions) == ("ليلى", "أهذه كلماته كلها؟ @سامر", ("سامر",))
    assert (second.author, second.text, second.deleted_by, second.reply_to) == ("سامر", "", "سامر", 0)
    assert second.deleted_at


def test_the_history_of_a_mark_is_told_from_its_beginning():
    fill_desk()
    (article,) = gathered()
    changes = mark_over(QUOTE, article).changes
    assert [change.act for change in changes] == ["marked", "connected", "tagged"]
    assert {change.by for change in changes} == {"ليلى"}
    assert len({change.uuid for change in changes}) == 3


def test_comments_history_and_names_are_left_out_where_they_are_not_wanted():
    fill_desk()
    (article,) = gathered(Wanted(comments=False, history=False))
    assert not any(mark.comments or mark.changes for mark in article.marks)
    assert article.mentions == ()
    (article,) = gathered(Wanted(mentions=True))
    (mention,) = article.mentions
    assert (mention.exact, mention.entity.name, mention.recogniser) == ("ربيع الساحلي", "ربيع الساحلي", "test/1")
    assert article.text[mention.start : mention.end] == mention.exact


def test_suggestions_go_along_where_they_are_asked_for():
    fill_desk()
    assert SUGGESTED not in [mark.exact for mark in gathered()[0].marks]
    (article,) = gathered(Wanted(statuses=("suggested",)))
    mark = mark_over(SUGGESTED, article)
    assert (mark.status, mark.detector, mark.rule, mark.confidence) == ("suggested", DETECTOR, "test", 0.9)
    assert (mark.created_by, mark.decided_by, mark.decided_at) == ("", "", None)
    (said,) = mark.attributions
    assert (said.name, said.certainty) == ("سجلات الميناء", "probable")


def test_links_to_marks_that_do_not_go_along_become_names():
    desk = fill_desk()
    (article,) = gathered(Wanted(kinds=("quote",)))
    (said,) = mark_over(QUOTE, article).attributions
    assert (said.speaker, said.name) == (None, "ربيع الساحلي")
    (article,) = gathered(chosen=[desk.claim.pk])
    assert [(mark.exact, mark.quote) for mark in article.marks] == [(CLAIM, None)]


def test_a_merged_entity_is_told_of_as_the_one_that_stands_for_it():
    desk = fill_desk()
    minister = make_entity("وزير النقل ربيع الساحلي")
    merge(source=make_entity("ربيع الساحلي"), target=minister, by=make_user("moderator"))
    Annotation.objects.get(pk=desk.quote.pk)
    (article,) = gathered(Wanted(mentions=True))
    expected = EntityRecord("person", minister.name, "", minister.pk, f"{SITE}/entities/{minister.pk}/")
    assert mark_over(QUOTE, article).attributions[0].entity == expected
    assert article.mentions[0].entity == expected


def test_an_excerpt_lets_marked_words_out_and_no_text():
    fill_desk(rights=Source.Rights.EXCERPT)
    losses = Losses()
    (article,) = gathered(losses=losses)
    assert [text.text for text in article.texts] == [None, None]
    assert all(text.sha256 for text in article.texts)
    assert mark_over(QUOTE, article).parts[1].prefix
    assert losses.counted == {TEXTS_KEPT: 1}


def test_of_a_text_that_stays_here_only_what_people_accepted_leaves():
    fill_desk(rights=Source.Rights.EXCERPT)
    losses = Losses()
    (article,) = gathered(Wanted(statuses=("accepted", "suggested")), losses=losses)
    assert {mark.status for mark in article.marks} == {"accepted"}
    assert SUGGESTED not in [mark.exact for mark in article.marks]
    assert losses.counted[UNDECIDED_MARKS] >= 1


def test_of_an_internal_source_nothing_leaves_and_that_is_counted():
    fill_desk(rights=Source.Rights.INTERNAL)
    losses = Losses()
    assert gathered(Wanted(mentions=True), losses=losses) == []
    assert losses.counted == {INTERNAL_ARTICLES: 1, INTERNAL_MARKS: 3}


def test_articles_without_marks_are_counted_and_left_out():
    make_article()
    losses = Losses()
    assert gathered(losses=losses) == []
    assert losses.counted == {UNMARKED: 1}


def test_no_field_of_a_mark_stays_behind():
    """Each differs from its default on one of these marks at least."""
    fill_desk()
    marks = [mark for article in gathered(Wanted(statuses=("accepted", "suggested"))) for mark in article.marks]
    same = [
        field.name for field in fields(MarkRecord) if all(getattr(mark, field.name) == field.default for mark in marks)
    ]
    # The words were found again exactly.
    assert set(same) <= {"standing", "revision"}


def test_who_may_decide_may_take_what_is_undecided():
    assert statuses_for(make_user("reader")) == ("accepted",)
    assert set(statuses_for(make_user("annotator"))) == {"accepted", "suggested", "rejected"}
    asked = Wanted(statuses=("accepted", "rejected"))
    assert asked.for_person(make_user("reader")).statuses == ("accepted",)


def test_options_come_back_from_what_is_stored():
    wanted = Wanted(("suggested",), ("claim",), mentions=True, comments=False, history=False)
    assert Wanted.of(wanted.options) == wanted
    assert Wanted.of({"colour": "red"}) == Wanted()


def test_many_articles_take_few_queries(annotator, django_assert_max_num_queries):
    for number in range(30):
        article = make_article(paragraphs=[f"قال الناطق رقم {number}: «نعمل الآن»."])
        make_mark(article, "نعمل الآن", by=annotator)
    with django_assert_max_num_queries(10):
        assert len(gathered(Wanted(mentions=True))) == 30
