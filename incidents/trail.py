"""The words of the audit events of this package."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

from incidents.models import (
    ActivationStep,
    Complaint,
    ComplaintCategory,
    ComplaintClause,
    ComplaintMessage,
    ComplaintRisk,
    ContingencyActivation,
    ExposureMonth,
    Incident,
    IncidentFact,
    IncidentKind,
    IncidentMeasure,
    IncidentRisk,
    InjuredPerson,
    LossEntry,
    RecordFile,
    ReplyTemplate,
    Resolution,
    Severity,
    StatutoryClock,
    StatutoryRule,
)
from riskhub.company.models import Sequence
from riskhub.oversight.details import spell_details
from riskhub.oversight.row_names import name_rows
from riskhub.oversight.words import hide_fields, name_actions, name_fields, name_kinds

ACTIONS = {
    "complaint.received": _("Complaint received"),
    "complaint.triaged": _("Complaint sorted"),
    "complaint.taken": _("Complaint taken"),
    "complaint.contacted": _("Customer contacted"),
    "complaint.answered": _("Customer wrote"),
    "complaint.noted": _("Note about a complaint"),
    "complaint.investigated": _("Complaint looked into"),
    "complaint.escalated": _("Complaint escalated"),
    "complaint.paused": _("Complaint waits for the customer"),
    "complaint.resumed": _("Clocks of a complaint go on"),
    "complaint.withdrawn": _("Complaint withdrawn"),
    "complaint.refused": _("Complaint found not valid"),
    "complaint.closed": _("Complaint closed"),
    "complaint.reopened": _("Complaint reopened"),
    "complaint_risk.corrected": _("Risk of a complaint corrected"),
    "complaint.rated": _("Satisfaction told"),
    "complaint.imported": _("Complaint imported"),
    "complaint.repeats_found": _("Repeats among complaints found"),
    "records.imported": _("Records imported"),
    "import.forgotten": _("File of an import sealed for good"),
    "exposure.entered": _("Orders of a month entered"),
    "exposure.corrected": _("Orders of a month corrected"),
    "exposure.imported": _("Orders of a month imported"),
    "incident.imported": _("Incident imported"),
    "incident.reported": _("Incident reported"),
    "incident.triaged": _("Incident sorted"),
    "incident.merged": _("Incident found reported twice"),
    "incident.investigated": _("Incident looked into"),
    "incident.acted_on": _("Measures after an incident begun"),
    "incident.closed": _("Incident closed"),
    "incident.edited": _("Facts of an incident corrected"),
    "incident.analysed": _("Causes of an incident written down"),
    "incident_risk.linked": _("Incident linked with a risk"),
    "incident_fact.added": _("Line added to the timeline of an incident"),
    "incident_fact.withdrawn": _("Line of a timeline taken back"),
    "incident_measure.linked": _("Incident answered by an action"),
    "incident_measure.unlinked": _("Incident and action taken apart"),
    "incident_risk.corrected": _("Risk of an incident corrected"),
    "incident_risk.unlinked": _("Incident and risk taken apart"),
    "injury.recorded": _("Injured person recorded"),
    "injury.edited": _("Injury corrected"),
    "injury.removed": _("Injured person taken out"),
    "injury.name_read": _("Name of an injured person read"),
    "import.resealed": _("File of an import sealed with a new key"),
    "injury.resealed": _("Name of an injured person sealed with a new key"),
    "injury.anonymised": _("Injured person forgotten"),
    "loss.booked": _("Loss booked"),
    "loss.edited": _("Loss corrected"),
    "loss.withdrawn": _("Loss taken back"),
    "complaint.resealed": _("Contact sealed with a new key"),
    "complaint.anonymised": _("Complainant forgotten"),
    "complaint.clause_noted": _("Contract clause of a dispute noted"),
    "complaint.contact_opened": _("Contact of a complainant opened"),
    "statutory.edited": _("Reminder by law edited"),
    "statutory.confirmed": _("Reminder by law confirmed"),
    "statutory.stopped": _("Reminder by law switched off"),
    "statutory.started": _("Reminder for an incident started"),
    "statutory.answered": _("Reminder for an incident answered"),
    "activation.started": _("Contingency plan activated"),
    "activation.ended": _("Activation ended"),
    "activation_step.ticked": _("Step of an activation done"),
    "activation_step.unticked": _("Step of an activation not done after all"),
    "statistics.exported": _("Statistics taken as a file"),
    "reply.added": _("Reply template added"),
    "reply.edited": _("Reply template edited"),
    "severity.edited": _("Clocks of a severity edited"),
    "offer.made": _("Offer made"),
    "offer.revoked": _("Offer taken back"),
    "offer.approved": _("Offer approved"),
    "offer.accepted": _("Offer accepted"),
    "offer.declined": _("Offer declined"),
    "offer.fulfilled": _("Offer fulfilled"),
}
KINDS: dict[type[models.Model], StrPromise] = {
    ActivationStep: _("Step of an activation"),
    Complaint: _("Complaint"),
    ContingencyActivation: _("Activation of a contingency plan"),
    ComplaintCategory: _("Complaint category"),
    ComplaintClause: _("Clause of a dispute"),
    ComplaintMessage: _("Message about a complaint"),
    ComplaintRisk: _("Risk of a complaint"),
    ExposureMonth: _("Orders of a month"),
    Incident: _("Incident"),
    IncidentMeasure: _("Measure after an incident"),
    IncidentFact: _("Line of a timeline"),
    IncidentKind: _("Incident kind"),
    IncidentRisk: _("Risk of an incident"),
    InjuredPerson: _("Injured person"),
    LossEntry: _("Loss"),
    RecordFile: _("Sealed file of an import"),
    ReplyTemplate: _("Reply template"),
    Resolution: _("Offer"),
    Severity: _("Severity"),
    StatutoryClock: _("Reminder for an incident"),
    StatutoryRule: _("Reminder by law"),
}
FIELDS = {
    "activation": _("Activation"),
    "anonymised_at": _("Anonymised at"),
    "answer": _("Answer"),
    "answer_text": _("Answer in words"),
    "at": _("Moment"),
    "ended_by": _("Ended by"),
    "started_by": _("Begun by"),
    "answered_at": _("Answered at"),
    "answered_by": _("Answered by"),
    "authority_limit": _("Authority, CNY"),
    "complaint": _("Complaint"),
    "confirmed_by": _("Confirmed by"),
    "confirmed_at": _("Confirmed at"),
    "booked_on": _("Booked on"),
    "days_lost": _("Days lost"),
    "default_risks": _("Usual risks"),
    "direction": _("Direction"),
    "external_id": _("Number there"),
    "care_days": _("Days of care"),
    "month": _("Month"),
    "orders": _("Orders"),
    "origin": _("Origin"),
    "staff_days": _("Days of staff"),
    "fulfilled_at": _("Fulfilled at"),
    "imported_at": _("Imported at"),
    "taken_back_at": _("Taken back at"),
    "incident": _("Incident"),
    "lang": _("Language"),
    "made_at": _("Made at"),
    "made_by": _("Made by"),
    "noted_at": _("Noted at"),
    "noted_by": _("Noted by"),
    "offered_at": _("Offered at"),
    "offers": _("Usual offers"),
    "parent": _("Belongs to"),
    "paused_minutes": _("Minutes of waiting"),
    "recorded_at": _("Written down at"),
    "run": _("Import"),
    "severity": _("Severity"),
    "whys": _("Why, and why that"),
}


def name_trail() -> None:
    spell_details("complaint.contact_opened", _opened)
    name_actions(ACTIONS)
    name_kinds(KINDS)
    name_fields(FIELDS)
    name_rows(Sequence, {"complaint": _("Complaints"), "incident": _("Incidents")})
    hide_fields(Complaint, "client_uuid", "secret_hash", "contact_hashes", "next_due")
    hide_fields(ComplaintMessage, "client_uuid")
    hide_fields(ActivationStep, "seq")
    hide_fields(Incident, "client_uuid")
    hide_fields(IncidentFact, "client_uuid")
    hide_fields(LossEntry, "client_uuid")
    hide_fields(RecordFile, "secret")
    hide_fields(Resolution, "client_uuid")


def _opened(kept: Mapping[str, Any]) -> dict[str, str]:
    """Which parts of the contact were seen, never what they said."""
    names = {
        "contact_name": pgettext("of a person", "Name"),
        "contact_phone": gettext("Telephone"),
        "contact_email": gettext("Mail address"),
        "contact_address": gettext("Address"),
    }
    both = pgettext("between names", ", ").join
    return {gettext("Shown in full"): both(names[one] for one in kept["columns"])}
