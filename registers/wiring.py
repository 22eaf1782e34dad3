"""What this package hands to the registries of the packages below it, and to its own."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from registers.cards import register_cards
from registers.models import (
    LibraryRisk,
    Risk,
    RiskArea,
    RiskCategory,
    RiskOrigin,
    RiskProposal,
    RiskSource,
    ServiceLine,
)
from registers.models.origin import said_in_words
from registers.permissions import (
    can_close_risk,
    can_create_risk,
    can_edit_risk,
    can_file_proposal,
    can_reopen_risk,
    can_triage,
    sees_risks,
)
from registers.tabs import Action, Tab, WayIn, register_actions, register_tab, register_way_in
from riskhub.accounts.models import User
from riskhub.oversight.words import hide_fields, name_actions, name_kinds, spell_field
from riskhub.web.navigation import add_entry

ACTIONS = {
    "register.created": _("Register made"),
    "risk.created": _("Put into the register"),
    "risk.edited": _("Edited"),
    "risk.closed": _("Closed"),
    "risk.reopened": _("Opened again"),
    "risk.assessed": _("Assessment taken over"),
    "risk.plan_changed": _("Plan taken over"),
    "risk.exported": _("Exported"),
    "library_risk.adopted": _("Adopted from the library"),
    "proposal.filed": _("Filed"),
    "proposal.accepted": _("Filing accepted"),
    "proposal.declined": _("Filing declined"),
}

KINDS = {
    LibraryRisk: _("Library risk"),
    RiskArea: _("Area"),
    RiskCategory: _("Category"),
    RiskSource: _("Source"),
    ServiceLine: _("Service line"),
}


def wire() -> None:
    _navigation()
    register_cards()
    register_tab(Tab("overview", _("Overview"), 10, "registers:risk_detail"))
    register_tab(Tab("history", _("History"), 90, "registers:risk_history"))
    register_actions(own_actions)
    register_way_in(WayIn(_("Adopt from the library"), "registers:library_list", can_create_risk))
    name_actions(ACTIONS)
    name_kinds(KINDS)
    spell_field(RiskOrigin, "details", said_in_words)
    hide_fields(RiskOrigin, "ref_id", "at")
    hide_fields(Risk, "number", "standing_scheme", "accepted_at", "lang")


def own_actions(user: User, risk: Risk) -> list[Action]:
    found = []
    if can_edit_risk(user, risk):
        url = reverse("registers:risk_edit", args=[risk.code])
        found.append(Action(_("Edit"), url, icon="pencil-square"))
    if can_close_risk(user, risk):
        url = reverse("registers:risk_close", args=[risk.code])
        found.append(Action(_("Close the risk"), url, is_rare=True))
    if can_reopen_risk(user, risk):
        url = reverse("registers:risk_reopen", args=[risk.code])
        found.append(Action(_("Open again"), url))
    return found


def _navigation() -> None:
    add_entry("register", "registers:risk_list", _("Risk list"), order=10, allowed=sees_risks)
    add_entry("register", "registers:register_list", _("Registers"), order=30, allowed=sees_risks)
    add_entry(
        "identify", "registers:proposal_list", _("Triage inbox"), order=10, allowed=can_triage,
        covers=("registers:proposal_decide",), count=waiting_for,
    )  # fmt: skip
    add_entry(
        "identify", "registers:proposal_create", _("File a risk"), order=20,
        allowed=can_file_proposal,
    )  # fmt: skip
    add_entry(
        "identify", "registers:proposal_mine", _("My filings"), order=30, allowed=can_file_proposal
    )
    add_entry("identify", "registers:library_list", _("Library"), order=80, allowed=sees_risks)
    add_entry(
        "phone", "registers:proposal_create", pgettext_lazy("phone bar", "File"), order=20, icon="plus",
        allowed=can_file_proposal,
    )  # fmt: skip
    add_entry(
        "phone", "registers:risk_list", _("Risks"), order=30, icon="list-bullet", allowed=sees_risks
    )


def waiting_for(user: User) -> int:
    """Filings that wait for this risk manager."""
    return RiskProposal.objects.visible_to(user).waiting().count()
