"""What a plan passes a risk on to."""

from django.utils import timezone

from registers.models import InsurancePolicy
from riskhub.audit.context import acting


def make_policy(*, by):
    """P-1, valid until today."""
    with acting(by, "transfer.entered"):
        return InsurancePolicy.objects.create(
            code="P-1", name_zh="公众责任险", name_en="Public liability",
            valid_until=timezone.localdate(),
        )  # fmt: skip
