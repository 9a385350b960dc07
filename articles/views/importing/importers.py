"""Who the import's pages are for, and where they lead after something was done."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpResponse, HttpResponseRedirect

PERMISSION = "articles.import_articles"


class SeeOther(HttpResponseRedirect):
    """Done; what came of it is there, to be read with GET."""

    status_code = 303


def for_importers(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For those who may import; the signed-out are asked to sign in first."""
    return login_required(permission_required(PERMISSION, raise_exception=True)(view))
