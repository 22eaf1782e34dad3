"""The map: one list per package, in reading order."""

from django.urls import include, path

from riskhub import home

urlpatterns = [
    path("", home.home, name="home"),
    path("healthz", home.healthz, name="healthz"),
    path("accounts/", include("allauth.urls")),
]
