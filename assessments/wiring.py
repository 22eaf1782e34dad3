"""What this package hands to the registries of the packages below it."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from assessments.cards import register_cards
from assessments.import_work import apply_owed_import
from assessments.models import Assessment, ResponsePlan
from assessments.permissions import can_read_imports
from assessments.quarterly.content import build_content
from assessments.services.cycles import OPEN_CYCLE, derive_cycle, open_cycle
from assessments.services.imports import APPLY
from registers.choices import PlanState
from registers.closing import register_blocker
from registers.models import Risk
from registers.permissions import sees_risks
from riskhub.company.calendar import Quarter
from riskhub.reports.quarterly.kind import register_quarterly_report
from riskhub.web.navigation import add_entry
from riskhub.work.registry import register_deriver, register_kind


def wire() -> None:
    register_kind(OPEN_CYCLE, _open_owed_cycle)
    register_kind(APPLY, apply_owed_import, _lazy("Import of a register"))
    register_deriver(derive_cycle)
    register_quarterly_report(build_content)
    register_blocker(closing_sentences)
    register_cards()
    add_entry(
        "register", "assessments:heat_map", _lazy("Heat map"), order=20, allowed=sees_risks
    )
    add_entry(
        "register", "assessments:import_list", _lazy("Imports"), order=80, allowed=can_read_imports
    )
    add_entry("respond", "assessments:action_list", _lazy("Actions"), order=30, allowed=sees_risks)


def _open_owed_cycle(payload: dict[str, Any]) -> None:
    open_cycle(Quarter.parse(payload["quarter"]))


def closing_sentences(risk: Risk) -> list[str]:
    """A critical risk stays open; so does one with waiting decisions or open actions."""
    sentences = []
    if risk.level_word == "critical":
        sentences.append(
            _("Its level is Critical. Lower it and have the assessment confirmed first.")
        )
    if Assessment.objects.filter(risk=risk).waiting().exists():
        sentences.append(_("An assessment waits for confirmation. Confirm it or send it back."))
    for plan in ResponsePlan.objects.filter(risk=risk).live():
        pending = plan.actions.pending().count()
        if plan.state == PlanState.SUBMITTED:
            sentences.append(_("%(plan)s waits for a decision.") % {"plan": plan.code})
        elif pending:
            sentences.append(
                _("%(plan)s has %(count)s open actions. Finish them or withdraw the plan.")
                % {"plan": plan.code, "count": pending}
            )
    return sentences
