from django.urls import path

from riskhub.search.views import hits, saved_views

app_name = "search"
urlpatterns = [
    path("search/", hits.hit_list, name="hit_list"),
    path("views/new/", saved_views.saved_view_create, name="saved_view_create"),
    path("views/<int:pk>/", saved_views.saved_view_edit, name="saved_view_edit"),
    path("views/<int:pk>/retake/", saved_views.saved_view_retake, name="saved_view_retake"),
    path("views/<int:pk>/delete/", saved_views.saved_view_delete, name="saved_view_delete"),
]
