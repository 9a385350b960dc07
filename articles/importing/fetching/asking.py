"""One request and its answer, and what can go wrong between two machines, each as one line."""

import ssl
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPException, HTTPResponse, IncompleteRead, LineTooLong
from socket import EAI_AGAIN, gaierror

from django.utils.translation import gettext

from articles.importing.fetching.connecting import Bounds, Flooded, PinnedConnection
from articles.importing.fetching.receiving import ACCEPTED_CODINGS
from articles.importing.fetching.refusals import FetchRefused, refusal
from articles.importing.fetching.rules import FetchRules
from articles.importing.fetching.targets import Target


@contextmanager
def answer(
    target: Target, conditions: Mapping[str, str], *, rules: FetchRules, deadline: float
) -> Iterator[HTTPResponse]:
    """The answer with its headers read and its body not. `deadline` (time.monotonic) ends the reading of both.

    Whatever the network or the other side does wrong inside the block becomes FetchRefused.
    """
    bounds = Bounds(deadline, rules.max_header_bytes)
    connection = PinnedConnection(target, rules, bounds)
    try:
        with _refusals(target, bounds):
            _send(connection, target, conditions, rules)
            with connection.getresponse() as response:
                # Of the body twice what is kept: chunks have sizes and extensions, compression may not pay.
                bounds.bytes_left = 2 * rules.max_bytes + rules.max_header_bytes
                yield response
    finally:
        connection.close()


def _send(connection: PinnedConnection, target: Target, conditions: Mapping[str, str], rules: FetchRules) -> None:
    connection.putrequest("GET", target.path, skip_host=True, skip_accept_encoding=True)
    headers = {
        "Host": target.authority,
        "User-Agent": rules.agent,
        "Accept": "text/html, application/xhtml+xml, application/xml, text/plain;q=0.9, */*;q=0.1",
        "Accept-Encoding": ACCEPTED_CODINGS,
        "Accept-Language": "ar, *;q=0.5",
        "Connection": "close",
    }
    for name, value in (headers | dict(conditions)).items():
        connection.putheader(name, value)
    connection.endheaders()


@contextmanager
def _refusals(target: Target, bounds: Bounds) -> Iterator[None]:
    try:
        yield
    except FetchRefused:
        raise
    except TimeoutError as error:
        reason = gettext("لم يكتمل الجواب في الوقت المسموح به")
        raise refusal("too_slow", reason, target.url, temporary=True) from error
    except (Flooded, LineTooLong) as error:
        raise refusal("too_large", gettext("الجواب أكبر من الحد المسموح به"), target.url) from error
    except gaierror as error:
        reason = gettext("لا عنوان لاسم الموقع")
        raise refusal("no_such_host", reason, target.url, temporary=error.errno == EAI_AGAIN) from error
    except ssl.SSLCertVerificationError as error:
        reason = gettext("شهادة الموقع غير موثوقة (%(reason)s)") % {"reason": error.verify_message}
        raise refusal("certificate", reason, target.url) from error
    except ssl.SSLError as error:
        reason = gettext("تعذّر الاتصال الآمن (%(reason)s)") % {"reason": error.reason or type(error).__name__}
        raise refusal("certificate", reason, target.url) from error
    except OSError as error:
        # The clock may have run out inside of a connection that failed.
        reason = gettext("تعذّر الاتصال (%(reason)s)") % {"reason": error.strerror or type(error).__name__}
        raise refusal("unreachable", reason, target.url, temporary=bounds.deadline > time.monotonic()) from error
    except IncompleteRead as error:
        raise refusal("broken_answer", gettext("انقطع الجواب قبل نهايته"), target.url, temporary=True) from error
    except (HTTPException, ValueError) as error:
        raise refusal("broken_answer", gettext("جواب لا يتبع قواعد HTTP"), target.url) from error
