"""Asking for what there is in an article, and for who speaks in it: to members also what is only suggested."""

import pytest

from annotations.marking import accept
from articles.models import Article, Entity
from articles.search.finding import search
from articles.search.query import Reader, SearchQuery
from tests.accounts import make_user
from tests.annotations.marks import make_mark, suggest, suggest_said
from tests.articles.factories import make_article, make_mention
from tests.searching import index_everything

pytestmark = pytest.mark.django_db
ANYBODY, MEMBER = Reader(("published",), member=False), Reader(("published",), member=True)


def found(text: str = "", *, reader: Reader = ANYBODY, **criteria) -> list[int]:
    return sorted(search(SearchQuery(text, **criteria), reader=reader).ids)


def quoting() -> tuple[Article, Entity]:
    """An article in which a quote of سامي is suggested."""
    article = make_article(paragraphs=["قال الوزير سامي إن الجسر آمن تماماً."])
    speaker = make_mention(article, "سامي").entity
    suggest_said(article, "الجسر آمن", "سامي", entity=speaker)
    return article, speaker


def test_suggestions_are_found_by_members_alone():
    article, _ = quoting()
    suggest(article, "الوزير سامي", kind="claim")
    plain = make_article()
    index_everything()
    for text in ("فيه:اقتباس", "فيه:ادعاء", "قائل:سامي"):
        assert found(text, reader=MEMBER) == [article.pk]
        assert found(text) == []
    assert found("-فيه:اقتباس", reader=MEMBER) == [plain.pk]
    assert found("-فيه:اقتباس") == [article.pk, plain.pk]


def test_what_a_person_accepted_is_found_by_everybody():
    article, _ = quoting()
    plain = make_article()
    accept(mark=article.current_revision.annotations.get(kind="quote"), by=make_user("moderator"))
    index_everything()
    for reader in (ANYBODY, MEMBER):
        for text in ("فيه:اقتباس", "has:quote", "فيه:علامة", "قائل:سامي", "speaker:سامي"):
            assert found(text, reader=reader) == [article.pk]
        assert found(marked=True, reader=reader) == [article.pk]
        assert found(marked=False, reader=reader) == [plain.pk]
        assert found("قائل:سامي فيه:ادعاء", reader=reader) == []


def test_a_suggestion_is_no_mark_yet():
    article, _ = quoting()
    index_everything()
    for reader in (ANYBODY, MEMBER):
        assert found("فيه:علامة", reader=reader) == found(marked=True, reader=reader) == []
        assert found(marked=False, reader=reader) == [article.pk]


def test_who_is_only_named_does_not_speak():
    article, speaker = quoting()
    named = make_article(paragraphs=["زار سامي الجسر."])
    make_mention(named, "سامي", entity=speaker)
    make_mark(named, "زار سامي", by=make_user("editor"))
    index_everything()
    assert found("شخص:سامي") == [article.pk, named.pk]
    assert found("قائل:سامي", reader=MEMBER) == [article.pk]


def test_a_byline_is_asked_for_too():
    article = make_article(byline="سلمى")
    make_article()
    index_everything()
    assert found("فيه:كاتب") == found("has:byline") == [article.pk]
