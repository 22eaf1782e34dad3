"""What stands on the home page, card by card.

The packages that own the facts register their cards in `ready()`:

    register_card(Card("proposals", NEEDS, 10, can_triage, waiting_proposals))

`build` is asked only where `allowed` says yes. It answers what the template of its place shows, or
None where there is nothing to say; it asks the database a fixed number of times, whatever the data,
and shows only what this user may see. A number links to a list that shows exactly that many.

Places, and what `build` answers there:

BANNER  across the page, above everything: `Banner`
URGENT  a card across the page below it, for what cannot wait for a click: `Side`
START   one large button, what this person came to do: `Start`
NEEDS   a section of "Needs you", with rows: `Section`
SIDE    a card beside it, with a template of its own: `Side`
FIRST   a first step of a company without any data, its words as a sentence: `Start`
MY      not on the home page but on /my/, what bears one's name: `Section`, with none of it too
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q, QuerySet, Window
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_stubs_ext import StrOrPromise

from riskhub.accounts.models import User

BANNER, URGENT, START = "banner", "urgent", "start"
NEEDS, SIDE, FIRST = "needs", "side", "first"
MY = "my"
MOST_ROWS = 5


@dataclass(frozen=True)
class Row:
    """One thing that waits, as `components/work.html` shows it; `action` is its button."""

    url: str
    name: str
    icon: str = "inbox"
    meta: Sequence[str] = ()
    fact: str = ""
    is_late: bool = False
    action: StrOrPromise = ""
    action_url: str = ""


def first_and_counted(
    things: QuerySet[Any], late: Q, most: int = MOST_ROWS
) -> tuple[list[Any], int, int]:
    """The rows of a card, how many there are and how many of them too late: one question for all three."""
    in_all, in_late = Window(Count("pk")), Window(Count("pk", filter=late))
    first = list(things.annotate(in_all=in_all, in_late=in_late)[:most])
    return (first, first[0].in_all, first[0].in_late) if first else ([], 0, 0)


@dataclass(frozen=True)
class Section:
    """`count` things wait, all of them at `url`, `late` of them too long; `rows` are the first."""

    title: StrOrPromise
    count: int
    url: str
    rows: Sequence[Row] = ()
    hint: StrOrPromise = ""
    late: int = 0

    @property
    def is_late(self) -> bool:
        return self.late > 0

    @property
    def is_all_late(self) -> bool:
        return self.late == self.count > 0

    @property
    def more(self) -> int:
        return self.count - len(self.rows)


@dataclass(frozen=True)
class Banner:
    """One line with one way out; `is_alert` where somebody must act now."""

    strong: str
    text: str
    url: str = ""
    link: StrOrPromise = ""
    is_alert: bool = False

    @property
    def kind(self) -> str:
        """Of `components/note.html`."""
        return "alert" if self.is_alert else "accent"


@dataclass(frozen=True)
class Start:
    """A button: `words` say in one line what it is for."""

    label: StrOrPromise
    url: str
    icon: str = "plus"
    words: StrOrPromise = ""


@dataclass(frozen=True)
class Side:
    """A card beside the work: `template` is given `context`, and `link` leads to the whole thing."""

    title: StrOrPromise
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    url: str = ""
    link: StrOrPromise = ""


Shown = Banner | Start | Section | Side


@dataclass(frozen=True)
class Card:
    key: str
    place: str
    order: int
    allowed: Callable[[User], bool]
    build: Callable[[User], Shown | None]


def waits(days: int) -> str:
    """How long a row has waited, in calendar days."""
    if not days:
        return _("today")
    return ngettext("waits %(count)d day", "waits %(count)d days", days) % {"count": days}


_cards: dict[str, Card] = {}


def register_card(card: Card) -> None:
    """The same key again replaces the card."""
    _cards[card.key] = card


def cards_for(user: User, place: str) -> list[Shown]:
    """What this user is shown in one place, in order."""
    found = sorted(
        (card for card in _cards.values() if card.place == place and card.allowed(user)),
        key=lambda card: (card.order, card.key),
    )
    return [shown for card in found if (shown := card.build(user)) is not None]
