"""What somebody leaves behind gets its new owners, many at once."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F

from registers.models import Control, Risk
from registers.permissions import owner_objection
from riskhub.accounts.leaving import Heirs
from riskhub.accounts.models import Department, User
from riskhub.audit.context import acting


def hand_over_risks(heirs: Heirs, *, by: User) -> None:
    with acting(by, "risk.handed_over"):
        _hand_over(Risk.objects.open(), heirs)


def hand_over_controls(heirs: Heirs, *, by: User) -> None:
    with acting(by, "control.handed_over"):
        _hand_over(Control.objects.not_retired(), heirs)


def require_owners(pairs: set[tuple[User | None, Department]]) -> None:
    """Raises ValidationError where one of these could not answer for that department."""
    for heir, department in pairs:
        if objection := owner_objection(heir, department):
            raise ValidationError(objection)


def _hand_over(rows: Any, heirs: Heirs) -> None:  # noqa: ANN401 - a queryset of things with an owner
    """What is not open any more is left out by `rows`."""
    stored = rows.select_for_update(of=("self",)).select_related("owner_department")
    found = list(stored.filter(pk__in=heirs).order_by("pk"))
    require_owners({(heirs[row.pk], row.owner_department) for row in found})
    by_heir: dict[User | None, list[int]] = {}
    for row in found:
        by_heir.setdefault(heirs[row.pk], []).append(row.pk)
    for heir, keys in by_heir.items():
        rows.filter(pk__in=keys).update(owner=heir, row_version=F("row_version") + 1)
