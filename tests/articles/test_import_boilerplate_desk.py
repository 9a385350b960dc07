"""Repeated lines before the moderators: proposed, accepted or rejected, taken off stored and coming articles."""

from dataclasses import replace
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from articles.importing.learning.accepted import forget_accepted_lines, without_learned
from articles.importing.learning.proposing import TASK, decide, propose_boilerplate
from articles.importing.learning.rewriting import apply_boilerplate
from articles.importing.pages import Block
from articles.importing.readers.html import read_html
from articles.importing.storing import Outcome, store_page
from articles.models import Article, BoilerplateLine, Correction, Source
from tests.accounts import make_user
from tests.articles.factories import add_revision, make_article, make_source
from tests.articles.pages import FIRST, SECOND, make_page

FOOTER = "وصلكم هذا الخبر من نوافذ، فأخبروا من تحبون"
NAMES = ("الوادي", "الميناء", "الزعتر", "النخيل", "الساحل", "الواحات", "الريحان", "السوق")
COUNTER = "اطّلع على هذه الصفحة 46 زائراً"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh():
    """What this process read of an earlier test's lines is not the database's any more."""
    forget_accepted_lines()
    yield
    forget_accepted_lines()


@pytest.fixture
def source() -> Source:
    return make_source("نوافذ", key="nawafith.example")


@pytest.fixture
def moderator():
    return make_user("moderator")


def own_text(number: int) -> list[str]:
    """Two paragraphs that no other article has."""
    name = NAMES[number]
    return [FIRST.replace("القرية", name), SECOND.replace("عادل الراوي", f"رئيس {name}")]


def make_articles(source: Source, number: int = 8) -> list[Article]:
    return [
        make_article(
            title=f"مكتبة عامة في {NAMES[count]}",
            paragraphs=[COUNTER.replace("46", str(count * 37)), *own_text(count), FOOTER],
            source=source,
            url=f"https://nawafith.example/{count}",
        )
        for count in range(number)
    ]


def import_articles(source: Source) -> list[Article]:
    """The same, with the pages from which they were read."""
    source.domains.create(domain="nawafith.example")
    pages = (
        make_page(
            COUNTER.replace("46", str(count * 37)),
            *own_text(count),
            FOOTER,
            title=f"مكتبة عامة في {name}",
            url=f"https://nawafith.example/{count}",
            original=name.encode(),
        )
        for count, name in enumerate(NAMES)
    )
    return [store_page(page).article for page in pages]


def accept(source: Source, moderator) -> None:
    propose_boilerplate([source])
    decide(source.boilerplate.all(), status="accepted", by=moderator)


def body(article: Article) -> list[str]:
    article.refresh_from_db()
    return article.current_revision.text.split("\n")[1:]


def test_lines_that_repeat_themselves_are_proposed_once_with_their_counts(source):
    make_articles(source)
    make_article(source=make_source("أخرى"))
    assert propose_boilerplate() == 2
    assert set(source.boilerplate.values_list("place", "text", "articles", "status")) == {
        ("opening", "اطّلع على هذه الصفحة 259 زائراً", 8, "proposed"),
        ("closing", FOOTER, 8, "proposed"),
    }
    make_article(title="خبر تاسع", paragraphs=[f"{FIRST} وأكثر", SECOND + " وأقل", FOOTER], source=source)
    assert propose_boilerplate() == 0
    assert source.boilerplate.get(place="closing").articles == 9


def test_the_command_proposes_for_one_source_or_says_that_there_is_none(source):
    make_articles(source)
    out = StringIO()
    call_command("propose_boilerplate", "--source", "nawafith.example", stdout=out)
    assert out.getvalue() == "proposed 2\n"
    with pytest.raises(CommandError, match="no such source: elsewhere"):
        call_command("propose_boilerplate", "--source", "elsewhere")


def test_a_decision_says_who_and_when_and_asks_for_the_stored_articles_to_be_rewritten(source, moderator):
    make_articles(source)
    propose_boilerplate()
    assert decide(BoilerplateLine.objects.all(), status="accepted", by=moderator) == 2
    line = BoilerplateLine.objects.first()
    assert (line.status, line.decided_by, line.decided_by_name) == ("accepted", moderator, moderator.username)
    assert line.decided_at
    (job,) = ProcrastinateJob.objects.all()
    assert (job.task_name, job.args) == (TASK, {"source_id": source.pk})
    assert decide(BoilerplateLine.objects.all(), status="accepted", by=moderator) == 0


def test_the_job_is_one_that_workers_know():
    assert TASK in app.tasks


def test_accepted_lines_go_from_stored_articles_by_a_new_revision(source, moderator):
    articles = make_articles(source)
    first = articles[0].current_revision
    accept(source, moderator)
    assert apply_boilerplate(source.pk) == 8
    assert body(articles[0]) == own_text(0)
    revision = articles[0].current_revision
    assert (revision.number, revision.original, revision.cleaner_version) == (2, first.original, first.cleaner_version)
    assert [revision.text[block["start"] : block["end"]] for block in revision.blocks] == revision.text.split("\n")
    assert articles[0].revisions.get(number=1).text == first.text
    assert articles[0].signature.keys
    assert apply_boilerplate(source.pk) == 0


def test_a_persons_correction_and_other_sources_are_left_alone(source, moderator):
    corrected, *_ = make_articles(source)
    elsewhere = make_article(paragraphs=[FIRST, SECOND, FOOTER], source=make_source("أخرى"))
    accept(source, moderator)
    revision = add_revision(corrected, title=corrected.title, paragraphs=[FIRST, FOOTER])
    Correction.objects.create(revision=revision, by=moderator, by_name=moderator.username, note="تصحيح")
    assert apply_boilerplate(source.pk) == 7
    assert body(corrected) == [FIRST, FOOTER]
    assert body(elsewhere) == [FIRST, SECOND, FOOTER]


def test_an_article_that_a_step_cannot_cope_with_keeps_its_line_and_the_others_lose_theirs(source, moderator, settings):
    articles = make_articles(source)
    accept(source, moderator)
    settings.REVISION_STEPS = [*settings.REVISION_STEPS, f"{__name__}.refuse_the_third"]
    assert apply_boilerplate(source.pk) == 7
    assert FOOTER in body(articles[2])
    assert articles[2].revisions.count() == 1
    assert FOOTER not in body(articles[3])


def refuse_the_third(revision) -> None:
    if NAMES[2] in revision.text:
        raise ValueError("no")


def test_a_broken_off_run_is_taken_up_again(source, moderator):
    make_articles(source)
    accept(source, moderator)
    turns = iter(range(3))
    with pytest.raises(StopIteration):
        apply_boilerplate(source.pk, between=lambda: next(turns))
    assert apply_boilerplate(source.pk) == 5


def take_back(source: Source, place: str, moderator) -> None:
    decide(source.boilerplate.filter(place=place), status="rejected", by=moderator)
    apply_boilerplate(source.pk)


def test_articles_get_a_line_back_that_is_rejected_later_and_lose_it_again_when_it_is_accepted(source, moderator):
    articles = import_articles(source)
    before = body(articles[0])
    accept(source, moderator)
    apply_boilerplate(source.pk)
    take_back(source, "closing", moderator)
    assert body(articles[0]) == [*own_text(0), FOOTER]
    assert articles[0].current_revision.number == 3
    assert articles[0].signature.keys
    take_back(source, "opening", moderator)
    assert body(articles[0]) == before
    decide(source.boilerplate.all(), status="accepted", by=moderator)
    assert apply_boilerplate(source.pk) == 8
    assert body(articles[0]) == own_text(0)
    assert apply_boilerplate(source.pk) == 0


def test_one_job_takes_one_line_off_and_gives_another_back(source, moderator):
    articles = import_articles(source)
    propose_boilerplate([source])
    opening, closing = (source.boilerplate.filter(place=place) for place in ("opening", "closing"))
    decide(closing, status="accepted", by=moderator)
    apply_boilerplate(source.pk)
    decide(opening, status="accepted", by=moderator)
    decide(closing, status="rejected", by=moderator)
    assert apply_boilerplate(source.pk) == 8
    assert body(articles[0]) == [*own_text(0), FOOTER]
    assert articles[0].revisions.count() == 3


def test_giving_back_is_taken_up_again_where_it_was_broken_off(source, moderator):
    import_articles(source)
    accept(source, moderator)
    apply_boilerplate(source.pk)
    decide(source.boilerplate.all(), status="rejected", by=moderator)
    turns = iter(range(3))
    with pytest.raises(StopIteration):
        apply_boilerplate(source.pk, between=lambda: next(turns))
    assert apply_boilerplate(source.pk) == 5


def test_what_a_person_corrected_since_gets_no_line_back(source, moderator):
    corrected, *_ = import_articles(source)
    accept(source, moderator)
    apply_boilerplate(source.pk)
    revision = add_revision(corrected, title=corrected.title, paragraphs=[FIRST])
    Correction.objects.create(revision=revision, by=moderator, by_name=moderator.username, note="تصحيح")
    decide(source.boilerplate.all(), status="rejected", by=moderator)
    assert apply_boilerplate(source.pk) == 7
    assert body(corrected) == [FIRST]


def test_a_page_that_has_another_text_since_keeps_it(source, moderator):
    make_articles(source)
    source.domains.create(domain="nawafith.example")
    page = make_page(COUNTER, FIRST, SECOND, FOOTER, url="https://nawafith.example/99", original=b"1")
    article = store_page(page).article
    accept(source, moderator)
    apply_boilerplate(source.pk)
    store_page(make_page(FIRST, SECOND, SECOND, url="https://nawafith.example/99", original=b"2"))
    take_back(source, "closing", moderator)
    assert body(article) == [FIRST, SECOND, SECOND]


SAVED = """<html lang="ar"><head><meta charset="utf-8"><title>{title}</title></head><body><article><h1>{title}</h1>
<p>{first}</p><figure><img src="/a.jpg"><figcaption>المكتبة</figcaption></figure><p>{second}</p><p>{third}</p>
<p>{footer}</p></article></body></html>"""


def import_a_saved_page(number: int, **changed: str) -> Article:
    """An article whose kept page is a real one, with the footer as its last line."""
    first, second = own_text(number)
    texts = {"title": f"مكتبة عامة في {NAMES[number]}", "first": first, "second": second, "footer": FOOTER}
    html = SAVED.format(**texts | {"third": f"{second} وأكثر"} | changed)
    return store_page(read_html(html.encode(), address=f"https://nawafith.example/saved/{number}")).article


def test_articles_that_were_imported_without_a_line_get_it_back_from_their_kept_page(source, moderator):
    make_articles(source)
    source.domains.create(domain="nawafith.example")
    whole = import_a_saved_page(3)
    accept(source, moderator)
    apply_boilerplate(source.pk)
    article, bare = import_a_saved_page(1), import_a_saved_page(2, footer="")
    assert body(whole) == [*own_text(3), own_text(3)[1] + " وأكثر"]
    assert body(article) == [*own_text(1), own_text(1)[1] + " وأكثر"]
    take_back(source, "closing", moderator)
    assert body(article) == [*own_text(1), own_text(1)[1] + " وأكثر", FOOTER]
    assert article.current_revision.original == article.originals.get()
    assert [piece["after"] for piece in article.current_revision.evidence] == [1]
    assert article.signature.keys
    assert bare.revisions.count() == 1
    assert body(whole)[-1] == FOOTER
    assert apply_boilerplate(source.pk) == 0
    decide(source.boilerplate.filter(place="closing"), status="accepted", by=moderator)
    apply_boilerplate(source.pk)
    assert FOOTER not in body(article)
    take_back(source, "closing", moderator)
    assert body(article)[-1] == FOOTER


def test_of_two_lines_that_an_import_dropped_the_one_that_is_rejected_comes_back_from_the_kept_page(source, moderator):
    make_articles(source)
    source.domains.create(domain="nawafith.example")
    accept(source, moderator)
    article = import_a_saved_page(1, first=COUNTER, third=own_text(1)[0] + " وأكثر")
    assert body(article) == [own_text(1)[1], own_text(1)[0] + " وأكثر"]
    take_back(source, "opening", moderator)
    assert body(article) == [COUNTER, own_text(1)[1], own_text(1)[0] + " وأكثر"]
    take_back(source, "closing", moderator)
    assert body(article)[-1] == FOOTER


def test_a_page_that_was_imported_after_the_rejection_is_not_read_again(source, moderator):
    make_articles(source)
    source.domains.create(domain="nawafith.example")
    accept(source, moderator)
    take_back(source, "closing", moderator)
    hour = timedelta(hours=1)
    source.boilerplate.update(proposed_at=timezone.now() - 2 * hour, decided_at=timezone.now() - hour)
    article = import_a_saved_page(1, footer="")
    article.originals.update(compressed=b"what is read again would be seen to be broken")
    assert apply_boilerplate(source.pk) == 0


def test_evidence_comes_back_to_its_place(source, moderator):
    make_articles(source)
    source.domains.create(domain="nawafith.example")
    picture = {"kind": "figure", "after": 2, "address": "https://nawafith.example/a.jpg"}
    lines = (COUNTER, FIRST, SECOND, FOOTER)
    article = store_page(make_page(*lines, url="https://nawafith.example/99", evidence=[picture])).article
    accept(source, moderator)
    apply_boilerplate(source.pk)
    take_back(source, "opening", moderator)
    assert body(article) == [COUNTER, FIRST, SECOND]
    assert article.current_revision.evidence == [picture]


def test_rejecting_asks_for_a_job_only_where_something_was_accepted(source, moderator):
    make_articles(source)
    propose_boilerplate()
    decide(source.boilerplate.filter(place="opening"), status="rejected", by=moderator)
    assert not ProcrastinateJob.objects.exists()
    decide(source.boilerplate.filter(place="closing"), status="accepted", by=moderator)
    ProcrastinateJob.objects.all().delete()
    decide(source.boilerplate.filter(place="closing"), status="rejected", by=moderator)
    assert ProcrastinateJob.objects.get().args == {"source_id": source.pk}


def test_a_later_import_of_the_source_comes_without_the_lines_until_they_are_rejected(source, moderator):
    make_articles(source)
    source.domains.create(domain="nawafith.example")
    accept(source, moderator)
    page = make_page(COUNTER, FIRST, SECOND, FOOTER, url="https://nawafith.example/99")
    page = without_learned(page)
    assert [block.text for block in page.blocks] == [FIRST, SECOND]
    elsewhere = make_page(FIRST, SECOND, FOOTER, url="https://other.example/99")
    assert without_learned(elsewhere) == elsewhere
    decide(source.boilerplate.all(), status="rejected", by=moderator)
    assert len(without_learned(make_page(FIRST, FOOTER, url="https://nawafith.example/98")).blocks) == 2


def test_the_same_page_again_is_unchanged_whatever_was_decided_on_its_lines(source, moderator):
    make_articles(source)
    source.domains.create(domain="nawafith.example")
    picture = {"kind": "figure", "after": 2, "address": "https://nawafith.example/a.jpg"}
    lines = (COUNTER, FIRST, SECOND, FOOTER)
    page = make_page(*lines, url="https://nawafith.example/99", original=b"1", evidence=[picture])
    article = store_page(page).article
    accept(source, moderator)
    apply_boilerplate(source.pk)
    assert body(article) == [FIRST, SECOND]
    assert article.current_revision.evidence == [{**picture, "after": 1}]
    assert store_page(replace(page, original=b"2")).outcome == Outcome.UNCHANGED
    decide(source.boilerplate.all(), status="rejected", by=moderator)
    assert store_page(replace(page, original=b"3")).outcome == Outcome.UNCHANGED
    assert body(article) == [FIRST, SECOND]
    assert article.revisions.count() == 2


def test_evidence_follows_the_blocks_that_stay(source, moderator):
    make_articles(source)
    source.domains.create(domain="nawafith.example")
    accept(source, moderator)
    figures = [{"kind": "figure", "after": number} for number in range(5)]
    page = make_page(COUNTER, FIRST, SECOND, FOOTER, url="https://nawafith.example/99", evidence=figures)
    assert [piece["after"] for piece in without_learned(page).evidence] == [0, 0, 1, 2, 2]


def test_without_accepted_lines_an_import_asks_once_for_many_pages(source, django_assert_num_queries):
    with django_assert_num_queries(1):
        for number in range(5):
            page = make_page(url=f"https://nawafith.example/{number}")
            assert without_learned(page) is page


def test_a_page_of_another_source_costs_nothing_more(source, moderator, django_assert_num_queries):
    make_articles(source)
    source.domains.create(domain="nawafith.example")
    accept(source, moderator)
    without_learned(make_page(url="https://other.example/1"))
    with django_assert_num_queries(0):
        without_learned(make_page(FOOTER, FIRST, url="https://other.example/2"))
    named = make_page(FIRST, FOOTER, source_name="نوافذ")
    assert [block.text for block in without_learned(named).blocks] == [FIRST]


def test_a_page_that_would_be_left_with_nothing_is_left_as_it_is(source, moderator):
    make_articles(source)
    source.domains.create(domain="nawafith.example")
    accept(source, moderator)
    page = make_page(url="https://nawafith.example/7", blocks=[Block("paragraph", FOOTER)])
    assert without_learned(page) == page


def test_a_moderator_decides_in_bulk_and_sees_examples(source, moderator, client):
    articles = make_articles(source)
    propose_boilerplate()
    moderator.is_staff = True
    moderator.save()
    client.force_login(moderator)
    address = reverse("admin:articles_boilerplateline_changelist")
    assert FOOTER in client.get(address).content.decode()
    line = source.boilerplate.get(place="closing")
    page = client.get(reverse("admin:articles_boilerplateline_change", args=[line.pk])).content.decode()
    assert articles[-1].title in page
    client.post(address, {"action": "accept", "_selected_action": [line.pk]})
    client.post(address, {"action": "reject", "_selected_action": [source.boilerplate.get(place="opening").pk]})
    assert set(source.boilerplate.values_list("place", "status")) == {("closing", "accepted"), ("opening", "rejected")}
    assert propose_boilerplate() == 0


def test_a_moderator_decides_on_one_line_beside_its_examples(source, moderator, client):
    make_articles(source)
    propose_boilerplate()
    moderator.is_staff = True
    moderator.save()
    client.force_login(moderator)
    line = source.boilerplate.get(place="closing")
    address = reverse("admin:articles_boilerplateline_change", args=[line.pk])
    assert client.post(address, {"status": "accepted"}).status_code == 302
    line.refresh_from_db()
    assert (line.status, line.decided_by_name) == ("accepted", moderator.username)
    assert client.post(address, {"status": "proposed"}).status_code == 200
    line.refresh_from_db()
    assert line.status == "accepted"


def test_rejecting_what_was_accepted_says_that_the_line_comes_back_and_when(source, moderator, client):
    make_articles(source)
    propose_boilerplate()
    moderator.is_staff = True
    moderator.save()
    client.force_login(moderator)
    address = reverse("admin:articles_boilerplateline_changelist")
    closing, opening = (source.boilerplate.get(place=place) for place in ("closing", "opening"))

    def said_after(action: str, *lines: BoilerplateLine) -> str:
        asked = {"action": action, "_selected_action": [line.pk for line in lines]}
        return client.post(address, asked, follow=True).content.decode()

    assert "رُفض سطر واحد." in (said := said_after("reject", opening))
    assert "يعود" not in said
    said_after("accept", closing)
    assert "السطر الذي كان مقبولاً يعود خلال دقائق إلى المواد المحفوظة" in said_after("reject", closing)
    said_after("accept", closing, opening)
    assert "السطران اللذان كانا مقبولين يعودان خلال دقائق" in said_after("reject", closing, opening)
    one = reverse("admin:articles_boilerplateline_change", args=[closing.pk])
    assert "تُحذف من المواد المحفوظة" in client.post(one, {"status": "accepted"}, follow=True).content.decode()
    assert "يعود خلال دقائق" in client.post(one, {"status": "rejected"}, follow=True).content.decode()


def test_an_editor_has_no_say_over_lines(client):
    editor = make_user("editor")
    editor.is_staff = True
    editor.save()
    client.force_login(editor)
    assert client.get(reverse("admin:articles_boilerplateline_changelist")).status_code == 403
