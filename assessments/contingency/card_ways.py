"""What somebody does with the card of a plan in hand; the package that knows of incidents says it.

    register_card_way(activation_way)

The card on the phone shows it at its foot.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django_stubs_ext import StrOrPromise

if TYPE_CHECKING:
    from assessments.models import ContingencyPlan
    from riskhub.accounts.models import User


@dataclass(frozen=True)
class CardWay:
    label: StrOrPromise
    url: str


Provider = Callable[["ContingencyPlan", "User"], CardWay | None]
_providers: list[Provider] = []


def register_card_way(provider: Provider) -> None:
    """Called in `ready()`."""
    if provider not in _providers:
        _providers.append(provider)


def card_ways(plan: "ContingencyPlan", user: "User") -> list[CardWay]:
    """Those that this user may go."""
    return [way for provider in _providers if (way := provider(plan, user))]
