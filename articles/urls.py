from django.urls import path

from articles import views

urlpatterns = [
    path("", views.article_list, name="article_list"),
    path("articles/<int:pk>/", views.article, name="article"),
    path("paste/", views.paste, name="paste"),
]
