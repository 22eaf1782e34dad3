from django.urls import path

from riskhub.web import views

app_name = "web"
urlpatterns = [
    path("preferences/", views.preference_save, name="preference_save"),
    path("m/worker.js", views.phone_worker, name="phone_worker"),
    path("m/outbox", views.phone_outbox, name="phone_outbox"),
]
