"""A contingency plan, a drill and a gap as JSON: what is answered, and what may be sent."""

import re
from collections.abc import Sequence
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from assessments.api.plan_references import ContingencyField
from assessments.contingency.choices import (
    DrillEvery,
    DrillKind,
    DrillResult,
    DrillState,
    Feasibility,
    GapState,
    VersionState,
)
from assessments.models import ContingencyPlan, ContingencyVersion, Drill
from assessments.models.contingency import MOST_MINUTES
from assessments.models.drill import MOST_PEOPLE, MOST_TOOK
from assessments.services import (
    ContingencyContent,
    DrillFound,
    GapFound,
    StepText,
    TriggerText,
)
from registers.permissions import KEEPERS
from registers.querysets import departments_of, people_of
from riskhub.accounts.models import Department, User
from riskhub.entry.days import HAPPENED, PLANNED
from riskhub.web.api.fields import Body, Chosen, Day, Line, OneOf, Prose, one_of

MOST_ROWS = 100
_SEQ = re.compile(r"[1-9][0-9]{0,3}")

PLAN_FIELDS = ("name_zh", "name_en", "owner_department", "drill_months")


class ContingencyTriggerOut(serializers.Serializer[Any]):
    text_zh = serializers.CharField()
    text_en = serializers.CharField()


class ContingencyStepOut(ContingencyTriggerOut):
    minute = serializers.IntegerField()
    department = serializers.CharField(source="department.code", allow_null=True, default=None)
    who = serializers.CharField()
    phone = serializers.CharField()


class ContingencyVersionOut(serializers.Serializer[Any]):
    number = serializers.IntegerField()
    state = serializers.ChoiceField(VersionState.choices)
    in_force_from = serializers.DateField(allow_null=True)
    responsible = serializers.CharField(
        source="responsible.username", allow_null=True, default=None
    )
    responsible_department = serializers.CharField(
        source="responsible_department.code", allow_null=True, default=None
    )
    deputy = serializers.CharField(source="deputy.username", allow_null=True, default=None)
    deputy_department = serializers.CharField(
        source="deputy_department.code", allow_null=True, default=None
    )
    contacts = serializers.CharField()
    drill_kind = serializers.ChoiceField(DrillKind.choices)
    scenario_zh = serializers.CharField()
    scenario_en = serializers.CharField()
    target_zh = serializers.CharField()
    target_en = serializers.CharField()
    target_minutes = serializers.IntegerField(allow_null=True)
    triggers = ContingencyTriggerOut(many=True)
    steps = ContingencyStepOut(many=True)


class ContingencyOut(serializers.Serializer[Any]):
    """`feasibility` is derived from the drills, null where it is not in force; `drill_on` is the next one."""

    code = serializers.CharField()
    name_zh = serializers.CharField()
    name_en = serializers.CharField()
    owner_department = serializers.CharField(source="owner_department.code")
    state = serializers.ChoiceField(VersionState.choices)
    feasibility = serializers.ChoiceField(Feasibility.choices, allow_null=True)
    drill_months = serializers.IntegerField()
    drill_on = serializers.DateField(allow_null=True)
    library_code = serializers.CharField()
    row_version = serializers.IntegerField()


@extend_schema_field(ContingencyVersionOut(allow_null=True))
class OneVersion(serializers.Field[Any, Any, Any, Any]):
    """Null where there is none."""

    def to_representation(self, value: ContingencyVersion | None) -> Any:  # noqa: ANN401 - JSON
        return None if value is None else ContingencyVersionOut(value).data


class ContingencyWholeOut(ContingencyOut):
    in_force = OneVersion(read_only=True)
    draft = OneVersion(read_only=True)
    risks = serializers.ListField(child=serializers.CharField(), read_only=True)


class DrillTimingOut(serializers.Serializer[Any]):
    """Minutes; `took` is null where the step was not done."""

    seq = serializers.IntegerField()
    zh = serializers.CharField()
    en = serializers.CharField()
    target = serializers.IntegerField()
    took = serializers.IntegerField(allow_null=True)


class DrillGapOut(serializers.Serializer[Any]):
    number = serializers.IntegerField(source="pk")
    text = serializers.CharField()
    owner = serializers.CharField(source="owner.username")
    due_on = serializers.DateField()
    state = serializers.ChoiceField(GapState.choices)
    note = serializers.CharField()


class DrillOut(serializers.Serializer[Any]):
    number = serializers.IntegerField(source="pk")
    plan = serializers.CharField(source="plan.code")
    version = serializers.IntegerField(source="version.number", allow_null=True, default=None)
    kind = serializers.ChoiceField(DrillKind.choices)
    scheduled_on = serializers.DateField()
    state = serializers.ChoiceField(DrillState.choices)
    is_overdue = serializers.BooleanField()
    held_on = serializers.DateField(allow_null=True)
    attendance = serializers.IntegerField(allow_null=True)
    attendees = serializers.CharField()
    target_took = serializers.IntegerField(allow_null=True)
    timings = DrillTimingOut(many=True)
    result = serializers.ChoiceField(DrillResult.choices, allow_blank=True)
    note = serializers.CharField()
    missed_reason = serializers.CharField()
    next_due_on = serializers.DateField(allow_null=True)
    gaps = serializers.SerializerMethodField()
    row_version = serializers.IntegerField()

    @extend_schema_field(DrillGapOut(many=True))
    def get_gaps(self, drill: Drill) -> Any:  # noqa: ANN401 - JSON
        return DrillGapOut(drill.gaps.all(), many=True).data


def plans_out(plans: Sequence[ContingencyPlan]) -> list[dict[str, Any]]:
    return list(ContingencyOut(plans, many=True).data)


def drills_out(drills: Sequence[Drill]) -> list[dict[str, Any]]:
    return list(DrillOut(drills, many=True).data)


def _kept(user: User) -> Any:  # noqa: ANN401 - a queryset
    return departments_of(user, *KEEPERS)


def _any_department(_user: User) -> Any:  # noqa: ANN401 - a queryset
    return Department.objects.active()


class ContingencyTriggerIn(Body):
    text_zh = Line(max_length=300, required=False, allow_blank=True)
    text_en = Line(max_length=300, required=False, allow_blank=True)


class ContingencyStepIn(ContingencyTriggerIn):
    minute = serializers.IntegerField(min_value=0, max_value=MOST_MINUTES)
    department = Chosen(_any_department, required=False, allow_null=True)
    who = Line(max_length=100, required=False, allow_blank=True)
    phone = Line(max_length=40, required=False, allow_blank=True)


class ContingencyBody(Body):
    """The whole of what the plan says: what is left out is empty."""

    name_zh = Line(max_length=200)
    name_en = Line(max_length=200, required=False, allow_blank=True)
    owner_department = Chosen(_kept)
    drill_months = serializers.IntegerField(required=False, help_text="6 or 12")
    responsible = Chosen(people_of, by="username", required=False, allow_null=True)
    responsible_department = Chosen(_any_department, required=False, allow_null=True)
    deputy = Chosen(people_of, by="username", required=False, allow_null=True)
    deputy_department = Chosen(_any_department, required=False, allow_null=True)
    contacts = Prose(max_length=2000, required=False, allow_blank=True)
    drill_kind = OneOf(DrillKind.choices, required=False)
    scenario_zh = Prose(max_length=2000, required=False, allow_blank=True)
    scenario_en = Prose(max_length=2000, required=False, allow_blank=True)
    target_zh = Line(max_length=200, required=False, allow_blank=True)
    target_en = Line(max_length=200, required=False, allow_blank=True)
    target_minutes = serializers.IntegerField(
        min_value=0, max_value=MOST_MINUTES, required=False, allow_null=True
    )
    triggers = serializers.ListField(
        child=ContingencyTriggerIn(), required=False, max_length=MOST_ROWS
    )
    steps = serializers.ListField(child=ContingencyStepIn(), required=False, max_length=MOST_ROWS)

    def validate_drill_months(self, months: int) -> int:
        if months not in DrillEvery.values:
            raise serializers.ValidationError(one_of(DrillEvery.values), code="interval")
        return months

    @property
    def plan_fields(self) -> dict[str, Any]:
        data = self.validated_data
        return {name: data[name] for name in PLAN_FIELDS if name in data}

    @property
    def content(self) -> ContingencyContent:
        facts = {key: value for key, value in self.validated_data.items() if key not in PLAN_FIELDS}
        triggers = [TriggerText(**one) for one in facts.pop("triggers", [])]
        steps = [StepText(**one) for one in facts.pop("steps", [])]
        return ContingencyContent(**facts, triggers=triggers, steps=steps)


class DrillGapIn(Body):
    text = Line(max_length=300)
    owner = Chosen(people_of, by="username")
    due_on = Day(span=PLANNED)


class DrillHeld(Body):
    """`took` is {seq of a step: minutes}, null where it was not done; of the version in force on that day."""

    held_on = Day(span=HAPPENED)
    result = OneOf(DrillResult.choices)
    attendance = serializers.IntegerField(min_value=1, max_value=MOST_PEOPLE)
    attendees = Prose(max_length=2000, required=False, allow_blank=True)
    kind = OneOf(DrillKind.choices, required=False)
    target_took = serializers.IntegerField(
        min_value=0, max_value=MOST_TOOK, required=False, allow_null=True
    )
    took = serializers.DictField(
        child=serializers.IntegerField(min_value=0, max_value=MOST_TOOK, allow_null=True),
        required=False,
    )
    note = Prose(required=False, allow_blank=True)
    gaps = serializers.ListField(child=DrillGapIn(), required=False, max_length=MOST_ROWS)
    next_on = Day(span=PLANNED, required=False, allow_null=True)

    def validate_took(self, took: dict[str, int | None]) -> dict[str, int | None]:
        """By the numbers of the steps; whether the plan has them, the service knows."""
        sentence = self.error_messages["unknown"]
        if unknown := [seq for seq in took if not _SEQ.fullmatch(seq)]:
            raise serializers.ValidationError({seq: [sentence] for seq in unknown})
        return took

    @property
    def found(self) -> DrillFound:
        facts = dict(self.validated_data)
        gaps = [GapFound(**one) for one in facts.pop("gaps", [])]
        took = {int(seq): minutes for seq, minutes in facts.pop("took", {}).items()}
        return DrillFound(**facts, gaps=gaps, took=took)


class DrillScheduled(Body):
    plan = ContingencyField(help_text="Code of the contingency plan: CP-03")
    scheduled_on = Day(span=PLANNED)
    kind = OneOf(DrillKind.choices, required=False)


class DrillMissed(Body):
    reason = Prose(max_length=1000)
    next_on = Day(span=PLANNED)


class ContingencyLinkIn(Body):
    risk = Line(max_length=20)
