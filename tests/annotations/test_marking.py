import pytest
from django.core.exceptions import PermissionDenied

from annotations.marking import create_mark
from annotations.models import Annotation
from annotations.spans import MarkedSpan
from tests.accounts import make_user
from tests.articles.factories import make_article

pytestmark = pytest.mark.django_db

WORDS = "«لن نغلق الميناء»"


@pytest.fixture
def article():
    return make_article(paragraphs=[f"قال الوزير {WORDS} أمس."])


def span_of(article, words, role="content"):
    start = article.current_revision.text.index(words)
    return MarkedSpan(start, start + len(words), words, role)


def test_a_member_marks_a_quote():
    article = make_article(paragraphs=[f"قال الوزير {WORDS} أمس."])
    mark = create_mark(
        revision=article.current_revision, kind="quote", spans=[span_of(article, WORDS)], by=make_user("annotator")
    )
    assert mark.quote_type == "direct"
    assert Annotation.objects.get().exact == WORDS


def test_a_reader_may_not_mark(article):
    with pytest.raises(PermissionDenied):
        create_mark(
            revision=article.current_revision, kind="quote", spans=[span_of(article, WORDS)], by=make_user("reader")
        )
