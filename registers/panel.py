"""The panel beside the list: one risk in short, with its next step."""

from dataclasses import dataclass, field
from datetime import date

from django.http import QueryDict
from django.utils import timezone
from django.utils.safestring import SafeString

from registers.listing.addresses import address
from registers.models import Risk, RiskSource
from registers.ranking import Place, place_of
from registers.tabs import Action, actions_for, fill_slot
from riskhub.accounts.models import User

_BUTTONS = 2


@dataclass(frozen=True)
class Panel:
    """`next` is the one filled button or None, `more` stands in a menu behind the others.

    `close_url` is the list without the panel.
    """

    risk: Risk
    next: Action | None
    others: list[Action]
    more: list[Action]
    close_url: str
    today: date
    place: Place | None
    sources: list[RiskSource] = field(default_factory=list)
    standing: list[SafeString] = field(default_factory=list)
    parts: list[SafeString] = field(default_factory=list)


def panel_of(user: User, code: str, query: QueryDict) -> Panel | None:
    """None where the user sees no such risk. A fixed number of queries, whatever hangs on the risk."""
    risk = Risk.objects.visible_to(user).for_page().coded(code).first() if code else None
    if risk is None:
        return None
    actions = actions_for(user, risk)
    rest = query.copy()
    rest.pop("open", None)
    others = [*actions.others, *actions.rare]
    return Panel(
        risk=risk,
        next=actions.next,
        others=others[:_BUTTONS],
        more=others[_BUTTONS:],
        close_url=address(rest) or "?",
        today=timezone.localdate(),
        place=place_of(risk, Risk.objects.visible_to(user)),
        sources=list(risk.sources.all()),
        standing=fill_slot("standing", user, risk),
        parts=fill_slot("panel", user, risk),
    )
