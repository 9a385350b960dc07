"""What waits in each article is counted as it comes and goes, whoever changes it."""

import pytest
from django.db import connection
from django.db.models import Count, Max

from annotations.marking import accept, reject
from annotations.models import Annotation, Backlog
from annotations.suggesting import suggest_annotations
from annotations.undoing import undo
from articles.models import Article
from articles.recognition import record_mentions
from tests.accounts import make_user
from tests.annotations.marks import make_mark, suggest, suggest_said
from tests.annotations.test_carrying import LINES, changed
from tests.articles.factories import make_article

pytestmark = pytest.mark.django_db

QUOTE, OTHER = "«لن نُغلق الميناء»", "«سنوسّعه»"
TEXT = f"قال سالم الخطيب {QUOTE} ثم أضاف {OTHER} أمس."


def counted() -> dict[tuple[int, str], tuple[int, float]]:
    rows = Backlog.objects.values_list("revision", "kind", "number", "best")
    return {(revision, kind): (number, best) for revision, kind, number, best in rows}


def there_is() -> dict[tuple[int, str], tuple[int, float]]:
    """The same, counted from the marks themselves."""
    waiting = Annotation.objects.suggested().exclude(kind="speaker")
    numbers = {"number": Count("pk"), "best": Max("confidence")}
    of_kinds = waiting.values("revision", "kind").annotate(**numbers)
    of_all = waiting.values("revision").annotate(**numbers)
    found = {(row["revision"], row.get("kind", "")): (row["number"], row["best"]) for row in (*of_kinds, *of_all)}
    assert found == counted()
    return found


def test_what_waits_is_counted_whoever_changes_it():
    article, user = make_article(paragraphs=[TEXT]), make_user("editor")
    revision = article.current_revision_id
    quote, _ = suggest_said(article, QUOTE, "سالم الخطيب")
    suggest(article, OTHER, confidence=0.95)
    claim = suggest(article, "أمس", kind="claim", confidence=0.3)
    make_mark(article, "سالم", kind="speaker", by=user)
    assert there_is() == {(revision, ""): (3, 0.95), (revision, "quote"): (2, 0.95), (revision, "claim"): (1, 0.3)}
    accept(mark=quote, by=user)
    assert there_is()[revision, "quote"] == (1, 0.95)
    reject(mark=claim, by=user)
    change = claim.revision.mark_changes.first()
    assert (revision, "claim") not in there_is()
    undo(change=change, by=user)
    assert there_is()[revision, "claim"] == (1, 0.3)
    Annotation.objects.filter(kind="claim").update(confidence=0.5)
    assert there_is()[revision, "claim"] == (1, 0.5)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE annotations_annotation SET confidence = confidence / 2 WHERE status = 'suggested'")
    assert there_is()[revision, ""] == (2, 0.475)
    Annotation.objects.suggested().delete()
    assert there_is() == {}


def test_what_detectors_find_in_a_new_text_takes_the_place_of_what_they_found_in_the_one_before():
    article = make_article(title="الميناء باق", paragraphs=LINES)
    record_mentions(article.current_revision)
    suggest_annotations(article.current_revision)
    assert {revision for revision, _ in there_is()} == {article.current_revision_id}
    new = changed(article, "سطر جديد.", *LINES)
    suggest_annotations(new)
    assert {revision for revision, _ in there_is()} == {new.pk}


def test_nothing_waits_in_an_article_that_is_gone():
    article = make_article(paragraphs=[TEXT])
    for words in (QUOTE, OTHER, "أمس"):
        suggest(article, words)
    Article.objects.filter(pk=article.pk).update(current_revision=None)
    article.delete()
    assert counted() == {}
