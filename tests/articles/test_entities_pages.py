"""The pages of who is named, as readers see them."""

from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from articles import publishing
from articles.models import Alias, Article, CountDue, Entity, EntityCount
from articles.naming.counting import settle_counts
from tests.accounts import make_user
from tests.articles.factories import add_revision, make_article, make_entity, make_mention, make_source
from tests.articles.markup import page_in, with_class, words
from tests.searching import index_everything

pytestmark = pytest.mark.django_db

NAME, OTHER = "سلمى الهادي", "كيوان الراوي"


@pytest.fixture
def reader(client):
    client.force_login(make_user("reader"))
    return client


def naming(*names, day=1, month=5, title="خبر", **details):
    """An article whose one paragraph names these people."""
    line = "حضر اللقاء " + " و".join(names) + " أمس."
    published = datetime(2024, month, day, 12, tzinfo=UTC)
    article = make_article(title=title, paragraphs=[line], published_at=published, **details)
    for name in names:
        make_mention(article, name)
    return article


def page_of(client, entity):
    response = client.get(entity.get_absolute_url())
    assert response.status_code == 200
    return page_in(response)


def listed(client, name="people", **asked):
    return [words(link) for link in with_class(page_in(client.get(reverse(name), asked)), "entity-name")]


def tally(page, title):
    """{what: number} of the list under a heading."""
    (heading,) = page.xpath(f"//h2[normalize-space()='{title}']")
    rows = [[words(cell) for cell in row] for row in heading.getparent().findall("ul/li")]
    return {what: int(number) for what, number in rows}


def test_a_page_tells_names_dates_sources_and_company(reader):
    source = make_source("جريدة السكة")
    naming(NAME, OTHER, day=1, source=source)
    last = naming(NAME, day=9, title="آخر خبر")
    entity = make_entity(NAME)
    make_mention(last, "سلمى", entity=entity).delete()
    page = page_of(reader, entity)
    assert words(page.find(".//h1")) == NAME
    assert "في مادتين" in words(with_class(page, "entity-sum")[0])
    assert "1 مايو 2024" in words(with_class(page, "entity-sum")[0])
    assert tally(page, "من يذكره") == {"جريدة السكة": 1, "صحيفة الميناء": 1}
    assert tally(page, "يُذكر معه") == {OTHER: 1}
    assert tally(page, "صيغ الاسم في النصوص") == {NAME: 2}
    assert [words(title) for title in with_class(page, "naming", "h3")] == ["آخر خبر", "خبر"]


def test_a_mention_is_shown_in_its_sentence_and_leads_to_its_place(reader):
    article = make_article(paragraphs=[f"مرّ يوم آخر. قالت {NAME} إنها باقية، ولـ{NAME} أن تبقى. ثم مضت."])
    entity = make_entity(NAME)
    first = make_mention(article, NAME, entity=entity)
    make_mention(article, NAME, entity=entity, occurrence=1)
    page = page_of(reader, entity)
    (place,) = with_class(page, "place", "a")
    assert words(place) == f"قالت {NAME} إنها باقية، ولـ{NAME} أن تبقى."
    assert [words(name) for name in with_class(page, "named")] == [NAME, NAME]
    address, anchor = place.get("href").split("#")
    assert page_in(reader.get(address)).get_element_by_id(anchor).text_content() == NAME
    assert anchor == f"mention-{first.pk}"


def test_a_long_sentence_is_cut_between_words_around_the_name(reader):
    article = make_article(paragraphs=["كلمة " * 100 + NAME + " تتمة" * 100])
    make_mention(article, NAME)
    (place,) = with_class(page_of(reader, make_entity(NAME)), "place", "a")
    assert words(place).startswith("…كلمة")
    assert words(place).endswith("تتمة…")
    assert len(words(place)) < 400


def test_company_leads_to_the_articles_that_name_both(reader):
    naming(NAME, OTHER, title="معاً")
    naming(NAME, title="وحدها")
    index_everything()
    (link,) = page_of(reader, make_entity(NAME)).xpath("//a[@title='المواد التي تذكرهما معاً']")
    assert len(parse_qs(urlsplit(link.get("href")).query)["entity"]) == 2
    found = page_in(reader.get(link.get("href")))
    assert [words(title) for title in with_class(found, "card-title")] == ["معاً"]
    assert {words(chip) for chip in with_class(found, "chip")} == {f"شخص: {NAME} ×", f"شخص: {OTHER} ×"}


def test_one_of_two_names_can_be_taken_from_a_search(reader):
    naming(NAME, OTHER, title="معاً")
    naming(NAME, title="وحدها")
    both = {"entity": [make_entity(NAME).pk, make_entity(OTHER).pk], "page": "1"}
    page = page_in(reader.get("/", both))
    chips = {words(chip): chip for chip in with_class(page, "chip")}
    (remove,) = chips[f"شخص: {OTHER} ×"].find_class("chip-remove")
    found = page_in(reader.get(remove.get("href")))
    assert {words(title) for title in with_class(found, "card-title")} == {"معاً", "وحدها"}


def test_a_merged_name_leads_to_what_it_became(reader):
    naming(NAME)
    kept, merged = make_entity(NAME), make_entity("س. الهادي")
    merged.merged_into = kept
    merged.save()
    assert reader.get(merged.get_absolute_url()).url == kept.get_absolute_url()
    found = page_in(reader.get("/", {"entity": merged.pk}))
    assert len(with_class(found, "card")) == 1
    assert "سلمى الهادي" in words(with_class(found, "chip")[0])


def test_the_timeline_runs_with_the_interface_and_its_table_says_the_same(reader, settings):
    naming(NAME, day=1)
    naming(NAME, day=1)
    naming(NAME, day=11)
    page = page_of(reader, make_entity(NAME))
    bars = [float(bar.get("x")) for bar in page.xpath("//*[name()='rect']")]
    assert bars[0] > bars[1], "time runs to the left in Arabic"
    rows = [[words(cell) for cell in row.xpath("th|td")] for row in page.xpath("//tbody/tr")]
    assert rows == [["1 مايو 2024", "2"], ["11 مايو 2024", "1"]]
    assert not page.xpath("//*[@style]")
    reader.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    bars = [float(bar.get("x")) for bar in page_of(reader, make_entity(NAME)).xpath("//*[name()='rect']")]
    assert bars[0] < bars[1]


def test_a_number_of_the_timeline_leads_to_its_articles(reader):
    naming(NAME, day=1, title="الأول")
    naming(NAME, day=11, title="الثاني")
    index_everything()
    (link, _) = page_of(reader, make_entity(NAME)).xpath("//tbody//a")
    assert [words(title) for title in with_class(page_in(reader.get(link.get("href"))), "card-title")] == ["الأول"]


def test_lists_begin_with_whom_most_articles_name(reader):
    naming(OTHER)
    naming(NAME, OTHER)
    naming(OTHER, "إيمان خليل")
    naming(NAME)
    assert listed(reader)[:2] == [OTHER, NAME]
    counts = [words(count) for count in with_class(page_in(reader.get("/people/")), "entity-count")]
    assert counts == ["3 مواد", "مادتان", "مادة واحدة"]


def test_each_kind_has_its_list(reader):
    article = make_article(paragraphs=["سافر الوفد لواشنطن."])
    make_mention(article, "واشنطن", entity=make_entity("واشنطن", kind="place"))
    assert listed(reader, "places") == ["واشنطن"]
    assert listed(reader, "people") == listed(reader, "organisations") == listed(reader, "other_names") == []
    assert page_in(reader.get("/other-names/")).find(".//h1").text_content() == "أسماء أخرى"


def test_names_are_found_in_any_spelling_and_by_their_other_forms(reader):
    naming("إيمان خليل", NAME)
    Alias(entity=make_entity(NAME), form="أم يوسف").save()
    assert listed(reader, q="ايمان") == ["إيمان خليل"]
    assert listed(reader, q="ام يوسف") == [NAME]
    assert listed(reader, q="لا أحد") == []
    assert listed(reader, q="\0") == listed(reader)


def test_a_name_that_holds_in_one_article_says_in_which(reader):
    article = naming(NAME, title="خبر من الميناء")
    Entity.objects.update(only_in=article)
    assert "خبر من الميناء" in words(with_class(page_in(reader.get("/people/")), "entity-only")[0])


def test_the_title_of_an_article_that_may_not_be_read_tells_nothing(reader):
    hidden = make_article(title="خبر محجوب", status="hidden")
    naming(NAME)
    Entity.objects.update(only_in=hidden)
    assert "محجوب" not in words(page_in(reader.get("/people/")))


def test_counts_follow_every_change(reader):
    articles = [naming(NAME, OTHER), naming(NAME)]
    assert counts() == {NAME: (2, 2), OTHER: (1, 1)}
    publishing.hide(Article.objects.filter(pk=articles[1].pk))
    assert counts() == {NAME: (2, 1), OTHER: (1, 1)}
    add_revision(articles[0], title="خبر", paragraphs=["لا أحد هنا."])
    assert counts() == {NAME: (1, 0), OTHER: (0, 0)}
    articles[1].delete()
    assert counts() == {NAME: (0, 0), OTHER: (0, 0)}
    assert settle_counts() == 0
    assert not CountDue.objects.exists()


def counts():
    settle_counts()
    rows = EntityCount.objects.select_related("entity")
    return {row.entity.name: (row.in_all, row.in_published) for row in rows}


@pytest.mark.parametrize(
    ("role", "seen"), [(None, 1), ("reader", 1), ("annotator", 1), ("editor", 2), ("moderator", 2)]
)
def test_counts_tell_nobody_of_articles_that_they_may_not_read(client, settings, role, seen):
    settings.PUBLIC_READING = True
    naming(NAME, OTHER, title="منشور")
    naming(NAME, "كيوان المستتر", title="محجوب", status="hidden", source=make_source("صحيفة الكتمان"))
    if role:
        client.force_login(make_user(role))
    page = page_of(client, make_entity(NAME))
    said = words(page)
    assert sum(tally(page, "من يذكره").values()) == seen
    assert (("كيوان المستتر" in said), ("صحيفة الكتمان" in said), ("محجوب" in said)) == ((seen == 2),) * 3
    assert ("كيوان المستتر" in listed(client)) is (seen == 2)
    hidden = client.get(make_entity("كيوان المستتر").get_absolute_url())
    assert hidden.status_code == (200 if seen == 2 else 404)


def test_a_name_that_was_hidden_a_moment_ago_is_not_listed(reader, monkeypatch):
    article = naming(NAME)
    settle_counts()
    monkeypatch.setattr("articles.views.entities.settle_counts", lambda limit: 0)
    publishing.hide(Article.objects.filter(pk=article.pk))
    assert listed(reader) == []


def test_reading_is_for_members_unless_the_setting_opens_it(client, settings):
    naming(NAME)
    addresses = [make_entity(NAME).get_absolute_url(), reverse("people")]
    for address in addresses:
        assert client.get(address).status_code == 302
    settings.PUBLIC_READING = True
    for address in addresses:
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("page", ["1", "2", "999", "0", "-1", "س"])
def test_any_page_number_opens_a_page(reader, page):
    for number in range(12):
        naming(NAME, day=number + 1)
    response = reader.get(make_entity(NAME).get_absolute_url(), {"page": page})
    assert len(with_class(page_in(response), "naming")) == (2 if page in ("2", "999") else 10)


def test_pages_take_few_queries_however_many_articles(reader, django_assert_max_num_queries):
    for number in range(15):
        naming(NAME, OTHER, f"شخص {number} آخر", day=number + 1)
    entity = make_entity(NAME)
    with django_assert_max_num_queries(12):
        page_of(reader, entity)
    listed(reader)
    with django_assert_max_num_queries(12):
        listed(reader, q="شخص")


def test_what_an_entity_is_called_stays_text(reader):
    entity = make_entity('"><script>alert(1)</script>')
    make_mention(make_article(paragraphs=["وقّع <b>فلان</b> العقد."]), "<b>فلان</b>", entity=entity)
    page = page_of(reader, entity)
    assert not page.xpath("//main//script | //blockquote//b")
    assert with_class(page, "named")[0].text_content() == "<b>فلان</b>"
