"""A response plan as JSON: its newest wording, what is in force, and how the actions stand."""

import uuid
from decimal import Decimal
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from assessments.api.assessment_bodies import PairIn, visible_risks
from assessments.api.plan_references import (
    ChangeField,
    ContingencyField,
    ControlField,
    NodeField,
    OwnerField,
    SponsorField,
    TransferField,
)
from assessments.choices import ResourceKind
from assessments.plans.content import (
    LENGTHS,
    MOST_ACTIONS,
    MOST_RESOURCES,
    PlanContent,
    PlannedAction,
    PlannedResource,
    plain_amount,
)
from assessments.plans.grants import Grant
from assessments.plans.money import in_yuan
from registers.choices import PlanState, Strategy
from registers.models import Risk
from registers.querysets import people_of
from riskhub.entry.days import HAPPENED, PLANNED
from riskhub.web.api.fields import Body, Chosen, Day, Line, OneOf, Prose

TEXTS = (
    "objective", "avoid_what", "transfer_to", "transfer_by", "accept_reason", "special_measures",
    "transfer_stays",
)  # fmt: skip


Rows = list[dict[str, Any]]


class PlannedActionIn(Body):
    key = Line(
        max_length=36,
        required=False,
        help_text="Which action this is, in all versions. Left out: a new one.",
    )
    title = Line(max_length=LENGTHS["title"])
    owner = OwnerField()
    due_on = Day(span=PLANNED)
    control = ControlField(
        required=False, allow_null=True, help_text="Code of the control that it changes",
    )  # fmt: skip
    every_days = serializers.IntegerField(
        required=False, allow_null=True, min_value=1, max_value=730,
        help_text="How often the control is checked once the action is verified",
    )  # fmt: skip


class PlannedResourceIn(Body):
    key = Line(max_length=36, required=False, help_text="As of the actions.")
    kind = OneOf(ResourceKind.choices)
    what = Line(max_length=LENGTHS["what"])
    amount = serializers.DecimalField(
        max_digits=12, decimal_places=2, min_value=Decimal("0.01"), help_text="Of money: CNY."
    )
    unit = Line(
        max_length=LENGTHS["unit"], default="", allow_blank=True,
        help_text="Of money: empty, 元 or 万元; it is kept in yuan",
    )  # fmt: skip

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["kind"] == ResourceKind.MONEY:
            try:
                attrs["amount"] = in_yuan(attrs["amount"], attrs["unit"])
            except ValidationError as refusal:
                raise serializers.ValidationError(refusal.message_dict) from None
        return attrs


class PlanContentIn(Body):
    """PUT replaces the whole wording: what is left out is empty afterwards."""

    strategy = OneOf(Strategy.choices)
    objective = Prose(max_length=LENGTHS["objective"], default="", allow_blank=True)
    target = PairIn(required=False, allow_null=True)
    avoid_what = Line(max_length=LENGTHS["avoid_what"], default="", allow_blank=True)
    avoid_node = NodeField(
        required=False, allow_null=True, help_text="Process map and key of the step: PM-01/dispatch"
    )
    change = ChangeField(
        required=False, allow_null=True, help_text="Code of a process change that it is done by"
    )
    transfers = serializers.ListField(
        child=TransferField(), default=list, max_length=40,
        help_text="Keys of policies, clauses and suppliers: policy:P-2026-7",
    )  # fmt: skip
    transfer_share = serializers.IntegerField(
        required=False, allow_null=True, min_value=1, max_value=100, help_text="In per cent"
    )
    transfer_stays = Prose(max_length=LENGTHS["transfer_stays"], default="", allow_blank=True)
    contingency = ContingencyField(
        required=False, allow_null=True, help_text="Code of a contingency plan: CP-03"
    )
    transfer_to = Line(max_length=LENGTHS["transfer_to"], default="", allow_blank=True)
    transfer_by = Line(max_length=LENGTHS["transfer_by"], default="", allow_blank=True)
    accept_reason = Prose(max_length=LENGTHS["accept_reason"], default="", allow_blank=True)
    accept_until = Day(span=PLANNED, required=False, allow_null=True)
    special_measures = Prose(max_length=LENGTHS["special_measures"], default="", allow_blank=True)
    sponsor = SponsorField(required=False, allow_null=True)
    actions = serializers.ListField(child=PlannedActionIn(), default=list, max_length=MOST_ACTIONS)
    resources = serializers.ListField(
        child=PlannedResourceIn(), default=list, max_length=MOST_RESOURCES
    )

    default_error_messages = {
        "twice": _("Two actions have the same key."),
        "resource_twice": _("Two resources have the same key."),
    }

    def validate_actions(self, actions: Rows) -> Rows:
        return _once(self, actions, "twice")

    def validate_resources(self, resources: Rows) -> Rows:
        return _once(self, resources, "resource_twice")

    def content(self) -> PlanContent:
        sent = self.validated_data
        target, until, sponsor = (sent.get(name) for name in ("target", "accept_until", "sponsor"))
        return PlanContent(
            strategy=sent["strategy"],
            target=(target["probability"], target["impact"]) if target else None,
            accept_until=until.isoformat() if until else "",
            sponsor=sponsor.pk if sponsor else None,
            avoid_node=sent.get("avoid_node"),
            change=sent.get("change"),
            transfers=tuple(sent["transfers"]),
            transfer_share=sent.get("transfer_share"),
            contingency=sent.get("contingency"),
            actions=tuple(_planned(action) for action in sent["actions"]),
            resources=tuple(_resource(one) for one in sent["resources"]),
            **{name: sent[name] for name in TEXTS},
        )


def _once(body: Body, rows: Rows, fault: str) -> Rows:
    keys = [row["key"] for row in rows if "key" in row]
    if len(keys) != len(set(keys)):
        body.fail(fault)
    return rows


def _planned(action: dict[str, Any]) -> PlannedAction:
    return PlannedAction(
        key=action.get("key") or str(uuid.uuid4()),
        title=action["title"],
        owner=action["owner"].pk,
        due_on=action["due_on"].isoformat(),
        control=control.pk if (control := action.get("control")) else None,
        every_days=action.get("every_days") if control else None,
    )


def _resource(one: dict[str, Any]) -> PlannedResource:
    is_money = one["kind"] == ResourceKind.MONEY
    return PlannedResource(
        key=one.get("key") or str(uuid.uuid4()),
        kind=one["kind"],
        what=one["what"],
        amount=plain_amount(one["amount"]),
        unit="" if is_money else one["unit"],
    )


class PlanCreate(PlanContentIn):
    risk = Chosen(visible_risks)
    owner = Chosen(people_of, by="username", required=False, allow_null=True)

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """The risk first: who may stand for its plan depends on it."""
        fields = super().get_fields()
        return {"risk": fields.pop("risk")} | fields

    def validate_risk(self, risk: Risk) -> Risk:
        cast("dict[str, Any]", self.context)["risk"] = risk
        return risk


class WithdrawIn(Body):
    reason = Prose()
    what = OneOf(
        [("plan", "plan"), ("version", "version")], default="plan",
        help_text="version: only the one that is being written; what is in force stays.",
    )  # fmt: skip


class GrantIn(Body):
    key = Line(max_length=36)
    granted = serializers.DecimalField(max_digits=14, decimal_places=2, min_value=Decimal(0))
    note = Line(max_length=300, default="", allow_blank=True)


class DecisionIn(Body):
    content_hash = serializers.RegexField(
        r"^[0-9a-f]{64}$",
        error_messages={"invalid": _("Send head.content_hash as it was read: 64 characters.")},
        help_text="Of the version that was read: head.content_hash.",
    )
    comment = Prose(max_length=2000, default="", allow_blank=True)
    grants = serializers.ListField(
        child=GrantIn(), default=list, max_length=MOST_RESOURCES,
        help_text="What is granted of each resource. One that is left out is granted as before where it is "
        "unchanged, else in full as it is asked for.",
    )  # fmt: skip

    default_error_messages = {"twice": _("One resource is granted twice. Send each key once.")}

    def validate_grants(self, grants: Rows) -> Rows:
        return _once(self, grants, "twice")

    def refused(self, refusal: ValidationError) -> ValidationError:
        """What the service refused, at its place in this body: a grant by its number in the list."""
        sent = enumerate(self.validated_data["grants"])
        places = {f"granted-{one['key']}": f"grants.{number}" for number, one in sent}
        faults = refusal.message_dict.items()
        return ValidationError({places.get(name, name): words for name, words in faults})

    @property
    def made(self) -> dict[str, Any]:
        """What `decide_plan` takes."""
        sent: dict[str, Any] = dict(self.validated_data)
        sent["grants"] = {
            one["key"]: Grant(one["granted"], one["note"]) for one in sent.pop("grants")
        }
        return sent


class SpendingIn(Body):
    key = Line(max_length=36, help_text="Of the resource: resources.key.")
    amount = serializers.DecimalField(
        max_digits=12, decimal_places=2, help_text="A negative one takes back."
    )
    spent_on = Day(span=HAPPENED)
    note = Line(max_length=300, default="", allow_blank=True)
    client_uuid = serializers.UUIDField(
        help_text="Your own key of this entry: sent twice it is entered once."
    )


class PlanQuery(serializers.Serializer[Any]):
    risk = Chosen(visible_risks, required=False, help_text="Code of the risk")
    state = OneOf(PlanState.choices, required=False)
