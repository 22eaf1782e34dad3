"""A control, its checks and its links as JSON: what is answered, and what may be sent."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from registers.choices import ActsOn, ControlState, ControlType, Effectiveness
from registers.models import Control, ControlCheck
from registers.models.control import MOST_DAYS, MOST_SAMPLED, STRONGEST
from registers.permissions import KEEPERS
from registers.querysets import departments_of, people_of
from riskhub.accounts.models import User
from riskhub.entry.days import HAPPENED, PLANNED
from riskhub.web.api.fields import Body, Chosen, Day, Line, OneOf, Prose


class ShareOut(serializers.Serializer[Any]):
    """Of the exceptions in the sample, with its 90 % Jeffreys interval; each between 0 and 1."""

    value = serializers.FloatField(min_value=0, max_value=1)
    low = serializers.FloatField(min_value=0, max_value=1)
    high = serializers.FloatField(min_value=0, max_value=1)


class CheckOut(serializers.Serializer[Any]):
    due_on = serializers.DateField()
    done_on = serializers.DateField()
    done_by = serializers.CharField(source="done_by.username")
    design_ok = serializers.BooleanField()
    sample_size = serializers.IntegerField()
    exceptions = serializers.IntegerField()
    share = ShareOut(allow_null=True)
    proposed = serializers.ChoiceField(Effectiveness.choices)
    effectiveness = serializers.ChoiceField(Effectiveness.choices)
    note = serializers.CharField()
    evidence = serializers.CharField()


class LastCheckOut(serializers.Serializer[Any]):
    done_on = serializers.DateField(source="last_done_on")
    effectiveness = serializers.ChoiceField(Effectiveness.choices, source="last_result")
    sample_size = serializers.IntegerField(source="last_sample")
    exceptions = serializers.IntegerField(source="last_exceptions")


@extend_schema_field(LastCheckOut(allow_null=True))
class LastCheck(serializers.Field[Any, Any, Any, Any]):
    """Of a control `with_last_check()`; null: never checked."""

    def __init__(self) -> None:
        super().__init__(source="*", read_only=True)

    def to_representation(self, value: Any) -> Any:  # noqa: ANN401 - an annotated control
        return None if value.last_done_on is None else LastCheckOut(value).data


class ControlOut(serializers.Serializer[Any]):
    code = serializers.CharField()
    title = serializers.CharField()
    title_alt = serializers.CharField()
    lang = serializers.ChoiceField(settings.LANGUAGES)
    type = serializers.ChoiceField(ControlType.choices)
    owner_department = serializers.CharField(source="owner_department.code")
    owner = serializers.CharField(source="owner.username", allow_null=True, default=None)
    description = serializers.CharField()
    evidence = serializers.CharField()
    check_every_days = serializers.IntegerField()
    next_check_on = serializers.DateField(allow_null=True)
    is_overdue = serializers.BooleanField()
    last_check = LastCheck()
    yearly_cost = serializers.DecimalField(14, 2, allow_null=True, coerce_to_string=True)
    state = serializers.ChoiceField(ControlState.choices)
    retired_reason = serializers.CharField()
    library_code = serializers.CharField(help_text="The entry of the library that it came from")
    row_version = serializers.IntegerField()


class RiskControlOut(serializers.Serializer[Any]):
    number = serializers.IntegerField(source="pk")
    risk = serializers.CharField(source="risk.code")
    control = ControlOut()
    acts_on = serializers.ChoiceField(ActsOn.choices)
    strength = serializers.IntegerField(min_value=0, max_value=STRONGEST)
    note = serializers.CharField()
    row_version = serializers.IntegerField()


def controls_out(controls: Sequence[Control]) -> list[dict[str, Any]]:
    return list(ControlOut(controls, many=True).data)


def checks_out(checks: Sequence[ControlCheck]) -> list[dict[str, Any]]:
    return list(CheckOut(checks, many=True).data)


def _departments(user: User) -> Any:  # noqa: ANN401 - a queryset
    return departments_of(user, *KEEPERS)


class ControlEdit(Body):
    """PATCH: the fields that are sent are changed, the others stay."""

    title = Line(max_length=300)
    title_alt = Line(max_length=300, required=False, allow_blank=True)
    lang = OneOf(settings.LANGUAGES, required=False)
    type = OneOf(ControlType.choices)
    owner_department = Chosen(_departments)
    owner = Chosen(people_of, by="username", required=False, allow_null=True)
    description = Prose(required=False, allow_blank=True)
    evidence = Prose(required=False, allow_blank=True)
    check_every_days = serializers.IntegerField(min_value=1, max_value=MOST_DAYS, required=False)
    next_check_on = Day(span=PLANNED, required=False, allow_null=True)
    yearly_cost = serializers.DecimalField(
        14, 2, min_value=0, required=False, allow_null=True, coerce_to_string=True
    )


class ControlCreate(ControlEdit):
    state = OneOf(
        [(one.value, one.label) for one in (ControlState.ACTIVE, ControlState.DRAFT)],
        required=False,
    )


class CheckCreate(Body):
    """Without `due_on` it is the check that is due next; without a result what the rule proposes."""

    due_on = Day(span=PLANNED, required=False)
    done_on = Day(span=HAPPENED)
    design_ok = serializers.BooleanField()
    sample_size = serializers.IntegerField(min_value=0, max_value=MOST_SAMPLED)
    exceptions = serializers.IntegerField(min_value=0, max_value=MOST_SAMPLED)
    effectiveness = OneOf(Effectiveness.choices, required=False)
    note = Prose(required=False, allow_blank=True)
    evidence = Prose(required=False, allow_blank=True)


class EffectEdit(Body):
    acts_on = OneOf(ActsOn.choices, required=False)
    strength = serializers.IntegerField(min_value=0, max_value=STRONGEST, required=False)
    note = Prose(required=False, allow_blank=True)


def _controls(user: User) -> Any:  # noqa: ANN401 - a queryset
    return Control.objects.visible_to(user)


class RiskControlCreate(EffectEdit):
    control = Chosen(_controls)
