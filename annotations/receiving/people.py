"""Who made and decided what comes in: accounts where the importing person says so, else strangers with their names.

Nobody here gets credit or blame for what somebody of the same name did elsewhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _

LONGEST_NAME = 150


class UnknownAccount(ValueError):
    """A name was given to an account that is not here; the message names it."""


class Somebody(NamedTuple):
    """`account` is a key, None for a stranger."""

    account: int | None
    name: str


@dataclass
class People:
    """`accounts`: by the names in the file, the accounts here that they are."""

    accounts: dict[str, Somebody] = field(default_factory=dict)

    @classmethod
    def of(cls, mapping: Mapping[str, str]) -> "People":
        """From names in the file to usernames here. Raises UnknownAccount."""
        known = dict(get_user_model().objects.filter(username__in=mapping.values()).values_list("username", "pk"))
        unknown = [username for username in mapping.values() if username not in known]
        if unknown:
            raise UnknownAccount(unknown[0])
        return cls({name: Somebody(known[username], username) for name, username in mapping.items()})

    def named(self, name: str) -> Somebody:
        """Whoever has this name in the file; somebody it does not name is nobody in particular."""
        return self.accounts.get(name) or Somebody(None, name[:LONGEST_NAME].strip() or _("كاتب غير معروف"))

    def account(self, name: str) -> int | None:
        return self.accounts[name].account if name in self.accounts else None
