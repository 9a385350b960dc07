"""The mails of saved searches: one for each that is owed, never the same twice, and none where nothing is new.

Who sends first puts the moment into `last_mailed`, and nobody else can; a worker that dies with the mail on its way
leaves it at that. What was told of moves on only with what was sent, so that nothing is left out of the next mail.
"""

import logging
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from articles.delivering.arrivals import Point, periods, settled
from articles.delivering.mail_content import compose
from articles.delivering.results import Found, articles_of, found_in, published_reader
from articles.delivering.scheduling import is_due
from articles.delivering.wording import form_of
from articles.jobs import READING, defer
from articles.models import SavedSearch
from articles.search.index.following import catch_up
from articles.search.index.reading import SearchUnavailable
from articles.search.index.writing import IndexDamaged
from articles.search.query import SearchQuery, Sort

logger = logging.getLogger(__name__)

# What one mail shows; it leads to the rest.
MOST_SHOWN = 30
# In seconds: how long the index is waited for, before all of it is left for the next minute.
_PATIENCE = 20
# After a failure, doubled with each further one; then the next regular mail is waited for.
_FIRST_WAIT = timedelta(minutes=5)
_MOST_ATTEMPTS = 6
_LONGEST_FAILURE = 300


def defer_due_mails() -> int:
    """A job for each mail that is owed; how many were not waiting already."""
    if not settings.MAIL_SEARCHES:
        return 0
    now = timezone.now()
    return sum(_defer(search) for search in _mailed().order_by("pk").iterator() if _is_owed(search, now))


def mail_search(pk: int) -> bool:
    """Send the mail of a saved search if one is owed; whether one was sent."""
    search = _mailed().filter(pk=pk).select_related("owner").first() if settings.MAIL_SEARCHES else None
    now = timezone.now()
    if search is None or not _is_owed(search, now):
        return False
    until, query = settled(), form_of(search.query, search.owner).query()
    if query is None:
        _claim(search, now)
        _note_failure(
            search, gettext("لم يعد هذا البحث صالحاً: أحد شروطه اسم أو وسيلة إعلام لم تعد موجودة."), retry_at=None
        )
        return False
    found = _new(search, query, until)
    return found is not None and _claim(search, now) and _send(search, query, found, until=until, at=now)


def _mailed() -> QuerySet[SavedSearch]:
    """Those whose owners want mail and can get it."""
    wanted = SavedSearch.objects.exclude(mail=SavedSearch.Mail.NONE)
    return wanted.filter(owner__is_active=True).exclude(owner__email="")


def _is_owed(search: SavedSearch, now: datetime) -> bool:
    if search.retry_at and search.retry_at <= now:
        return True
    weekday = search.weekday if search.mail == SavedSearch.Mail.WEEKLY else None
    return is_due(now, search.last_mailed, hour=search.hour, weekday=weekday, zone=ZoneInfo(settings.TIME_ZONE))


def _new(search: SavedSearch, query: SearchQuery, until: Point) -> Found | None:
    """What the mail is about; None while the index does not hold all of it, so that nothing is left out."""
    (period,) = periods([Point(search.mailed_article, search.mailed_until)], until)
    reader = published_reader(search.owner)
    try:
        if catch_up(wait=_PATIENCE):
            return found_in(replace(query, sort=Sort.NEWEST), reader=reader, period=period, most=MOST_SHOWN)
    except (SearchUnavailable, IndexDamaged):
        pass
    logger.warning("the mail about saved search %d waits for the search index", search.pk)
    return None


def _claim(search: SavedSearch, now: datetime) -> bool:
    """Whether this mail is ours to send: nobody else began it, and its owner still wants it."""
    as_read = {"mail": search.mail, "last_mailed": search.last_mailed, "retry_at": search.retry_at}
    return bool(SavedSearch.objects.filter(pk=search.pk, **as_read).update(last_mailed=now, retry_at=None))


def _send(search: SavedSearch, query: SearchQuery, found: Found, *, until: Point, at: datetime) -> bool:
    articles = list(articles_of(found.ids, reader=published_reader(search.owner)))
    if articles:
        gone = len(found.ids) - len(articles)
        mail = compose(search, query, articles=articles, total=found.total - gone, at=at)
        try:
            mail.send()
        # Of the way there (SMTP's errors are OSErrors), or of an address that no mail can have.
        except (OSError, ValueError) as error:
            _postpone(search, error)
            return False
        logger.info("a mail about saved search %d was sent to %s", search.pk, search.owner)
    SavedSearch.objects.filter(pk=search.pk).update(
        mailed_article=until.article, mailed_until=until.at, mail_failures=0, mail_failure=""
    )
    return bool(articles)


def _postpone(search: SavedSearch, error: Exception) -> None:
    logger.warning("a mail about saved search %d was not sent: %s", search.pk, error)
    failures = search.mail_failures + 1
    again = timezone.now() + _FIRST_WAIT * 2 ** (failures - 1) if failures < _MOST_ATTEMPTS else None
    reason = str(error).strip() or type(error).__name__
    _note_failure(search, gettext("تعذّر إرسال الرسالة: %(reason)s") % {"reason": reason}, retry_at=again)


def _note_failure(search: SavedSearch, reason: str, *, retry_at: datetime | None) -> None:
    told = {"mail_failure": reason[:_LONGEST_FAILURE], "retry_at": retry_at}
    failures = 0 if retry_at is None else search.mail_failures + 1
    SavedSearch.objects.filter(pk=search.pk).update(mail_failures=failures, **told)


def _defer(search: SavedSearch) -> bool:
    lock = f"mail {search.pk}"
    return defer("articles.tasks.mail_search", queue=READING, queueing_lock=lock, search_id=search.pk)
