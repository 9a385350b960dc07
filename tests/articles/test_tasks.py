"""Jobs of the archive's housekeeping, done by a worker."""

import pytest

from articles.importing.learning.masking import masked
from articles.importing.learning.proposing import decide
from articles.models import Article, BoilerplateLine
from tests.accounts import make_user
from tests.articles.factories import make_article, make_source
from tests.articles.working import empty_queue, work_off

pytestmark = pytest.mark.django_db(transaction=True)

LINE = "تابعوا أخبار القرية على قناتنا"


def test_a_line_that_is_accepted_goes_from_the_stored_articles_when_a_worker_comes_to_it():
    source = make_source("بوابة القرية")
    for number in range(3):
        make_article(title=f"خبر {number}", paragraphs=[f"افتتحت البلدية الجسر رقم {number}.", LINE], source=source)
    BoilerplateLine.objects.create(source=source, place="closing", text=LINE, folded=masked(LINE))
    try:
        decide(BoilerplateLine.objects.all(), status="accepted", by=make_user("moderator"))
        work_off()
    finally:
        empty_queue()
    texts = Article.objects.order_by("id").values_list("current_revision__text", flat=True)
    assert list(texts) == [f"خبر {number}\nافتتحت البلدية الجسر رقم {number}." for number in range(3)]
