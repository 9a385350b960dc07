from django.urls import path

from annotations import views

urlpatterns = [
    path("articles/<int:pk>/ledger/", views.ledger, name="ledger"),
    path("marks/<uuid:uuid>/accept/", views.accept_in_ledger, name="accept_in_ledger"),
    path("marks/<uuid:uuid>/reject/", views.reject_in_ledger, name="reject_in_ledger"),
    path("marks/<uuid:uuid>/delete/", views.delete_in_ledger, name="delete_in_ledger"),
    path("marks/<uuid:uuid>/place/", views.mark_place, name="mark_place"),
    path("marks/<uuid:uuid>/place/confirm/", views.confirm_mark_place, name="confirm_mark_place"),
    path("marks/<uuid:uuid>/place/drop/", views.drop_mark_place, name="drop_mark_place"),
    path("api/articles/<int:pk>/marks/", views.article_marks, name="api_article_marks"),
    path("api/marks/<uuid:uuid>/", views.mark, name="api_mark"),
    path("api/marks/<uuid:uuid>/accept/", views.accept_mark, name="api_accept_mark"),
    path("api/marks/<uuid:uuid>/reject/", views.reject_mark, name="api_reject_mark"),
    path("api/marks/<uuid:uuid>/speaker/", views.mark_speaker, name="api_mark_speaker"),
]
