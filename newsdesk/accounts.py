"""Signing in and out, one's password, and the language of the interface."""

from django.contrib.auth import views
from django.urls import path, reverse_lazy
from django.views.i18n import set_language

urlpatterns = [
    path("login/", views.LoginView.as_view(redirect_authenticated_user=True), name="login"),
    path("logout/", views.LogoutView.as_view(), name="logout"),
    # Templates with names of their own: those that Django looks for by default would change the admin's pages too.
    path(
        "password/",
        views.PasswordChangeView.as_view(
            template_name="registration/change_password.html", success_url=reverse_lazy("password_changed")
        ),
        name="change_password",
    ),
    path(
        "password/changed/",
        views.PasswordChangeDoneView.as_view(template_name="registration/password_changed.html"),
        name="password_changed",
    ),
    path("language/", set_language, name="set_language"),
]
