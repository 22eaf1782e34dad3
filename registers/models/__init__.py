from registers.models.library import LibraryRisk
from registers.models.origin import RiskOrigin
from registers.models.proposal import ProposalMessage, RiskProposal
from registers.models.register import Register
from registers.models.risk import Risk
from registers.models.taxonomy import RiskArea, RiskCategory, RiskSource, ServiceLine

__all__ = [
    "LibraryRisk",
    "ProposalMessage",
    "Register",
    "Risk",
    "RiskArea",
    "RiskCategory",
    "RiskOrigin",
    "RiskProposal",
    "RiskSource",
    "ServiceLine",
]
