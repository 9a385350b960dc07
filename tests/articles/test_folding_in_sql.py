"""The few places that match text in PostgreSQL itself fold it as Python does."""

import pytest

from articles.language.folding import fold
from articles.models import Article
from articles.search.sql import Folded
from tests.articles.factories import make_article

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("text", ["إسرائيل", "مُؤْمِنَة", "آخِر الأنباء", "شيءٌ من ٱلقرآن", "٢٠٢٤ NATO", "موسى وعلىٰ"])
def test_folding_in_sql_equals_folding_in_python(text):
    article = make_article(title=text)
    assert Article.objects.annotate(folded=Folded("title")).get(pk=article.pk).folded == fold(text)
