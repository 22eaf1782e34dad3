from assessments.models.assessment import Assessment
from assessments.models.cycle import ReviewCycle
from assessments.models.matrix import (
    AppetiteRule,
    Band,
    ImpactAnchor,
    MatrixCell,
    MatrixLevel,
    MatrixScheme,
)
from assessments.models.plan import Action, Approval, PlanAuthor, PlanVersion, ResponsePlan
from assessments.models.reassessment import ReassessmentTask

__all__ = [
    "Action",
    "AppetiteRule",
    "Approval",
    "Assessment",
    "Band",
    "ImpactAnchor",
    "MatrixCell",
    "MatrixLevel",
    "MatrixScheme",
    "PlanAuthor",
    "PlanVersion",
    "ReassessmentTask",
    "ResponsePlan",
    "ReviewCycle",
]
