"""A search as a file: a Word digest, an Excel sheet, a CSV."""

from collections.abc import Callable, Iterator
from io import BytesIO
from urllib.parse import quote

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from articles.delivering.excerpts import Excerpts
from articles.delivering.results import articles_of, found
from articles.delivering.rows import Row, column_names, rows_of
from articles.delivering.table import MOST_ROWS, csv_lines
from articles.delivering.wording import address_of, criteria_of
from articles.forms import SearchForm
from articles.search.index.reading import SearchUnavailable
from articles.search.query import Reader, SearchQuery

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@never_cache
@login_required
def export(request: HttpRequest) -> HttpResponseBase:
    """The articles of a search as this person finds them, in this `format`; `group` is how a digest is parted."""
    write = _WRITERS.get(request.GET.get("format", ""))
    if write is None:
        raise Http404
    form = SearchForm(request.GET, user=request.user)
    query = form.query()
    if query is None:  # The page of results says what is wrong.
        return redirect(f"{reverse('article_list')}?{request.GET.urlencode()}")
    try:
        return write(request, form, query)
    except SearchUnavailable as unavailable:
        messages.error(request, unavailable.why)
        return redirect(f"{reverse('article_list')}?{address_of(form)}")


def _word(request: HttpRequest, form: SearchForm, query: SearchQuery) -> FileResponse:
    # Loaded when it is needed: it takes 17 MB, and what writes sheets 20 MB, that most web processes can do without.
    from articles.delivering.digest import MOST_ARTICLES, Asked, Grouping, write_digest  # noqa: PLC0415

    reader = Reader.of(request.user)
    result = found(query, reader=reader, most=MOST_ARTICLES, loosely=True)
    grouping = request.GET.get("group", "")
    asked = Asked(
        criteria=criteria_of(form),
        total=result.total,
        every=result.every,
        at=timezone.localtime(),
        grouping=Grouping(grouping) if grouping in set(Grouping) else Grouping.DAY,
        site=_site(request),
        rtl=get_language_bidi(),
    )
    file = BytesIO()
    write_digest(file, asked=asked, articles=articles_of(result.ids, reader=reader), excerpts=Excerpts(query))
    return _download(file, "docx", _WORD)


def _excel(request: HttpRequest, form: SearchForm, query: SearchQuery) -> FileResponse:
    from articles.delivering import sheet  # noqa: PLC0415

    file = BytesIO()
    rows = _rows(request, query, most=sheet.MOST_ROWS)
    sheet.write_sheet(file, title=_("المواد"), rtl=get_language_bidi(), names=column_names(), rows=rows)
    return _download(file, "xlsx", _EXCEL)


def _csv(request: HttpRequest, form: SearchForm, query: SearchQuery) -> StreamingHttpResponse:
    lines = csv_lines(column_names(), _rows(request, query, most=MOST_ROWS))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = _disposition("csv")
    return response


_WRITERS: dict[str, Callable[[HttpRequest, SearchForm, SearchQuery], HttpResponseBase]] = {
    "docx": _word,
    "xlsx": _excel,
    "csv": _csv,
}


def _rows(request: HttpRequest, query: SearchQuery, *, most: int) -> Iterator[Row]:
    """The search is made at once; the articles are read while they are written."""
    reader = Reader.of(request.user)
    ids = found(query, reader=reader, most=most, loosely=True).ids
    return rows_of(articles_of(ids, reader=reader), excerpts=Excerpts(query), site=_site(request))


def _site(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"


def _download(file: BytesIO, ending: str, media_type: str) -> FileResponse:
    file.seek(0)
    response = FileResponse(file, content_type=media_type)
    response["Content-Disposition"] = _disposition(ending)
    return response


def _disposition(ending: str) -> str:
    """A name in ASCII for the few that know no other, and one in the interface's language."""
    day = f"{timezone.localdate():%Y-%m-%d}"
    name = quote(_("نتائج البحث %(day)s") % {"day": day})
    return f"attachment; filename=\"newsdesk-{day}.{ending}\"; filename*=UTF-8''{name}.{ending}"
