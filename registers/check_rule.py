"""The company's own rule for checks, as its settings have it."""

from registers.effectiveness import Rule
from riskhub.company.preferences import preference


def rule_of_company() -> Rule:
    return Rule(
        effective_up_to=float(preference("check_effective_up_to")),
        partly_up_to=float(preference("check_partly_up_to")),
    )
