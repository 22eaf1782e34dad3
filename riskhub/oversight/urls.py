from django.urls import path

from riskhub.oversight.views import audit, departments, feed, my_work, seals, work

app_name = "oversight"
urlpatterns = [
    path("audit/", audit.event_list, name="event_list"),
    path("audit/requests/<uuid:request_id>/", audit.request_detail, name="request_detail"),
    path("audit/export/", audit.event_export, name="event_export"),
    path("audit/<int:pk>/", audit.event_detail, name="event_detail"),
    path("audit/<int:pk>/note/", audit.note_create, name="note_create"),
    path("audit/seals/", seals.seal_list, name="seal_list"),
    path("audit/verify/", seals.audit_verify, name="audit_verify"),
    path("my/", my_work.my_work, name="my_work"),
    path("feed/", feed.news_list, name="news_list"),
    path("oversight/", departments.department_list, name="department_list"),
    path("oversight/work/", work.work_list, name="work_list"),
    path("oversight/work/<int:pk>/retry/", work.work_retry, name="work_retry"),
]
