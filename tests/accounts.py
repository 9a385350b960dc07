"""Accounts for tests: one person of each role."""

from itertools import count

from django.contrib.auth.models import Group, User

PASSWORD = "كلمة سر طويلة 2024"
NUMBERS = count(1)


def make_user(role: str | None = "reader", *, username: str = "") -> User:
    """An active account in the role's group (newsdesk/roles.py); without a role it may do nothing special."""
    user = User.objects.create_user(username or f"{role or 'nobody'}{next(NUMBERS)}", password=PASSWORD)
    if role:
        user.groups.add(Group.objects.get(name=role))
    return user
