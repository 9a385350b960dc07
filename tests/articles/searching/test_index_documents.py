"""What the index holds of an article."""

import pgtrigger
import pytest
from tantivy import Query

from annotations.carrying import carry_marks
from annotations.layers import count_marks
from annotations.marking import accept
from annotations.models import Attribution
from articles.models import Article, Story
from articles.search.facts import BYLINE, CLAIM, COPIES, IMAGE, MARK, QUOTE
from articles.search.index import schema
from articles.search.index.documents import fields_of
from articles.search.index.reading import searcher
from tests.accounts import make_user
from tests.annotations.marks import make_mark, suggest, suggest_said
from tests.articles.factories import add_revision, make_article, make_entity, make_mention
from tests.searching import index_everything

pytestmark = pytest.mark.django_db


def found_by(field: str, value: object) -> list[int]:
    engine = searcher()
    hits = engine.search(Query.term_query(schema.schema(), field, value), 100).hits
    return sorted(engine.fast_field_values(schema.ID, [address for _, address in hits]))


def test_an_article_is_found_by_its_words_names_and_row():
    article = make_article(title="وصول الوفد", paragraphs=["وصل الوفد لواشنطن."], byline="سلمى", language="ar")
    city = make_mention(article, "واشنطن", entity=make_entity("واشنطن", kind="place")).entity
    assert index_everything() == 1
    assert found_by("stem", "واشنطن") == found_by("title", "وصول") == [article.pk]
    assert found_by(schema.PLACE, city.pk) == [article.pk]
    assert found_by(schema.PERSON, city.pk) == []
    assert found_by(schema.SOURCE, article.source_id) == [article.pk]
    assert found_by(schema.APPEARED, int(article.published_at.timestamp())) == [article.pk]
    assert found_by(schema.STATUS, "published") == found_by(schema.LANGUAGE, "ar") == [article.pk]
    assert found_by(schema.HAS, BYLINE) == [article.pk]
    article.refresh_from_db()
    assert found_by(schema.CHANGED, article.changed) == [article.pk]


def test_only_the_current_text_counts():
    article = make_article(paragraphs=["كان النص القديم هنا."])
    make_mention(article, "القديم")
    old = make_entity("القديم").pk
    add_revision(article, title="عنوان آخر", paragraphs=["جاء غيره مكانه."])
    index_everything()
    assert found_by("surface", "القديم") == found_by(schema.PERSON, old) == []
    assert found_by("surface", "مكانه") == [article.pk]


def test_what_stands_beside_the_text_and_copies_are_told():
    article, plain = make_article(), make_article()
    Article.objects.filter(pk=article.pk).update(story=Story.objects.create())
    with pgtrigger.ignore("articles.Revision:revision_is_final"):
        article.revisions.update(evidence=[{"kind": "figure", "after": 1, "address": "", "caption": "صورة"}])
    index_everything()
    assert found_by(schema.HAS, IMAGE) == found_by(schema.HAS, COPIES) == [article.pk]
    assert found_by(schema.STATUS, "published") == [article.pk, plain.pk]


def test_marks_of_people_are_for_everybody_and_suggestions_for_members():
    article = make_article(paragraphs=["قال الوزير إن الجسر آمن تماماً.", "وبلغت الكلفة ملياراً."])
    speaker = make_mention(article, "الوزير").entity
    quote, _ = suggest_said(article, "الجسر آمن", "الوزير", entity=speaker)
    suggest(article, "بلغت الكلفة ملياراً", kind="claim")
    index_everything()
    assert found_by(schema.HAS, QUOTE) == found_by(schema.HAS, MARK) == found_by(schema.SPEAKER, speaker.pk) == []
    assert found_by(schema.HAS_SUGGESTED, QUOTE) == found_by(schema.HAS_SUGGESTED, CLAIM) == [article.pk]
    assert found_by(schema.SPEAKER_SUGGESTED, speaker.pk) == [article.pk]
    assert found_by(schema.HAS_SUGGESTED, MARK) == []

    accept(mark=quote, by=make_user("moderator"))
    index_everything()
    assert found_by(schema.HAS, QUOTE) == found_by(schema.HAS, MARK) == found_by(schema.SPEAKER, speaker.pk)
    assert found_by(schema.HAS, QUOTE) == [article.pk]
    assert found_by(schema.HAS, CLAIM) == []


def test_a_speaker_whom_nobody_confirmed_is_for_members_though_the_quote_is_a_persons():
    article = make_article(paragraphs=["قال الوزير سامي إن الجسر آمن تماماً."])
    named = make_mention(article, "سامي").entity
    quote = make_mark(article, "الجسر آمن", by=make_user("editor"))
    words = suggest(article, "الوزير سامي", kind="speaker")
    Attribution.objects.create(annotation=quote, order=0, speaker=words, name="سامي", certainty="probable")
    index_everything()
    assert found_by(schema.HAS, QUOTE) == [article.pk]
    assert found_by(schema.SPEAKER, named.pk) == []
    assert found_by(schema.SPEAKER_SUGGESTED, named.pk) == [article.pk]


def test_a_mark_whose_place_became_doubtful_is_for_members():
    article = make_article(paragraphs=["قال الوزير إن الجسر الجديد آمن تماماً للمارة."])
    make_mark(article, "الجسر الجديد آمن تماماً", by=make_user("editor"))
    carry_marks(add_revision(article, title=article.title, paragraphs=["قال الوزير إن الجسر القديم غير آمن للمارة."]))
    index_everything()
    assert found_by(schema.HAS, QUOTE) == found_by(schema.HAS, MARK) == []
    assert found_by(schema.HAS_SUGGESTED, QUOTE) == found_by(schema.HAS_SUGGESTED, MARK) == [article.pk]


def test_facts_agree_with_what_lists_count(django_assert_max_num_queries):
    editor, reader = make_user("editor"), make_user("reader")
    articles = [make_article(paragraphs=["قال الوزير إن الجسر آمن تماماً."]) for _ in range(3)]
    make_mark(articles[0], "الجسر آمن", by=editor)
    suggest(articles[1], "الجسر آمن")
    ids = [article.pk for article in articles]
    counted = count_marks(ids, reader)
    with django_assert_max_num_queries(5):
        told = {fields["id"]: fields for fields in fields_of(ids)}
    for pk in ids:
        has = set(told[pk][schema.HAS]) | set(told[pk][schema.HAS_SUGGESTED])
        assert (MARK in has) == bool(pk in counted and counted[pk].marks)
        assert (QUOTE in has) == (pk in counted)
