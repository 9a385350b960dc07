"""Copies among real articles: 300 of one day, in which many newspapers print the same dispatches."""

import gzip
import json
import random
from datetime import datetime
from pathlib import Path

import pytest

from articles.models import Article, Story
from articles.provenance.signatures import Body
from articles.provenance.steps import join_story
from tests.articles.factories import make_article, make_source

pytestmark = pytest.mark.django_db
CORPUS = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "articles" / "saudinewsnet.jsonl.gz"


@pytest.fixture(scope="module")
def records():
    if not CORPUS.exists():
        pytest.skip("the shared data are not here")
    with gzip.open(CORPUS, "rt", encoding="utf-8") as lines:
        found = [json.loads(line) for line in lines]
    of_the_day = [record for record in found if (record["published_at"] or "").startswith("2015-08-06")]
    return random.Random(1).sample(of_the_day, 300)


def test_the_order_of_the_import_decides_neither_stories_nor_origins(records):
    outcomes = []
    for order in range(3):
        Article.objects.all().delete()
        Story.objects.all().delete()
        shuffled = random.Random(order).sample(records, len(records))
        for record in shuffled:
            article = make_article(
                title=record["title"],
                paragraphs=record["text"].split("\n"),
                source=make_source(record["source"]),
                url=record["url"],
                published_at=datetime.fromisoformat(record["published_at"]),
            )
            join_story(article.current_revision)
        outcomes.append(stories())
    assert len(outcomes[0]) >= 8
    assert outcomes[0] == outcomes[1] == outcomes[2]


def stories():
    return {
        frozenset(story.articles.values_list("url", flat=True)): (story.origin.url, story.origin_by)
        for story in Story.objects.select_related("origin")
    }


def test_keys_are_few_and_fit_the_database(records):
    for record in records:
        keys = Body(f"{record['title']}\n{record['text']}").keys
        assert len(keys) <= 17
        assert all(-(2**63) <= key < 2**63 for key in keys)
