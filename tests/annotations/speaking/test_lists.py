"""What somebody said and what was said about them, as members and visitors read it."""

import pytest
from django.urls import reverse

from annotations.marking import accept
from annotations.models import Annotation, Attribution
from articles.models import Article
from articles.naming.merging import merge
from tests.accounts import make_user
from tests.annotations.marks import make_mark
from tests.annotations.speaking.spoken import (
    OTHER,
    SPEAKER,
    WORDS,
    attribute,
    confirmed,
    entries,
    suggested,
    told_by,
)
from tests.annotations.suggested import imported
from tests.articles.factories import add_revision, make_article, make_entity, make_mention, make_source
from tests.articles.markup import page_in, with_class, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client):
    client.force_login(make_user("reader"))
    return client


def said(name=SPEAKER):
    return reverse("entity_quotes", args=[make_entity(name).pk])


def about(name=SPEAKER):
    return reverse("entity_quotes_about", args=[make_entity(name).pk])


def only_entry(client, address):
    (entry,) = with_class(page_in(client.get(address)), "said")
    return entry


def test_a_quote_is_told_with_speaker_cue_source_and_the_way_to_its_place(reader):
    article = told_by(source=make_source("جريدة السكة"), title="خبر الميناء")
    mark = confirmed(article)
    Annotation.objects.filter(pk=mark.pk).update(stance="denying", occasion="مؤتمر الموانئ")
    entry = only_entry(reader, said())
    for shown in (SPEAKER, WORDS, "قالت", "جريدة السكة", "خبر الميناء", "نبرة الفعل: نفي", "مؤتمر الموانئ"):
        assert shown in words(entry)
    (place,) = entry.xpath(".//blockquote/a")
    assert place.get("href") == f"{article.get_absolute_url()}#mark-{mark.uuid}"
    page = page_in(reader.get(place.get("href").split("#")[0]))
    assert page.xpath(f"//*[@id='mark-{mark.uuid}']")


def test_a_neutral_verb_tells_nothing(reader):
    mark = confirmed(told_by())
    Annotation.objects.filter(pk=mark.pk).update(stance="neutral")
    assert "محايدة" not in words(only_entry(reader, said()))


def test_the_newest_articles_come_first(reader):
    for day, line in ((3, "«ثالث القول هنا»"), (9, "«تاسع القول هنا»"), (5, "«خامس القول هنا»")):
        confirmed(told_by(said=line, day=day), line)
    assert entries(reader, said()) == ["«تاسع القول هنا»", "«خامس القول هنا»", "«ثالث القول هنا»"]


def test_members_see_a_suggestion_as_one_and_visitors_not_at_all(client, settings):
    settings.PUBLIC_READING = True
    suggested(told_by())
    assert entries(client, said()) == []
    client.force_login(make_user("reader"))
    entry = only_entry(client, said())
    assert "is-suggested" in entry.get("class")
    assert "مقترح" in words(entry)
    assert not entry.find_class("said-citing")


def test_visitors_see_no_quote_whose_speaker_nobody_confirmed(client, settings):
    settings.PUBLIC_READING = True
    mark = suggested(told_by())
    accept(mark=mark, by=make_user("editor"))
    assert entries(client, said()) == [WORDS]
    Attribution.objects.update(certainty="probable")
    assert entries(client, said()) == []
    client.force_login(make_user("reader"))
    entry = only_entry(client, said())
    assert "القائل مرجّح" in words(entry)
    assert not entry.find_class("said-citing")


def test_only_what_is_confirmed_can_be_cited(reader):
    article = told_by(source=make_source("جريدة السكة"))
    confirmed(article)
    (field,) = only_entry(reader, said()).xpath(".//copy-text/input")
    assert field.get("value") == f"{WORDS} — {SPEAKER}، جريدة السكة، 1 مايو 2024، 15:00، {article.url}"


def test_who_only_relays_has_not_said_it_and_who_said_it_jointly_has(reader):
    article = told_by()
    make_mention(make_article(paragraphs=[f"حضر {OTHER}."]), OTHER)
    mark = confirmed(article)
    attribute(mark, make_entity(OTHER), "relayed")
    assert entries(reader, said(OTHER)) == []
    assert f"نقلاً عن: {OTHER}" in words(only_entry(reader, said()))
    Attribution.objects.filter(order=1).update(role="joint")
    assert entries(reader, said(OTHER)) == [WORDS]
    assert "قالوه معاً" in words(only_entry(reader, said(OTHER)))


def test_whom_the_speaker_says_to_have_said_it_has_not_said_it_for_sure(reader):
    mark = confirmed(told_by())
    make_mention(make_article(paragraphs=[f"حضر {OTHER}."]), OTHER)
    attribute(mark, make_entity(OTHER), "said")
    assert entries(reader, said(OTHER)) == []


def test_a_speaker_known_by_the_words_alone_has_said_it(reader):
    suggested(told_by(), entity=None)
    assert entries(reader, said()) == [WORDS]


def test_words_that_only_hold_the_name_of_an_organisation_are_not_its_words(reader):
    organisation = make_entity("الميناء", kind="organisation")
    article = make_article(paragraphs=[f"قال مدير الميناء: {WORDS}."])
    make_mention(article, "الميناء", entity=organisation)
    suggested(article, by="مدير الميناء", entity=None)
    assert entries(reader, reverse("entity_quotes", args=[organisation.pk])) == []


def test_a_quote_counts_also_where_the_article_does_not_name_the_speaker(reader):
    told_by()
    article = make_article(paragraphs=["قالت الوزيرة: «سنعود غداً» ومضت."])
    confirmed(article, "«سنعود غداً»")
    assert entries(reader, said()) == ["«سنعود غداً»"]


def test_what_a_merged_name_said_counts_for_what_it_became(reader):
    confirmed(told_by())
    confirmed(told_by("س. الهادي", "«قول آخر له»", day=4), "«قول آخر له»", by="س. الهادي")
    kept, merged = make_entity(SPEAKER), make_entity("س. الهادي")
    merge(source=merged, target=kept, by=make_user("moderator"))
    assert entries(reader, said()) == ["«قول آخر له»", WORDS]
    assert reader.get(reverse("entity_quotes", args=[merged.pk])).url == said()


def test_an_attribution_left_with_a_merged_name_counts_too(reader):
    told_by()
    mark = confirmed(make_article(paragraphs=[f"قالت: {WORDS}."]), by=OTHER)
    other = make_entity(OTHER)
    other.merged_into = make_entity(SPEAKER)
    other.save()
    assert Attribution.objects.get(annotation=mark).entity == other
    assert entries(reader, said()) == [WORDS]


def test_what_others_say_with_the_name_in_it_is_about_it(reader):
    line = f"«نشكر {OTHER} على حضوره»"
    article = told_by(said=line)
    make_mention(article, OTHER)
    confirmed(article, line)
    assert entries(reader, about(OTHER)) == [line]
    assert SPEAKER in words(only_entry(reader, about(OTHER)))
    assert entries(reader, about()) == []
    assert entries(reader, said(OTHER)) == []


def test_what_somebody_says_of_themselves_is_not_what_others_say(reader):
    line = f"«أنا {OTHER} أقول هذا»"
    article = told_by(OTHER, line)
    make_mention(article, OTHER, occurrence=1)
    confirmed(article, line, by=OTHER)
    assert entries(reader, said(OTHER)) == [line]
    assert entries(reader, about(OTHER)) == []


def test_words_that_stand_elsewhere_now_are_told_as_they_are_now(client, settings):
    settings.PUBLIC_READING = True
    article = told_by()
    confirmed(article)
    add_revision(article, title="عنوان آخر", paragraphs=["سطر جديد.", f"قالت {SPEAKER} للصحفيين: {WORDS} ومضت."])
    imported(article)
    make_mention_if_none(article)
    assert entries(client, said()) == [WORDS]
    add_revision(article, title="عنوان", paragraphs=[f"قالت {SPEAKER} للصحفيين: «لن نغلق الميناء اليوم» ومضت."])
    imported(article)
    make_mention_if_none(article)
    assert entries(client, said()) == []
    client.force_login(make_user("reader"))
    assert all(WORDS not in line for line in entries(client, said()))


def make_mention_if_none(article):
    if not article.current_revision.mentions.filter(surface=SPEAKER).exists():
        make_mention(article, SPEAKER)


@pytest.mark.parametrize("status", [Article.Status.PENDING, Article.Status.HIDDEN])
@pytest.mark.parametrize("role", [None, "reader", "annotator", "editor"])
def test_articles_that_may_not_be_read_tell_nothing(client, settings, status, role):
    settings.PUBLIC_READING = True
    confirmed(told_by(said="«قول منشور هنا»"), "«قول منشور هنا»")
    line = f"«قول محجوب عن {OTHER}»"
    hidden = told_by(said=line, status=status, source=make_source("صحيفة الكتمان"))
    make_mention(hidden, OTHER)
    confirmed(hidden, line, person=make_user("moderator"))
    if role:
        client.force_login(make_user(role))
    may_see = role == "editor"
    for address in (said(), make_entity(SPEAKER).get_absolute_url()):
        page = client.get(address).content.decode()
        assert ("قول محجوب" in page, "صحيفة الكتمان" in page) == (may_see, may_see), address
        assert "قول منشور" in page
    assert client.get(about(OTHER)).status_code == (200 if may_see else 404)


def test_nothing_of_an_internal_source_is_told_to_visitors(client, settings):
    settings.PUBLIC_READING = True
    source = make_source("صحيفة الكتمان")
    confirmed(told_by(source=source))
    told_by(day=2)
    assert entries(client, said()) == [WORDS]
    source.rights = "internal"
    source.save()
    assert entries(client, said()) == []
    assert "صحيفة الكتمان" not in client.get(said()).content.decode()


def test_reading_is_for_members_unless_the_setting_opens_it(client, settings):
    confirmed(told_by())
    for address in (said(), about(), reverse("entity_quotes_feed", args=[make_entity(SPEAKER).pk])):
        settings.PUBLIC_READING = False
        assert client.get(address).status_code == 302
        settings.PUBLIC_READING = True
        assert client.get(address).status_code == 200


def test_a_rejected_quote_is_not_told(reader):
    mark = make_mark(told_by(), WORDS, by=make_user("annotator"))
    attribute(mark, make_entity(SPEAKER), "said", order=0)
    assert entries(reader, said()) == [WORDS]
    Annotation.objects.filter(pk=mark.pk).update(status="rejected")
    assert entries(reader, said()) == []


def test_what_a_text_says_stays_text(reader):
    line = "«<script>alert(1)</script> قولٌ»"
    confirmed(told_by(said=line, title="<b>عنوان</b>"), line)
    assert entries(reader, said()) == [line]
    assert not page_in(reader.get(said())).xpath("//main//ol//script | //main//b")
