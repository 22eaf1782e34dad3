"""What of a granted resource was used: progress of a plan, which needs no new approval."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.models import ResourceLine, ResponsePlan, Spending
from assessments.plans.words import exact_words
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
    line = ResourceLine.objects.filter(version=plan.in_force_id, key=key).first()
    if line is None:
        faults["key"] = _("The version in force has no such resource.")
    elif amount < 0 and (objection := _taking_objection(plan, line, -amount)):
        faults["amount"] = objection
    if amount == 0:
        faults["amount"] = _("Write how much was used; a negative amount takes back.")
    if spent_on > timezone.localdate():
        faults["spent_on"] = _("This day lies ahead. Choose today or earlier.")
    if faults:
        raise ValidationError(faults)


def _taking_objection(plan: ResponsePlan, line: ResourceLine, taken: Decimal) -> str:
    """No more is taken back than was entered; empty where it is not."""
    entries = Spending.objects.filter(plan=plan, key=line.key)
    used = entries.aggregate(sum=Sum("amount"))["sum"] or Decimal(0)
    if taken <= used:
        return ""
    if used <= 0:
        return _("Nothing was used so far, so there is nothing to take back.")
    words = _("Only %(used)s was used so far: no more than that can be taken back.")
    return words % {"used": exact_words(line.kind, used, line.unit)}
