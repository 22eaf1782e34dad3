"""The resources of a plan in force: asked for, granted, used so far."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assessments.models import ResourceLine, ResponsePlan, Spending


@dataclass(frozen=True)
class Budget:
    """One line; `spent` are its entries, oldest first."""

    line: ResourceLine
    entries: Sequence[Spending]

    @property
    def spent(self) -> Decimal:
        return sum((entry.amount for entry in self.entries), Decimal(0))

    @property
    def is_over(self) -> bool:
        return self.spent > self.line.granted

    @property
    def excess(self) -> Decimal:
        """How much more was used than is granted; 0 where it is not."""
        return max(self.spent - self.line.granted, Decimal(0))

    @property
    def is_less(self) -> bool:
        """Granted less than was asked for."""
        return self.line.granted < self.line.amount


def budgets_of(plan: ResponsePlan) -> list[Budget]:
    """Two queries; nothing while no version is in force."""
    if plan.in_force_id is None:
        return []
    lines = list(ResourceLine.objects.filter(version=plan.in_force_id))
    entries = list(plan.spendings.select_related("entered_by")) if lines else []
    return [Budget(line, [one for one in entries if one.key == line.key]) for line in lines]
