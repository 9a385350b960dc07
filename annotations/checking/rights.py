"""Who may do what in a check. Whoever marks opens checks and proposes evidence; editors and those above decide."""

from annotations.models import Check, Verdict
from annotations.models.papers import Evidence
from annotations.permissions import Person

TAKE_PART = "annotations.add_check"
DECIDE = "annotations.decide_check"


def may_take_part(user: Person) -> bool:
    """Open a check, put claims into it, propose evidence, tell of replies."""
    return user.has_perm(TAKE_PART)


def may_decide(user: Person) -> bool:
    """Assign, move, accept evidence, give and sign off verdicts, publish and correct."""
    return user.has_perm(DECIDE)


def may_add_to(check: Check, user: Person) -> bool:
    """Put a claim or an answer into it: what was published once is in the hands of those who decide."""
    return may_decide(user) or (may_take_part(user) and not check.was_published)


def may_move(check: Check, user: Person) -> bool:
    """Whoever decides, and the one to whom the check is assigned, as long as it is not closed."""
    return may_decide(user) or (_is_assigned(check, user) and not check.closed_at)


def may_sign_off(verdict: Verdict, user: Person) -> bool:
    """Somebody else than whoever gave it, also where their account has another name by now."""
    return may_decide(user) and user.pk != verdict.by_id and user.get_username() != verdict.by_name


def may_remove(evidence: Evidence, user: Person) -> bool:
    """One's own, as long as nobody has accepted it; else whoever decides."""
    own = evidence.by_id is not None and evidence.by_id == user.pk and not evidence.is_accepted
    return may_decide(user) or (own and may_take_part(user))


def _is_assigned(check: Check, user: Person) -> bool:
    return check.assignee_id is not None and check.assignee_id == user.pk and may_take_part(user)
