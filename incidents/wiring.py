"""What this package hands to the registries: navigation, to whom files belong, audit words."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import Case, F, Q, When
from django.utils.translation import gettext_lazy as _

from assessments.contingency.card_ways import register_card_way
from assessments.contingency.real_use import register_real_uses
from incidents.activations.choosing import activation_way
from incidents.activations.page import real_uses_of
from incidents.cards import register_intake_cards
from incidents.complaints.disputes import disputes_of_year
from incidents.incidents.discussing import ABOUT_INCIDENTS
from incidents.incidents.permissions import can_investigate, can_read_incidents
from incidents.models import (
    ActivationStep,
    Complaint,
    ContingencyActivation,
    Incident,
    IncidentFact,
    IncidentMeasure,
    IncidentRisk,
    InjuredPerson,
    LossEntry,
    StatutoryClock,
)
from incidents.permissions import (
    can_read_complaints,
    can_read_exposure,
    can_read_record_imports,
    can_read_replies,
    can_read_severities,
    can_read_statistics,
    may_handle,
)
from incidents.records.work import apply_owed_records
from incidents.services.complaint_notices import (
    AMBER,
    LATE,
    derive_amber_clocks,
    derive_late_clocks,
    tell_amber_clock,
    tell_late_clock,
)
from incidents.services.personal import (
    FORGET,
    derive_forgetting,
    forget_complainants,
    forget_files,
    forget_injured,
)
from incidents.services.record_runs import APPLY
from incidents.services.statutory_notices import (
    REMIND,
    derive_statutory_reminders,
    remind_of_clock,
)
from registers.disputes import register_disputes
from registers.other_forms import offer_form
from riskhub.company.preferences import company_name
from riskhub.files.owners import Owner, register_owner
from riskhub.oversight.scope import Way, name_departments
from riskhub.web.fronts import Front, add_front
from riskhub.web.navigation import SETTINGS, add_entry
from riskhub.work.registry import register_deriver, register_kind


def wire() -> None:
    add_front(
        Front(
            ("/complain", "/track", "/privacy"),
            layout="incidents/complain_base.html",
            home="incidents:complaint_tell",
            home_words=_("Make a complaint"),
            values=lambda: {"company_name": company_name()},
        )
    )
    register_disputes(disputes_of_year)
    register_kind(LATE, _tell_late_owed, _("Clock of a complaint that ran out"))
    register_deriver(derive_late_clocks)
    register_kind(AMBER, _tell_amber_owed, _("Clock of a complaint that is nearly out"))
    register_deriver(derive_amber_clocks)
    register_kind(FORGET, _forget_owed, _("Forgetting who complained and who was injured"))
    register_deriver(derive_forgetting)
    add_entry(
        "incidents", "incidents:complaint_list", _("Complaints"), order=10,
        allowed=can_read_complaints,
    )  # fmt: skip
    add_entry(
        "incidents", "incidents:incident_list", _("Incidents and near misses"), order=20,
        allowed=can_read_incidents,
    )  # fmt: skip
    register_kind(APPLY, apply_owed_records, _("Import of records"))
    add_entry(
        "incidents", "incidents:statistics_detail", _("Statistics"), order=70,
        allowed=can_read_statistics,
    )  # fmt: skip
    add_entry(
        "incidents", "incidents:exposure_list", _("Orders per month"), order=80,
        allowed=can_read_exposure,
    )  # fmt: skip
    add_entry(
        "incidents", "incidents:record_import_list", _("Imports of records"), order=90,
        allowed=can_read_record_imports,
    )  # fmt: skip
    add_entry(
        SETTINGS, "incidents:severity_list", _("Clocks"), order=40, allowed=can_read_severities
    )
    add_entry(
        SETTINGS, "incidents:statutory_list", _("Reminders by law"), order=45,
        allowed=can_read_severities,
    )  # fmt: skip
    _stand_on_pages_of_others()
    register_kind(REMIND, _remind_owed, _("Reminder by law after an incident"))
    register_deriver(derive_statutory_reminders)
    add_entry(
        SETTINGS, "incidents:reply_list", _("Reply templates"), order=46, allowed=can_read_replies
    )
    name_departments(
        {
            ActivationStep: "activation__incident__department",
            Complaint: "department",
            ContingencyActivation: "incident__department",
            Incident: "department",
            IncidentFact: "incident__department",
            IncidentMeasure: "incident__department",
            InjuredPerson: "incident__department",
            IncidentRisk: "incident__department",
            StatutoryClock: "incident__department",
            LossEntry: Way(_losses_of, _department_of_loss),
        }
    )
    register_owner(
        Owner(
            Complaint,
            visible=Complaint.objects.visible_to,
            may_change=may_handle,
            page=Complaint.get_absolute_url,
            department="department",
            over=Complaint.objects.forgotten,
        )
    )
    register_owner(
        Owner(
            Incident,
            visible=Incident.objects.visible_to,
            may_change=can_investigate,
            page=Incident.get_absolute_url,
            department="department",
            discussion=ABOUT_INCIDENTS,
            over=Incident.objects.files_over,
        )
    )
    offer_form("incidents:incident_create", _("It happened already: report an incident"))
    offer_form("incidents:complaint_create", _("A customer complains: write it down for them"))


def _stand_on_pages_of_others() -> None:
    register_intake_cards()
    register_real_uses(real_uses_of)
    register_card_way(activation_way)


def _forget_owed(_payload: dict[str, Any]) -> None:
    forget_complainants()
    forget_injured()
    forget_files()


def _remind_owed(payload: dict[str, Any]) -> None:
    rows = StatutoryClock.objects.select_related(
        "rule", "incident__investigator", "incident__department"
    )
    remind_of_clock(rows.get(pk=payload["clock"]), payload["what"])


def _tell_late_owed(payload: dict[str, Any]) -> None:
    complaint = Complaint.objects.for_page().get(pk=payload["complaint"])
    tell_late_clock(complaint, payload["step"], datetime.fromisoformat(payload["due_at"]))


def _tell_amber_owed(payload: dict[str, Any]) -> None:
    complaint = Complaint.objects.for_page().get(pk=payload["complaint"])
    tell_amber_clock(complaint, payload["step"], datetime.fromisoformat(payload["due_at"]))


def _losses_of(departments: Collection[int]) -> Q:
    return Q(incident__department__in=departments) | Q(complaint__department__in=departments)


def _department_of_loss() -> Case:
    of_incident = When(incident__isnull=False, then=F("incident__department"))
    return Case(of_incident, default=F("complaint__department"))
