"""The words of the audit events of contingency plans and drills."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from assessments.models import (
    ContingencyPlan,
    ContingencyRisk,
    ContingencyStep,
    ContingencyTrigger,
    ContingencyVersion,
    Drill,
    DrillGap,
    LibraryContingencyPlan,
)
from registers.related import register_link
from registers.timeline import TrailKind, register_trail_kind
from riskhub.company.models import Sequence
from riskhub.oversight.belonging import belong
from riskhub.oversight.masking import withhold
from riskhub.oversight.row_names import name_rows
from riskhub.oversight.scope import name_departments
from riskhub.oversight.words import (
    call_rows,
    hide_fields,
    name_actions,
    name_fields,
    name_kinds,
    spell_field,
)

ACTIONS = {
    "contingency.created": _("Contingency plan started"),
    "contingency.edited": _("Contingency plan edited"),
    "contingency.put_in_force": _("Contingency plan put in force"),
    "contingency.retired": _("Contingency plan retired"),
    "contingency.card_shared": _("Card opened to everybody who has its address"),
    "contingency.card_closed": _("Card closed to those without an account"),
    "contingency_risk.linked": _("Contingency plan linked to the risk"),
    "contingency_risk.unlinked": _("Contingency plan taken off the risk"),
    "library_contingency.adopted": _("Contingency plan adopted from the library"),
    "drill.scheduled": _("Drill scheduled"),
    "drill.held": _("Drill recorded"),
    "drill.missed": _("Drill not held"),
    "drill.rescheduled": _("Drill moved to another day"),
    "drill_gap.done": _("Gap of a drill closed"),
    "drill_gap.verified": _("Gap of a drill verified"),
    "drill_gap.handed_over": _("Gap of a drill handed over"),
    "drill_gap.reopened": _("Gap of a drill opened again"),
}
KINDS = {
    ContingencyPlan: _("Contingency plan"),
    ContingencyRisk: _("Contingency plan of a risk"),
    ContingencyStep: _("Step of a contingency plan"),
    ContingencyTrigger: _("Trigger of a contingency plan"),
    ContingencyVersion: _("Version of a contingency plan"),
    Drill: _("Drill"),
    DrillGap: _("Gap of a drill"),
    LibraryContingencyPlan: _("Library contingency plan"),
}
FIELDS = {"plan": _("Plan"), "drill": _("Drill")}
LINKED = frozenset({"contingency_risk.linked", "contingency_risk.unlinked"})


def name_contingency_trail() -> None:
    name_actions(ACTIONS)
    name_kinds(KINDS)
    name_fields(FIELDS)
    name_rows(Sequence, {"contingency": _("Contingency plans")})
    register_trail_kind(
        TrailKind("contingency", _("Contingency"), 35, LINKED, "assessments:risk_response")
    )
    register_link(ContingencyRisk)
    hide_fields(ContingencyPlan, "number", "client_uuid", "library_code", "card_key")
    withhold(ContingencyPlan, "card_key")
    hide_fields(ContingencyVersion, "number", "created_at")
    hide_fields(ContingencyStep, "seq", "version")
    hide_fields(ContingencyTrigger, "seq", "version")
    hide_fields(Drill, "client_uuid")
    spell_field(Drill, "timings", _timings_in_words)
    call_rows(
        {
            ContingencyRisk: ("plan", "risk"), ContingencyVersion: ("plan",),
            ContingencyStep: ("version__plan",), ContingencyTrigger: ("version__plan",),
            Drill: ("plan",), DrillGap: ("drill__plan",),
        }
    )  # fmt: skip
    belong(
        {
            ContingencyRisk: ("risk", "plan"), ContingencyVersion: ("plan",),
            ContingencyStep: ("version__plan",), ContingencyTrigger: ("version__plan",),
            Drill: ("plan",), DrillGap: ("drill__plan",),
        }
    )  # fmt: skip
    name_departments(
        {
            ContingencyPlan: "owner_department",
            ContingencyVersion: "plan__owner_department",
            ContingencyStep: "version__plan__owner_department",
            ContingencyTrigger: "version__plan__owner_department",
            ContingencyRisk: "plan__owner_department",
            Drill: "plan__owner_department",
            DrillGap: "drill__plan__owner_department",
        }
    )


def _timings_in_words(timings: list[dict[str, Any]]) -> dict[str, str]:
    """Each step with the minutes that it took, of those that it is given."""
    told = [
        f"{one['seq']}: {'–' if one['took'] is None else one['took']} / {one['target']}"
        for one in timings
    ]
    return {str(Drill._meta.get_field("timings").verbose_name): ", ".join(told)}
