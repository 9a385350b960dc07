"""What people do to the searches that they keep."""

import uuid

from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from articles.delivering.arrivals import present
from articles.models import SavedSearch

# More than anybody looks through; each can be a feed that is asked for every few minutes.
MOST_SEARCHES = 200


class NotSaved(Exception):
    """Why, in a line for the one who saves it."""


def save_search(*, by: AbstractBaseUser, query: str, name: str) -> SavedSearch:
    """Keep a search; what there is of it now has been seen. `query` is an address of articles.delivering.wording.

    Raises NotSaved for one that this person keeps already, and where there are too many.
    """
    if SavedSearch.objects.filter(owner=by).count() >= MOST_SEARCHES:
        line = gettext("بلغت أقصى ما يُحفظ من عمليات البحث (%(most)d). احذف منها ما لم تعد تحتاج إليه.")
        raise NotSaved(line % {"most": MOST_SEARCHES})
    now = present()
    search = SavedSearch(owner=by, name=name, query=query, last_seen=now.at, seen_article=now.article)
    try:
        with transaction.atomic():
            search.save()
    except IntegrityError as error:
        raise NotSaved(gettext("هذا البحث محفوظ لديك من قبل.")) from error
    return search


def rename(search: SavedSearch, name: str) -> None:
    SavedSearch.objects.filter(pk=search.pk).update(name=name)


def mark_seen(search: SavedSearch) -> None:
    """What there is of it at this moment is not new any more."""
    now = present()
    SavedSearch.objects.filter(pk=search.pk).update(last_seen=now.at, seen_article=now.article)


def renew_token(search: SavedSearch) -> None:
    """Give the feed another address; who knows the old one reads nothing there any more."""
    SavedSearch.objects.filter(pk=search.pk).update(token=uuid.uuid4())


@transaction.atomic
def set_mail(search: SavedSearch, *, mail: str, hour: int, weekday: int) -> None:
    """The first mail tells of what comes from now on; another hour or rhythm leaves out nothing and repeats nothing."""
    kept = SavedSearch.objects.select_for_update().get(pk=search.pk)
    if kept.mail == SavedSearch.Mail.NONE:
        now = present()
        kept.last_mailed = kept.mailed_until = now.at
        kept.mailed_article = now.article
    kept.mail, kept.hour, kept.weekday = mail, hour, weekday
    kept.mail_failures, kept.mail_failure, kept.retry_at = 0, "", None
    kept.save()


def stop_mail(pk: int) -> None:
    """The search, its name and its feed stay."""
    SavedSearch.objects.filter(pk=pk).update(mail=SavedSearch.Mail.NONE, retry_at=None)
