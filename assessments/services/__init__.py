from assessments.services.actions import finish_action
from assessments.services.assessments import (
    CannotConfirm,
    PendingAssessment,
    Scores,
    confirm_assessment,
    record_assessment,
    record_assessments,
    reject_assessment,
)
from assessments.services.cycles import open_cycle
from assessments.services.decisions import CannotDecide, decide_plan
from assessments.services.plans import (
    PlanIncomplete,
    create_plan,
    save_plan,
    submit_plan,
    withdraw_plan,
)

__all__ = [
    "CannotConfirm",
    "CannotDecide",
    "PendingAssessment",
    "PlanIncomplete",
    "Scores",
    "confirm_assessment",
    "create_plan",
    "decide_plan",
    "finish_action",
    "open_cycle",
    "record_assessment",
    "record_assessments",
    "reject_assessment",
    "save_plan",
    "submit_plan",
    "withdraw_plan",
]
