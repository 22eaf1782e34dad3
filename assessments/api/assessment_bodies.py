"""A judgement as JSON. Scores are sent, levels are answered: the matrix knows them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from rest_framework import serializers

from assessments.choices import AssessmentState, Confidence, Method, Trigger
from assessments.models import Assessment
from assessments.services import Scores
from registers.api.risk_bodies import Cell
from registers.models import Risk
from riskhub.accounts.models import User
from riskhub.web.api.fields import Body, Chosen, OneOf, Prose

_PATHS = {
    f"{kind}_{axis}": f"{kind}.{axis}"
    for kind in ("inherent", "residual", "target")
    for axis in ("probability", "impact")
}


def visible_risks(user: User) -> QuerySet[Any]:
    return Risk.objects.visible_to(user)


class PairIn(Body):
    probability = serializers.IntegerField(min_value=1, max_value=5)
    impact = serializers.IntegerField(min_value=1, max_value=5)


class AssessmentOut(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    risk = serializers.CharField(source="risk.code")
    scheme = serializers.IntegerField(source="scheme_id")
    method = serializers.ChoiceField(Method.choices)
    trigger = serializers.ChoiceField(Trigger.choices)
    inherent = Cell()
    residual = Cell()
    target = Cell()
    rationale = serializers.CharField()
    confidence = serializers.ChoiceField(Confidence.choices)
    is_unlinked_import = serializers.BooleanField()
    state = serializers.ChoiceField(AssessmentState.choices)
    assessor = serializers.CharField(source="assessor.username", allow_null=True, default=None)
    assessed_on = serializers.DateField()
    submitted_at = serializers.DateTimeField(allow_null=True)
    confirmed_by = serializers.CharField(
        source="confirmed_by.username", allow_null=True, default=None
    )
    confirmed_for = serializers.CharField(
        source="confirmed_for.username", allow_null=True, default=None
    )
    confirmed_at = serializers.DateTimeField(allow_null=True)
    rejected_reason = serializers.CharField()


def assessments_out(assessments: Sequence[Assessment]) -> list[dict[str, Any]]:
    return list(AssessmentOut(assessments, many=True).data)


class AssessmentCreate(Body):
    risk = Chosen(visible_risks)
    inherent = PairIn()
    residual = PairIn()
    target = PairIn(required=False, allow_null=True)
    rationale = Prose()
    confidence = OneOf(Confidence.choices, default=Confidence.MEDIUM)
    trigger = OneOf(Trigger.choices, default=Trigger.MANUAL)

    def scores(self) -> Scores:
        sent = self.validated_data
        target = sent.get("target")
        return Scores(
            _pair(sent["inherent"]), _pair(sent["residual"]), _pair(target) if target else None
        )


@contextmanager
def named_as_sent() -> Iterator[None]:
    """Faults of the scores under the names of the body: `residual.probability`."""
    try:
        yield
    except ValidationError as fault:
        if not hasattr(fault, "error_dict"):
            raise
        faults = {_PATHS.get(name, name): said for name, said in fault.message_dict.items()}
        raise ValidationError(faults) from fault


def _pair(sent: dict[str, int]) -> tuple[int, int]:
    return sent["probability"], sent["impact"]


class AssessmentQuery(serializers.Serializer[Any]):
    risk = Chosen(visible_risks, required=False, help_text="Code of the risk")
    state = OneOf(AssessmentState.choices, required=False)
