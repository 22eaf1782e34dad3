"""How a body names what a plan refers to.

What stands in the version that is edited may stay (`standing` of the context), whether or not its user
could choose it: the plan as it is read can be sent back.
"""

from collections.abc import Collection, Mapping
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from assessments.contingency.querysets import number_of_contingency
from assessments.models import ContingencyPlan, ProcessChange
from assessments.people import sponsors_for
from assessments.plans.content import PlanContent
from assessments.plans.names import transfer_key
from registers.models import Control, ProcessNode
from registers.models.transfers import TRANSFERS
from registers.querysets import people_of
from riskhub.accounts.models import User
from riskhub.web.api.fields import Chosen, Line

Row = TypeVar("Row", bound=Model)


def with_standing(offered: QuerySet[Row], keys: Collection[object]) -> QuerySet[Row]:
    """Those who may be chosen, and what stands in the plan already."""
    rows = offered.model._default_manager.all()
    return rows.filter(Q(pk__in=offered.order_by().values("pk")) | Q(pk__in=keys))


def standing(context: Mapping[str, Any]) -> PlanContent:
    """The version that is edited; of a plan that is begun, nothing."""
    found: PlanContent = context.get("standing") or PlanContent("")
    return found


class OwnerField(Chosen):
    """Of an action, by user name."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - field options
        super().__init__(people_of, by="username", **kwargs)

    def offered(self) -> QuerySet[User]:
        owners = [action.owner for action in standing(self.context).actions]
        return with_standing(super().offered(), owners)


class SponsorField(Chosen):
    """By user name: whoever approves for the department of the `risk` of the context.

    A body whose risk is none is refused anyway.
    """

    default_error_messages = {
        "missing": _(
            "“%(value)s” cannot stand for it: name somebody who approves for the department."
        )
    }

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - field options
        super().__init__(people_of, by="username", **kwargs)

    def offered(self) -> QuerySet[User]:
        risk, sponsor = self.context.get("risk"), standing(self.context).sponsor
        return with_standing(sponsors_for(risk) if risk else super().offered(), [sponsor or 0])


class ControlField(Chosen):
    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - field options
        super().__init__(Control.objects.visible_to, **kwargs)

    def offered(self) -> QuerySet[Control]:
        controls = [one.control for one in standing(self.context).actions if one.control]
        return with_standing(super().offered(), controls)


class TransferField(Line):
    """`policy:P-2026-7`, read as the key under which the plan keeps it."""

    default_error_messages = {
        "unknown": _("Name a policy, clause or supplier: policy:P-2026-7."),
    }

    def to_internal_value(self, data: Any) -> str:  # noqa: ANN401 - DRF's signature
        kind, _colon, code = super().to_internal_value(data).partition(":")
        user = self.context["request"].user
        model = TRANSFERS.get(kind)
        found = model._default_manager.visible_to(user).coded(code).first() if model else None
        if found is None:
            self.fail("unknown")
        return transfer_key(found)


class ContingencyField(Line):
    """`CP-03`, read as the key of the plan."""

    default_error_messages = {"unknown": _("No contingency plan has this code.")}

    def to_internal_value(self, data: Any) -> int:  # type: ignore[override]  # noqa: ANN401 - DRF's signature
        number = number_of_contingency(super().to_internal_value(data))
        visible = ContingencyPlan.objects.visible_to(self.context["request"].user)
        plans = with_standing(visible, [standing(self.context).contingency or 0])
        found = plans.filter(number=number).first() if number else None
        if found is None:
            self.fail("unknown")
        return found.pk


class ChangeField(Line):
    """`CH-012`, read as the key of the process change."""

    default_error_messages = {"unknown": _("No process change has this code.")}

    def to_internal_value(self, data: Any) -> int:  # type: ignore[override]  # noqa: ANN401 - DRF's signature
        code = super().to_internal_value(data)
        visible = ProcessChange.objects.visible_to(self.context["request"].user)
        changes = with_standing(visible, [standing(self.context).change or 0])
        found = changes.filter(code__iexact=code).first()
        if found is None:
            self.fail("unknown")
        return found.pk


class NodeField(Line):
    """`PM-01/dispatch`, read as the key of the process step."""

    default_error_messages = {"unknown": _("No process has this step: PM-01/dispatch.")}

    def to_internal_value(self, data: Any) -> int:  # type: ignore[override]  # noqa: ANN401 - DRF's signature
        code, _slash, key = super().to_internal_value(data).partition("/")
        found = ProcessNode.objects.filter(map__code__iexact=code, key=key).first()
        if found is None:
            self.fail("unknown")
        return found.pk
