"""What is answered about a plan: its newest wording, the one in force, how the actions stand."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from assessments.choices import ActionState, Decision, ResourceKind
from assessments.models import PlanVersion, ResourceLine, ResponsePlan
from assessments.plans.attention import attention_of
from assessments.plans.content import PlanContent
from assessments.plans.names import Names
from registers.api.risk_bodies import Cell
from registers.choices import PlanState, Strategy
from riskhub.accounts.models import User


class PairOut(serializers.Serializer[Any]):
    probability = serializers.IntegerField()
    impact = serializers.IntegerField()


class PlannedActionOut(serializers.Serializer[Any]):
    key = serializers.CharField()
    title = serializers.CharField()
    owner = serializers.CharField()
    due_on = serializers.DateField()
    control = serializers.CharField(allow_null=True)
    every_days = serializers.IntegerField(allow_null=True)


class PlannedResourceOut(serializers.Serializer[Any]):
    key = serializers.CharField()
    kind = serializers.ChoiceField(ResourceKind.choices)
    what = serializers.CharField()
    amount = serializers.DecimalField(max_digits=12, decimal_places=2)
    unit = serializers.CharField()


class ContentOut(serializers.Serializer[Any]):
    strategy = serializers.ChoiceField(Strategy.choices)
    objective = serializers.CharField()
    target = PairOut(allow_null=True)
    avoid_what = serializers.CharField()
    avoid_node = serializers.CharField(allow_null=True)
    change = serializers.CharField(allow_null=True)
    transfers = serializers.ListField(child=serializers.CharField())
    transfer_share = serializers.IntegerField(allow_null=True)
    transfer_stays = serializers.CharField()
    contingency = serializers.CharField(allow_null=True)
    transfer_to = serializers.CharField()
    transfer_by = serializers.CharField()
    accept_reason = serializers.CharField()
    accept_until = serializers.DateField(allow_null=True)
    special_measures = serializers.CharField()
    sponsor = serializers.CharField(allow_null=True)
    actions = PlannedActionOut(many=True)
    resources = PlannedResourceOut(many=True)


class ApprovalOut(serializers.Serializer[Any]):
    approver = serializers.CharField(source="approver.username")
    on_behalf_of = serializers.CharField(
        source="on_behalf_of.username", allow_null=True, default=None
    )
    decision = serializers.ChoiceField(Decision.choices)
    comment = serializers.CharField()
    at = serializers.DateTimeField()


class VersionOut(serializers.Serializer[Any]):
    number = serializers.IntegerField()
    content = serializers.SerializerMethodField()
    content_hash = serializers.CharField()
    residual = Cell()
    target = Cell()
    requires_approval = serializers.BooleanField()
    created_by = serializers.CharField(source="created_by.username")
    submitted_by = serializers.CharField(
        source="submitted_by.username", allow_null=True, default=None
    )
    submitted_at = serializers.DateTimeField(allow_null=True)
    approvals = ApprovalOut(many=True)

    @extend_schema_field(ContentOut)
    def get_content(self, version: PlanVersion) -> dict[str, Any]:
        content, names = PlanContent.parse(version.content), self.context["usernames"]
        referred: Names = self.context["names"]
        return vars(content) | {
            "target": dict(zip(("probability", "impact"), content.target, strict=True))
            if content.target
            else None,
            "accept_until": content.accept_until or None,
            "avoid_node": referred.node_key(content.avoid_node),
            "change": referred.change_code(content.change),
            "transfers": [referred.transfer_code(key) for key in content.transfers],
            "contingency": referred.contingency_code(content.contingency),
            "sponsor": names.get(content.sponsor) if content.sponsor else None,
            "actions": [
                {
                    "key": a.key,
                    "title": a.title,
                    "owner": names.get(a.owner, ""),
                    "due_on": a.due_on,
                    "control": referred.control_code(a.control),
                    "every_days": a.every_days,
                }
                for a in content.actions
            ],
            "resources": [
                vars(one) | {"amount": f"{one.quantity:.2f}"} for one in content.resources
            ],
        }


class ActionOut(serializers.Serializer[Any]):
    """An action of the plan in force, and how far it is."""

    key = serializers.CharField()
    title = serializers.CharField()
    owner = serializers.CharField(source="owner.username")
    due_on = serializers.DateField()
    state = serializers.ChoiceField(ActionState.choices)
    note = serializers.CharField()
    done_by = serializers.CharField(source="done_by.username", allow_null=True, default=None)
    done_at = serializers.DateTimeField(allow_null=True)
    verified_by = serializers.CharField(
        source="verified_by.username", allow_null=True, default=None
    )
    verified_at = serializers.DateTimeField(allow_null=True)
    reopened_reason = serializers.CharField()
    control = serializers.CharField(source="control.code", allow_null=True, default=None)
    every_days = serializers.IntegerField(allow_null=True)


class ResourceOut(serializers.Serializer[Any]):
    """A resource of the version in force: asked for, granted, used so far."""

    key = serializers.CharField()
    kind = serializers.ChoiceField(ResourceKind.choices)
    what = serializers.CharField()
    amount = serializers.DecimalField(max_digits=14, decimal_places=2)
    unit = serializers.CharField()
    granted = serializers.DecimalField(max_digits=14, decimal_places=2)
    granted_note = serializers.CharField()
    spent = serializers.SerializerMethodField()

    def get_spent(self, line: ResourceLine) -> str:
        spent: str = f"{self.context['spent'].get((line.version_id, line.key), 0):.2f}"
        return spent


class PlanOut(serializers.Serializer[Any]):
    code = serializers.CharField()
    risk = serializers.CharField(source="risk.code")
    owner = serializers.CharField(source="owner.username")
    state = serializers.ChoiceField(PlanState.choices)
    head = VersionOut()
    in_force = serializers.IntegerField(
        source="in_force.number", allow_null=True, default=None, help_text="Number of the version"
    )
    attention = serializers.SerializerMethodField(
        help_text="Named and not holding any more: policy:P-1, contingency:CP-03, acceptance; or: target; "
        "or what the level asks for by now: approval, special_measures, sponsor, contingency"
    )
    actions = ActionOut(many=True)
    resources = ResourceOut(many=True, source="in_force.resources", default=[])
    ended_reason = serializers.CharField()
    created_at = serializers.DateTimeField()
    row_version = serializers.IntegerField()

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_attention(self, plan: ResponsePlan) -> list[str]:
        return [mark.key for mark in self.context["attention"].get(plan.pk, [])]


def plans_to_answer(plans: QuerySet[ResponsePlan]) -> QuerySet[ResponsePlan]:
    """With everything that `PlanOut` reads."""
    return plans.select_related(
        "risk", "owner", "in_force", "head__created_by", "head__submitted_by"
    ).prefetch_related(
        "in_force__resources",
        "spendings",
        "head__approvals__approver",
        "head__approvals__on_behalf_of",
        "actions__owner",
        "actions__done_by",
        "actions__verified_by",
        "actions__control",
    )


def plans_out(plans: Sequence[ResponsePlan]) -> list[dict[str, Any]]:
    """As JSON; the names behind the ids in their wording are read once for all of them."""
    contents = [PlanContent.parse(plan.head.content) for plan in plans if plan.head]
    ids = {pk for content in contents for pk in content.people}
    names = dict(User.objects.filter(pk__in=ids).values_list("pk", "username"))
    return list(
        PlanOut(
            plans,
            many=True,
            context={
                "usernames": names,
                "names": Names.of(contents, people=False),
                "spent": spent_of(plans),
                "attention": attention_of(plans),
            },
        ).data
    )


def spent_of(plans: Sequence[ResponsePlan]) -> dict[tuple[int, str], Decimal]:
    """{(version in force, key): what was used of a resource}, from what is loaded."""
    spent: dict[tuple[int, str], Decimal] = {}
    for plan in plans:
        for entry in plan.spendings.all() if plan.in_force_id else ():
            place = (plan.in_force_id or 0, entry.key)
            spent[place] = spent.get(place, Decimal(0)) + entry.amount
    return spent
