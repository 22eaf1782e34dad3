"""What this package hands to the registries of the packages below it, and to its own."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from registers.archiving import register_archive_blocker
from registers.blockers import open_in_department, open_in_register
from registers.cards import COUNTED, register_cards
from registers.control_wiring import wire_controls
from registers.discussing import ABOUT_RISKS
from registers.filters import SHOWN, RiskFilter
from registers.hits import register_hits
from registers.leaving import controls_held_by, risks_held_by
from registers.listing.page import PAGE
from registers.models import (
    Control,
    ControlCheck,
    NodeRisk,
    ProposalMessage,
    Register,
    Risk,
    RiskControl,
    RiskOrigin,
    RiskProposal,
)
from registers.my_work import register_my_work
from registers.news import (
    news_of_checks,
    news_of_filings,
    news_of_levels,
    news_of_register,
    news_of_strategies,
)
from registers.origins import wire_origins
from registers.permissions import (
    can_attach_to_risk,
    can_close_risk,
    can_create_risk,
    can_edit_risk,
    can_file_proposal,
    can_print_poster,
    can_read_taxonomy,
    can_read_triage,
    can_reopen_risk,
    can_triage,
    sees_risks,
)
from registers.services.handing_over import hand_over_controls, hand_over_risks
from registers.services.triage_notices import REMIND, TELL, derive_reminders
from registers.supervision import check_columns, filing_columns, risk_columns
from registers.tabs import Action, Tab, WayIn, register_actions, register_tab, register_way_in
from registers.trail import name_trail
from registers.transfer_hits import register_transfer_hits
from registers.triage_work import remind_owed, tell_owed
from riskhub.accounts.closing import register_department_blocker
from riskhub.accounts.leaving import Keeper, register_keeper
from riskhub.accounts.models import User
from riskhub.files.owners import Owner, register_owner
from riskhub.oversight.feed import register_feed
from riskhub.oversight.scope import name_departments
from riskhub.oversight.supervision import register_columns
from riskhub.search.pages import offer_views
from riskhub.web.navigation import SETTINGS, add_entry
from riskhub.work.registry import register_deriver, register_kind


def wire() -> None:
    _navigation()
    _owners()
    register_cards()
    register_my_work()
    _feeds()
    register_tab(Tab("overview", _("Overview"), 10, "registers:risk_detail"))
    register_tab(Tab("history", _("History"), 90, "registers:risk_history"))
    register_actions(own_actions)
    wire_controls()
    register_way_in(WayIn(_("Adopt from the library"), "registers:library_list", can_create_risk))
    offer_views(PAGE, *SHOWN, filters=RiskFilter.base_filters)
    name_trail()
    wire_origins()
    register_kind(TELL, tell_owed, _("Answer to a filing"))
    register_kind(REMIND, remind_owed, _("Reminder of a filing that waits"))
    register_deriver(derive_reminders)
    register_hits()
    register_transfer_hits()
    _people()
    name_departments(
        {
            Register: "department",
            Risk: "owner_department",
            Risk.sources.through: "risk__owner_department",
            Risk.service_lines.through: "risk__owner_department",
            RiskOrigin: "risk__owner_department",
            RiskControl: "risk__owner_department",
            Control: "owner_department",
            ControlCheck: "control__owner_department",
            NodeRisk: "risk__owner_department",
            RiskProposal: "department",
            ProposalMessage: "proposal__department",
        }
    )


def _feeds() -> None:
    register_feed("filings", _("Filings"), news_of_filings)
    register_feed("register", _("In and out"), news_of_register)
    register_feed("levels", _("Levels"), news_of_levels)
    register_feed("strategies", _("Strategies"), news_of_strategies)
    register_feed("checks", _("Failed controls"), news_of_checks)
    register_columns(10, risk_columns)
    register_columns(30, check_columns)
    register_columns(50, filing_columns)


def own_actions(user: User, risk: Risk) -> list[Action]:
    found = []
    if can_edit_risk(user, risk):
        url = reverse("registers:risk_edit", args=[risk.code])
        found.append(Action(_("Edit"), url, icon="pencil-square", key="e"))
    if can_close_risk(user, risk):
        url = reverse("registers:risk_close", args=[risk.code])
        found.append(Action(_("Close the risk"), url, is_rare=True))
        url = reverse("registers:risk_merge", args=[risk.code])
        found.append(Action(_("Merge into another risk"), url, is_rare=True))
    if can_reopen_risk(user, risk):
        url = reverse("registers:risk_reopen", args=[risk.code])
        found.append(Action(_("Open again"), url))
    return found


def _owners() -> None:
    """What files may belong to. Those of a filing come with it and with an answer, and stay."""
    register_owner(
        Owner(
            RiskProposal, visible=RiskProposal.objects.visible_to, may_change=_never,
            page=lambda filing: reverse("registers:proposal_decide", args=[filing.pk]),
            department="department",
        )
    )  # fmt: skip
    register_owner(
        Owner(
            Risk, visible=Risk.objects.visible_to, may_change=can_attach_to_risk,
            page=Risk.get_absolute_url, department="owner_department", discussion=ABOUT_RISKS,
        )
    )  # fmt: skip


def _never(_user: User, _row: object) -> bool:
    return False


def _people() -> None:
    """What stands in the way of closing a department or a register, and what somebody leaves behind."""
    register_department_blocker(open_in_department)
    register_archive_blocker(open_in_register)
    register_keeper(Keeper("risk", risks_held_by, hand_over_risks))
    register_keeper(Keeper("control", controls_held_by, hand_over_controls))


def _navigation() -> None:
    add_entry(SETTINGS, "registers:term_list", _("Lists"), order=30, allowed=can_read_taxonomy)
    add_entry("register", "registers:risk_list", _("Risk list"), order=10, allowed=sees_risks)
    add_entry("register", "registers:register_list", _("Registers"), order=30, allowed=sees_risks)
    add_entry(
        "register", "registers:transfer_list", _("Policies and clauses"), order=40,
        allowed=sees_risks, covers=("registers:transfer_",),
    )  # fmt: skip
    add_entry(
        "identify", "registers:proposal_list", _("Triage inbox"), order=10, allowed=can_read_triage,
        covers=("registers:proposal_decide",), count=waiting_for,
    )  # fmt: skip
    add_entry(
        "identify", "registers:proposal_create", _("File a risk"), order=20,
        allowed=can_file_proposal,
    )  # fmt: skip
    add_entry(
        "identify", "registers:proposal_mine", _("My filings"), order=30, allowed=can_file_proposal
    )
    add_entry("identify", "registers:area_coverage", _("Coverage"), order=70, allowed=sees_risks)
    add_entry(
        "identify", "registers:poster_list", _("Posters with a code"), order=40,
        allowed=can_print_poster,
    )  # fmt: skip
    add_entry("identify", "registers:library_list", _("Library"), order=80, allowed=sees_risks)
    add_entry(
        "phone", "registers:proposal_create", pgettext_lazy("phone bar", "File"), order=20, icon="plus",
        allowed=can_file_proposal,
    )  # fmt: skip
    add_entry(
        "phone", "registers:risk_list", _("Risks"), order=30, icon="list-bullet", allowed=sees_risks
    )


def waiting_for(user: User) -> int:
    """Filings that wait for this risk manager; who only reads them has nothing to do."""
    if not can_triage(user):
        return 0
    counted: int | None = vars(user).pop(COUNTED, None)
    return RiskProposal.objects.visible_to(user).waiting().count() if counted is None else counted
