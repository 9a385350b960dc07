from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("articles.urls")),
    path("", include("annotations.urls")),
    path("accounts/", include("newsdesk.accounts")),
    path("admin/", admin.site.urls),
]
