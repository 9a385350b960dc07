"""One page, one article: found again, revised when its text changed, left alone when nothing did."""

import threading
from datetime import UTC, datetime

import pytest
from django.db import connection

from articles.analysing import run_steps
from articles.importing.cleaning import CLEANER_VERSION
from articles.importing.learning.accepted import forget_accepted_lines
from articles.importing.learning.masking import masked
from articles.importing.pages import Block
from articles.importing.storing import Outcome, foresee, store_page
from articles.models import Article, BoilerplateLine, Original, Revision, Signature, Source, SourceDomain
from tests.articles.pages import FIRST, SECOND, TITLE, make_page

URL = "https://village.example/news/7"
DAY = datetime(2024, 3, 16, 9, 30, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _one_step(settings):
    """The steps that follow a revision have tests of their own; one is enough here."""
    settings.REVISION_STEPS = ["articles.provenance.steps.join_story"]


def counts() -> dict[str, int]:
    models = (Article, Revision, Original, Source, SourceDomain, Signature)
    return {model.__name__: model.objects.count() for model in models}


def test_a_new_page_becomes_source_article_revision_and_original():
    page = make_page(
        url=URL,
        source_name="بوابة القرية",
        byline="سلوى النوري",
        published_at=DAY,
        published_precision="minute",
        metadata={"desk": "محليات"},
        original=b"<html>\x00</html>",
    )
    stored = store_page(page)
    article = Article.objects.get()
    assert (stored.outcome, stored.article) == (Outcome.CREATED, article)
    assert (article.title, article.byline, article.published_at) == (TITLE, "سلوى النوري", DAY)
    assert (article.url, article.language, article.metadata) == (URL, "ar", {"desk": "محليات"})
    assert (article.source.key, article.source.name) == ("village.example", "بوابة القرية")
    assert article.current_revision.number == 1
    assert article.current_revision.cleaner_version == CLEANER_VERSION
    assert article.current_revision.original.body == b"<html>\x00</html>"
    assert article.signature.keys


def test_a_new_page_of_a_known_outlet_takes_few_queries(django_assert_num_queries):
    store_page(make_page(url=URL, source_name="بوابة القرية"))
    page = make_page(url="https://village.example/news/8", title="خبر آخر", blocks=[Block("paragraph", SECOND)])
    # A savepoint, the lock of its address, whether it is known, its source, its rows, its keys, its copies, the end.
    with django_assert_num_queries(8):
        store_page(page)


def test_the_steps_may_follow_the_first_text_of_an_article_again(settings):
    settings.REVISION_STEPS = ["articles.recognition.record_mentions", "articles.provenance.steps.join_story"]
    first = Block("paragraph", "قال وزير الخارجية المصري سامح شكري في القاهرة إن الاجتماع عُقد أمس.")
    article = store_page(make_page(url=URL, blocks=[first])).article
    named = list(article.current_revision.mentions.values_list("pk", "entity"))
    run_steps(article.current_revision)
    assert named
    assert list(article.current_revision.mentions.values_list("pk", "entity")) == named


def test_the_headline_is_the_first_block_and_every_block_is_a_line_of_the_text():
    page = make_page(
        url=URL, blocks=[Block("paragraph", FIRST), Block("heading", "كتب وقطارات 🚂"), Block("quotation", SECOND)]
    )
    revision = store_page(page).article.current_revision
    assert revision.text == f"{TITLE}\n{FIRST}\nكتب وقطارات 🚂\n{SECOND}"
    assert [(block["kind"], revision.text[block["start"] : block["end"]]) for block in revision.blocks] == [
        ("heading", TITLE),
        ("paragraph", FIRST),
        ("heading", "كتب وقطارات 🚂"),
        ("quotation", SECOND),
    ]


def test_the_same_page_again_writes_nothing(django_assert_num_queries):
    page = make_page(url=URL, published_at=DAY, published_precision="minute")
    store_page(page)
    before = counts()
    with django_assert_num_queries(5) as queries:
        assert store_page(page).outcome == Outcome.UNCHANGED
    assert counts() == before
    assert not any("INSERT" in query["sql"] or "UPDATE" in query["sql"] for query in queries)


def test_a_changed_menu_around_the_same_text_writes_nothing():
    store_page(make_page(url=URL, original=b"<nav>1</nav>"))
    before = counts()
    assert store_page(make_page(url=URL, original=b"<nav>2</nav>")).outcome == Outcome.UNCHANGED
    assert counts() == before


def test_a_changed_text_is_a_second_revision_and_becomes_current():
    first = store_page(make_page(FIRST, SECOND, url=URL)).article
    stored = store_page(make_page(FIRST, url=URL))
    article = Article.objects.get()
    assert (stored.outcome, stored.article.pk) == (Outcome.UPDATED, first.pk)
    assert [revision.number for revision in article.revisions.all()] == [1, 2]
    assert article.current_revision.text == f"{TITLE}\n{FIRST}"
    assert article.revisions.first().text == f"{TITLE}\n{FIRST}\n{SECOND}"
    assert article.originals.count() == 2


def test_an_older_copy_imported_again_does_not_bring_its_text_back():
    old, new = make_page(FIRST, SECOND, url=URL), make_page(FIRST, url=URL, byline="سلوى النوري")
    store_page(old)
    store_page(new)
    before = counts()
    for page in (old, new, old, new):
        assert store_page(page).outcome == Outcome.UNCHANGED
    assert counts() == before
    assert Article.objects.get().current_revision.number == 2


def test_a_date_found_later_is_taken_over_without_a_new_revision():
    store_page(make_page(url=URL))
    stored = store_page(make_page(url=URL, published_at=DAY, published_precision="minute"))
    article = Article.objects.get()
    assert stored.outcome == Outcome.UPDATED
    assert (article.published_at, article.published_precision) == (DAY, "minute")
    assert article.revisions.count() == 1


def test_what_a_person_decided_survives_the_next_import():
    article = store_page(make_page(FIRST, url=URL, byline="محرر القرية")).article
    Article.objects.filter(pk=article.pk).update(
        status=Article.Status.HIDDEN, title="مكتبة في المحطة", byline="سلوى النوري"
    )
    stored = store_page(
        make_page(
            FIRST, SECOND, url=URL, title=TITLE + " اليوم", byline="المحرر", published_at=DAY, published_precision="day"
        )
    )
    article = Article.objects.get()
    assert stored.outcome == Outcome.UPDATED
    assert (article.status, article.title, article.byline) == ("hidden", "مكتبة في المحطة", "سلوى النوري")
    assert (article.published_at, article.published_precision) == (DAY, "day")


def test_a_corrected_date_survives_with_its_precision():
    article = store_page(make_page(FIRST, url=URL, published_at=DAY, published_precision="day")).article
    Article.objects.filter(pk=article.pk).update(published_at=datetime(2024, 3, 1, tzinfo=UTC))
    store_page(make_page(SECOND, url=URL, published_at=DAY.replace(day=17), published_precision="minute"))
    article = Article.objects.get()
    assert (article.published_at.day, article.published_precision) == (1, "day")


def test_a_naive_time_is_the_newsrooms(settings):
    settings.TIME_ZONE = "Asia/Riyadh"
    page = make_page(url=URL, published_at=datetime(2024, 3, 16, 0, 0), published_precision="day")
    assert store_page(page).article.published_at == datetime(2024, 3, 15, 21, 0, tzinfo=UTC)


def test_the_status_of_new_articles_is_a_setting(settings):
    settings.IMPORT_STATUS = "pending"
    assert store_page(make_page(url=URL)).article.status == "pending"


def test_a_failing_step_leaves_nothing_behind(settings):
    settings.REVISION_STEPS = [*settings.REVISION_STEPS, f"{__name__}.fail"]
    before = counts()
    with pytest.raises(ZeroDivisionError):
        store_page(make_page(url=URL))
    assert counts() == before


def fail(revision: Revision) -> None:
    raise ZeroDivisionError(revision)


def test_foreseeing_writes_nothing_and_tells_what_storing_does():
    pages = [make_page(FIRST, url=URL), make_page(FIRST, url=URL), make_page(SECOND, url=URL)]
    for page in pages:
        before = counts()
        foreseen = foresee(page)
        assert counts() == before
        assert store_page(page).outcome == foreseen


# Sources ------------------------------------------------------------------------------------------------------------


def test_a_domain_tells_the_source_whatever_the_page_calls_itself():
    source = Source.objects.create(key="village", name="القرية")
    source.domains.create(domain="village.example")
    page = make_page(url="https://www.village.example/a", source_key="other", source_name="غيرها")
    assert store_page(page).article.source == source


def test_a_page_that_names_its_source_gives_it_no_domain():
    source = Source.objects.create(key="village", name="القرية")
    article = store_page(make_page(url=URL, source_key="village")).article
    assert article.source == source
    later = store_page(make_page(url=f"{URL}/2", title="خبر آخر من القرية")).article
    assert later.source.key == "village.example"
    assert list(SourceDomain.objects.values_list("domain", "source")) == [("village.example", later.source.pk)]


def test_records_of_one_host_keep_the_sources_that_they_name_in_whatever_order_they_come():
    names = ("صحيفة الميناء", "بوابة القرية", "صحيفة الميناء")
    pages = [
        make_page(url=f"https://collected.example/{number}", title=f"خبر {number}", source_key=name, source_name=name)
        for number, name in enumerate(names)
    ]
    assert [store_page(page).article.source.name for page in reversed(pages)] == list(reversed(names))
    assert not SourceDomain.objects.exists()


def test_a_source_that_is_called_by_its_domain_owns_it():
    source = store_page(make_page(url="https://www.village.example/a")).article.source
    assert [domain.domain for domain in source.domains.all()] == ["village.example"]
    assert store_page(make_page(url="https://village.example/b", source_key="غيرها")).article.source == source


@pytest.mark.parametrize("host", ["m.village.example", "amp.village.example", "mobile.village.example"])
def test_what_a_site_shows_on_telephones_is_the_same_sources(host):
    first = store_page(make_page(url=f"https://{host}/a")).article.source
    assert first.key == "village.example"
    assert store_page(make_page(url="https://www.village.example/b", title="خبر آخر")).article.source == first
    other = Source.objects.create(key="other", name="غيرها")
    other.domains.create(domain=host)
    assert store_page(make_page(url=f"https://{host}/c", title="خبر ثالث")).article.source == other


def test_a_source_is_found_by_its_name_too():
    source = Source.objects.create(key="village.example", name="بوابة القرية")
    assert store_page(make_page(key="1.txt", source_key="بوابة القرية")).article.source == source


def test_a_saved_page_without_url_belongs_to_the_site_that_it_names():
    source = Source.objects.create(key="village.example", name="بوابة القرية")
    assert store_page(make_page(key="1.html", source_name="بوابة القرية")).article.source == source
    assert store_page(make_page(key="2.html", source_name="بوابة المدينة")).article.source.name == "بوابة المدينة"


def test_a_republisher_is_known_as_one():
    page = make_page(key="1.txt", source_key="موقع نوافذ", source_name="موقع نوافذ", republished=True)
    assert store_page(page).article.source.kind == Source.Kind.REPUBLISHER


def test_texts_that_name_no_outlet_share_one_source():
    first = store_page(make_page(FIRST, key="1.txt")).article
    second = store_page(make_page(SECOND, key="2.txt", title="خبر آخر من القرية")).article
    assert first.source == second.source
    assert first.source.name == "ملفات مستوردة"


# Inputs without URL -------------------------------------------------------------------------------------------------


def test_a_changed_file_of_the_same_name_is_the_same_article():
    first = store_page(make_page(FIRST, SECOND, key="a/1.txt")).article
    stored = store_page(make_page(FIRST, key="a/1.txt", title="عنوان جديد للخبر"))
    assert (stored.outcome, stored.article.pk) == (Outcome.UPDATED, first.pk)


def test_a_moved_file_with_the_same_text_is_the_same_article():
    first = store_page(make_page(key="a/1.txt")).article
    stored = store_page(make_page(key="b/7.txt"))
    assert (stored.outcome, stored.article.pk) == (Outcome.UNCHANGED, first.pk)


def test_unrelated_files_of_one_name_are_different_articles_for_good():
    titles = [f"خبر رقم {number} من القرية" for number in range(25)]
    pages = [make_page(f"نص الخبر رقم {number}.", key="1.txt", title=title) for number, title in enumerate(titles)]
    for page in pages:
        assert store_page(page).outcome == Outcome.CREATED
    for page in pages:
        assert store_page(page).outcome == Outcome.UNCHANGED
    changed = make_page("نص الخبر رقم 3.", "وفقرة جديدة.", key="1.txt", title=titles[3])
    assert store_page(changed).outcome == Outcome.UPDATED
    assert Article.objects.count() == 25


def test_a_named_key_is_the_same_article_however_much_changed():
    first = store_page(make_page(FIRST, key="77", key_is_certain=True)).article
    stored = store_page(make_page(SECOND, key="77", key_is_certain=True, title="عنوان لا يشبه الأول"))
    assert (stored.outcome, stored.article.pk) == (Outcome.UPDATED, first.pk)
    other = store_page(make_page(FIRST, key="78", key_is_certain=True))
    assert other.outcome == Outcome.CREATED


def test_the_same_text_of_two_sources_is_two_articles():
    store_page(make_page(key="1.txt", source_key="one"))
    assert store_page(make_page(key="1.txt", source_key="two")).outcome == Outcome.CREATED


def test_a_very_long_key_fits_and_is_found_again():
    keys = ["مجلد/" * 200 + name for name in ("1.txt", "2.txt")]
    first = store_page(make_page(FIRST, key=keys[0])).article
    assert store_page(make_page(SECOND, key=keys[1], title="خبر آخر تمامًا")).outcome == Outcome.CREATED
    assert store_page(make_page(FIRST, SECOND, key=keys[0])).article.pk == first.pk


# What PostgreSQL cannot keep, and two at once ------------------------------------------------------------------------


def test_metadata_that_postgresql_cannot_keep_is_made_storable():
    odd = {"a\x00b": ["x\x00", "\ud83d", float("nan"), {"c": None}], "n": 1.5}
    page = make_page(url=URL, metadata=odd)
    assert store_page(page).article.metadata == {"ab": ["x", "", "nan", {"c": None}], "n": 1.5}
    assert store_page(page).outcome == Outcome.UNCHANGED


@pytest.mark.django_db(transaction=True)
def test_two_importers_of_the_same_pages_at_once_make_each_article_once():
    pages = [
        make_page(f"{FIRST} {number}", SECOND, url=f"https://village.example/{number}", title=f"{TITLE} {number}")
        for number in range(12)
    ]
    start = threading.Barrier(3)
    outcomes: list[Outcome] = []
    errors: list[Exception] = []

    def import_all() -> None:
        try:
            start.wait(10)
            outcomes.extend(store_page(page).outcome for page in pages)
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    importers = [threading.Thread(target=import_all) for _ in range(3)]
    for importer in importers:
        importer.start()
    for importer in importers:
        importer.join()
    assert errors == []
    assert outcomes.count(Outcome.CREATED) == 12
    assert outcomes.count(Outcome.UNCHANGED) == 24
    assert Article.objects.count() == Revision.objects.count() == Original.objects.count() == 12
    assert Source.objects.count() == 1


def test_what_a_page_credits_is_kept_with_its_words():
    article = store_page(make_page(url=URL, credit_lines=["المصدر: رويترز"])).article
    article.refresh_from_db()
    assert (article.credited_source.name, article.credit) == ("رويترز", "المصدر: رويترز")
    assert article.credited_source.kind == Source.Kind.AGENCY


def test_lines_that_a_moderator_accepted_as_boilerplate_are_not_stored():
    store_page(make_page(url=URL))
    line = "تابعوا أخبار القرية على قناتنا"
    BoilerplateLine.objects.create(
        source=Source.objects.get(), place="closing", text=line, folded=masked(line), status="accepted",
        decided_at=DAY, decided_by_name="مشرف",
    )  # fmt: skip
    forget_accepted_lines()
    article = store_page(make_page(FIRST, SECOND, line, url=f"{URL}/2")).article
    assert article.current_revision.text == f"{TITLE}\n{FIRST}\n{SECOND}"
