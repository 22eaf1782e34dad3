from registers.models.bulk import BulkEdit
from registers.models.control import Control, ControlCheck, RiskControl
from registers.models.library import LibraryControl, LibraryRisk
from registers.models.link import RiskLink
from registers.models.origin import RiskOrigin
from registers.models.process import NodeRisk, ProcessMap, ProcessNode
from registers.models.proposal import ProposalMessage, RiskProposal
from registers.models.register import Register
from registers.models.risk import Risk
from registers.models.taxonomy import RiskArea, RiskCategory, RiskSource, ServiceLine
from registers.models.transfers import ContractClause, InsurancePolicy, Supplier

__all__ = [
    "BulkEdit",
    "ContractClause",
    "Control",
    "ControlCheck",
    "InsurancePolicy",
    "LibraryControl",
    "LibraryRisk",
    "NodeRisk",
    "ProcessMap",
    "ProcessNode",
    "ProposalMessage",
    "Register",
    "Risk",
    "RiskArea",
    "RiskCategory",
    "RiskControl",
    "RiskLink",
    "RiskOrigin",
    "RiskProposal",
    "RiskSource",
    "ServiceLine",
    "Supplier",
]
