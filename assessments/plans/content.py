"""The wording of a plan as one canonical text. Pure."""

import json
from dataclasses import asdict, dataclass, field, replace
from decimal import Decimal
from typing import Any

from riskhub.entry.texts import one_line, prose

LENGTHS = {
    "objective": 2000, "avoid_what": 500, "transfer_to": 300, "transfer_by": 500,
    "accept_reason": 2000, "special_measures": 4000, "transfer_stays": 1000, "title": 300, "what": 200,
    "unit": 20,
}  # fmt: skip
MOST_ACTIONS = 40
MOST_RESOURCES = 40
"""So many rows a plan may have, wherever it is written. One that has more from before keeps them."""


@dataclass(frozen=True)
class PlannedAction:
    """A step as written: `key` is its identity across versions, owner and control are ids.

    With `every_days` the control is checked that often once the action is verified.
    """

    key: str
    title: str
    owner: int
    due_on: str
    control: int | None = None
    every_days: int | None = None


@dataclass(frozen=True)
class PlannedResource:
    """What is asked for: `amount` is a plain decimal text, money in CNY."""

    key: str
    kind: str
    what: str
    amount: str
    unit: str = ""

    @property
    def quantity(self) -> Decimal:
        return Decimal(self.amount)


@dataclass(frozen=True)
class PlanContent:
    """What approval is about. Dates are ISO texts; `target` is [probability, impact] or None.

    `avoid_node`, `change` and `contingency` are keys of a process step, a process change and a
    contingency plan, `transfers` such
    as "policy:12"; `transfer_share` is what part of a loss they carry, in per cent.
    """

    strategy: str
    objective: str = ""
    target: tuple[int, int] | None = None
    avoid_what: str = ""
    transfer_to: str = ""
    transfer_by: str = ""
    accept_reason: str = ""
    accept_until: str = ""
    avoid_node: int | None = None
    transfers: tuple[str, ...] = ()
    transfer_share: int | None = None
    transfer_stays: str = ""
    contingency: int | None = None
    change: int | None = None
    special_measures: str = ""
    sponsor: int | None = None
    actions: tuple[PlannedAction, ...] = field(default_factory=tuple)
    resources: tuple[PlannedResource, ...] = field(default_factory=tuple)

    @property
    def people(self) -> set[int]:
        """The keys of those whom it names."""
        return {action.owner for action in self.actions} | (
            {self.sponsor} if self.sponsor else set()
        )

    def canonical(self) -> str:
        """The same content gives the same text, byte for byte: this is what is hashed."""
        data = _without_silence(asdict(self), _LATER)
        data["actions"] = [_without_silence(one, _LATER_OF_ACTIONS) for one in data["actions"]]
        return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    def tidied(self) -> "PlanContent":
        """As it is kept: without what cannot be seen."""
        return replace(
            self,
            objective=prose(self.objective),
            accept_reason=prose(self.accept_reason),
            special_measures=prose(self.special_measures),
            transfer_stays=prose(self.transfer_stays),
            transfers=tuple(sorted(set(self.transfers))),
            avoid_what=one_line(self.avoid_what),
            transfer_to=one_line(self.transfer_to),
            transfer_by=one_line(self.transfer_by),
            actions=tuple(replace(one, title=one_line(one.title)) for one in self.actions),
            resources=tuple(
                replace(one, what=one_line(one.what), unit=one_line(one.unit))
                for one in self.resources
            ),
        )

    @classmethod
    def parse(cls, text: str) -> "PlanContent":
        """From the canonical text."""
        data: dict[str, Any] = json.loads(text)
        data["actions"] = tuple(PlannedAction(**action) for action in data["actions"])
        data["resources"] = tuple(PlannedResource(**one) for one in data.get("resources", ()))
        data["transfers"] = tuple(data.get("transfers", ()))
        data["target"] = tuple(data["target"]) if data["target"] else None
        return cls(**data)


# What plans could not say from the beginning stands in the text only where it says something: the
# text and the hash of what was approved before stay as they were.
_LATER = (
    "special_measures", "sponsor", "resources", "avoid_node", "transfers", "transfer_share",
    "transfer_stays", "contingency", "change",
)  # fmt: skip
_LATER_OF_ACTIONS = ("control", "every_days")


def _without_silence(data: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value or key not in names}


def plain_amount(amount: Decimal) -> str:
    """As it stands in the content: 3.50 and 3.5 are one amount."""
    return f"{amount.normalize():f}"
