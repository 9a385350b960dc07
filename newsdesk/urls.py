from django.contrib import admin
from django.templatetags.static import static
from django.urls import include, path
from django.views.generic import RedirectView

from newsdesk.api.views import revoke_token, token_list


class IconView(RedirectView):
    """/favicon.ico, which browsers ask for on pages that name no icon (a download, a bare error)."""

    def get_redirect_url(self, *args, **kwargs):
        return static("icons/newsdesk.svg")


urlpatterns = [
    path("api/", include("newsdesk.api.urls")),
    path("", include("articles.urls")),
    path("", include("annotations.urls")),
    path("accounts/", include("newsdesk.accounts")),
    path("accounts/tokens/", token_list, name="api_tokens"),
    path("accounts/tokens/<int:pk>/revoke/", revoke_token, name="revoke_token"),
    path("favicon.ico", IconView.as_view()),
    path("admin/", admin.site.urls),
]
