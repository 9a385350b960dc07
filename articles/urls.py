from django.urls import path

from articles import views

urlpatterns = [
    path("", views.article_list, name="article_list"),
    path("articles/<int:pk>/", views.article, name="article"),
    path("articles/<int:pk>/compare/<int:other>/", views.compare_articles, name="compare"),
    path("articles/<int:pk>/revisions/<int:old>/<int:new>/", views.compare_revisions, name="compare_revisions"),
    path("stories/<int:pk>/", views.story, name="story"),
    path("articles/<int:pk>/correct/", views.correct, name="correct"),
    path("articles/<int:pk>/restore/", views.restore, name="restore"),
    path("paste/", views.paste, name="paste"),
    path("imports/", views.import_list, name="import_list"),
    path("imports/<int:pk>/", views.import_run, name="import_run"),
    path("imports/<int:pk>/progress/", views.import_progress, name="import_progress"),
    path("imports/<int:pk>/refused.csv", views.import_refusals, name="import_refusals"),
    path("imports/<int:pk>/retry/", views.retry_import, name="retry_import"),
    path("imports/<int:pk>/stop/", views.stop_import, name="stop_import"),
    path("imports/feeds/", views.feed_list, name="feed_list"),
    path("imports/feeds/<int:pk>/fetch/", views.fetch_feed, name="fetch_feed"),
    path("imports/feeds/<int:pk>/pause/", views.pause_feed, name="pause_feed"),
    path("imports/feeds/<int:pk>/remove/", views.remove_feed, name="remove_feed"),
    path("imports/feeds/<int:pk>/resume/", views.resume_feed, name="resume_feed"),
    path("entities/<int:pk>/", views.entity, name="entity"),
    path("mentions/<int:pk>/", views.mention, name="mention"),
    path("mentions/<int:pk>/remove/", views.remove_name, name="remove_name"),
    path("mentions/<int:pk>/change/", views.change_name, name="change_name"),
    path("articles/<int:pk>/names/", views.new_mention, name="new_mention"),
    path("people/", views.entity_list, {"name": "people"}, name="people"),
    path("organisations/", views.entity_list, {"name": "organisations"}, name="organisations"),
    path("places/", views.entity_list, {"name": "places"}, name="places"),
    path("other-names/", views.entity_list, {"name": "other_names"}, name="other_names"),
]
