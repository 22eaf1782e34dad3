from registers.services.filings import file_proposal
from registers.services.library import adopt_risks
from registers.services.proposals import accept_proposal, decline_proposal
from registers.services.registers import create_register
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
    "Origin",
    "RiskDraft",
    "accept_proposal",
    "adopt_risks",
    "close_risk",
    "create_register",
    "create_risk",
    "create_risks",
    "decline_proposal",
    "edit_risk",
    "file_proposal",
    "reopen_risk",
    "set_plan_standing",
    "set_standing",
]
