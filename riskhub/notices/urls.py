from django.urls import path

from riskhub.notices import views

app_name = "notices"
urlpatterns = [
    path("notices/", views.notice_list, name="notice_list"),
    path("notices/<int:pk>/open/", views.notice_open, name="notice_open"),
    path("notices/read/", views.notice_read, name="notice_read"),
]
