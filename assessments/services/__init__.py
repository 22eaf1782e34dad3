from assessments.services.actions import finish_action
from assessments.services.assessments import (
    Imported,
    PendingAssessment,
    Scores,
    record_assessment,
    record_assessments,
)
from assessments.services.confirmations import (
    CannotConfirm,
    confirm_assessment,
    confirm_assessments,
    confirming_objection,
    reject_assessment,
    reject_assessments,
    rejecting_objection,
)
from assessments.services.cycles import NotOver, close_cycle, open_cycle
from assessments.services.decisions import CannotDecide, decide_plan, own_plan_objection
from assessments.services.plans import (
    HasLivePlan,
    PlanIncomplete,
    create_plan,
    save_plan,
    submit_plan,
    withdraw_plan,
)
from assessments.services.reassessments import Cause, open_reassessments, waive_reassessment

__all__ = [
    "CannotConfirm",
    "CannotDecide",
    "Cause",
    "HasLivePlan",
    "Imported",
    "NotOver",
    "PendingAssessment",
    "PlanIncomplete",
    "Scores",
    "close_cycle",
    "confirm_assessment",
    "confirm_assessments",
    "confirming_objection",
    "create_plan",
    "decide_plan",
    "finish_action",
    "open_cycle",
    "open_reassessments",
    "own_plan_objection",
    "record_assessment",
    "record_assessments",
    "reject_assessment",
    "reject_assessments",
    "rejecting_objection",
    "save_plan",
    "submit_plan",
    "waive_reassessment",
    "withdraw_plan",
]
