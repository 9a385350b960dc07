from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from articles.forms import PasteForm
from articles.importing.pages import Refused
from articles.importing.pasting import import_pasted


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@permission_required("articles.import_articles", raise_exception=True)
def paste(request: HttpRequest) -> HttpResponse:
    """Store a pasted text or page as an article and show it."""
    form = PasteForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            article = import_pasted(form.cleaned_data["text"], by=request.user)
        except Refused as refusal:
            form.add_error("text", str(refusal))
        else:
            response = redirect(article)
            response.status_code = 303
            return response
    return render(request, "articles/paste.html", {"paste_form": form}, status=422 if form.is_bound else 200)
