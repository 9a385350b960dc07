"""The number of the transaction that changed a row last.

It says little by itself; with the numbers of those still under way it says what cannot be missed: whoever replays what
was changed by transactions between the last horizon and this one has everything, late commits too.
"""

from typing import Any

from django.db import models
from django.db.models import Func


class TransactionField(models.Field):
    """The number of a transaction (xid8), as an int. It only grows, also past 32 bits."""

    def db_type(self, connection: Any) -> str:
        return "xid8"

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> int | None:
        return None if value is None else int(value)

    def to_python(self, value: Any) -> int | None:
        return None if value is None else int(value)

    def get_prep_value(self, value: Any) -> Any:
        """PostgreSQL makes no xid8 of a number, and one of a literal."""
        value = super().get_prep_value(value)
        return str(value) if isinstance(value, int) else value


def changed_field() -> TransactionField:
    """The transaction that changed a row last; triggers set it, whatever is written into it."""
    return TransactionField(db_default=Func(function="pg_current_xact_id"), editable=False)
