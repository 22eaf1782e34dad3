from django.urls import path

from incidents.views import complain, complaints, tracking

app_name = "incidents"

urlpatterns = [
    path("incidents/complaints/", complaints.complaint_list, name="complaint_list"),
    path("incidents/complaints/<str:code>/", complaints.complaint_detail, name="complaint_detail"),
    # For customers, without an account. Short: people type them.
    path("complain", complain.complaint_tell, name="complaint_tell"),
    path("complain/check", complain.complaint_check, name="complaint_check"),
    path("complain/done", complain.complaint_receipt, name="complaint_receipt"),
    path("complain/<slug:step>", complain.complaint_tell, name="complaint_tell"),
    path("track", tracking.tracking_open, name="tracking_open"),
    path("track/status", tracking.tracking_detail, name="tracking_detail"),
    path("track/write", tracking.tracking_write, name="tracking_write"),
    path("track/answer", tracking.tracking_answer, name="tracking_answer"),
    path("track/reopen", tracking.tracking_reopen, name="tracking_reopen"),
    path("track/rate", tracking.tracking_rate, name="tracking_rate"),
    path("track/leave", tracking.tracking_leave, name="tracking_leave"),
]
