from django.urls import path

from riskhub.search import views

app_name = "search"
urlpatterns = [path("search/", views.hit_list, name="hit_list")]
