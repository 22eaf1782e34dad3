from registers.services.checks import CheckedAlready, CheckFound, NotChecked, record_check
from registers.services.control_library import adopt_controls
from registers.services.controls import (
    ControlDraft,
    Retired,
    activate_control,
    create_control,
    edit_control,
    retire_control,
)
from registers.services.filings import file_proposal
from registers.services.library import adopt_risks
from registers.services.proposals import accept_proposal, decline_proposal
from registers.services.registers import create_register
from registers.services.risk_controls import edit_risk_control, link_control, unlink_control
from registers.services.risks import (
    CannotClose,
    Origin,
    RiskDraft,
    close_risk,
    create_risk,
    create_risks,
    edit_risk,
    reopen_risk,
)
from registers.services.standing import set_plan_standing, set_standing

__all__ = [
    "CannotClose",
    "CheckFound",
    "CheckedAlready",
    "ControlDraft",
    "NotChecked",
    "Origin",
    "Retired",
    "RiskDraft",
    "accept_proposal",
    "activate_control",
    "adopt_controls",
    "adopt_risks",
    "close_risk",
    "create_control",
    "create_register",
    "create_risk",
    "create_risks",
    "decline_proposal",
    "edit_control",
    "edit_risk",
    "edit_risk_control",
    "file_proposal",
    "link_control",
    "record_check",
    "reopen_risk",
    "retire_control",
    "set_plan_standing",
    "set_standing",
    "unlink_control",
]
