"""The amounts that management grants: each field is named by the key of its resource.

A version that is submitted meanwhile may ask for them in another order. What was typed stays with what
it was typed for.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from assessments.models import ResourceLine
from assessments.plans.content import PlanContent, PlannedResource, plain_amount
from assessments.plans.grants import Grant, usual_grants
from assessments.plans.words import exact_words, unit_words


class GrantedField(forms.DecimalField):
    """Whether it may be empty depends on the decision: approving says how much."""

    def __init__(self, asked: PlannedResource, shown: str = "") -> None:
        super().__init__(
            label=asked.what, min_value=0, max_digits=14, decimal_places=2, required=False,
            initial=shown, help_text=unit_words(asked.kind, asked.unit),
        )  # fmt: skip


@dataclass(frozen=True)
class TypedGrant:
    """What somebody typed for a resource of the text that was open; `amount` None where only the note.

    `now` is the resource of the text that waits, None where it is gone.
    """

    asked: PlannedResource
    now: PlannedResource | None
    amount: str | None
    note: str

    @property
    def stays(self) -> bool:
        """In another unit the number would say something else."""
        if self.now is None:
            return False
        return (self.asked.kind, self.asked.unit) == (self.now.kind, self.now.unit)

    @property
    def words(self) -> str:
        """The amount as it was typed, with its unit where it is one."""
        if not self.amount:
            return _("no amount")
        amount = _amount(self.asked, self.amount)
        if amount is None:
            return self.amount
        return exact_words(self.asked.kind, amount, self.asked.unit)


def typed_grants(
    sent: Mapping[str, str],
    opened: PlanContent,
    waits: PlanContent,
    before: Mapping[str, ResourceLine],
) -> list[TypedGrant]:
    """Only what is not as the page had it: what nobody touched takes what the new text asks for."""
    usual, now = usual_grants(opened, before), {one.key: one for one in waits.resources}
    typed = []
    for asked in opened.resources:
        amount = sent.get(f"granted-{asked.key}")
        note = sent.get(f"note-{asked.key}", "").strip()
        if amount is not None and _is_shown(asked, amount, usual[asked.key]):
            amount = None
        if amount is not None or note not in ("", usual[asked.key].note):
            typed.append(TypedGrant(asked, now.get(asked.key), amount, note))
    return typed


def shown_grant(usual: Grant, typed: TypedGrant | None) -> tuple[str, str]:
    """Amount and note as they stand in their fields."""
    if typed is None:
        return plain_amount(usual.amount), usual.note
    return plain_amount(usual.amount) if typed.amount is None else typed.amount, typed.note


def _is_shown(asked: PlannedResource, amount: str, usual: Grant) -> bool:
    return _amount(asked, amount) == usual.amount


def _amount(asked: PlannedResource, typed: str) -> Decimal | None:
    try:
        amount: Decimal | None = GrantedField(asked).clean(typed)
    except ValidationError:
        return None
    return amount
