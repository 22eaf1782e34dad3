"""What of this package is open with a person, by the departments that it belongs to."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from registers.models import Control, Risk
from registers.owners import owners_by_department
from riskhub.accounts.leaving import Holding, Item
from riskhub.accounts.models import Department, User


def risks_held_by(user: User) -> list[Holding]:
    risks = Risk.objects.open().owned_by(user).select_related("owner_department")
    rows = (
        (risk.owner_department, _item(risk, risk.get_absolute_url()))
        for risk in risks.order_by("number")
    )
    return holdings_by_department("risk", _("Risks of %(department)s"), rows, user)


def controls_held_by(user: User) -> list[Holding]:
    controls = Control.objects.not_retired().owned_by(user)
    rows = (
        (one.owner_department, _item(one, one.get_absolute_url()))
        for one in controls.select_related("owner_department").order_by("number")
    )
    return holdings_by_department("control", _("Controls of %(department)s"), rows, user)


def holdings_by_department(
    kind: str, title: str, rows: Iterable[tuple[Department, Item]], user: User
) -> list[Holding]:
    """One for each department, in the order of the tree; its people may take over."""
    items: dict[Department, list[Item]] = {}
    for department, item in rows:
        items.setdefault(department, []).append(item)
    heirs = owners_by_department(items, but=user)
    return [
        Holding(
            kind, department.pk, title % {"department": department.name}, found,
            heirs[department.pk],
        )
        for department, found in sorted(items.items(), key=lambda pair: pair[0].path)
    ]  # fmt: skip


def _item(row: Risk | Control, url: str) -> Item:
    return Item(row.pk, str(row), url)
