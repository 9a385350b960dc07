"""Merging, splitting, and taking either back exactly."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from annotations.connecting import connect_speaker
from annotations.models import Attribution
from articles.models import Alias, Entity, EntityChange, Mention
from articles.naming.correcting import change_mention
from articles.naming.merging import ChangeRefused, merge, preview, split, undo
from articles.recognition import record_mentions
from tests.accounts import make_user
from tests.annotations.marks import make_mark
from tests.articles.factories import make_article, make_entity, make_mention

pytestmark = pytest.mark.django_db

NAME, FULL = "سامر الحداري", "سامر عبد الله الحداري"
LINE = f"قال وزير الطاقة {NAME}: «لن ترتفع الأسعار هذا العام»."


@pytest.fixture
def moderator():
    return make_user("moderator", username="huda")


def recorded(line=LINE):
    article = make_article(paragraphs=[line])
    record_mentions(article.current_revision)
    return article


def attributed(article, entity):
    annotator = make_user("annotator")
    mark = make_mark(article, "لن ترتفع الأسعار هذا العام", by=annotator)
    return connect_speaker(mark=mark, entity=entity, by=annotator)


def state():
    """All that a merge or split may touch."""
    return {
        "entities": list(
            Entity.objects.order_by("pk").values_list("pk", "name", "distinction", "merged_into", "only_in")
        ),
        "aliases": list(Alias.objects.order_by("pk").values_list("entity", "form")),
        "mentions": list(Mention.objects.order_by("pk").values_list("pk", "entity", "decided_at", "decided_by_name")),
        "attributions": list(Attribution.objects.order_by("pk").values_list("pk", "entity")),
    }


def test_a_merge_moves_mentions_and_quotes_and_keeps_the_names(moderator):
    source, target = recorded().current_revision.mentions.get(surface=NAME).entity, make_entity(FULL)
    link = attributed(Mention.objects.get(entity=source).revision.article, source)
    Alias(entity=source, form="أبو يوسف").save()
    change = merge(source=source, target=target, by=moderator)
    source.refresh_from_db()
    link.refresh_from_db()
    assert (source.merged_into, link.entity) == (target, target)
    assert not source.mentions.exists()
    assert {alias.form for alias in target.aliases.all()} == {NAME, "أبو يوسف"}
    assert (change.made_by_name, change.source_name, change.target_name) == ("huda", NAME, FULL)


def test_names_of_a_merged_entity_lead_to_the_other_from_then_on(moderator):
    source, target = recorded().current_revision.mentions.get(surface=NAME).entity, make_entity(FULL)
    merge(source=source, target=target, by=moderator)
    assert recorded().current_revision.mentions.get(surface=NAME).entity == target


def test_what_was_merged_before_follows(moderator):
    first, second, third = make_entity("أ. الحداري"), make_entity(NAME), make_entity(FULL)
    merge(source=first, target=second, by=moderator)
    change = merge(source=second, target=third, by=moderator)
    first.refresh_from_db()
    assert first.merged_into == third
    undo(change=change, by=moderator)
    first.refresh_from_db()
    assert first.merged_into == second


def test_a_merge_is_taken_back_exactly(moderator):
    articles = [recorded(), recorded()]
    source, target = make_entity(NAME), make_entity(FULL)
    make_mention(make_article(paragraphs=[f"قال {FULL} ذلك."]), FULL, entity=target)
    attributed(articles[0], source)
    Alias(entity=source, form="أبو يوسف").save()
    Alias(entity=target, form="أبو يوسف").save()
    before = state()
    change = merge(source=source, target=target, by=moderator)
    assert state() != before
    undo(change=change, by=moderator)
    assert state() == before
    change.refresh_from_db()
    assert change.undone_by_name == "huda"


def test_who_stood_for_one_article_alone_stands_for_all_that_a_merge_joins(moderator):
    articles = [recorded("قال محمد أحمد إن الجسر جاهز."), recorded("قال محمد أحمد إن السوق مغلقة.")]
    source, target = (Entity.objects.get(name="محمد أحمد", only_in=article) for article in articles)
    before = state()
    change = merge(source=source, target=target, by=moderator)
    for article in articles:
        record_mentions(article.current_revision)
    target.refresh_from_db()
    assert (target.only_in, target.mentions.count()) == (None, 2)
    undo(change=change, by=moderator)
    assert state() == before


def test_a_rerun_between_a_merge_and_its_undoing_loses_nothing(moderator):
    article = recorded()
    source, target = make_entity(NAME), make_entity(FULL)
    before = state()
    change = merge(source=source, target=target, by=moderator)
    record_mentions(article.current_revision)
    undo(change=change, by=moderator)
    assert state() == before


def test_what_a_person_gave_to_somebody_else_since_stays_there(moderator):
    article, other = recorded(), make_entity("كيوان الراوي")
    source, target = make_entity(NAME), make_entity(FULL)
    change = merge(source=source, target=target, by=moderator)
    mention = article.current_revision.mentions.get(surface=NAME)
    change_mention(mention=mention, entity=other, by=moderator)
    undo(change=change, by=moderator)
    mention.refresh_from_db()
    assert mention.entity == other


def test_a_split_makes_some_articles_speak_of_another_and_reruns_keep_it(moderator):
    first, second = recorded(), recorded()
    entity = make_entity(NAME)
    link = attributed(second, entity)
    change = split(source=entity, articles=[second.pk], name=NAME, distinction="لاعب الهلال", by=moderator)
    for article in (first, second):
        record_mentions(article.current_revision)
    assert first.current_revision.mentions.get(surface=NAME).entity == entity
    assert second.current_revision.mentions.get(surface=NAME).entity == change.target
    link.refresh_from_db()
    assert link.entity == change.target
    assert str(change.target) == f"{NAME} (لاعب الهلال)"


def test_a_split_is_taken_back_exactly(moderator):
    recorded()
    second = recorded()
    entity = make_entity(NAME)
    attributed(second, entity)
    before = state()
    change = split(source=entity, articles=[second.pk], name=NAME, distinction="لاعب الهلال", by=moderator)
    assert state() != before
    undo(change=change, by=moderator)
    assert state() == before
    change.refresh_from_db()
    assert (change.target, change.target_name) == (None, f"{NAME} (لاعب الهلال)")


def test_what_came_later_is_taken_back_first(moderator):
    first, second, third = make_entity("أ. الحداري"), make_entity(NAME), make_entity(FULL)
    earlier = merge(source=first, target=second, by=moderator)
    later = merge(source=second, target=third, by=moderator)
    with pytest.raises(ChangeRefused, match="اللاحق أولاً"):
        undo(change=earlier, by=moderator)
    undo(change=later, by=moderator)
    undo(change=earlier, by=moderator)
    with pytest.raises(ChangeRefused, match="سبق التراجع"):
        undo(change=earlier, by=moderator)
    assert not Entity.objects.exclude(merged_into=None).exists()


def test_what_makes_no_sense_is_refused(moderator):
    article, entity, other = recorded(), make_entity(NAME), make_entity(FULL)
    with pytest.raises(ChangeRefused, match="اسم واحد"):
        merge(source=entity, target=entity, by=moderator)
    with pytest.raises(ChangeRefused, match="ما يميّز"):
        split(source=entity, articles=[article.pk], name=NAME, distinction="", by=moderator)
    with pytest.raises(ChangeRefused, match="مادة واحدة على الأقل"):
        split(source=entity, articles=[], name=NAME, distinction="لاعب", by=moderator)
    assert not Entity.objects.filter(distinction="لاعب").exists()
    merge(source=entity, target=other, by=moderator)
    with pytest.raises(ChangeRefused, match="سبق دمج"):
        merge(source=entity, target=make_entity("كيوان"), by=moderator)


@pytest.mark.parametrize("role", ["reader", "annotator", "editor"])
def test_merging_and_splitting_are_for_moderators(moderator, role):
    entity, other, person = make_entity(NAME), make_entity(FULL), make_user(role)
    change = merge(source=entity, target=other, by=moderator)
    for act in (
        lambda: merge(source=other, target=entity, by=person),
        lambda: split(source=other, articles=[], name=NAME, distinction="", by=person),
        lambda: undo(change=change, by=person),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_a_preview_counts_what_would_move():
    article = recorded()
    recorded()
    entity = make_entity(NAME)
    attributed(article, entity)
    assert [number for _, number in preview(entity)] == [2, 1]
    assert [number for _, number in preview(entity, [article.pk])] == [1, 1]


def test_history_and_the_change_say_who_also_after_the_account_is_gone(moderator):
    entity, other = make_entity(NAME), make_entity(FULL)
    change = merge(source=entity, target=other, by=moderator)
    moderator.delete()
    change.refresh_from_db()
    assert (change.made_by, change.made_by_name) == (None, "huda")
    assert entity.events.get().pgh_context.metadata["username"] == "huda"


@pytest.mark.parametrize(
    ("changed", "constraint"),
    [
        ({"undone_by_name": "x"}, "entity_change_undone_by_whom_and_when"),
        ({"made_by_name": ""}, "entity_change_by_somebody"),
        ({"kind": "other"}, "entity_change_kind_is_known"),
    ],
)
def test_a_change_that_makes_no_sense_is_refused_by_the_database(moderator, changed, constraint):
    change = merge(source=make_entity(NAME), target=make_entity(FULL), by=moderator)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        EntityChange.objects.filter(pk=change.pk).update(**changed)


def test_an_article_goes_with_its_own_entities_and_what_is_attributed_to_them():
    article = recorded("قال الدكتور سامر: «لن ترتفع الأسعار هذا العام».")
    entity = Entity.objects.get(name="سامر", only_in=article)
    attributed(article, entity)
    article.delete()
    assert not Entity.objects.filter(pk=entity.pk).exists()
    assert not Attribution.objects.exists()
