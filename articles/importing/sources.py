"""Which source a page belongs to."""

from articles.importing.canonical import host_key
from articles.importing.pages import Page
from articles.importing.variants import plain_host
from articles.models import Source, SourceDomain

# Texts that name no outlet, and what people paste, need a source too.
FILES = ("files", "ملفات مستوردة", "Imported files")
PASTED = ("pasted", "مواد ملصقة", "Pasted texts")
_NAMES = {key: (name, name_en) for key, name, name_en in (FILES, PASTED)}
_LONGEST = 200

# Asked for every page of an import: building the query would take longer than running it.
_FOUND = """
    SELECT source.*, found.turn < 3 AS owns_domain FROM (
        SELECT source_id AS id, CASE domain WHEN %(host)s THEN 1 ELSE 2 END AS turn
        FROM articles_sourcedomain WHERE domain IN (%(host)s, %(site)s)
        UNION ALL
        SELECT id, 3 FROM articles_source WHERE key = %(key)s
    ) AS found JOIN articles_source AS source USING (id) ORDER BY found.turn LIMIT 1
"""


def find_source(page: Page) -> Source | None:
    """The source that owns the page's domain, else the one with its key or, where that is unique, its name."""
    return _found(page) or _named(page)


def _found(page: Page) -> Source | None:
    """By domain or key: `owns_domain` tells which.

    What a site shows on m., mobile. and amp. is its own, unless these domains belong to somebody.
    """
    asked = {"host": host_key(page.url) if page.url else "", "site": _domain(page), "key": _key(page)}
    return next(iter(Source.objects.raw(_FOUND, asked)), None)


def _named(page: Page) -> Source | None:
    named = Source.objects.filter(name=_key(page))[:2]
    return named[0] if len(named) == 1 else None


def resolve_source(page: Page) -> Source:
    """As `find_source`, but made when it is new.

    A domain is given to the source that is called by it. What an input or the person who imports it calls a source is
    said of these articles alone: one file may name many outlets of one host, or one outlet for many hosts. Moderators
    give a source its other domains.
    """
    source = _found(page)
    if source and source.owns_domain:
        return source
    source = source or _named(page)
    if source is None:
        source, _ = Source.objects.get_or_create(key=_key(page), defaults=_description(page))
    domain = _domain(page)
    if not domain or source.key != domain:
        return source
    # Another process may have given the domain away meanwhile; then its owner is the source.
    ownership, _ = SourceDomain.objects.get_or_create(domain=domain, defaults={"source": source})
    return ownership.source


def _description(page: Page) -> dict[str, str]:
    name, name_en = _NAMES.get(_key(page), (page.source_name or _key(page), ""))
    kind = Source.Kind.REPUBLISHER if page.republished else Source.Kind.PUBLISHER
    return {"name": name[:_LONGEST], "name_en": name_en, "kind": kind}


def _domain(page: Page) -> str:
    return plain_host(page.url) if page.url else ""


def _key(page: Page) -> str:
    return (page.source_key or _domain(page) or page.source_name or FILES[0])[:_LONGEST]
