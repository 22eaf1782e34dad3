from django.urls import path

from riskhub.files import views

app_name = "files"
urlpatterns = [
    path("files/<uuid:uuid>/", views.attachment_download, name="attachment_download"),
    path("files/<uuid:uuid>/thumbnail/", views.attachment_thumbnail, name="attachment_thumbnail"),
    path("files/<uuid:uuid>/remove/", views.attachment_remove, name="attachment_remove"),
    path("files/of/<str:owner>/", views.attachment_add, name="attachment_add"),
]
