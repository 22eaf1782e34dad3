"""What of this package is open with a person, by the departments that it belongs to."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from registers.models import Control, Risk
from registers.owners import owners_by_department
from riskhub.accounts.leaving import Holding, Item
from riskhub.accounts.models import User


def risks_held_by(user: User) -> list[Holding]:
    risks = Risk.objects.open().owned_by(user).select_related("owner_department")
    rows = [(risk, risk.get_absolute_url()) for risk in risks.order_by("number")]
    return _grouped("risk", _("Risks of %(department)s"), rows, user)


def controls_held_by(user: User) -> list[Holding]:
    controls = Control.objects.not_retired().owned_by(user).select_related("owner_department")
    url = reverse("registers:risk_list")
    rows = [(control, url) for control in controls.order_by("number")]
    return _grouped("control", _("Controls of %(department)s"), rows, user)


def _grouped(kind: str, title: str, rows: Iterable[tuple[Any, str]], user: User) -> list[Holding]:
    items: dict[Any, list[Item]] = {}
    for row, url in rows:
        items.setdefault(row.owner_department, []).append(Item(row.pk, str(row), url))
    heirs = owners_by_department(items, but=user)
    return [
        Holding(
            kind, department.pk, title % {"department": department.name}, found,
            heirs[department.pk],
        )
        for department, found in sorted(items.items(), key=lambda pair: pair[0].path)
    ]  # fmt: skip
