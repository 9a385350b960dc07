"""Deciding about a mark while an import gives its article another text: nothing that was decided is lost."""

import threading

import pytest
from django.db import close_old_connections, connection, transaction

from annotations.marking import accept, change_mark
from annotations.models import Annotation
from annotations.reading import marks_of
from annotations.refusals import MarkRefused, TextChanged
from articles.models import Article
from tests.annotations.marks import make_mark, span, suggest
from tests.annotations.test_carrying import LINES, NEW_LINE, QUOTE, changed
from tests.articles.factories import make_article

pytestmark = pytest.mark.django_db(transaction=True)


def beside(act) -> tuple[threading.Thread, list[Exception | None]]:
    """Another person's process, begun; what came of it stands in the list once it is done."""
    came_of: list[Exception | None] = []

    def run() -> None:
        try:
            act()
            came_of.append(None)
        except Exception as error:  # what it was is for the test to say
            came_of.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread, came_of


def while_importing(article: Article, act) -> Exception | None:
    """Let a person act while an import of another text is under way; what the person was told."""
    with transaction.atomic():
        Article.objects.select_for_update().get(pk=article.pk)
        changed(article, NEW_LINE, *LINES)
        thread, came_of = beside(act)
        thread.join(timeout=0.5)
        assert thread.is_alive(), came_of
    thread.join(timeout=20)
    close_old_connections()
    return came_of[0]


@pytest.fixture
def article():
    return make_article(title="الميناء باق", paragraphs=LINES)


def test_a_suggestion_that_an_import_makes_anew_is_not_accepted_unseen(article, annotator):
    mark = suggest(article, QUOTE)
    told = while_importing(article, lambda: accept(mark=mark, by=annotator))
    assert isinstance(told, MarkRefused)
    assert not Annotation.objects.accepted().exists()


def test_a_mark_that_was_decided_just_before_comes_along(article, annotator):
    mark = suggest(article, QUOTE)
    accept(mark=mark, by=annotator)
    told = while_importing(article, lambda: change_mark(mark=mark, note="مهم", by=annotator))
    assert told is None
    [found] = [one for one in marks_of(Article.objects.get().current_revision, annotator) if one.pk == mark.pk]
    assert (found.exact, found.note) == (QUOTE, "مهم")


def test_words_that_a_person_chose_in_the_old_text_are_refused(article, annotator):
    mark = make_mark(article, QUOTE, by=annotator)
    place = span(article, "الميناء مهما حدث")
    told = while_importing(article, lambda: change_mark(mark=mark, spans=[place], by=annotator))
    assert isinstance(told, TextChanged)
    mark.refresh_from_db()
    assert mark.exact == QUOTE
