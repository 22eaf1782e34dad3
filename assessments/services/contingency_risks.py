"""Which contingency plan answers which risk."""

from assessments.models import ContingencyPlan, ContingencyRisk
from registers.closing import require_open
from registers.models import Risk
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.audit.versions import lock_row


def link_contingency(plan: ContingencyPlan, risk: Risk, *, by: User | None) -> ContingencyRisk:
    """Linked once: a second time is the same link."""
    with acting(by, "contingency_risk.linked"):
        require_open(lock_row(risk))
        link, _is_new = ContingencyRisk.objects.get_or_create(plan=plan, risk=risk)
        return link


def unlink_contingency(link: ContingencyRisk, *, by: User) -> None:
    """Of a closed risk it stays: that is how it was closed. Raises NotOpen."""
    with acting(by, "contingency_risk.unlinked"):
        require_open(lock_row(link.risk))
        ContingencyRisk.objects.filter(pk=link.pk).delete()
