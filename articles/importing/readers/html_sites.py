"""Which addresses belong to one site: those under one registrable domain, by the public suffix list."""

from tld import get_fld

from articles.importing.canonical import host_key

# Under which a country registers names, where the list does not know the country.
_GENERIC = frozenset(("com", "org", "net", "gov", "edu", "co", "ac", "mil", "press"))


def are_one_site(one: str, other: str) -> bool:
    """amp.example.com.sa and www.example.com.sa belong together, and another name under com.sa does not."""
    return site_of(one) == site_of(other)


def site_of(url: str) -> str:
    """The registrable domain of a canonical URL, from the list that comes with `tld`."""
    host = host_key(url)
    known = get_fld(f"http://{host}/", fail_silently=True) if ":" not in host else None
    if known:
        return str(known)
    labels = host.split(".")
    if labels[-1].isdigit() or ":" in host:
        return host  # an IP address
    is_generic = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _GENERIC
    return ".".join(labels[-3:] if is_generic else labels[-2:])
