from django.urls import path

from riskhub.notices.views import notices, subscriptions, webhooks

app_name = "notices"
urlpatterns = [
    path("notices/", notices.notice_list, name="notice_list"),
    path("notices/<int:pk>/open/", notices.notice_open, name="notice_open"),
    path("notices/settings/", subscriptions.subscription_edit, name="subscription_edit"),
    path("settings/groups/", webhooks.webhook_list, name="webhook_list"),
    path("settings/groups/new/", webhooks.webhook_create, name="webhook_create"),
    path("settings/groups/<int:pk>/edit/", webhooks.webhook_edit, name="webhook_edit"),
    path("settings/groups/<int:pk>/try/", webhooks.webhook_try, name="webhook_try"),
    path("settings/groups/<int:pk>/remove/", webhooks.webhook_remove, name="webhook_remove"),
    path("notices/read/", notices.notice_read, name="notice_read"),
]
