from django.contrib import admin
from django.templatetags.static import static
from django.urls import include, path
from django.views.generic import RedirectView


class IconView(RedirectView):
    """/favicon.ico, which browsers ask for on pages that name no icon (a download, a bare error)."""

    def get_redirect_url(self, *args, **kwargs):
        return static("icons/newsdesk.svg")


urlpatterns = [
    path("", include("articles.urls")),
    path("", include("annotations.urls")),
    path("accounts/", include("newsdesk.accounts")),
    path("favicon.ico", IconView.as_view()),
    path("admin/", admin.site.urls),
]
