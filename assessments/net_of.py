"""Insurance policies in force, which may make the impact of a residual lower."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils import timezone

from assessments.grounds import Basis, Policies
from registers.models import InsurancePolicy
from registers.models.transfers import Transfer
from riskhub.accounts.models import User


def policies_for(user: User) -> QuerySet[Transfer]:
    """What somebody may count today."""
    return InsurancePolicy.objects.visible_to(user).in_force(timezone.localdate()).order_by("code")


def policies_named(all_of_them: Iterable[Basis]) -> Policies:
    """Those in force of the policies that these judgements count; one query where any does."""
    keys = {one.net_of.policy for one in all_of_them if one.net_of}
    rows = InsurancePolicy.objects.in_force(timezone.localdate())
    return rows.in_bulk(keys) if keys else {}
