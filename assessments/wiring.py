"""What this package hands to the registries of the packages below it."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from assessments.cards import register_cards
from assessments.changes.wiring import wire_changes
from assessments.contingency.wiring import wire_contingency
from assessments.discussing import register_discussions
from assessments.hits import register_hits
from assessments.import_work import apply_owed_import
from assessments.leaving import actions_held_by, plans_held_by, waiting_for_alone
from assessments.models import (
    Action,
    Approval,
    Assessment,
    AssessmentControl,
    ImpactScore,
    LecScore,
    PlanVersion,
    ReassessmentTask,
    ResourceLine,
    ResponsePlan,
    Spending,
    TransferLink,
)
from assessments.news import news_of_plans
from assessments.permissions import (
    can_decide_any,
    can_import_register,
    can_read_approvals,
    can_read_confirmations,
    can_read_imports,
)
from assessments.plans.wiring import wire_plans
from assessments.quarterly.kind import register_quarterly_report
from assessments.reassessments.page import open_tasks_of
from assessments.reassessments.wiring import wire_reassessments
from assessments.risk_page import (
    actions_on,
    assessments_count,
    imports_behind,
    plans_count,
    standing_picture,
    step_facts_of,
)
from assessments.schemes.permissions import can_read_schemes
from assessments.services.cycles import OPEN_CYCLE, derive_cycle, open_cycle
from assessments.services.handing_over import hand_over_actions, hand_over_plans
from assessments.services.imports import APPLY
from assessments.services.imports.runs import KIND
from assessments.services.stand_in_notices import tell_stand_in
from assessments.supervision import action_columns, assessment_columns
from assessments.trail import name_trail
from assessments.waiting import assessments_to_confirm, plans_to_decide
from registers.archiving import register_archive_blocker
from registers.blockers import listed
from registers.choices import OriginKind, PlanState
from registers.closing import register_blocker
from registers.models import Register, Risk
from registers.origins import register_origin_finder
from registers.permissions import sees_risks
from registers.tabs import (
    Tab,
    WayIn,
    register_actions,
    register_slot,
    register_step_facts,
    register_tab,
    register_way_in,
)
from riskhub.accounts.closing import Blocker, register_department_blocker
from riskhub.accounts.delegation_news import register_news
from riskhub.accounts.leaving import Keeper, register_keeper, register_leaving_blocker
from riskhub.accounts.models import Department, User
from riskhub.company.calendar import Quarter
from riskhub.imports.models import ImportRun
from riskhub.oversight.feed import register_feed
from riskhub.oversight.scope import name_departments
from riskhub.oversight.supervision import register_columns
from riskhub.web.navigation import SETTINGS, add_entry, cover
from riskhub.work.registry import register_deriver, register_kind


def wire() -> None:
    register_kind(OPEN_CYCLE, _open_owed_cycle, gettext_lazy("Opening of a quarterly review"))
    register_kind(APPLY, apply_owed_import, gettext_lazy("Import of a register"))
    register_deriver(derive_cycle)
    register_quarterly_report()
    register_blocker(closing_sentences)
    register_department_blocker(actions_of_department)
    register_archive_blocker(imports_waiting_for)
    register_keeper(Keeper("plan", plans_held_by, hand_over_plans))
    register_keeper(Keeper("action", actions_held_by, hand_over_actions))
    register_leaving_blocker(waiting_for_alone)
    register_news(tell_stand_in)
    register_cards()
    register_feed("plans", gettext_lazy("Plans"), news_of_plans)
    register_columns(20, action_columns)
    register_columns(40, assessment_columns)
    name_trail()
    wire_contingency()
    wire_plans()
    register_hits()
    name_departments(
        {
            Assessment: "risk__owner_department",
            AssessmentControl: "assessment__risk__owner_department",
            ImpactScore: "assessment__risk__owner_department",
            LecScore: "assessment__risk__owner_department",
            ResponsePlan: "risk__owner_department",
            PlanVersion: "plan__risk__owner_department",
            Approval: "version__plan__risk__owner_department",
            Action: "plan__risk__owner_department",
            ReassessmentTask: "risk__owner_department",
            ResourceLine: "version__plan__risk__owner_department",
            Spending: "plan__risk__owner_department",
            TransferLink: "version__plan__risk__owner_department",
        }
    )
    register_discussions()
    _risk_page()
    _navigation()
    wire_reassessments()
    wire_changes()


def _risk_page() -> None:
    register_way_in(
        WayIn(gettext_lazy("Import a file"), "assessments:import_create", can_import_register)
    )
    tabs = (
        (
            "assessments",
            gettext_lazy("Assessments"),
            20,
            "assessments:assessment_list",
            assessments_count,
        ),
        ("response", gettext_lazy("Response"), 30, "assessments:risk_response", plans_count),
    )
    for tab in tabs:
        register_tab(Tab(*tab))
    register_actions(actions_on)
    register_step_facts(step_facts_of)
    register_slot("standing", standing_picture)
    register_origin_finder(OriginKind.IMPORT, imports_behind)


def _navigation() -> None:
    cover(
        "registers:risk_list", "assessments:assessment_create", "assessments:assessment_list",
        "assessments:assessment_reject", "assessments:risk_", "assessments:plan_create",
    )  # fmt: skip
    add_entry(
        "register", "assessments:heat_map", gettext_lazy("Heat map"), order=20, allowed=sees_risks
    )
    add_entry(
        "register",
        "assessments:import_list",
        gettext_lazy("Imports"),
        order=80,
        allowed=can_read_imports,
    )
    add_entry(
        "respond", "assessments:plan_list", gettext_lazy("Plans"), order=10, allowed=sees_risks
    )
    # The bar of the phone is for what one does there; who only reads finds it under its area.
    for place, allowed in (("respond", can_read_approvals), ("phone", can_decide_any)):
        add_entry(
            place, "assessments:plan_waiting", gettext_lazy("Approvals"), order=20, allowed=allowed,
            icon="document-check", covers=("assessments:plan_decide",), count=plans_to_decide,
        )  # fmt: skip
    add_entry(
        "respond", "assessments:assessment_confirm", gettext_lazy("Assessments to confirm"), order=25,
        allowed=can_read_confirmations, count=assessments_to_confirm,
    )  # fmt: skip
    add_entry(
        SETTINGS, "assessments:scheme_list", gettext_lazy("Risk matrix"), order=20,
        allowed=can_read_schemes, covers=("assessments:scheme_",),
    )  # fmt: skip
    add_entry(
        "respond", "assessments:action_list", gettext_lazy("Actions"), order=30, allowed=sees_risks
    )


def _open_owed_cycle(payload: dict[str, Any]) -> None:
    open_cycle(Quarter.parse(payload["quarter"]))


def actions_of_department(department: Department) -> list[Blocker]:
    """Actions that are still to be done there or in its parts."""
    within = Department.objects.within(department).values("pk")
    count = Action.objects.pending().filter(department__in=within).count()
    words = ngettext(
        "%(count)d action is still to be done there.",
        "%(count)d actions are still to be done there.",
        count,
    )
    url = f"{reverse('assessments:action_list')}?view=all&department={department.code}"
    return [Blocker(words % {"count": count}, url)] if count else []


def imports_waiting_for(register: Register, _user: User) -> list[Blocker]:
    """By their files: whoever keeps the register sees them all in the list."""
    runs = ImportRun.objects.waiting().filter(kind=KIND, target=register.code)
    files = list(runs.order_by("pk").values_list("file__filename", flat=True))
    if not files:
        return []
    words = ngettext(
        "%(count)d import into it waits: %(files)s. Finish it or discard it.",
        "%(count)d imports into it wait: %(files)s. Finish them or discard them.",
        len(files),
    )
    said = words % {"count": len(files), "files": listed(files)}
    return [Blocker(said, reverse("assessments:import_list"))]


def closing_sentences(risk: Risk) -> list[str]:
    """A critical risk stays open; so does one with waiting decisions or open actions."""
    sentences = []
    if risk.level_word == "critical":
        sentences.append(
            _("Its level is Critical. Lower it and have the assessment confirmed first.")
        )
    if Assessment.objects.filter(risk=risk).waiting().exists():
        sentences.append(_("An assessment waits for confirmation. Confirm it or send it back."))
    sentences += [
        _("A reassessment is open: %(reason)s. Assess the risk or waive it.")
        % {"reason": task.get_reason_display()}
        for task in open_tasks_of(risk)
    ]
    for plan in ResponsePlan.objects.filter(risk=risk).live():
        pending = plan.actions.pending().count()
        if plan.state == PlanState.SUBMITTED:
            sentences.append(_("%(plan)s waits for a decision.") % {"plan": plan.code})
        elif pending:
            sentences.append(
                ngettext(
                    "%(plan)s has %(count)d open action. Finish it or withdraw the plan.",
                    "%(plan)s has %(count)d open actions. Finish them or withdraw the plan.",
                    pending,
                )
                % {"plan": plan.code, "count": pending}
            )
    return sentences
