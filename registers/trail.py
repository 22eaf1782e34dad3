"""The words of the audit events of this package."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from registers.choices import ProposalKind
from registers.models import (
    BulkEdit,
    Control,
    ControlCheck,
    LibraryControl,
    LibraryRisk,
    NodeRisk,
    ProposalMessage,
    Risk,
    RiskArea,
    RiskCategory,
    RiskControl,
    RiskLink,
    RiskOrigin,
    RiskProposal,
    RiskSource,
    ServiceLine,
)
from registers.models.origin import said_in_words
from registers.models.transfers import TRANSFERS
from registers.timeline import TrailKind, register_trail_kind
from riskhub.company.models import Sequence
from riskhub.oversight.belonging import belong
from riskhub.oversight.details import spell_details
from riskhub.oversight.masking import withhold
from riskhub.oversight.row_names import name_rows
from riskhub.oversight.words import (
    call_rows,
    hide_fields,
    name_actions,
    name_fields,
    name_followers,
    name_kinds,
    spell_field,
)

ACTIONS = {
    "risk.handed_over": _("Risk handed over"),
    "control.handed_over": _("Control handed over"),
    "term.created": _("Entry of a list added"),
    "term.edited": _("Entry of a list changed"),
    "term.moved": _("Order of a list changed"),
    "term.deleted": _("Entry of a list deleted"),
    "register.created": _("Register made"),
    "register.edited": _("Register changed"),
    "register.archived": _("Register archived"),
    "register.reopened": _("Register opened again"),
    "risk.created": _("Put into the register"),
    "risk.edited": _("Edited"),
    "risk.edited_in_bulk": _("Edited with others"),
    "risk.bulk_edit_undone": _("Edit with others taken back"),
    "risk.closed": _("Closed"),
    "risk.reopened": _("Opened again"),
    "risk.assessed": _("Levels of the risk updated"),
    "risk.level_reread": _("Level read in another matrix"),
    "risk.plan_changed": _("Plan shown on the risk changed"),
    "risk.exported": _("Exported"),
    "library_risk.adopted": _("Risk adopted from the library"),
    "library_control.adopted": _("Control adopted from the library"),
    "control.created": _("Control added"),
    "control.edited": _("Control changed"),
    "control.activated": _("Control taken into use"),
    "control.retired": _("Control retired"),
    "control.checked": _("Control checked"),
    "risk_control.linked": _("Control linked to the risk"),
    "risk_control.edited": _("Effect of a control changed"),
    "risk_control.unlinked": _("Control taken off the risk"),
    "node_risk.pinned": _("Put at a step of the service"),
    "risk_link.created": _("Linked to another risk"),
    "risk_link.carried": _("Link carried over from a merged risk"),
    "risk_link.ended": _("Link to another risk removed"),
    "proposal.filed": _("Risk filed"),
    "proposal.accepted": _("Filing accepted"),
    "proposal.declined": _("Filing declined"),
    "proposal.merged": _("Filing added to a risk"),
    "proposal.asked": _("Question asked about a filing"),
    "proposal.undone": _("Decision on a filing undone"),
    "proposal.decided": _("Filer told"),
    "proposal.waited": _("Reminded of a filing that waits"),
    "risk.merged": _("Merged"),
    "risk.undone": _("Taken back"),
    "risk.redone": _("Put into the register again"),
    "proposal.answered": _("Filing answered"),
    "transfer.created": _("Policy, clause or supplier entered"),
    "transfer.edited": _("Policy, clause or supplier changed"),
    "transfer.ended": _("Policy, clause or supplier ended"),
    "transfer.reopened": _("Policy, clause or supplier in use again"),
}

KINDS = {
    LibraryControl: _("Library control"),
    BulkEdit: _("Bulk edit"),
    LibraryRisk: _("Library risk"),
    ProposalMessage: _("Question or answer"),
    RiskArea: _("Area"),
    RiskCategory: _("Category"),
    RiskSource: _("Source"),
    ServiceLine: _("Service line"),
}

FIELDS = {
    "author": _("Author"),
    "said_at": _("Said at"),
    "proposal": _("Filing"),
    "body": _("Text of the entry"),
    "decided_at": _("Decided at"),
    "decided_by": _("Decided by"),
    "control": _("Control"),
    "group": _("Group"),
    "is_undone": _("Taken back"),
    "help_en": _("Help in English"),
    "help_zh": _("Help in Chinese"),
    "library_code": _("Entry of the library"),
    "risk": _("Risk"),
    "submitter": _("Filed by"),
}

CONTROLS = frozenset({
    "control.created", "control.edited", "control.activated", "control.retired", "control.checked",
    "risk_control.linked", "risk_control.edited", "risk_control.unlinked",
})  # fmt: skip
COMMENTS = frozenset({"comment.added", "comment.withdrawn"})
FILES = frozenset({"attachment.added", "attachment.removed"})
LINKS = frozenset({"risk_link.created", "risk_link.carried", "risk_link.ended"})
ORIGINS = frozenset({
    "risk.created", "library_risk.adopted", "risk.seeded", "proposal.filed", "proposal.accepted",
    "proposal.declined", "proposal.merged", "proposal.asked", "proposal.undone", "risk.undone",
    "risk.redone",
})  # fmt: skip


def _exported(kept: Mapping[str, Any]) -> dict[str, str]:
    return {
        gettext("Risks"): str(kept.get("rows", "")),
        gettext("Form"): str(kept.get("format", "")),
    }


def name_trail() -> None:
    name_actions(ACTIONS)
    register_trail_kind(TrailKind("comments", _("Comments"), 10, COMMENTS))
    register_trail_kind(TrailKind("files", _("Attachments"), 60, FILES))
    register_trail_kind(
        TrailKind("controls", _("Controls"), 40, CONTROLS, "registers:risk_controls")
    )
    register_trail_kind(TrailKind("links", _("Links"), 50, LINKS))
    register_trail_kind(TrailKind("origins", _("Origin"), 90, ORIGINS))
    name_fields(FIELDS)
    name_kinds(KINDS)
    name_rows(Sequence, {"risk": _("Risks"), "control": _("Controls")})
    name_followers("risk.assessed", "risk.plan_changed")
    spell_details("risk.exported", _exported)
    belong(
        {
            RiskControl: ("risk", "control"), RiskLink: ("from_risk", "to_risk"), RiskOrigin: ("risk",),
            NodeRisk: ("risk",),
            RiskProposal: ("risk",), ProposalMessage: ("proposal", "proposal__risk"),
            ControlCheck: ("control", "control__risk_controls__risk"),
            Risk.sources.through: ("risk",), Risk.service_lines.through: ("risk",),
        }
    )  # fmt: skip
    spell_field(RiskOrigin, "details", said_in_words)
    hide_fields(RiskOrigin, "ref_id", "at")
    hide_fields(BulkEdit, "before", "changes")
    hide_fields(Control, "number", "client_uuid", "created_by", "created_at", "lang")
    hide_fields(ControlCheck, "client_uuid", "recorded_at")
    hide_fields(RiskLink, "made_at")
    for model in TRANSFERS.values():
        hide_fields(model, "client_uuid", "renewals")
    hide_fields(RiskProposal, "client_uuid", "client_digest", "lang", "similar")
    withhold(RiskProposal, "client_uuid")  # kept by events of former editions
    spell_field(RiskProposal, "kinds", kinds_in_words)
    call_rows(
        {
            RiskOrigin: (), RiskProposal: (), ProposalMessage: (),
            RiskControl: ("control",), ControlCheck: ("control",),
            RiskLink: ("from_risk", "to_risk"), NodeRisk: ("risk",),
        }
    )  # fmt: skip
    hide_fields(
        Risk, "number", "client_uuid", "client_digest", "standing_scheme", "accepted_at", "lang"
    )


def kinds_in_words(kinds: list[str]) -> dict[str, str]:
    words = dict(ProposalKind.choices)
    return {str(_("What is it?")): ", ".join(str(words.get(kind, kind)) for kind in kinds)}
