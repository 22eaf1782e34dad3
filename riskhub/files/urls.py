from django.urls import path

from riskhub.files.views import attachments, comments

app_name = "files"
urlpatterns = [
    path("files/<uuid:uuid>/", attachments.attachment_download, name="attachment_download"),
    path(
        "files/<uuid:uuid>/thumbnail/",
        attachments.attachment_thumbnail,
        name="attachment_thumbnail",
    ),
    path("files/<uuid:uuid>/remove/", attachments.attachment_remove, name="attachment_remove"),
    path("files/of/<str:owner>/", attachments.attachment_add, name="attachment_add"),
    path("comments/of/<str:owner>/", comments.comment_list, name="comment_list"),
    path("comments/of/<str:owner>/people/", comments.comment_people, name="comment_people"),
    path("comments/<int:pk>/", comments.comment_detail, name="comment_detail"),
    path("comments/<int:pk>/withdraw/", comments.comment_withdraw, name="comment_withdraw"),
]
