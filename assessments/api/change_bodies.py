"""A process change as JSON. Steps of the service are named as `PM-01/intake`."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from assessments.api.assessment_bodies import visible_risks
from assessments.changes.affected import affected_by
from assessments.changes.permissions import FILERS
from assessments.choices import ChangeKind, ChangeOrigin, ChangeOutcome, ChangeState
from assessments.models import ProcessChange
from registers.models import Control, ProcessNode, Risk, Supplier
from registers.querysets import departments_of
from riskhub.accounts.models import User
from riskhub.entry.days import HAPPENED, PLANNED
from riskhub.web.api.fields import Body, Chosen, Codes, Day, Line, OneOf, Prose, is_word

MOST_NAMED = 200
"""Steps, controls or suppliers of one change: each is looked up."""


def own_departments(user: User) -> QuerySet[Any]:
    return departments_of(user, *FILERS)


def visible_controls(user: User) -> QuerySet[Any]:
    return Control.objects.visible_to(user).not_retired()


def visible_suppliers(user: User) -> QuerySet[Any]:
    return Supplier.objects.visible_to(user).active()


@extend_schema_field(OpenApiTypes.STR)
class NodePlace(serializers.Field[ProcessNode, str, str, Any]):
    """One step of the service by its map and key."""

    default_error_messages = {"missing": _("“%(value)s” does not exist.")}

    def to_internal_value(self, data: Any) -> ProcessNode:  # noqa: ANN401 - JSON
        node = None
        if is_word(data):
            process, _slash, key = data.partition("/")
            node = ProcessNode.objects.filter(map__code=process, key=key).first()
        if node is None:
            words = self.error_messages["missing"] % {"value": str(data)[:100]}
            raise serializers.ValidationError(words, code="missing")
        return node

    def to_representation(self, value: ProcessNode) -> str:
        return f"{value.map.code}/{value.key}"


class Places(serializers.ListField):
    """Steps of the service, read from what was prefetched."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - field options
        super().__init__(child=serializers.CharField(), read_only=True, **kwargs)

    def to_representation(self, data: Any) -> list[str]:  # noqa: ANN401 - a related manager
        return [f"{node.map.code}/{node.key}" for node in data.all()]


class ChangeRiskOut(serializers.Serializer[Any]):
    risk = serializers.CharField(source="risk.code")
    found_by = serializers.ChoiceField(ChangeOrigin.choices, source="origin")
    task = serializers.IntegerField(allow_null=True)
    is_open = serializers.BooleanField(help_text="Still to be judged again for this change")
    waived_reason = serializers.CharField(help_text="Why not, where it was waived for this change")


class ProcessChangeOut(serializers.Serializer[Any]):
    code = serializers.CharField()
    title = serializers.CharField()
    title_alt = serializers.CharField()
    lang = serializers.CharField()
    kind = serializers.ChoiceField(ChangeKind.choices)
    description = serializers.CharField()
    rollback = serializers.CharField()
    department = serializers.CharField(source="department.code")
    nodes = Places()
    controls = serializers.ListField(
        child=serializers.CharField(), source="seen_controls", help_text="Those that the user sees"
    )
    suppliers = Codes()
    requested_by = serializers.CharField(source="requested_by.username")
    planned_on = serializers.DateField()
    first_planned_on = serializers.DateField(
        allow_null=True, help_text="Where it was postponed: the day before"
    )
    effective_on = serializers.DateField(allow_null=True)
    early_reason = serializers.CharField()
    implemented_by = serializers.CharField(
        source="implemented_by.username", allow_null=True, default=None
    )
    reviewed_by = serializers.CharField(
        source="reviewed_by.username", allow_null=True, default=None
    )
    state = serializers.ChoiceField(ChangeState.choices)
    none_affected = serializers.CharField()
    submitted_at = serializers.DateTimeField(allow_null=True)
    outcome = serializers.CharField()
    review = serializers.CharField()
    cancelled_reason = serializers.CharField()
    risks = ChangeRiskOut(many=True, source="seen_risks", help_text="Those that the user sees")
    other_risks = serializers.IntegerField(help_text="Risks of departments that one does not see")
    to_do = serializers.IntegerField(help_text="How many are still to be judged again")


class ProcessChangeRow(serializers.Serializer[Any]):
    code = serializers.CharField()
    title = serializers.CharField()
    kind = serializers.ChoiceField(ChangeKind.choices)
    department = serializers.CharField(source="department.code")
    requested_by = serializers.CharField(source="requested_by.username")
    planned_on = serializers.DateField()
    effective_on = serializers.DateField(allow_null=True)
    state = serializers.ChoiceField(ChangeState.choices)
    risks = serializers.IntegerField(source="asked", help_text="On its list; of a draft by hand")
    to_do = serializers.IntegerField(help_text="How many are still to be judged again")


def change_rows(changes: Sequence[ProcessChange]) -> list[dict[str, Any]]:
    return list(ProcessChangeRow(changes, many=True).data)


def change_out(change: ProcessChange, user: User) -> dict[str, Any]:
    """With the risks that this user sees; of the others a number."""
    found = affected_by(change)
    asked = {row.risk_id: row for row in change.risks.asked().select_related("task")}
    seen = Risk.objects.visible_to(user).filter(pk__in=found).order_by("number")
    rows = [
        {
            "risk": risk,
            "origin": found[risk.pk],
            "task": row.task_id if (row := asked.get(risk.pk)) else None,
            "is_open": bool(row and row.is_to_do),
            "waived_reason": row.waived_reason if row else "",
        }
        for risk in seen
    ]
    controls = visible_controls_of(change, user)
    facts: dict[str, Any] = {
        "seen_risks": rows,
        "seen_controls": controls,
        "other_risks": len(found) - len(rows),
        "to_do": sum(row.is_to_do for row in asked.values()),
    }
    for name, value in facts.items():
        setattr(change, name, value)
    return dict(ProcessChangeOut(change).data)


def visible_controls_of(change: ProcessChange, user: User) -> list[str]:
    controls = Control.objects.visible_to(user).filter(changes=change)
    return list(controls.order_by("number").values_list("code", flat=True))


class ChangeCreate(Body):
    title = Line(max_length=200)
    title_alt = Line(max_length=200, required=False, allow_blank=True)
    lang = OneOf([("zh-hans", "zh-hans"), ("en", "en")], default="zh-hans")
    kind = OneOf(ChangeKind.choices)
    description = Prose()
    rollback = Prose(required=False, allow_blank=True)
    department = Chosen(own_departments)
    planned_on = Day(span=PLANNED)
    nodes = serializers.ListField(child=NodePlace(), required=False, max_length=MOST_NAMED)
    controls = serializers.ListField(
        child=Chosen(visible_controls), required=False, max_length=MOST_NAMED
    )
    suppliers = serializers.ListField(
        child=Chosen(visible_suppliers), required=False, max_length=MOST_NAMED
    )


class ChangeQuery(serializers.Serializer[Any]):
    state = OneOf(ChangeState.choices, required=False)
    kind = OneOf(ChangeKind.choices, required=False)


class RiskIn(Body):
    risk = Chosen(visible_risks)


class RiskOff(RiskIn):
    reason = Prose()


class SubmitIn(Body):
    none_affected = Prose(
        required=False, allow_blank=True, help_text="Needed where it touches no risk"
    )


class ImplementIn(Body):
    effective_on = Day(span=HAPPENED)
    early_reason = Prose(
        required=False, allow_blank=True, help_text="Needed before the planned day"
    )


class PostponeIn(Body):
    planned_on = Day(span=PLANNED)
    reason = Prose()


class ReviewIn(Body):
    outcome = OneOf(ChangeOutcome.choices)
    review = Prose()
