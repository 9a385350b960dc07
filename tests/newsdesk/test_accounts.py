"""What an administrator may do with accounts."""

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.urls import reverse

from tests.accounts import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client):
    user = make_user("administrator")
    user.is_staff = True
    user.save()
    client.force_login(user)
    return client


def changed(client, user: User, **fields):
    address = reverse("admin:auth_user_change", args=[user.pk])
    form = {"username": user.username, "date_joined_0": "2026-01-01", "date_joined_1": "10:00:00", "is_active": "on"}
    return client.post(address, form | fields)


def test_an_administrator_gives_roles(administrator):
    user, role = make_user(None), Group.objects.get(name="annotator")
    assert changed(administrator, user, groups=[role.pk]).status_code == 302
    assert list(user.groups.all()) == [role]


def test_an_administrator_makes_no_superuser_and_gives_no_permission_past_the_roles(administrator):
    user = make_user(None)
    permission = Permission.objects.get(codename="delete_article")
    changed(administrator, user, is_superuser="on", user_permissions=[permission.pk])
    user.refresh_from_db()
    assert not user.is_superuser
    assert not user.user_permissions.exists()


def test_a_superusers_account_is_out_of_an_administrators_reach(administrator):
    boss = User.objects.create_superuser("boss", password="x")
    assert changed(administrator, boss, username="mine").status_code == 403
    password = {"usable_password": "true", "password1": "Kalima-2026-x", "password2": "Kalima-2026-x"}
    address = reverse("admin:auth_user_password_change", args=[boss.pk])
    assert administrator.post(address, password).status_code == 403
    assert administrator.post(reverse("admin:auth_user_delete", args=[boss.pk]), {"post": "yes"}).status_code == 403
    boss.refresh_from_db()
    assert boss.username == "boss"
    assert boss.check_password("x")


def test_a_superuser_decides_about_all_of_it(client):
    client.force_login(User.objects.create_superuser("boss", password="x"))
    user = make_user(None)
    assert changed(client, user, is_superuser="on").status_code == 302
    user.refresh_from_db()
    assert user.is_superuser
