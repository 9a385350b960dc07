"""Which source a page belongs to."""

from articles.importing.canonical import host_key
from articles.importing.pages import Page
from articles.models import Source, SourceDomain

# Texts that name no outlet, and what people paste, need a source too.
FILES = ("files", "ملفات مستوردة", "Imported files")
PASTED = ("pasted", "مواد ملصقة", "Pasted texts")
_NAMES = {key: (name, name_en) for key, name, name_en in (FILES, PASTED)}
_LONGEST = 200


def find_source(page: Page) -> Source | None:
    """The source that owns the page's domain, else the one with its key or, where that is unique, its name."""
    domain = _domain(page)
    if domain:
        owner = SourceDomain.objects.select_related("source").filter(domain=domain).first()
        if owner:
            return owner.source
    key = _key(page)
    found = Source.objects.filter(key=key).first()
    if found or not page.source_key:
        return found
    named = Source.objects.filter(name=key)[:2]
    return named[0] if len(named) == 1 else None


def resolve_source(page: Page) -> Source:
    """As `find_source`, but made when it is new; a new domain is added to the source that the page names."""
    source = find_source(page)
    if source is None:
        source, _ = Source.objects.get_or_create(key=_key(page), defaults=_description(page))
    domain = _domain(page)
    if domain:
        owner, _ = SourceDomain.objects.get_or_create(domain=domain, defaults={"source": source})
        source = owner.source
    return source


def _description(page: Page) -> dict[str, str]:
    name, name_en = _NAMES.get(_key(page), (page.source_name or _key(page), ""))
    kind = Source.Kind.REPUBLISHER if page.republished else Source.Kind.PUBLISHER
    return {"name": name[:_LONGEST], "name_en": name_en, "kind": kind}


def _domain(page: Page) -> str:
    return host_key(page.url) if page.url else ""


def _key(page: Page) -> str:
    return (page.source_key or _domain(page) or FILES[0])[:_LONGEST]
