"""A judgement as JSON. Scores are sent, levels are answered: the matrix knows them."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from assessments.choices import AssessmentState, Confidence, Dimension, Method, ScoreKind, Trigger
from assessments.effects import MOST_STEPS, Effect, NetOf
from assessments.grounds import Basis, Score
from assessments.lec import Lec
from assessments.models import Assessment, LecScore
from assessments.services import Scores
from registers.api.risk_bodies import Cell
from registers.choices import LEVEL_WORDS
from registers.models import Control, InsurancePolicy, Risk
from registers.models.transfers import Transfer
from riskhub.accounts.models import User
from riskhub.web.api.fields import Body, Chosen, OneOf, Prose

_PATHS = {
    f"{kind}_{axis}": f"{kind}.{axis}"
    for kind in ("inherent", "residual", "target")
    for axis in ("probability", "impact")
} | {"net_of_policy": "net_of_policy.policy", "policy_impact": "net_of_policy.impact"}


def visible_controls(user: User) -> QuerySet[Any]:
    return Control.objects.visible_to(user)


def visible_risks(user: User) -> QuerySet[Any]:
    return Risk.objects.visible_to(user)


def visible_policies(user: User) -> QuerySet[Any]:
    return InsurancePolicy.objects.visible_to(user)


class PairIn(Body):
    probability = serializers.IntegerField(min_value=1, max_value=5)
    impact = serializers.IntegerField(min_value=1, max_value=5)


class CountedControlOut(serializers.Serializer[Any]):
    """A control in use when it was judged, and the steps that it was counted for."""

    control = serializers.CharField(source="control.code")
    probability = serializers.IntegerField()
    impact = serializers.IntegerField()
    check_result = serializers.CharField(help_text="Empty where it was never checked")
    checked_on = serializers.DateField(allow_null=True)
    was_overdue = serializers.BooleanField()
    answer = serializers.CharField()


class ImpactScoreOut(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(ScoreKind.choices)
    dimension = serializers.ChoiceField(Dimension.choices)
    score = serializers.IntegerField()
    note = serializers.CharField()


class LecOut(serializers.Serializer[Any]):
    """D is L x E x C; `level` as it is mapped, never above the residual level."""

    likelihood = serializers.FloatField()
    exposure = serializers.FloatField()
    consequence = serializers.FloatField()
    danger = serializers.FloatField(source="score.danger")
    level = serializers.SerializerMethodField()

    def get_level(self, lec: LecScore) -> str:
        return LEVEL_WORDS[lec.score.level]


class NetOfOut(serializers.Serializer[Any]):
    """The policy that made the residual impact lower, as it stood when the risk was judged."""

    policy = serializers.CharField(source="net_of_policy.code")
    impact = serializers.IntegerField(source="policy_impact")
    valid_until = serializers.DateField(source="policy_until", allow_null=True)


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
    evidence = serializers.CharField()
    controls = CountedControlOut(many=True)
    dimensions = ImpactScoreOut(source="impact_scores", many=True)
    lec = LecOut(allow_null=True, default=None, help_text="Only of staff safety")
    net_of_policy = serializers.SerializerMethodField()
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

    @extend_schema_field(NetOfOut(allow_null=True))
    def get_net_of_policy(self, assessment: Assessment) -> dict[str, Any] | None:
        return dict(NetOfOut(assessment).data) if assessment.net_of_policy_id else None


def assessments_out(assessments: Sequence[Assessment]) -> list[dict[str, Any]]:
    return list(AssessmentOut(assessments, many=True).data)


class Counted(Body):
    probability = serializers.IntegerField(min_value=0, max_value=MOST_STEPS, default=0)
    impact = serializers.IntegerField(min_value=0, max_value=MOST_STEPS, default=0)
    answer = Prose(required=False, default="", max_length=500)


class CountedControl(Counted):
    control = Chosen(visible_controls)


class ImpactScoreIn(Body):
    kind = OneOf(ScoreKind.choices)
    dimension = OneOf(Dimension.choices)
    score = serializers.IntegerField(min_value=1, max_value=5)
    note = Prose(required=False, default="", max_length=300)


class LecIn(Body):
    """Each out of its table: 10 6 3 1 0.5 0.2 0.1, 10 6 3 2 1 0.5, 100 40 15 7 3 1."""

    likelihood = serializers.DecimalField(max_digits=4, decimal_places=1)
    exposure = serializers.DecimalField(max_digits=4, decimal_places=1)
    consequence = serializers.DecimalField(max_digits=4, decimal_places=1)


class NetOfCounted(Body):
    """By 1 or 2 steps."""

    impact = serializers.IntegerField(min_value=1, max_value=MOST_STEPS)


class NetOfIn(NetOfCounted):
    policy = Chosen(visible_policies, is_any_case=True)


class Judgement(Body):
    """What is said of a risk, whichever way the risk and its controls are named."""

    inherent = PairIn()
    residual = PairIn()
    target = PairIn(required=False, allow_null=True)
    rationale = Prose()
    evidence = Prose(required=False, default="")
    dimensions = serializers.ListField(child=ImpactScoreIn(), required=False, max_length=10)
    lec = LecIn(required=False, allow_null=True)
    confidence = OneOf(Confidence.choices, default=Confidence.MEDIUM)
    trigger = OneOf(Trigger.choices, default=Trigger.MANUAL)


class AssessmentCreate(Judgement):
    """Without `controls` those in use count as their links say; with them the others count for nothing."""

    risk = Chosen(visible_risks)
    controls = serializers.ListField(
        child=CountedControl(), required=False, allow_null=True, max_length=200
    )
    net_of_policy = NetOfIn(required=False, allow_null=True)

    def scores(self) -> Scores:
        return scores_in(self.validated_data)

    def basis(self) -> Basis:
        return basis_in(self.validated_data)


def scores_in(sent: Mapping[str, Any]) -> Scores:
    """Of a valid body."""
    target = sent.get("target")
    return Scores(
        _pair(sent["inherent"]), _pair(sent["residual"]), _pair(target) if target else None
    )


def basis_in(
    sent: Mapping[str, Any],
    controls: Mapping[str, Control] | None = None,
    policies: Mapping[str, Transfer] | None = None,
) -> Basis:
    """Of a valid body; `controls` and `policies` by their codes, where the body names them so."""
    counted = sent.get("controls")
    scores: dict[str, list[Score]] = {kind: [] for kind in ScoreKind.values}
    for one in sent.get("dimensions", ()):
        scores[one["kind"]].append(Score(one["dimension"], one["score"], one["note"]))
    return Basis(
        effects=None if counted is None else tuple(_effect(one, controls) for one in counted),
        inherent=tuple(scores[ScoreKind.INHERENT]),
        residual=tuple(scores[ScoreKind.RESIDUAL]),
        evidence=sent["evidence"],
        lec=Lec(**sent["lec"]) if sent.get("lec") else None,
        net_of=_net_of(sent.get("net_of_policy"), policies),
    )


@contextmanager
def named_as_sent() -> Iterator[None]:
    """Faults of the scores under the names of the body: `residual.probability`."""
    try:
        yield
    except ValidationError as fault:
        if not hasattr(fault, "error_dict"):
            raise
        faults: dict[str, list[str]] = {}
        for name, said in fault.message_dict.items():
            faults.setdefault(_path(name), []).extend(said)
        raise ValidationError(faults) from fault


def _path(name: str) -> str:
    """What is wrong with one of the controls is said of all of them, and names it."""
    if name.startswith("lec_"):
        return "lec"
    is_of_control = name.startswith(("answer_", "counted_"))
    return "controls" if is_of_control else _PATHS.get(name, name)


def _effect(sent: dict[str, Any], controls: Mapping[str, Control] | None) -> Effect:
    control = sent["control"] if controls is None else controls[sent["control"]]
    return Effect(control.pk, sent["probability"], sent["impact"], sent["answer"])


def _net_of(sent: dict[str, Any] | None, policies: Mapping[str, Transfer] | None) -> NetOf | None:
    if not sent:
        return None
    policy = sent["policy"] if policies is None else policies[sent["policy"]]
    return NetOf(policy.pk, sent["impact"])


def _pair(sent: dict[str, int]) -> tuple[int, int]:
    return sent["probability"], sent["impact"]


class AssessmentQuery(serializers.Serializer[Any]):
    risk = Chosen(visible_risks, required=False, help_text="Code of the risk")
    state = OneOf(AssessmentState.choices, required=False)
