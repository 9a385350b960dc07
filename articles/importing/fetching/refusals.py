"""Why an address was not fetched: the rule in one line for people, and as a word for programs."""

from articles.importing.pages import Refused

_SHOWN = 200


class FetchRefused(Refused):
    """The message is one line: the reason and the address.

    `rule` is a word that stays the same in every language. `temporary` says that the same may succeed later, and
    `retry_after` how many seconds later (0 when nobody said). `status` is the HTTP status where one was the reason.
    """

    def __init__(
        self,
        message: str,
        *,
        rule: str = "",
        reason: str = "",
        address: str = "",
        status: int = 0,
        temporary: bool = False,
        retry_after: float = 0,
    ) -> None:
        super().__init__(message)
        self.rule = rule
        self.reason = reason
        self.address = address
        self.status = status
        self.temporary = temporary
        self.retry_after = retry_after


def refusal(
    rule: str, reason: str, address: str, *, status: int = 0, temporary: bool = False, retry_after: float = 0
) -> FetchRefused:
    """`address` may be anything that somebody sent: what cannot be printed in one line is not."""
    shown = "".join(letter if letter.isprintable() else "\ufffd" for letter in address)
    shown = shown if len(shown) <= _SHOWN else shown[:_SHOWN] + "…"
    return FetchRefused(
        f"{reason}: {shown}",
        rule=rule,
        reason=reason,
        address=shown,
        status=status,
        temporary=temporary,
        retry_after=retry_after,
    )
