"""When people acted by a contingency plan in earnest; the package that knows of incidents says it.

    register_real_uses(real_uses_of)

The page of the plan shows them beside its drills.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assessments.models import ContingencyPlan
    from riskhub.accounts.models import User


@dataclass(frozen=True)
class RealUse:
    """`words`: how many steps were done, and in time; `summary`: how it went."""

    at: datetime
    name: str
    url: str
    words: str
    summary: str


Provider = Callable[["ContingencyPlan", "User"], list[RealUse]]
_providers: list[Provider] = []


def register_real_uses(provider: Provider) -> None:
    """Called in `ready()`."""
    if provider not in _providers:
        _providers.append(provider)


def real_uses(plan: "ContingencyPlan", user: "User") -> list[RealUse]:
    """What the user sees of them, the newest first."""
    return [use for provider in _providers for use in provider(plan, user)]
