"""What of this package stands in the way of closing a department."""

from django.urls import reverse
from django.utils.translation import ngettext_lazy

from registers.models import Control, Register, Risk, RiskProposal
from riskhub.accounts.closing import Blocker
from riskhub.accounts.models import Department

RISKS = ngettext_lazy(
    "%(count)d risk is open. Close it or give it to another department.",
    "%(count)d risks are open. Close them or give them to other departments.",
    "count",
)
CONTROLS = ngettext_lazy(
    "%(count)d control is kept there. Retire it or give it to another department.",
    "%(count)d controls are kept there. Retire them or give them to other departments.",
    "count",
)
FILINGS = ngettext_lazy(
    "%(count)d filing waits for a decision.", "%(count)d filings wait for a decision.", "count"
)
REGISTERS = ngettext_lazy(
    "%(count)d register belongs to it. Archive it or give it to another department.",
    "%(count)d registers belong to it. Archive them or give them to other departments.",
    "count",
)


def open_in_department(department: Department) -> list[Blocker]:
    filings = RiskProposal.objects.filter(department=department)
    risks = f"{reverse('registers:risk_list')}?department={department.code}"
    counted = (
        (RISKS, Risk.objects.open().filter(owner_department=department).count(), risks),
        (CONTROLS, Control.objects.not_retired().filter(owner_department=department).count(), ""),
        (
            FILINGS,
            (filings.waiting() | filings.asked()).count(),
            reverse("registers:proposal_list"),
        ),
        (
            REGISTERS,
            Register.objects.active().filter(department=department).count(),
            reverse("registers:register_list"),
        ),
    )
    return [Blocker(words % {"count": count}, url) for words, count, url in counted if count]
