from django.urls import path

from riskhub.oversight.views import audit, work

app_name = "oversight"
urlpatterns = [
    path("audit/", audit.event_list, name="event_list"),
    path("audit/requests/<uuid:request_id>/", audit.request_detail, name="request_detail"),
    path("audit/verify/", audit.audit_verify, name="audit_verify"),
    path("oversight/work/", work.work_list, name="work_list"),
    path("oversight/work/<int:pk>/retry/", work.work_retry, name="work_retry"),
]
