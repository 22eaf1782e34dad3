"""A risk as JSON: what is answered, and what may be sent. Levels are words and never sent."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request

from registers.choices import (
    LEVEL_WORDS,
    Controllability,
    PlanState,
    RiskState,
    Strategy,
    Velocity,
)
from registers.models import Register, Risk, RiskArea, RiskCategory, RiskSource, ServiceLine
from registers.querysets import departments_of, people_of
from riskhub.accounts.choices import Role
from riskhub.accounts.models import User
from riskhub.entry.days import HAPPENED, PLANNED
from riskhub.web.api.fields import Body, Chosen, Codes, Day, Line, OneOf, Prose


class CellOut(serializers.Serializer[Any]):
    probability = serializers.IntegerField(min_value=1, max_value=5)
    impact = serializers.IntegerField(min_value=1, max_value=5)
    level = serializers.ChoiceField(list(LEVEL_WORDS.values()))


@extend_schema_field(CellOut(allow_null=True))
class Cell(serializers.Field[Any, Any, Any, Any]):
    """Probability, impact and level of one kind (`inherent`, `residual`, `target`); null: not rated."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - field options
        super().__init__(source="*", read_only=True, **kwargs)

    def to_representation(self, value: Any) -> dict[str, Any] | None:  # noqa: ANN401 - a risk, an assessment
        level = getattr(value, f"{self.field_name}_level")
        if level is None:
            return None
        return {
            "probability": getattr(value, f"{self.field_name}_probability"),
            "impact": getattr(value, f"{self.field_name}_impact"),
            "level": LEVEL_WORDS[level],
        }


class RiskOut(serializers.Serializer[Any]):
    code = serializers.CharField()
    register = serializers.CharField(source="register.code")
    title = serializers.CharField()
    title_alt = serializers.CharField()
    cause = serializers.CharField()
    event = serializers.CharField()
    consequence = serializers.CharField()
    lang = serializers.ChoiceField(settings.LANGUAGES)
    category = serializers.CharField(source="category.code")
    area = serializers.CharField(source="area.code", allow_null=True, default=None)
    primary_source = serializers.CharField(source="primary_source.code")
    sources = Codes()
    service_lines = Codes()
    owner_department = serializers.CharField(source="owner_department.code")
    owner = serializers.CharField(source="owner.username", allow_null=True, default=None)
    owner_note = serializers.CharField()
    business_importance = serializers.IntegerField()
    importance_reason = serializers.CharField()
    controllability = serializers.ChoiceField(Controllability.choices)
    velocity = serializers.ChoiceField(Velocity.choices)
    state = serializers.ChoiceField(RiskState.choices)
    reported_by = serializers.CharField(
        source="reported_by.username", allow_null=True, default=None
    )
    reported_on = serializers.DateField()
    next_review_on = serializers.DateField(allow_null=True)
    closed_reason = serializers.CharField()
    closed_at = serializers.DateTimeField(allow_null=True)
    inherent = Cell()
    residual = Cell()
    target = Cell()
    priority = serializers.DecimalField(
        4, 1, source="standing_priority", allow_null=True, coerce_to_string=True
    )
    assessed_on = serializers.DateField(allow_null=True)
    plan_strategy = serializers.ChoiceField(Strategy.choices, allow_blank=True)
    plan_state = serializers.ChoiceField(PlanState.choices, allow_blank=True)
    plan_version = serializers.IntegerField(
        allow_null=True, help_text="Number of the newest version; `plan_state` speaks of it"
    )
    plan_in_force = serializers.IntegerField(
        allow_null=True, help_text="Number of the approved version that is worked by"
    )
    row_version = serializers.IntegerField()


def risks_to_answer(risks: QuerySet[Risk]) -> QuerySet[Risk]:
    """With everything that `RiskOut` reads, in three queries however many they are."""
    return risks.select_related(
        "register", "category", "area", "primary_source", "owner_department", "owner", "reported_by"
    ).prefetch_related("sources", "service_lines")


def risks_out(risks: Sequence[Risk]) -> list[dict[str, Any]]:
    return list(RiskOut(risks, many=True).data)


def _registers(user: User) -> QuerySet[Any]:
    return Register.objects.visible_to(user).active()


def _departments(user: User) -> QuerySet[Any]:
    return departments_of(user, Role.RISK_MANAGER)


def _terms(model: type[RiskCategory | RiskArea | RiskSource | ServiceLine]) -> Any:  # noqa: ANN401 - a lookup
    return lambda _user: model._default_manager.filter(is_active=True)


class RiskText(Body):
    """What everybody who may change a risk may change."""

    title = Line(max_length=300)
    title_alt = Line(max_length=300, required=False, allow_blank=True)
    cause = Prose(required=False, allow_blank=True)
    event = Prose()
    consequence = Prose(required=False, allow_blank=True)
    lang = OneOf(settings.LANGUAGES, required=False)


class RiskEdit(RiskText):
    """PATCH: the fields that are sent are changed, the others stay."""

    category = Chosen(_terms(RiskCategory))
    area = Chosen(_terms(RiskArea), required=False, allow_null=True)
    primary_source = Chosen(_terms(RiskSource))
    sources = serializers.ListField(
        child=Chosen(_terms(RiskSource)), required=False, allow_empty=False, max_length=100
    )
    service_lines = serializers.ListField(
        child=Chosen(_terms(ServiceLine)), required=False, max_length=100
    )
    owner_department = Chosen(_departments)
    owner = Chosen(people_of, by="username", required=False, allow_null=True)
    business_importance = serializers.IntegerField(min_value=1, max_value=5, required=False)
    importance_reason = Line(max_length=300, required=False, allow_blank=True)
    controllability = OneOf(Controllability.choices, required=False)
    velocity = OneOf(Velocity.choices, required=False)
    next_review_on = Day(span=PLANNED, required=False, allow_null=True)


class RiskCreate(RiskEdit):
    register = Chosen(_registers, is_any_case=True)
    owner_note = Line(max_length=200, required=False, allow_blank=True)
    reported_on = Day(span=HAPPENED, required=False, allow_null=True)


class Reason(Body):
    reason = Prose()


def reason_in(request: Request) -> str:
    body = Reason(data=request.data)
    body.is_valid(raise_exception=True)
    return str(body.validated_data["reason"])
