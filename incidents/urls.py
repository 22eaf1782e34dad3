from django.urls import path

from incidents.views import (
    closings,
    complain,
    complaints,
    handling,
    incidents,
    investigations,
    offers,
    privacy,
    reporting,
    severities,
    tracking,
    triage,
)

app_name = "incidents"

ONE = "incidents/complaints/<str:code>/"

urlpatterns = [
    path("incidents/complaints/", complaints.complaint_list, name="complaint_list"),
    path(ONE, complaints.complaint_detail, name="complaint_detail"),
    path(f"{ONE}triage/", triage.complaint_triage, name="complaint_triage"),
    path(f"{ONE}take/", handling.complaint_take, name="complaint_take"),
    path(f"{ONE}contact/", handling.complaint_contact, name="complaint_contact"),
    path(f"{ONE}note/", handling.complaint_note, name="complaint_note"),
    path(f"{ONE}investigate/", handling.complaint_investigate, name="complaint_investigate"),
    path(f"{ONE}pause/", handling.complaint_pause, name="complaint_pause"),
    path(f"{ONE}resume/", handling.complaint_resume, name="complaint_resume"),
    path(f"{ONE}escalate/", handling.complaint_escalate, name="complaint_escalate"),
    path(f"{ONE}offer/", offers.offer_create, name="offer_create"),
    path(f"{ONE}approve/", offers.offer_approve, name="offer_approve"),
    path(f"{ONE}revoke/", offers.offer_revoke, name="offer_revoke"),
    path(f"{ONE}answer/", offers.offer_answer, name="offer_answer"),
    path(f"{ONE}fulfil/", offers.offer_fulfil, name="offer_fulfil"),
    path(f"{ONE}close/", closings.complaint_close, name="complaint_close"),
    path(f"{ONE}end/", closings.complaint_end, name="complaint_end"),
    path(f"{ONE}reopen/", closings.complaint_reopen, name="complaint_reopen"),
    path("incidents/", incidents.incident_list, name="incident_list"),
    path("incidents/<str:code>/", incidents.incident_detail, name="incident_detail"),
    path("incidents/<str:code>/triage/", investigations.incident_triage, name="incident_triage"),
    path("incidents/<str:code>/step/", investigations.incident_advance, name="incident_advance"),
    path("incidents/<str:code>/causes/", investigations.incident_analyse, name="incident_analyse"),
    path("incidents/<str:code>/risk/", investigations.incident_link, name="incident_link"),
    path("incidents/<str:code>/loss/", investigations.loss_create, name="loss_create"),
    # On the phone, as the form for filing.
    path("m/incident", reporting.incident_create, name="incident_create"),
    path("m/incident/sent/<uuid:key>", reporting.incident_receipt, name="incident_receipt"),
    path("m/incident/sent/<str:code>", reporting.incident_receipt, name="incident_receipt"),
    path("settings/clocks/", severities.severity_list, name="severity_list"),
    path("settings/clocks/hours/", severities.working_time_edit, name="working_time_edit"),
    path("settings/clocks/<str:code>/edit/", severities.severity_edit, name="severity_edit"),
    # For customers, without an account. Short: people type them.
    path("complain", complain.complaint_tell, name="complaint_tell"),
    path("complain/check", complain.complaint_check, name="complaint_check"),
    path("complain/done", complain.complaint_receipt, name="complaint_receipt"),
    path("complain/<slug:step>", complain.complaint_tell, name="complaint_tell"),
    path("privacy", privacy.privacy_notice, name="privacy_notice"),
    path("track", tracking.tracking_open, name="tracking_open"),
    path("track/status", tracking.tracking_detail, name="tracking_detail"),
    path("track/write", tracking.tracking_write, name="tracking_write"),
    path("track/answer", tracking.tracking_answer, name="tracking_answer"),
    path("track/reopen", tracking.tracking_reopen, name="tracking_reopen"),
    path("track/rate", tracking.tracking_rate, name="tracking_rate"),
    path("track/leave", tracking.tracking_leave, name="tracking_leave"),
]
