"""/accounts/tokens/: the tokens that a person gave to programs; a new one is shown once."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from newsdesk.api.models import Token, make_token

MOST_TOKENS = 50


class TokenForm(forms.ModelForm):
    class Meta:
        model = Token
        fields = ("name",)
        labels = {"name": _("لأي برنامج؟")}  # noqa: RUF012 - Django reads it
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "off"})}  # noqa: RUF012

    def __init__(self, *args: Any, owned: int, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.owned = owned

    def clean(self):
        if self.owned >= MOST_TOKENS:
            raise forms.ValidationError(_("لك ما يكفي من الرموز. ألغِ أحدها أولاً."))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
@sensitive_variables("token")
def token_list(request: HttpRequest) -> HttpResponse:
    """The answer to the form is the one page that holds the new token."""
    owned = request.user.api_tokens.all()
    form, token, status = TokenForm(request.POST or None, owned=len(owned)), "", 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            _row, token = make_token(by=request.user, name=form.cleaned_data["name"])
            form, owned, status = TokenForm(owned=0), request.user.api_tokens.all(), 201
    return render(request, "accounts/tokens.html", {"form": form, "tokens": owned, "token": token}, status=status)


@require_POST
@never_cache
@login_required
def revoke_token(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(request.user.api_tokens, pk=pk).delete()
    return redirect("api_tokens")
