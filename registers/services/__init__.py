from registers.services.bulk import (
    NotAsShown,
    TouchedSince,
    UndoneAlready,
    edit_risks,
    undo_bulk_edit,
)
from registers.services.checks import (
    CheckedAlready,
    CheckFound,
    NotChecked,
    last_check_of,
    record_check,
)
from registers.services.control_library import adopt_control_for, adopt_controls
from registers.services.controls import (
    ControlDraft,
    Retired,
    activate_control,
    create_control,
    edit_control,
    retire_control,
)
from registers.services.drafts import Origin, RiskDraft, usual_importance
from registers.services.filings import NotTheFiler, answer_proposal, file_proposal
from registers.services.library import adopt_risks
from registers.services.merging import merge_risk
from registers.services.registers import (
    RegisterInUse,
    archive_register,
    create_register,
    edit_register,
    reopen_register,
    require_taking,
    words_of_archived,
)
from registers.services.risk_controls import edit_risk_control, link_control, unlink_control
from registers.services.risk_links import link_risks, unlink_risks
from registers.services.risks import (
    CannotClose,
    close_risk,
    create_risk,
    create_risks,
    edit_risk,
    reopen_risk,
)
from registers.services.standing import set_plan_standing, set_standing
from registers.services.taking_back import undo_decision
from registers.services.taxonomy import (
    TermInUse,
    create_term,
    delete_term,
    edit_term,
    move_term,
)
from registers.services.transfers import (
    TransferDraft,
    create_transfer,
    edit_transfer,
    end_transfer,
    reopen_transfer,
)
from registers.services.triage import (
    accept_proposal,
    ask_filer,
    decline_proposal,
    merge_proposal,
)
from registers.services.undoing import redo_risks, undo_risks

__all__ = [
    "CannotClose",
    "CheckFound",
    "CheckedAlready",
    "ControlDraft",
    "NotAsShown",
    "NotChecked",
    "NotTheFiler",
    "Origin",
    "RegisterInUse",
    "Retired",
    "RiskDraft",
    "TermInUse",
    "TouchedSince",
    "TransferDraft",
    "UndoneAlready",
    "accept_proposal",
    "activate_control",
    "adopt_control_for",
    "adopt_controls",
    "adopt_risks",
    "answer_proposal",
    "archive_register",
    "ask_filer",
    "close_risk",
    "create_control",
    "create_register",
    "create_risk",
    "create_risks",
    "create_term",
    "create_transfer",
    "decline_proposal",
    "delete_term",
    "edit_control",
    "edit_register",
    "edit_risk",
    "edit_risk_control",
    "edit_risks",
    "edit_term",
    "edit_transfer",
    "end_transfer",
    "file_proposal",
    "last_check_of",
    "link_control",
    "link_risks",
    "merge_proposal",
    "merge_risk",
    "move_term",
    "record_check",
    "redo_risks",
    "reopen_register",
    "reopen_risk",
    "reopen_transfer",
    "require_taking",
    "retire_control",
    "set_plan_standing",
    "set_standing",
    "undo_bulk_edit",
    "undo_decision",
    "undo_risks",
    "unlink_control",
    "unlink_risks",
    "usual_importance",
    "words_of_archived",
]
