"""The set-up, step by step, and the page on which the first person makes their account."""

from django.urls import path

from riskhub.setup import views

app_name = "setup"

urlpatterns = [
    path("", views.setup_start, name="setup_start"),
    path("first/<str:key>/", views.first_user, name="first_user"),
    path("company/", views.setup_company, name="setup_company"),
    path("people/", views.setup_people, name="setup_people"),
    path("scope/", views.setup_scope, name="setup_scope"),
    path("matrix/", views.setup_matrix, name="setup_matrix"),
    path("library/", views.setup_library, name="setup_library"),
    path("done/", views.setup_done, name="setup_done"),
]
