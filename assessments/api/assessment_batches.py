"""`/api/v1/assessments/bulk/`: judge many risks in one request, each row on its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from assessments.api.assessment_bodies import (
    Counted,
    Judgement,
    NetOfCounted,
    basis_in,
    named_as_sent,
    scores_in,
    visible_policies,
)
from assessments.choices import AssessmentState
from assessments.permissions import can_answer_any, may_answer_for
from assessments.services import Judged, PendingAssessment, Recorded, record_batch
from registers.choices import LEVEL_WORDS
from registers.closing import NotOpen
from registers.models import Control, Risk
from registers.models.transfers import Transfer
from riskhub.accounts.models import User
from riskhub.entry.repeats import KeyReused
from riskhub.web.access import require
from riskhub.web.api.fields import Body, Line
from riskhub.web.api.preconditions import IDEMPOTENCY_KEY, client_uuid_of
from riskhub.web.api.views import ApiView

MOST_ROWS = 1000
_CODES: dict[type[Exception], str] = {
    NotOpen: "not_open", PendingAssessment: "pending_assessment", KeyReused: "key_reused",
    PermissionError: "permission_denied",
}  # fmt: skip


class BatchControl(Counted):
    control = Line(help_text="Code of the control")


class BatchNetOf(NetOfCounted):
    policy = Line(help_text="Code of the policy")


class BatchRow(Judgement):
    risk = Line(help_text="Code of the risk")
    controls = serializers.ListField(
        child=BatchControl(), required=False, allow_null=True, max_length=200
    )
    net_of_policy = BatchNetOf(required=False, allow_null=True)


class AssessmentBatch(Body):
    """Up to 1,000 rows; more come in several requests."""

    assessments = serializers.ListField(child=BatchRow(), max_length=MOST_ROWS, allow_empty=False)


class BatchResult(serializers.Serializer[Any]):
    """`result`: recorded (it counts), waiting (for another person) or refused, with code and faults."""

    risk = serializers.CharField()
    result = serializers.ChoiceField(["recorded", "waiting", "refused"])
    id = serializers.IntegerField(allow_null=True)
    level = serializers.ChoiceField(list(LEVEL_WORDS.values()), allow_null=True)
    code = serializers.CharField()
    faults = serializers.DictField(child=serializers.ListField(child=serializers.CharField()))


class BatchResults(serializers.Serializer[Any]):
    results = BatchResult(many=True)


class AssessmentBulk(ApiView):
    @extend_schema(
        operation_id="assessment_bulk",
        request=AssessmentBatch,
        responses=BatchResults,
        parameters=[IDEMPOTENCY_KEY],
    )
    def post(self, request: Request) -> Response:
        """Judge up to 1,000 risks. What can be recorded is; each other row says why it is not.

        The results stand in the order of the rows. Sent again with its key, nothing is made twice.
        """
        require(can_answer_any(self.user))
        body = AssessmentBatch(data=request.data, context={"request": request})
        body.is_valid(raise_exception=True)
        rows: list[dict[str, Any]] = body.validated_data["assessments"]
        found = _record(rows, self.user, client_uuid_of(request))
        results = [_result(row, one) for row, one in zip(rows, found, strict=True)]
        return Response(BatchResults({"results": results}).data)


@dataclass(frozen=True)
class _Known:
    """What the rows name, by its code, of what the user sees."""

    risks: Mapping[str, Risk]
    controls: Mapping[str, Control]
    policies: Mapping[str, Transfer]


def _record(rows: Sequence[dict[str, Any]], user: User, key: UUID | None) -> list[Recorded]:
    """Rows whose risk the user may not judge, or does not see, never come before the service."""
    known = _Known(_risks_in(rows, user), _controls_in(rows, user), _policies_in(rows, user))
    judged: dict[int, Judged] = {}
    refused: dict[int, Recorded] = {}
    for number, row in enumerate(rows):
        try:
            judged[number] = _judged(row, user, known, key and uuid5(key, str(number)))
        except (ValidationError, PermissionError) as refusal:
            refused[number] = Recorded(refusal=refusal)
    made = dict(zip(judged, record_batch(list(judged.values()), by=user), strict=True))
    return [made[number] if number in made else refused[number] for number in range(len(rows))]


def _judged(row: dict[str, Any], user: User, known: _Known, key: UUID | None) -> Judged:
    risk = known.risks.get(row["risk"])
    if risk is None:
        raise _unknown("risk", row["risk"])
    if not may_answer_for(user, risk.owner_department_id):
        raise PermissionError
    for one in row.get("controls") or ():
        if one["control"] not in known.controls:
            raise _unknown("controls", one["control"])
    net_of = row.get("net_of_policy")
    if net_of and net_of["policy"] not in known.policies:
        raise _unknown("net_of_policy", net_of["policy"])
    return Judged(
        risk=risk,
        scores=scores_in(row),
        rationale=row["rationale"],
        confidence=row["confidence"],
        trigger=row["trigger"],
        basis=basis_in(row, known.controls, known.policies),
        key=key,
    )


def _risks_in(rows: Sequence[dict[str, Any]], user: User) -> dict[str, Risk]:
    codes = {row["risk"] for row in rows}
    return {one.code: one for one in Risk.objects.visible_to(user).filter(code__in=codes)}


def _controls_in(rows: Sequence[dict[str, Any]], user: User) -> dict[str, Control]:
    codes = {one["control"] for row in rows for one in row.get("controls") or ()}
    if not codes:
        return {}
    return {one.code: one for one in Control.objects.visible_to(user).filter(code__in=codes)}


def _policies_in(rows: Sequence[dict[str, Any]], user: User) -> dict[str, Transfer]:
    codes = {net_of["policy"] for row in rows if (net_of := row.get("net_of_policy"))}
    if not codes:
        return {}
    return {one.code: one for one in visible_policies(user).filter(code__in=codes)}


def _unknown(name: str, code: str) -> ValidationError:
    return ValidationError({name: _("“%(value)s” does not exist.") % {"value": code}})


def _result(row: dict[str, Any], found: Recorded) -> dict[str, Any]:
    if found.assessment is None:
        return _refusal(row["risk"], found.refusal)
    made = found.assessment
    is_waiting = made.state == AssessmentState.SUBMITTED
    return {
        "risk": row["risk"],
        "result": "waiting" if is_waiting else "recorded",
        "id": made.pk,
        "level": LEVEL_WORDS[made.residual_level or 0],
        "code": "",
        "faults": {},
    }


def _refusal(code: str, refusal: Exception | None) -> dict[str, Any]:
    errors: dict[str, list[str]] = {}
    if isinstance(refusal, ValidationError) and hasattr(refusal, "error_dict"):
        try:
            with named_as_sent():
                raise refusal
        except ValidationError as named:
            errors = named.message_dict
    elif words := str(refusal or ""):
        errors = {"risk": [words]}
    word = next((word for kind, word in _CODES.items() if isinstance(refusal, kind)), "invalid")
    if isinstance(refusal, KeyReused):
        errors = {"risk": refusal.messages}
    return {
        "risk": code,
        "result": "refused",
        "id": None,
        "level": None,
        "code": word,
        "faults": errors,
    }
