"""What sets of choices are called in the description of the API, where their fields are called alike."""

_REGISTERS = (
    "ControlState",
    "Effectiveness",
    "PlanState",
    "ProposalKind",
    "ProposalState",
    "RegisterState",
    "RiskState",
    "Strategy",
)
_ASSESSMENTS = (
    "ActionState",
    "AssessmentState",
    "ChangeKind",
    "ChangeState",
    "ResourceKind",
    "SchemeState",
    "ScoreKind",
)
_CONTINGENCY = ("DrillKind", "DrillResult", "DrillState", "GapState", "VersionState")
_COMPLAINTS = ("ComplaintState", "OfferKind")
_INCIDENTS = ("IncidentState", "LossKind", "LossState")
ENUM_NAMES = {
    "Language": "riskhub.settings.LANGUAGES",
    "ImportState": "riskhub.imports.models.ImportState",
    **{name: f"registers.choices.{name}" for name in _REGISTERS},
    **{name: f"assessments.choices.{name}" for name in _ASSESSMENTS},
    "ComplaintEnding": "incidents.api.complaint_bodies.ENDINGS",
    **{name: f"incidents.choices.{name}" for name in _COMPLAINTS},
    **{name: f"incidents.incidents.choices.{name}" for name in _INCIDENTS},
    **{name: f"assessments.contingency.choices.{name}" for name in _CONTINGENCY},
}
