"""Who is one and the same across stored articles."""

import pytest

from articles.models import Alias, Entity
from articles.recognition import record_mentions
from tests.articles.factories import make_article, make_entity

pytestmark = pytest.mark.django_db

NAME = "محمد أحمد"  # what several people in any archive are called


def recorded(*paragraphs, title="خبر من العاصمة"):
    article = make_article(title=title, paragraphs=paragraphs)
    record_mentions(article.current_revision)
    return article


def bearers(name=NAME):
    return Entity.objects.filter(kind="person", name=name)


def test_a_common_name_in_the_same_role_is_one_person():
    recorded(f"قال وزير الصحة {NAME} إن المستشفى جاهز.")
    recorded(f"افتتح {NAME}، وزير الصحة، المستشفى.")
    person = bearers().get()
    assert (person.distinction, person.mentions.count()) == ("وزير الصحة", 2)


def test_a_common_name_in_roles_that_do_not_meet_is_two_people():
    recorded(f"قال وزير الصحة {NAME} إن المستشفى جاهز.")
    recorded(f"سجل لاعب الهلال {NAME} هدفين.")
    recorded(f"شارك لاعب الهلال {NAME} في المباراة.")
    counts = {person.distinction: person.mentions.count() for person in bearers()}
    assert counts == {"وزير الصحة": 1, "لاعب الهلال": 2}


def test_a_common_name_of_whom_nothing_is_said_stays_in_its_article():
    first, second = recorded(f"قال {NAME} إن الجسر جاهز."), recorded(f"قال {NAME} إن السوق مغلقة.")
    assert {person.only_in for person in bearers()} == {first, second}


def test_company_tells_who_is_meant():
    recorded(f"قال وزير الصحة {NAME}، ومعه سامر الحداري، إن الجسر جاهز.")
    recorded(f"قال {NAME}، ومعه سامر الحداري، إن السوق مغلقة.")
    assert bearers().get().mentions.count() == 2


def test_company_joins_two_articles_that_said_no_more_than_the_name():
    recorded(f"قال {NAME}، ومعه سامر الحداري، إن الجسر جاهز.")
    assert bearers().get().only_in
    recorded(f"قال {NAME}، ومعه سامر الحداري، إن السوق مغلقة.")
    recorded(f"قال {NAME} إن الوقت تأخر.")
    counts = {bool(person.only_in): person.mentions.count() for person in bearers()}
    assert counts == {False: 2, True: 1}


def test_company_that_everybody_keeps_tells_nothing(monkeypatch):
    monkeypatch.setattr("articles.naming.resolving._KNOWN_COMPANY", 0)
    recorded(f"قال وزير الصحة {NAME}، ومعه سامر الحداري، إن الجسر جاهز.")
    recorded(f"قال {NAME}، ومعه سامر الحداري، إن السوق مغلقة.")
    assert bearers().count() == 2


def test_a_given_name_of_two_words_says_no_more_than_one():
    first, second = recorded("قال الدكتور عبد الله إن الجسر جاهز."), recorded("قال الدكتور عبد الله إن السوق مغلقة.")
    assert {person.only_in for person in bearers("عبد الله")} == {first, second}


@pytest.mark.parametrize("name", ["سامر الحداري", "محمد أحمد الشهري"])
def test_a_rare_or_long_name_is_one_person_whatever_is_said(name):
    recorded(f"قال {name} إن الجسر جاهز.")
    recorded(f"قال وزير الطاقة {name} إن الأسعار لن تتغير.")
    assert bearers(name).get().distinction == ""


def test_names_of_the_lexicon_are_one_with_all_their_forms():
    recorded("وصل الوفد إلى أمريكا.")
    recorded("وصل الوفد إلى الولايات المتحدة.")
    recorded("وصل الوفد إلى أميركا.")
    place = Entity.objects.get(kind="place", name="الولايات المتحدة")
    assert place.mentions.count() == 3
    assert {"أمريكا", "أميركا"} <= {alias.form for alias in place.aliases.filter(curated=True)}


def test_a_form_that_a_person_wrote_down_leads_to_its_entity_unless_the_roles_speak_against_it():
    person = make_entity("محمد أحمد الشهري")
    Alias(entity=person, form=NAME).save()
    recorded(f"قال وزير الصحة {NAME} إن المستشفى جاهز.")
    assert person.mentions.count() == 1
    recorded(f"سجل لاعب الهلال {NAME} هدفين.")
    assert person.mentions.count() == 1


def test_what_a_split_told_apart_is_told_apart_in_later_articles():
    minister, player = (
        Entity.objects.create(kind="person", name="سامر الحداري", folded="سامر الحداري", distinction=role)
        for role in ("وزير الطاقة", "لاعب الهلال")
    )
    recorded("سجل لاعب الهلال سامر الحداري هدفين.")
    recorded("قال وزير الطاقة سامر الحداري إن الأسعار لن تتغير.")
    article = recorded("قال سامر الحداري إن الوقت تأخر.")
    assert (minister.mentions.count(), player.mentions.count()) == (1, 1)
    assert article.current_revision.mentions.get(surface="سامر الحداري").entity.only_in == article


def test_a_rerun_changes_nothing_where_nothing_was_learnt():
    article = recorded(f"قال وزير الصحة {NAME} إن أمريكا وسامر الحداري غائبان عن باريس.")
    recorded(f"سجل لاعب الهلال {NAME} هدفين.")
    before = list(article.current_revision.mentions.values_list("start", "entity"))
    record_mentions(article.current_revision)
    assert list(article.current_revision.mentions.values_list("start", "entity")) == before
