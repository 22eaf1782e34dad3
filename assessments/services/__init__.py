from assessments.scoring import Scores
from assessments.services.actions import (
    OwnAction,
    finish_action,
    reopen_action,
    start_action,
    verify_action,
)
from assessments.services.assessment_batches import Judged, Recorded, record_batch
from assessments.services.assessment_drafts import (
    discard_assessment_draft,
    save_assessment_draft,
)
from assessments.services.assessments import (
    Imported,
    PendingAssessment,
    record_assessment,
    record_assessments,
)
from assessments.services.change_risks import add_change_risk, remove_change_risk
from assessments.services.change_steps import (
    PutItLive,
    RisksNotJudged,
    cancel_change,
    implement_change,
    postpone_change,
    ready_change,
    review_change,
    take_on_change,
)
from assessments.services.changes import ChangeDraft, create_change, edit_change, submit_change
from assessments.services.confirmations import (
    CannotConfirm,
    confirm_assessment,
    confirm_assessments,
    confirming_objection,
    reject_assessment,
    reject_assessments,
    rejecting_objection,
)
from assessments.services.contingency import (
    ContingencyContent,
    ContingencyDraft,
    ContingencyIncomplete,
    StepText,
    TriggerText,
    create_contingency_plan,
    edit_contingency_plan,
    missing_in,
    put_in_force,
    retire_contingency_plan,
    share_card,
)
from assessments.services.contingency_library import (
    adopt_contingency_plans,
    adopted_contingency_plans,
)
from assessments.services.contingency_risks import link_contingency, unlink_contingency
from assessments.services.cycles import NotOver, close_cycle, open_cycle
from assessments.services.decisions import CannotDecide, decide_plan, own_plan_objection
from assessments.services.drill_days import latest_drill
from assessments.services.drill_findings import DrillFound, GapFound
from assessments.services.drill_gaps import OwnGap, finish_gap, reopen_gap, verify_gap
from assessments.services.drills import (
    NotInForce,
    ScheduledAlready,
    hold_drill,
    miss_drill,
    schedule_drill,
)
from assessments.services.plan_closing import NotReached, close_plan, missing_to_close
from assessments.services.plan_drafts import discard_plan_draft, save_plan_draft
from assessments.services.plans import (
    HasLivePlan,
    PlanIncomplete,
    create_plan,
    discard_version,
    save_plan,
    submit_plan,
    withdraw_plan,
)
from assessments.services.reassessments import Cause, open_reassessments
from assessments.services.spending import record_spending
from assessments.services.waivers import OwnRequest, waiting_for, waive_reassessment

__all__ = [
    "CannotConfirm",
    "CannotDecide",
    "Cause",
    "ChangeDraft",
    "ContingencyContent",
    "ContingencyDraft",
    "ContingencyIncomplete",
    "DrillFound",
    "GapFound",
    "HasLivePlan",
    "Imported",
    "Judged",
    "NotInForce",
    "NotOver",
    "NotReached",
    "OwnAction",
    "OwnGap",
    "OwnRequest",
    "PendingAssessment",
    "PlanIncomplete",
    "PutItLive",
    "Recorded",
    "RisksNotJudged",
    "ScheduledAlready",
    "Scores",
    "StepText",
    "TriggerText",
    "add_change_risk",
    "adopt_contingency_plans",
    "adopted_contingency_plans",
    "cancel_change",
    "close_cycle",
    "close_plan",
    "confirm_assessment",
    "confirm_assessments",
    "confirming_objection",
    "create_change",
    "create_contingency_plan",
    "create_plan",
    "decide_plan",
    "discard_assessment_draft",
    "discard_plan_draft",
    "discard_version",
    "edit_change",
    "edit_contingency_plan",
    "finish_action",
    "finish_gap",
    "hold_drill",
    "implement_change",
    "latest_drill",
    "link_contingency",
    "miss_drill",
    "missing_in",
    "missing_to_close",
    "open_cycle",
    "open_reassessments",
    "own_plan_objection",
    "postpone_change",
    "put_in_force",
    "ready_change",
    "record_assessment",
    "record_assessments",
    "record_batch",
    "record_spending",
    "reject_assessment",
    "reject_assessments",
    "rejecting_objection",
    "remove_change_risk",
    "reopen_action",
    "reopen_gap",
    "retire_contingency_plan",
    "review_change",
    "save_assessment_draft",
    "save_plan",
    "save_plan_draft",
    "schedule_drill",
    "share_card",
    "start_action",
    "submit_change",
    "submit_plan",
    "take_on_change",
    "unlink_contingency",
    "verify_action",
    "verify_gap",
    "waiting_for",
    "waive_reassessment",
    "withdraw_plan",
]
