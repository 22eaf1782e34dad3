"""What of a granted resource was used: progress of a plan, which needs no new approval."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.models import ResourceLine, ResponsePlan, Spending
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.audit.versions import lock_row
from riskhub.entry.repeats import KeyReused
from riskhub.entry.texts import one_line


def record_spending(
    plan: ResponsePlan,
    *,
    by: User,
    key: str,
    amount: Decimal,
    spent_on: date,
    client_uuid: UUID,
    note: str = "",
) -> Spending:
    """Add an entry to a resource of the version in force; a negative one takes back what was wrong.

    The same form sent twice is one entry. Raises ValidationError with the field at fault, KeyReused.
    """
    with acting(by, "plan.spent"):
        stored = lock_row(plan)
        if made := Spending.objects.filter(client_uuid=client_uuid).first():
            if (made.plan_id, made.key, made.amount, made.entered_by_id) != (
                stored.pk, key, amount, by.pk,
            ):  # fmt: skip
                raise KeyReused
            return made
        _check(stored, key, amount, spent_on)
        return Spending.objects.create(
            plan=stored, key=key, amount=amount, spent_on=spent_on, note=one_line(note),
            entered_by=by, client_uuid=client_uuid,
        )  # fmt: skip


def _check(plan: ResponsePlan, key: str, amount: Decimal, spent_on: date) -> None:
    faults = {}
    if not ResourceLine.objects.filter(version=plan.in_force_id, key=key).exists():
        faults["key"] = _("The version in force has no such resource.")
    if amount == 0:
        faults["amount"] = _("Write how much was used; a negative amount takes back.")
    if spent_on > timezone.localdate():
        faults["spent_on"] = _("This day lies ahead. Choose today or earlier.")
    if faults:
        raise ValidationError(faults)
