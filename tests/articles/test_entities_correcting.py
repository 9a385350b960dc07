"""What a person decides about a name stays, whatever a recogniser finds later."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from articles.models import Entity, Mention, RemovedMention
from articles.naming.correcting import NameRefused, add_mention, change_mention, remove_mention
from articles.recognition import record_mentions
from tests.accounts import make_user
from tests.articles.factories import add_revision, make_article, make_entity, make_mention

pytestmark = pytest.mark.django_db

NAME = "سامر الحداري"
# A person may call «أهله» a name; no recogniser does.
LINE = f"قال وزير الطاقة {NAME} إن الأسعار لن تتغير، وسافر {NAME} إلى فرنسا مع أهله."


@pytest.fixture
def article():
    article = make_article(title="خبر من العاصمة", paragraphs=[LINE])
    record_mentions(article.current_revision)
    return article


@pytest.fixture
def annotator():
    return make_user("annotator", username="samar")


def place(article, words, occurrence=0):
    start = -1
    for _ in range(occurrence + 1):
        start = article.current_revision.text.index(words, start + 1)
    return start, start + len(words)


def named(article, words, occurrence=0):
    return article.current_revision.mentions.filter(start=place(article, words, occurrence)[0])


def add(article, words, by, **what):
    start, end = place(article, words)
    return add_mention(revision=article.current_revision, start=start, end=end, by=by, **what)


def test_a_removed_name_does_not_come_back(article, annotator):
    remove_mention(mention=named(article, NAME).get(), by=annotator)
    record_mentions(article.current_revision)
    assert not named(article, NAME).exists()
    assert named(article, NAME, 1).exists()
    removed = RemovedMention.objects.get()
    assert (removed.surface, removed.name, removed.removed_by_name) == (NAME, NAME, "samar")


def test_a_name_is_removed_everywhere_in_the_text_at_once(article, annotator):
    assert remove_mention(mention=named(article, NAME).get(), by=annotator, everywhere=True) == 2
    record_mentions(article.current_revision)
    assert not Entity.objects.get(name=NAME).mentions.exists()


def test_an_added_name_stays_and_nothing_is_put_over_it(article, annotator):
    mention = add(article, "الحداري إن", annotator, kind="organisation")
    assert not named(article, NAME).exists(), "what a machine found gives way"
    record_mentions(article.current_revision)
    mention.refresh_from_db()
    assert (mention.entity.kind, mention.recogniser, mention.decided_by_name) == ("organisation", "", "samar")
    assert not named(article, NAME).exists()


def test_a_name_that_is_added_again_is_no_longer_removed(article, annotator):
    remove_mention(mention=named(article, NAME).get(), by=annotator)
    add(article, NAME, annotator, kind="person")
    assert not RemovedMention.objects.exists()
    record_mentions(article.current_revision)
    assert named(article, NAME).get().entity.name == NAME


def test_a_chosen_entity_stays_and_counts_for_the_same_words_found_later(article, annotator):
    other = make_entity("سامر عبد الله الحداري")
    change_mention(mention=named(article, NAME).get(), entity=other, by=annotator)
    named(article, NAME, 1).delete()
    record_mentions(article.current_revision)
    assert named(article, NAME).get().entity == other
    assert named(article, NAME, 1).get().entity == other


def test_who_stood_for_another_article_alone_stands_for_both_when_chosen(article, annotator):
    other = make_article(paragraphs=["قال محمد أحمد إن الجسر جاهز."])
    record_mentions(other.current_revision)
    entity = other.current_revision.mentions.get(surface="محمد أحمد").entity
    assert entity.only_in == other
    change_mention(mention=named(article, NAME).get(), entity=entity, by=annotator)
    entity.refresh_from_db()
    assert (entity.only_in, entity.mentions.count()) == (None, 2)


def test_a_changed_mention_keeps_who_found_it(article, annotator):
    change_mention(mention=named(article, NAME).get(), kind="other", by=annotator, everywhere=True)
    mentions = Mention.objects.filter(surface=NAME)
    assert {(mention.entity.kind, bool(mention.recogniser)) for mention in mentions} == {("other", True)}
    assert mentions.count() == 2


def test_decisions_follow_the_words_into_a_new_text(article, annotator):
    remove_mention(mention=named(article, NAME).get(), by=annotator)
    added = add(article, "أهله", annotator, kind="person")
    revision = add_revision(article, title="خبر آخر من العاصمة", paragraphs=["سطر جديد قبل الخبر.", LINE])
    record_mentions(revision)
    assert not named(article, NAME).exists()
    assert named(article, NAME, 1).exists()
    carried = named(article, "أهله").get()
    assert (carried.entity, carried.decided_by_name, carried.decided_at) == (added.entity, "samar", added.decided_at)


def test_a_decision_stays_with_its_place_and_not_with_the_same_words_elsewhere(article, annotator):
    line = "وعاد أهله إلى بيوتهم بعد أن انتهى الحفل الكبير في ساحة المدينة."
    added = add(article, "أهله", annotator, kind="person")
    revision = add_revision(article, title="خبر آخر من العاصمة", paragraphs=[line, LINE.replace("أهله", "أَهْلُه")])
    record_mentions(revision)
    [carried] = revision.mentions.filter(entity=added.entity)
    assert (carried.surface, carried.start > len(line)) == ("أَهْلُه", True)


def test_words_whose_sentence_is_gone_take_no_decision_along(article, annotator):
    added = add(article, "أهله", annotator, kind="person")
    revision = add_revision(article, title="خبر", paragraphs=["وعاد أهله إلى بيوتهم بعد أن انتهى الحفل الكبير."])
    record_mentions(revision)
    assert not revision.mentions.filter(entity=added.entity).exists()


def test_a_text_that_comes_back_brings_its_decisions_back(article, annotator):
    lines = article.current_revision.text.split("\n")
    added = add(article, "أهله", annotator, kind="person")
    remove_mention(mention=named(article, NAME).get(), by=annotator)
    for title, paragraphs in [("خبر", ["نص آخر تماماً."]), (lines[0], lines[1:])]:
        record_mentions(add_revision(article, title=title, paragraphs=paragraphs))
    assert named(article, "أهله").get().entity == added.entity
    assert not named(article, NAME).exists()


def test_a_decision_in_the_new_text_goes_before_that_of_the_old_one(article, annotator):
    add(article, "أهله", annotator, kind="person")
    revision = add_revision(article, title="خبر آخر من العاصمة", paragraphs=[LINE])
    record_mentions(revision)
    remove_mention(mention=named(article, "أهله").get(), by=annotator)
    record_mentions(revision)
    assert not named(article, "أهله").exists()


def test_beside_a_decided_name_another_is_refused(article, annotator):
    add(article, NAME, annotator, kind="person")
    with pytest.raises(NameRefused, match="أقرّه شخص"):
        add(article, f"الطاقة {NAME}", annotator, kind="person")


@pytest.mark.parametrize(
    "span", [(0, 0), (-1, 3), (5, 10_000), (3, 4), (10, 17)], ids=["empty", "before", "beyond", "a blank", "two lines"]
)
def test_words_that_cannot_be_a_name_are_refused(article, annotator, span):
    assert article.current_revision.text[3] == " "
    with pytest.raises(NameRefused):
        add_mention(revision=article.current_revision, start=span[0], end=span[1], kind="person", by=annotator)


def test_an_old_text_takes_no_decisions(article, annotator):
    revision = article.current_revision
    add_revision(article, title="خبر آخر", paragraphs=["نص آخر."])
    with pytest.raises(NameRefused, match="تغيّر نص المادة"):
        add_mention(revision=revision, start=0, end=3, kind="person", by=annotator)


def test_readers_decide_nothing_and_nobody_decides_what_they_may_not_read(article, annotator):
    with pytest.raises(PermissionDenied):
        remove_mention(mention=named(article, NAME).get(), by=make_user("reader"))
    type(article).objects.update(status="hidden")
    with pytest.raises(PermissionDenied):
        remove_mention(mention=named(article, NAME).get(), by=annotator)


def test_history_says_who_also_after_the_account_is_gone(article, annotator):
    mention = add(article, "أهله", annotator, kind="person")
    remove_mention(mention=mention, by=annotator)
    annotator.delete()
    events = Mention.events.rel.related_model.objects.filter(pgh_obj_id=mention.pk).order_by("pgh_id")
    assert [event.pgh_label for event in events] == ["insert", "delete"]
    assert events.first().pgh_context.metadata["username"] == "samar"
    removed = RemovedMention.objects.get()
    assert (removed.removed_by, removed.removed_by_name) == (None, "samar")


def test_what_a_recogniser_does_leaves_no_history(article):
    record_mentions(article.current_revision)
    assert not Mention.events.rel.related_model.objects.exists()


def test_a_rerun_keeps_the_rows_of_names_that_stay(article):
    before = set(article.current_revision.mentions.values_list("pk", flat=True))
    record_mentions(article.current_revision)
    assert set(article.current_revision.mentions.values_list("pk", flat=True)) == before


@pytest.mark.parametrize(
    ("changed", "constraint"),
    [
        ({"decided_by_name": "x"}, "mention_decided_by_whom_and_when"),
        ({"recogniser": ""}, "mention_found_or_added"),
    ],
)
def test_a_half_decided_mention_is_refused(changed, constraint):
    mention = make_mention(make_article(), "الوادي")
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Mention.objects.filter(pk=mention.pk).update(**changed)


def test_an_article_goes_with_the_names_that_exist_in_it_alone():
    article = make_article(paragraphs=["قال الدكتور سامر إن الأسعار لن تتغير."])
    record_mentions(article.current_revision)
    assert Entity.objects.filter(only_in=article).exists()
    article.delete()
    assert not Entity.objects.filter(name="سامر").exists()
