from django.urls import path

from articles import views

urlpatterns = [
    path("", views.article_list, name="article_list"),
    path("articles/<int:pk>/", views.article, name="article"),
    path("paste/", views.paste, name="paste"),
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
