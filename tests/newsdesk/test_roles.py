from itertools import pairwise

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command

from newsdesk.roles import ADMINISTRATOR, ANNOTATOR, EDITOR, MODERATOR, READER, STEPS, permissions_of

pytestmark = pytest.mark.django_db


def granted(role):
    permissions = Group.objects.get(name=role).permissions
    return {f"{app}.{name}" for app, name in permissions.values_list("content_type__app_label", "codename")}


@pytest.mark.parametrize("role", [READER, ANNOTATOR, EDITOR, MODERATOR, ADMINISTRATOR])
def test_every_role_is_a_group_with_its_permissions_after_migrate(role):
    assert granted(role) == set(permissions_of(role))


def test_each_role_may_do_what_the_one_before_it_may_and_more():
    roles = list(STEPS)
    for lower, higher in pairwise(roles):
        assert set(permissions_of(lower)) < set(permissions_of(higher))


def test_a_lost_permission_comes_back_with_the_next_migrate_and_an_added_one_stays():
    readers, editors = Group.objects.get(name=READER), Group.objects.get(name=EDITOR)
    lost = editors.permissions.get(codename="import_articles")
    editors.permissions.remove(lost)
    readers.permissions.add(lost)
    call_command("migrate", verbosity=0)
    assert "articles.import_articles" in granted(EDITOR)
    assert "articles.import_articles" in granted(READER)
