"""A draft of an assessment as JSON, and as the fields of the form that both ways keep it in."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from rest_framework import serializers

from assessments.api.assessment_bodies import (
    CountedControl,
    visible_controls,
    visible_policies,
)
from assessments.choices import Confidence, Dimension, ScoreKind
from assessments.effects import AXES, MOST_STEPS
from assessments.forms.assessments import FIVE, KINDS, QUICK
from assessments.forms.lec import NAMES as LEC_NAMES
from assessments.lec_words import plain
from assessments.models import AssessmentDraft
from registers.models import Control, RiskControl
from registers.models.transfers import Transfer
from riskhub.accounts.models import User
from riskhub.web.api.fields import Body, Chosen, OneOf, Prose

_TEXTS = ("entry", "rationale", "evidence", "confidence")
_LEC = {name.removeprefix("lec_"): name for name in LEC_NAMES}


class DraftPair(Body):
    """Either of them may be missing."""

    probability = serializers.IntegerField(
        min_value=1, max_value=5, required=False, allow_null=True, default=None
    )
    impact = serializers.IntegerField(
        min_value=1, max_value=5, required=False, allow_null=True, default=None
    )


class DraftScore(Body):
    kind = OneOf(ScoreKind.choices)
    dimension = OneOf(Dimension.choices)
    score = serializers.IntegerField(
        min_value=1, max_value=5, required=False, allow_null=True, default=None
    )
    note = Prose(required=False, default="", allow_blank=True, max_length=300)


class DraftLec(Body):
    likelihood = serializers.DecimalField(4, 1, required=False, allow_null=True, default=None)
    exposure = serializers.DecimalField(4, 1, required=False, allow_null=True, default=None)
    consequence = serializers.DecimalField(4, 1, required=False, allow_null=True, default=None)


class DraftNetOf(Body):
    policy = Chosen(
        visible_policies, is_any_case=True, required=False, allow_null=True, default=None
    )
    impact = serializers.IntegerField(min_value=0, max_value=MOST_STEPS, required=False, default=0)


class DraftIn(Body):
    """PUT: what is left out is empty. Nothing has to be whole; `entry` quick is high, medium, low.

    With `controls` the others in use count for nothing, without they count as last time.
    """

    entry = OneOf([FIVE, QUICK], required=False, default=FIVE)
    inherent = DraftPair(required=False)
    residual = DraftPair(required=False)
    target = DraftPair(required=False)
    rationale = Prose(required=False, default="", allow_blank=True)
    evidence = Prose(required=False, default="", allow_blank=True)
    confidence = OneOf(Confidence.choices, required=False, default=Confidence.MEDIUM)
    controls = serializers.ListField(
        child=CountedControl(), required=False, allow_null=True, max_length=200
    )
    dimensions = serializers.ListField(child=DraftScore(), required=False, max_length=10)
    lec = DraftLec(required=False, allow_null=True)
    net_of_policy = DraftNetOf(required=False, allow_null=True)

    def typed(self, links: Iterable[RiskControl]) -> dict[str, str]:
        """Of a valid body: all fields of the form; `links` are the controls in use on the risk."""
        sent = self.validated_data
        fields = {name: str(sent[name]) for name in _TEXTS}
        for kind in KINDS:
            fields |= _filled(sent.get(kind), {axis: f"{kind}_{axis}" for axis in AXES})
        if (controls := sent.get("controls")) is not None:
            fields |= _steps({link.control_id: {} for link in links})
            fields |= _steps({one["control"].pk: one for one in controls})
        for kind in ScoreKind.values:
            for dimension in Dimension.values:
                fields |= {f"{kind}_{dimension}": "", f"{kind}_{dimension}_note": ""}
        for one in sent.get("dimensions", ()):
            name = f"{one['kind']}_{one['dimension']}"
            fields |= _filled(one, {"score": name, "note": f"{name}_note"})
        fields |= _filled(sent.get("lec"), _LEC)
        net_of = sent.get("net_of_policy") or {}
        policy = net_of.get("policy")
        fields["net_of_policy"] = str(policy.pk) if policy else ""
        fields["policy_impact"] = str(net_of.get("impact", 0))
        return fields


class DraftCountedOut(serializers.Serializer[Any]):
    control = serializers.CharField()
    probability = serializers.IntegerField()
    impact = serializers.IntegerField()
    answer = serializers.CharField()


class DraftPairOut(serializers.Serializer[Any]):
    probability = serializers.IntegerField(allow_null=True)
    impact = serializers.IntegerField(allow_null=True)


class DraftScoreOut(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(ScoreKind.choices)
    dimension = serializers.ChoiceField(Dimension.choices)
    score = serializers.IntegerField(allow_null=True)
    note = serializers.CharField()


class DraftLecOut(serializers.Serializer[Any]):
    likelihood = serializers.FloatField(allow_null=True)
    exposure = serializers.FloatField(allow_null=True)
    consequence = serializers.FloatField(allow_null=True)


class DraftNetOfOut(serializers.Serializer[Any]):
    policy = serializers.CharField(allow_null=True)
    impact = serializers.IntegerField()


class DraftOut(serializers.Serializer[Any]):
    """What was typed on the page or sent here; null and empty where nothing was, or no number."""

    risk = serializers.CharField()
    entry = serializers.ChoiceField([FIVE, QUICK])
    inherent = DraftPairOut()
    residual = DraftPairOut()
    target = DraftPairOut()
    rationale = serializers.CharField()
    evidence = serializers.CharField()
    confidence = serializers.CharField()
    controls = DraftCountedOut(
        many=True, allow_null=True, help_text="Null where nothing is said of them"
    )
    dimensions = DraftScoreOut(many=True)
    lec = DraftLecOut()
    net_of_policy = DraftNetOfOut()
    saved_at = serializers.DateTimeField()
    row_version = serializers.IntegerField()


def draft_out(draft: AssessmentDraft, code: str, reader: User) -> dict[str, Any]:
    """Two queries: the controls and the policies that it names and the reader sees."""
    typed = draft.typed
    controls = visible_controls(reader).in_bulk(_keys(typed, "probability_by_", "impact_by_"))
    policies = visible_policies(reader).in_bulk(filter(None, [_number(typed, "net_of_policy")]))
    return dict(DraftOut({
        "risk": code,
        "entry": QUICK if typed.get("entry") == QUICK else FIVE,
        **{name: typed.get(name, "") for name in _TEXTS[1:]},
        **{kind: {axis: _number(typed, f"{kind}_{axis}") for axis in AXES} for kind in KINDS},
        "controls": [_counted(typed, controls[key]) for key in sorted(controls)] or None,
        "dimensions": list(_scores(typed)),
        "lec": {name: _decimal(typed.get(field, "")) for name, field in _LEC.items()},
        "net_of_policy": _net_of(typed, policies),
        "saved_at": draft.saved_at,
        "row_version": draft.row_version,
    }).data)  # fmt: skip


def _filled(sent: Mapping[str, Any] | None, names: Mapping[str, str]) -> dict[str, str]:
    """{field: text} of the parts of `sent`, empty where one says nothing."""
    return {field: _text((sent or {}).get(name)) for name, field in names.items()}


def _text(value: object) -> str:
    if isinstance(value, Decimal):
        return plain(value)
    return "" if value is None else str(value)


def _steps(counted: Mapping[int, Mapping[str, Any]]) -> dict[str, str]:
    """{field: text} of what is said of each control, by its key; nothing said counts for nothing."""
    fields: dict[str, str] = {}
    for key, one in counted.items():
        fields |= {f"{axis}_by_{key}": str(one.get(axis, 0)) for axis in AXES}
        fields[f"answer_{key}"] = one.get("answer", "")
    return fields


def _keys(typed: Mapping[str, str], *starts: str) -> set[int]:
    ends = (
        name.removeprefix(start) for start in starts for name in typed if name.startswith(start)
    )
    return {int(end) for end in ends if end.isdecimal()}


def _number(typed: Mapping[str, str], name: str) -> int | None:
    text = typed.get(name, "")
    return (
        int(text) if text.isascii() and text.isdecimal() and len(text) < len("1000000000") else None
    )


def _decimal(text: str) -> Decimal | None:
    is_number = text.replace(".", "", 1).isdecimal() and text.isascii()
    return Decimal(text) if is_number else None


def _counted(typed: Mapping[str, str], control: Control) -> dict[str, Any]:
    steps = {axis: _number(typed, f"{axis}_by_{control.pk}") or 0 for axis in AXES}
    return {"control": control.code, **steps, "answer": typed.get(f"answer_{control.pk}", "")}


def _scores(typed: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    for kind in ScoreKind.values:
        for dimension in Dimension.values:
            name = f"{kind}_{dimension}"
            score, note = _number(typed, name), typed.get(f"{name}_note", "")
            if score or note:
                yield {"kind": kind, "dimension": dimension, "score": score, "note": note}


def _net_of(typed: Mapping[str, str], policies: Mapping[Any, Transfer]) -> dict[str, Any]:
    policy = policies.get(_number(typed, "net_of_policy"))
    impact = _number(typed, "policy_impact") or 0
    return {"policy": policy.code if policy else None, "impact": impact}
