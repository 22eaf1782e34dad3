"""The names behind the keys in the wording of plans, read once for however many of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from assessments.models import ContingencyPlan, ProcessChange
from assessments.plans.content import PlanContent
from registers.models import Control, ProcessNode
from registers.models.transfers import TRANSFERS, Transfer
from riskhub.accounts.models import User


@dataclass(frozen=True)
class Names:
    """Of people, and of what a plan refers to; "?" for what is not there any more."""

    people: Mapping[int, str] = field(default_factory=dict)
    transfers: Mapping[str, Transfer] = field(default_factory=dict)
    contingency: Mapping[int, ContingencyPlan] = field(default_factory=dict)
    nodes: Mapping[int, ProcessNode] = field(default_factory=dict)
    changes: Mapping[int, ProcessChange] = field(default_factory=dict)
    controls: Mapping[int, Control] = field(default_factory=dict)

    @classmethod
    def of(cls, contents: Iterable[PlanContent], *, people: bool = True) -> "Names":
        """One query for people, one more for each other kind that is mentioned."""
        contents = list(contents)
        keys = {pk for content in contents for pk in content.people} if people else set()
        plans = {c.contingency for c in contents if c.contingency}
        nodes = {c.avoid_node for c in contents if c.avoid_node}
        changes = {c.change for c in contents if c.change}
        controls = {one.control for c in contents for one in c.actions if one.control}
        return cls(
            people={one.pk: str(one) for one in User.objects.filter(pk__in=keys)} if keys else {},
            transfers=transfers_of({key for content in contents for key in content.transfers}),
            contingency=ContingencyPlan.objects.in_bulk(plans) if plans else {},
            nodes=ProcessNode.objects.select_related("map").in_bulk(nodes) if nodes else {},
            changes=ProcessChange.objects.in_bulk(changes) if changes else {},
            controls=Control.objects.in_bulk(controls) if controls else {},
        )

    def person(self, key: int) -> str:
        return self.people.get(key, "?")

    def transfer(self, key: str) -> str:
        """As in: Insurance policy P-2026-7 Public liability."""
        found = self.transfers.get(key)
        return transfer_words(found) if found else "?"

    def contingency_plan(self, key: int | None) -> str:
        if not key:
            return ""
        return str(self.contingency.get(key, "?"))

    def control(self, key: int | None) -> str:
        if not key:
            return ""
        found = self.controls.get(key)
        return f"{found.code} {found.name}" if found else "?"

    def node(self, key: int | None) -> str:
        if not key:
            return ""
        found = self.nodes.get(key)
        return node_words(found) if found else "?"

    def change(self, key: int | None) -> str:
        if not key:
            return ""
        return str(self.changes.get(key, "?"))

    # As the API names them.

    def transfer_code(self, key: str) -> str:
        found = self.transfers.get(key)
        return found.key if found else key

    def contingency_code(self, key: int | None) -> str | None:
        found = self.contingency.get(key or 0)
        return found.code if found else None

    def change_code(self, key: int | None) -> str | None:
        found = self.changes.get(key or 0)
        return found.code if found else None

    def control_code(self, key: int | None) -> str | None:
        found = self.controls.get(key or 0)
        return found.code if found else None

    def node_key(self, key: int | None) -> str | None:
        found = self.nodes.get(key or 0)
        return f"{found.map.code}/{found.key}" if found else None


def transfer_words(transfer: Transfer) -> str:
    return f"{transfer._meta.verbose_name} {transfer.code} {transfer.name}"


def node_words(node: ProcessNode) -> str:
    """As in: PM-01 Home service: Dispatch."""
    return f"{node.map.code} {node.map.name} / {node.name}"


def transfer_key(transfer: Transfer) -> str:
    """As it stands in a plan: policy:12."""
    return f"{transfer.kind}:{transfer.pk}"


def transfers_of(keys: Iterable[str]) -> dict[str, Transfer]:
    """The records of such keys, in one query for each kind that occurs; others are left out."""
    by_kind: dict[str, set[int]] = {}
    for key in keys:
        kind, _colon, number = key.partition(":")
        if kind in TRANSFERS and number.isascii() and number.isdecimal():
            by_kind.setdefault(kind, set()).add(int(number))
    return {
        transfer_key(one): one
        for kind, numbers in by_kind.items()
        for one in TRANSFERS[kind]._default_manager.filter(pk__in=numbers)
    }
