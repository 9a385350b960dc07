"""Stored articles are looked at again after an upgrade, and only then."""

from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import DataError

from annotations.models import Annotation
from articles.analysing import analysis_step
from articles.models import Analysis, EntityCount, Mention
from articles.naming.correcting import remove_mention
from articles.recognition import record_mentions
from tests.accounts import make_user
from tests.articles.factories import make_article

pytestmark = pytest.mark.django_db

LINE = "قال وزير الطاقة سامر الحداري: «لن ترتفع الأسعار هذا العام ولا العام المقبل»."


def run(capsys, *options) -> str:
    call_command("analyse_articles", *options)
    return capsys.readouterr().out.strip()


@analysis_step("new 2")
def learnt_more(revision):
    record_mentions(revision)


@analysis_step("new 2")
def stumbling(revision):
    if "زلزال" in revision.text:
        raise DataError("cannot be stored")


def test_articles_that_no_version_looked_at_are_analysed_once(capsys):
    article = make_article(paragraphs=[LINE])
    assert run(capsys) == "analysed 1, already up to date 0, failed 0"
    assert article.current_revision.mentions.filter(entity__name="سامر الحداري").exists()
    assert Annotation.objects.filter(kind="quote", revision=article.current_revision).exists()
    assert EntityCount.objects.get(entity__name="سامر الحداري").in_published == 1
    assert run(capsys) == "analysed 0, already up to date 1, failed 0"


def test_a_new_version_of_a_step_brings_them_up_to_date(capsys, settings):
    article = make_article(paragraphs=[LINE])
    run(capsys)
    settings.REVISION_STEPS = [f"{__name__}.learnt_more", *settings.REVISION_STEPS[1:]]
    assert run(capsys) == "analysed 1, already up to date 0, failed 0"
    assert "new 2" in Analysis.objects.get(revision=article.current_revision).versions.values()


def test_a_run_that_was_broken_off_is_taken_up_where_it_stopped(capsys):
    first, _ = make_article(paragraphs=[LINE]), make_article(paragraphs=[LINE])
    run(capsys, "--article", str(first.pk))
    assert run(capsys) == "analysed 1, already up to date 1, failed 0"


def test_small_batches_reach_every_article(capsys):
    for _ in range(5):
        make_article(paragraphs=[LINE])
    assert run(capsys, "--batch", "2") == "analysed 5, already up to date 0, failed 0"


def test_only_articles_since_a_day_of_the_newsroom(capsys):
    make_article(published_at=datetime(2024, 4, 30, 20, 59, tzinfo=UTC))
    late = make_article(published_at=datetime(2024, 4, 30, 21, 0, tzinfo=UTC))
    assert run(capsys, "--since", "2024-05-01") == "analysed 1, already up to date 0, failed 0"
    assert Analysis.objects.get().revision == late.current_revision


def test_what_a_person_decided_stays(capsys):
    article = make_article(paragraphs=[LINE])
    run(capsys)
    mention = article.current_revision.mentions.get(entity__name="سامر الحداري")
    remove_mention(mention=mention, by=make_user("annotator"))
    Analysis.objects.all().delete()
    run(capsys)
    assert not Mention.objects.filter(entity__name="سامر الحداري").exists()


def test_one_article_that_fails_is_named_and_stops_nothing(capsys, settings):
    broken, whole = make_article(title="زلزال"), make_article(paragraphs=[LINE])
    settings.REVISION_STEPS = [
        "articles.recognition.record_mentions",
        f"{__name__}.stumbling",
        settings.REVISION_STEPS[-1],
    ]
    with pytest.raises(SystemExit):
        call_command("analyse_articles")
    said = capsys.readouterr()
    assert said.out.strip() == "analysed 1, already up to date 0, failed 1"
    assert said.err.strip() == f"article {broken.pk}: DataError: cannot be stored"
    assert not broken.current_revision.mentions.exists()
    assert whole.current_revision.mentions.exists()


@pytest.mark.parametrize(
    ("options", "said"), [(["--article", "999999"], "no such article: 999999"), (["--batch", "0"], "--batch")]
)
def test_what_makes_no_sense_is_refused_in_one_line(options, said):
    with pytest.raises(CommandError, match=said):
        call_command("analyse_articles", *options)
