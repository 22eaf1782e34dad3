"""What process changes hand to the registries: navigation, audit words, to whom their rows belong."""

from django.utils.translation import gettext_lazy as _

from assessments.changes.cards import register_change_cards
from assessments.models import ChangeRisk, ProcessChange
from registers.permissions import sees_risks
from registers.related import Related, register_related
from registers.timeline import TrailKind, register_trail_kind
from riskhub.oversight.belonging import belong
from riskhub.oversight.scope import name_departments
from riskhub.oversight.words import call_rows, hide_fields, name_actions, name_fields
from riskhub.web.navigation import add_entry

ACTIONS = {
    "change.created": _("Process change filed"),
    "change.edited": _("Process change edited"),
    "change.submitted": _("Process change submitted"),
    "change.risks_asked": _("Risks of a change asked for"),
    "change.risk_added": _("Risk added to a change"),
    "change.risk_removed": _("Risk taken off a change"),
    "change.taken_on": _("Process change taken on"),
    "change.made_ready": _("Process change ready"),
    "change.implemented": _("Process change live"),
    "change.reviewed": _("Process change reviewed"),
    "change.postponed": _("Process change postponed"),
    "change.cancelled": _("Process change cancelled"),
}
JOINS = (
    ProcessChange.nodes.through, ProcessChange.controls.through, ProcessChange.suppliers.through,
)  # fmt: skip
ON_THE_RISK = frozenset(
    {"change.risks_asked", "change.risk_added", "change.risk_removed", "change.postponed"}
)


def wire_changes() -> None:
    register_change_cards()
    add_entry(
        "respond", "assessments:change_list", _("Process changes"), order=40, allowed=sees_risks
    )
    name_departments(
        {ProcessChange: "department", ChangeRisk: "change__department"}
        | dict.fromkeys(JOINS, "processchange__department")
    )
    name_actions(ACTIONS)
    name_fields({"change": _("Process change")})
    register_trail_kind(TrailKind("process_changes", _("Process changes"), 35, ON_THE_RISK))
    register_related(Related(ChangeRisk, "risk"))
    hide_fields(ProcessChange, "number", "client_uuid", "created_at", "lang")
    call_rows({ChangeRisk: ("change", "risk")})
    belong({ChangeRisk: ("change", "risk")} | dict.fromkeys(JOINS, ("processchange",)))
