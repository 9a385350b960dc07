"""The link by which a mail can be stopped without signing in: who has it was sent a mail of that search."""

from django.core import signing
from django.urls import reverse

from articles.models import SavedSearch

_SALT = "articles.delivering.unsubscribing"


def unsubscribe_path(search: SavedSearch) -> str:
    return reverse("unsubscribe", args=[signing.Signer(salt=_SALT).sign_object([search.pk])])


def read_unsubscribe(signed: str) -> int | None:
    """The primary key of the search that a link is about; None for what we did not sign."""
    try:
        return signing.Signer(salt=_SALT).unsign_object(signed)[0]
    except (signing.BadSignature, ValueError, TypeError, IndexError):
        return None
