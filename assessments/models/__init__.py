from assessments.models.action import Action
from assessments.models.assessment import Assessment
from assessments.models.basis import AssessmentControl, ImpactScore, LecScore
from assessments.models.contingency import (
    ContingencyPlan,
    ContingencyRisk,
    ContingencyStep,
    ContingencyTrigger,
    ContingencyVersion,
)
from assessments.models.contingency_library import LibraryContingencyPlan
from assessments.models.cycle import ReviewCycle
from assessments.models.draft import AssessmentDraft, PlanDraft
from assessments.models.drill import Drill, DrillGap
from assessments.models.matrix import (
    AppetiteRule,
    Band,
    ImpactAnchor,
    MatrixCell,
    MatrixLevel,
    MatrixScheme,
    SchemeAuthor,
    SchemeDecision,
)
from assessments.models.plan import (
    Approval,
    PlanAuthor,
    PlanVersion,
    ResponsePlan,
)
from assessments.models.process_change import ChangeRisk, ProcessChange
from assessments.models.reassessment import ReassessmentTask
from assessments.models.resource import ResourceLine, Spending
from assessments.models.transfer_link import TransferLink

__all__ = [
    "Action",
    "AppetiteRule",
    "Approval",
    "Assessment",
    "AssessmentControl",
    "AssessmentDraft",
    "Band",
    "ChangeRisk",
    "ContingencyPlan",
    "ContingencyRisk",
    "ContingencyStep",
    "ContingencyTrigger",
    "ContingencyVersion",
    "Drill",
    "DrillGap",
    "ImpactAnchor",
    "ImpactScore",
    "LecScore",
    "LibraryContingencyPlan",
    "MatrixCell",
    "MatrixLevel",
    "MatrixScheme",
    "PlanAuthor",
    "PlanDraft",
    "PlanVersion",
    "ProcessChange",
    "ReassessmentTask",
    "ResourceLine",
    "ResponsePlan",
    "ReviewCycle",
    "SchemeAuthor",
    "SchemeDecision",
    "Spending",
    "TransferLink",
]
