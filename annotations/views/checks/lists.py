"""/claims/: the checks, the claims that have none yet, and the board."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from annotations.checking.listing import WITHOUT, board, claims_without_check, page_of
from annotations.checking.moving import moves_open_to
from annotations.checking.rights import may_take_part
from annotations.views.checks.forms import CheckFilterForm


@require_safe
@never_cache
def check_list(request: HttpRequest) -> HttpResponse:
    """?show= suggestions or claims: those without a check, for members; ?before= the key where the page begins."""
    if not (request.user.is_authenticated or settings.PUBLIC_READING):
        return redirect_to_login(request.get_full_path())
    show = request.GET.get("show", "")
    context = {"may_take_part": may_take_part(request.user), "before": _key(request), "show": ""}
    if show in WITHOUT and request.user.is_authenticated:
        leaf = claims_without_check(request.user, status=WITHOUT[show], before=_key(request))
        return render(request, "checks/without.html", context | {"show": show, "leaf": leaf})
    form = CheckFilterForm(request.GET, user=request.user)
    leaf = page_of(form.filters, request.user, before=_key(request))
    return render(request, "checks/list.html", context | {"form": form, "leaf": leaf})


@require_safe
@never_cache
@login_required
def check_board(request: HttpRequest) -> HttpResponse:
    """A column for each state; buttons move a check on, those that lead to a verdict or a notice by way of its page."""
    columns = board(request.user)
    for column in columns:
        for case in column.cases:
            case.moves = moves_open_to(case.check, request.user)
    return render(request, "checks/board.html", {"columns": columns, "show": "board"})


def _key(request: HttpRequest) -> int | None:
    before = request.GET.get("before", "")
    return int(before) if before.isascii() and before.isdecimal() and len(before) < 19 else None
