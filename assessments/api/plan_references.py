"""How a body names what a plan refers to."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from assessments.contingency.querysets import number_of_contingency
from assessments.models import ContingencyPlan, ProcessChange
from assessments.plans.names import transfer_key
from registers.models import ProcessNode
from registers.models.transfers import TRANSFERS
from riskhub.web.api.fields import Line


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
        plans = ContingencyPlan.objects.visible_to(self.context["request"].user)
        found = plans.filter(number=number).first() if number else None
        if found is None:
            self.fail("unknown")
        return found.pk


class ChangeField(Line):
    """`CH-012`, read as the key of the process change."""

    default_error_messages = {"unknown": _("No process change has this code.")}

    def to_internal_value(self, data: Any) -> int:  # type: ignore[override]  # noqa: ANN401 - DRF's signature
        code = super().to_internal_value(data)
        changes = ProcessChange.objects.visible_to(self.context["request"].user)
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
