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
ENUM_NAMES = {
    "Language": "riskhub.settings.LANGUAGES",
    "ImportState": "riskhub.imports.models.ImportState",
    **{name: f"registers.choices.{name}" for name in _REGISTERS},
    **{name: f"assessments.choices.{name}" for name in _ASSESSMENTS},
    **{name: f"assessments.contingency.choices.{name}" for name in _CONTINGENCY},
}
