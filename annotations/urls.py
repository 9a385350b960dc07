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
    path("marks/<uuid:uuid>/history/", views.history_page, name="mark_history"),
    path("marks/<uuid:uuid>/restore/", views.restore_from_history, name="restore_mark"),
    path("api/articles/<int:pk>/decide/", views.decide_marks, name="api_decide_marks"),
    path("api/articles/<int:pk>/proposals/", views.proposals, name="api_proposals"),
    path("api/articles/<int:pk>/mentions-of/", views.mentions_of, name="api_mentions_of"),
    path("api/articles/<int:pk>/mentions-of/marks/", views.mark_mentions, name="api_mark_mentions"),
    path("api/articles/<int:pk>/marks/", views.article_marks, name="api_article_marks"),
    path("api/marks/<uuid:uuid>/", views.mark, name="api_mark"),
    path("api/marks/<uuid:uuid>/accept/", views.accept_mark, name="api_accept_mark"),
    path("api/marks/<uuid:uuid>/reject/", views.reject_mark, name="api_reject_mark"),
    path("api/marks/<uuid:uuid>/speaker/", views.mark_speaker, name="api_mark_speaker"),
    path("api/marks/<uuid:uuid>/quote/", views.mark_quote, name="api_mark_quote"),
    path("api/marks/<uuid:uuid>/tags/", views.mark_tags, name="api_mark_tags"),
    path("api/marks/<uuid:uuid>/comments/", views.mark_comments, name="api_mark_comments"),
    path("api/marks/<uuid:uuid>/comments/seen/", views.comments_seen, name="api_comments_seen"),
    path("api/marks/<uuid:uuid>/history/", views.mark_history, name="api_mark_history"),
    path("api/marks/<uuid:uuid>/restore/", views.restore_mark, name="api_restore_mark"),
    path("api/marks/undo/", views.undo_change, name="api_undo"),
    path("api/comments/<int:pk>/", views.comment, name="api_comment"),
    path("api/tags/", views.tags, name="api_tags"),
    path("api/members/", views.members, name="api_members"),
]
