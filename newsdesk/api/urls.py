from django.urls import path
from drf_spectacular.views import SpectacularJSONAPIView

from newsdesk.api import views

urlpatterns = [
    path("", views.root, name="api_root"),
    path("schema/", SpectacularJSONAPIView.as_view(), name="api_schema"),
    path("docs/", views.documentation, name="api_docs"),
    path("articles/", views.article_list, name="api_articles"),
    path("articles/<int:pk>/", views.article, name="api_article"),
    # Also what the article's page asks with ?q=
    path("entities/", views.entity_list, name="api_entities"),
    path("entities/<int:pk>/", views.entity, name="api_entity"),
    path("entities/<int:pk>/mentions/", views.entity_mentions, name="api_entity_mentions"),
    path("quotes/", views.quote_list, name="api_quotes"),
    path("claims/", views.claim_list, name="api_claims"),
    path("marks/", views.mark_list, name="api_marks"),
    path("sources/", views.source_list, name="api_sources"),
    path("stories/", views.story_list, name="api_stories"),
    path("stories/<int:pk>/", views.story, name="api_story"),
]
