from django.urls import path

from riskhub.notices.views import notices, subscriptions

app_name = "notices"
urlpatterns = [
    path("notices/", notices.notice_list, name="notice_list"),
    path("notices/<int:pk>/open/", notices.notice_open, name="notice_open"),
    path("notices/settings/", subscriptions.subscription_edit, name="subscription_edit"),
    path("notices/read/", notices.notice_read, name="notice_read"),
]
