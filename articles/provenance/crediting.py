"""From a page's credit to the source that it names."""

from typing import NamedTuple

from django.db.models import Q

from articles.models import Source, SourceDomain
from articles.provenance.credits import CreditingPage, credit_of
from articles.provenance.outlets import Outlet, outlet_called


class Credited(NamedTuple):
    """What an article keeps of its credit; both are empty where it has none.

    `source` is None for outlets that are unknown, or that the words leave unnamed.
    """

    source: Source | None = None
    words: str = ""


def credited_by(page: CreditingPage, own: Source) -> Credited:
    """Whom the page credits. A source is made for well-known outlets only; what credits `own` is no credit."""
    credit = credit_of(page)
    if credit is None:
        return Credited()
    if not credit.name:
        return Credited(None, credit.words)
    outlet = outlet_called(credit.name)
    source = _known(credit.name, outlet) or (_made(outlet) if outlet else None)
    return Credited() if source == own else Credited(source, credit.words)


def _known(name: str, outlet: Outlet | None) -> Source | None:
    """The source that has one of the outlet's domains, else its key or its name."""
    domains = outlet.domains if outlet else (name,)
    sources = Source.objects.order_by("pk")
    return (
        sources.filter(domains__domain__in=domains).first()
        or sources.filter(Q(key__in=domains) | Q(key=name) | Q(name=name)).first()
    )


def _made(outlet: Outlet) -> Source:
    description = {"name": outlet.name, "name_en": outlet.name_en, "kind": outlet.kind}
    source, _ = Source.objects.get_or_create(key=outlet.domains[0], defaults=description)
    SourceDomain.objects.bulk_create(
        [SourceDomain(source=source, domain=domain) for domain in outlet.domains], ignore_conflicts=True
    )
    return source
